import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { shortId } from "../../../contracts/derived-ids.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { FhirCorrespondent, HistoryStep } from "../../../contracts/fhir/parts.ts";
import { isDischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { isFhirMessage, isLetter } from "../../../contracts/written.ts";
import { correspondentOf } from "../bridge/stay-notice-party.ts";
import {
  aboutOf,
  activityOf,
  before,
  isArrival,
  isStayFact,
  type StayFact,
  stayFactsIn,
  stayOf,
  type Telling,
  tellingOf,
} from "./hospital-telling.ts";

const kind = "HospitalNotification";
type Owed = Extract<DeliveryChange, { change: "owed" }>;
/** What a delivery is written of: its case up to its own record, which tells everything, so that it is the same for ever. */
export interface HospitalToTell {
  readonly records: readonly CaseRecord[];
  readonly record: CaseRecord;
  readonly owed: Owed;
  /** A UUID of any name: the same name has the same for ever. */
  readonly uuidOf: (name: string) => string;
}

/** The citizen, as the case's facts name them; what the hub tells itself names nobody. */
const patientOf = (
  records: readonly CaseRecord[],
  { form }: Telling,
): HospitalNotification["patient"] | undefined => {
  const named = stayFactsIn(records).flatMap(({ stay }) => stay.patient ?? []);
  const cpr = named.find((patient) => patient.cpr !== undefined)?.cpr;
  const { surname, givenName } = named.findLast((patient) => patient.surname !== undefined) ?? {};
  if (cpr === undefined) return undefined;
  return {
    cpr,
    ...(surname === undefined ? {} : { surname }),
    givenNames: givenName === undefined ? [] : [givenName],
    ...(form.deceased === undefined ? {} : { deceased: form.deceased }),
  };
};

/** The municipality is asked for its report where the stay begins and its sender wants one (guide, section 4.1). */
const reportOf = (fact: StayFact, from: FhirCorrespondent, { owed, records, record }: HospitalToTell) => {
  const isFirst = stayFactsIn(before(records, record)).every(({ type }) => type !== "StayEventReported");
  const isAsked =
    fact.type === "StayEventReported" && isArrival(fact.event) && fact.wantsReport !== false && isFirst;
  return isAsked && fact.stay.municipality === owed.to
    ? { admissionReport: { wanted: true, recipient: from } }
    : {};
};

const messageIdOf = ({ uuidOf }: HospitalToTell, { deliveryId }: Owed): string =>
  uuidOf(`hospital:${deliveryId}.message`);

const factOf = (record: CaseRecord, { fact }: Owed): StayFact | undefined => {
  const told = record.facts[fact];
  return told !== undefined && isDischargeFact(told) && isStayFact(told) ? told : undefined;
};

type Earlier = HistoryStep["earlier"];

/** A letter as MedCom names it in a history: `<lokationsnummer>#<brevid>` (guide to MedCom FHIR, G4). */
const letterOf = (gln: string, letterId: string): Earlier => ({
  kind: "letter",
  value: `${gln}#${letterId}`,
});

/** A step that the hub told the receiver of itself. */
const stepOf = (
  tell: HospitalToTell,
  { record, owed }: { record: CaseRecord; owed: Owed },
  told: Earlier,
): HistoryStep | undefined => {
  const fact = factOf(record, owed);
  const telling = fact && tellingOf(fact, before(tell.records, record));
  const by = owed.parties && correspondentOf(owed.parties.from);
  if (fact === undefined || telling === undefined || by === undefined) return undefined;
  // What corrects or takes back must name something: where the receiver was told of nothing, the sender's own number of it.
  const unnamed = telling.act === "report" ? undefined : letterOf(fact.stay.hospital, aboutOf(fact));
  const earlier = told ?? unnamed;
  return {
    messageId: messageIdOf(tell, owed),
    occurred: record.meta.at,
    activity: activityOf(telling),
    by,
    ...(earlier === undefined ? {} : { earlier }),
    removes: telling.act === "cancel",
    added: [],
  };
};

const earlierOf = ({ history, letter }: Told): Earlier => {
  const last = history.at(-1);
  return last === undefined ? letter : { kind: "message", messageId: last.messageId };
};

interface Told {
  readonly history: readonly HistoryStep[];
  /** The last that was told by letter. */
  readonly letter: Earlier;
}

/** What the receiver was told of the stay, in the order in which it was: by messages as they were written, and by the hub's own. */
const tellNext = (tell: HospitalToTell, told: Told, one: { record: CaseRecord; owed: Owed }): Told => {
  const { written } = one.record;
  if (one.owed.parties === undefined) {
    if (isFhirMessage(written) && written.kind === kind) {
      const known = new Set(written.history.map(({ messageId }) => messageId));
      const others = told.history.filter(({ messageId }) => !known.has(messageId));
      return { history: [...others, ...written.history], letter: told.letter };
    }
    if (!isLetter(written)) return told;
    return { ...told, letter: letterOf(written.sender.gln, written.letterId) };
  }
  const { standard, documentType, from, deliveryId } = one.owed;
  if (standard === "oioxml") return { ...told, letter: letterOf(from, shortId(`letter:${deliveryId}`)) };
  if (documentType !== kind) return told;
  const step = stepOf(tell, one, earlierOf(told));
  return step === undefined ? told : { ...told, history: [...told.history, step] };
};

/** The deliveries to the same receiver up to this one, it last. */
const deliveriesOf = ({ records, record, owed }: HospitalToTell): { record: CaseRecord; owed: Owed }[] =>
  [...before(records, record), record].flatMap((one) =>
    one.deliveries.flatMap((change) =>
      change.change === "owed" && change.to === owed.to && factOf(one, change) !== undefined
        ? [{ record: one, owed: change }]
        : [],
    ),
  );

const nothingTold: Told = { history: [], letter: undefined };

/** Everything that the receiver was told up to this delivery, it last. */
const historyOf = (tell: HospitalToTell): HistoryStep[] => {
  const deliveries = deliveriesOf(tell);
  const last = deliveries.findIndex(({ owed }) => owed.deliveryId === tell.owed.deliveryId);
  const told = deliveries.slice(0, last + 1);
  return [...told.reduce((sofar, one) => tellNext(tell, sofar, one), nothingTold).history];
};

const composed = (
  tell: HospitalToTell,
  fact: StayFact,
  telling: Telling,
): HospitalNotification | undefined => {
  const { record, records, owed, uuidOf } = tell;
  const known = [...before(records, record), record];
  const sender = owed.parties && correspondentOf(owed.parties.from);
  const receiver = owed.parties && correspondentOf(owed.parties.to);
  const patient = patientOf(known, telling);
  if (sender === undefined || receiver === undefined || patient === undefined) return undefined;
  return {
    kind,
    version: "3.0",
    bundleId: uuidOf(`hospital:${owed.deliveryId}.bundle`),
    created: record.meta.at,
    messageId: messageIdOf(tell, owed),
    sender,
    receiver,
    history: historyOf(tell),
    patient,
    stay: stayOf(telling, fact, { records: known, from: sender }),
    ...reportOf(fact, sender, tell),
  };
};

/**
 * What a delivery of a stay says as HospitalNotification: the message that was written to its receiver, or what the hub tells of the
 * fact itself, with everything before it that the same receiver was told. `undefined` when the fact has no such form (a patient
 * that another hospital took over, the cancellation of what was never told) or nobody knows the SOR codes of its parties.
 */
export const hospitalMessageOf = (tell: HospitalToTell): HospitalNotification | undefined => {
  const { record, records, owed } = tell;
  const { written } = record;
  if (owed.documentType !== kind) return undefined;
  if (owed.parties === undefined)
    return isFhirMessage(written) && written.kind === kind ? written : undefined;
  const fact = factOf(record, owed);
  const telling = fact === undefined ? undefined : tellingOf(fact, before(records, record));
  return fact === undefined || telling === undefined ? undefined : composed(tell, fact, telling);
};
