import { plainUuid } from "../../contracts/derived-ids.ts";
import type { HospitalNotification } from "../../contracts/fhir/hospital-notification.ts";
import type { StayNotice } from "../../contracts/letters/stay-notice.ts";
import { type DischargeFact, isDischargeFact } from "../../contracts/messages/discharge-facts.ts";
import type { CaseView } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { isFhirMessage, isLetter } from "../../contracts/written.ts";

type Of<Type extends DischargeFact["type"]> = Extract<DischargeFact, { type: Type }>;
type StayMessage = Of<"StayEventReported" | "StayEventCorrected" | "StayEventCancelled">;

/** An event of a stay as it was last told, without those that were cancelled. */
export type KnownEvent = Pick<Of<"StayEventReported">, "messageId" | "event" | "occurredAt">;

/** A stay as its records tell it before a letter came, so that the letter that comes again reads the same. */
export interface KnownStay {
  readonly caseId: string;
  readonly stayId: string;
  /** Who opened it; only a letter of the same sender names its case. */
  readonly opener: string;
  readonly municipality: string;
  /** Who acts for the hospital in it: its opener and the departments that had the citizen. */
  readonly hospital: ReadonlySet<string>;
  /** Every id that a letter may know it by, plain. */
  readonly names: ReadonlySet<string>;
  readonly status: string;
  readonly events: readonly KnownEvent[];
  /** Notifications that came as letters. */
  readonly notices: readonly StayNotice[];
  /** Notifications that came as FHIR messages. */
  readonly notifications: readonly HospitalNotification[];
  /** The practice that was named last; its summaries go there. */
  readonly practice: string | undefined;
  /** Number of the summary in force. */
  readonly summaryId: string | undefined;
  /** Numbers of the letters that corrected a summary in it. */
  readonly corrected: ReadonlySet<string>;
  /** The letter is in it already. */
  readonly hasLetter: boolean;
}

const factsOf = (records: readonly CaseRecord[]): DischargeFact[] =>
  records.flatMap(({ facts }) => facts.filter(isDischargeFact));

const isMessage = (fact: DischargeFact): fact is StayMessage => "stay" in fact;

const recordOf = ({ records }: CaseView, commandId: string): number =>
  records.findIndex(({ meta }) => meta.commandId === commandId);

/** Whether a letter is in a case, by the id of its command. */
export const holdsLetter = (view: CaseView, commandId: string): boolean => recordOf(view, commandId) >= 0;

const before = (view: CaseView, commandId: string): readonly CaseRecord[] => {
  const no = recordOf(view, commandId);
  return no < 0 ? view.records : view.records.slice(0, no);
};

/** The events that are in force, in the order in which they were told, as they were last corrected. */
export const eventsIn = (facts: readonly DischargeFact[]): KnownEvent[] => {
  const cancelled = new Set(facts.flatMap((f) => (f.type === "StayEventCancelled" ? [f.cancels] : [])));
  return facts.flatMap((fact) => {
    if (fact.type !== "StayEventReported" || cancelled.has(fact.messageId)) return [];
    const { messageId, event, occurredAt } = fact;
    const last = facts.findLast((one) => one.type === "StayEventCorrected" && one.corrects === messageId);
    return [
      { messageId, event, occurredAt: last?.type === "StayEventCorrected" ? last.occurredAt : occurredAt },
    ];
  });
};

/** An id of a stay, however it was written: FHIR puts a scheme before it, and hyphens and case are a system's habit. */
export const plainStayId = (id: string): string => {
  const plain = plainUuid(id.replace(/^urn:uuid:/i, ""));
  return plain === "" ? id : plain;
};

const noticesIn = (records: readonly CaseRecord[]): StayNotice[] =>
  records.flatMap(({ written }) =>
    isLetter(written) && (written.type === "XDIS17" || written.type === "XDIS20") ? [written] : [],
  );

/** The notifications that came as FHIR messages, as they were written. */
export const notificationsIn = (records: readonly CaseRecord[]): HospitalNotification[] =>
  records.flatMap(({ written }) =>
    isFhirMessage(written) && written.kind === "HospitalNotification" ? [written] : [],
  );

/** Every id that the messages on a stay have given it. */
const idsIn = (records: readonly CaseRecord[]): string[] => [
  ...noticesIn(records).map(({ notificationId }) => notificationId),
  ...notificationsIn(records).flatMap(({ stay }) => stay.episodes.map(({ value }) => value)),
];

const inForce = (facts: readonly DischargeFact[]): string | undefined => {
  const last = facts.findLast(({ type }) => /^Summary(Sent|Corrected|Cancelled)$/.test(type));
  return last?.type === "SummarySent" || last?.type === "SummaryCorrected" ? last.summaryId : undefined;
};

const practiceIn = (facts: readonly DischargeFact[]): string | undefined =>
  facts
    .flatMap((fact) => {
      if (isMessage(fact)) return fact.stay.practice ?? [];
      return fact.type === "SummarySent" ? (fact.practice ?? []) : [];
    })
    .at(-1);

const correctedIn = (records: readonly CaseRecord[]): Set<string> =>
  new Set(
    records.flatMap(({ written }) =>
      written !== undefined && "texts" in written && written.status === "corrected" ? [written.letterId] : [],
    ),
  );

const hospitalOf = (messages: readonly StayMessage[]): Set<string> =>
  new Set(
    messages.flatMap((fact) => [
      fact.stay.hospital,
      ...(fact.type === "StayEventCancelled" || fact.away ? [] : [fact.department]),
    ]),
  );

const stayIn = (view: CaseView, commandId: string): KnownStay[] => {
  const all = factsOf(view.records);
  const messages = all.filter(isMessage);
  const [first] = messages;
  if (first === undefined) return [];
  const { stayId, hospital: opener, municipality } = first.stay;
  const earlier = before(view, commandId);
  const facts = factsOf(earlier);
  return [
    {
      caseId: view.caseId,
      stayId,
      opener,
      municipality,
      hospital: hospitalOf(messages),
      names: new Set([stayId, view.caseId, ...idsIn(view.records)].map(plainStayId)),
      status: view.status,
      events: eventsIn(facts),
      notices: noticesIn(earlier),
      notifications: notificationsIn(earlier),
      practice: practiceIn(facts),
      summaryId: inForce(facts),
      corrected: correctedIn(earlier),
      hasLetter: holdsLetter(view, commandId),
    },
  ];
};

/** The citizen's stays that a letter may belong to. */
export const staysIn = (cases: readonly CaseView[], commandId: string): KnownStay[] =>
  cases.flatMap((view) => (view.family === "discharge" ? stayIn(view, commandId) : []));
