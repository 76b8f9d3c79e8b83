import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import type { ClosingLetter } from "../../../contracts/letters/closing-letter.ts";
import type { AdmissionAnswer, StayNotice } from "../../../contracts/letters/stay-notice.ts";
import { type DischargeFact, isDischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { DischargeSummary } from "../../../contracts/messages/discharge-summary.ts";
import type { Party } from "../../../contracts/party.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { citizenOf, referencesTo } from "../../families/in-words.ts";
import { headOf, type ToTell } from "../../families/to-tell.ts";
import { responsibilityText, summarySections } from "../../families/words/summary-text.ts";
import { field, lines, person, section } from "../../families/words/words.ts";

type Of<Type extends DischargeFact["type"]> = Extract<DischargeFact, { type: Type }>;
type StayFact = Of<"StayEventReported" | "StayEventCorrected" | "StayEventCancelled">;

const factsOf = (records: readonly CaseRecord[]): DischargeFact[] =>
  records.flatMap(({ facts }) => facts.filter(isDischargeFact));

/** Notifications name their parties by less than letters do (NotificationOfAdmission.xsd). */
const noticeSender = ({ gln, identifier, organisation = "_", department, unit, phone }: Party): Party => ({
  gln,
  identifier,
  organisation,
  ...(department === undefined ? {} : { department }),
  ...(unit === undefined ? {} : { unit }),
  ...(phone === undefined ? {} : { phone }),
});
const noticeReceiver = ({ gln, identifier, organisation }: Party): Party => ({
  gln,
  identifier,
  ...(organisation === undefined ? {} : { organisation }),
});

const longestId = 35;

const noticeHead = (telling: ToTell, stayId: string) => {
  const { letterId, authorised, statisticalCode } = headOf(telling);
  // A stay whose own id has no room is known by the case's: cut short, two could become one.
  const notificationId = stayId.length > longestId ? plainUuid(telling.record.caseId) : stayId;
  return { letterId, authorised: `${authorised}:00`, statisticalCode, notificationId };
};

/** The stay and its citizen, as the case's facts tell them; what the hub tells itself names nobody. */
const stayIn = (records: readonly CaseRecord[]) => {
  const told = factsOf(records).flatMap((fact) => ("stay" in fact ? [fact.stay] : []));
  const cpr = told.find(({ patient }) => patient?.cpr !== undefined)?.patient?.cpr;
  return { stayId: told[0]?.stayId ?? "", cpr };
};

/** When it happened: a cancellation repeats what was told of the event last. */
const happenedAt = (fact: StayFact, records: readonly CaseRecord[]): string | undefined => {
  if (fact.type !== "StayEventCancelled") return fact.occurredAt;
  const told = factsOf(records).flatMap((one) =>
    (one.type === "StayEventReported" && one.messageId === fact.cancels) ||
    (one.type === "StayEventCorrected" && one.corrects === fact.cancels)
      ? [one.occurredAt]
      : [],
  );
  return told.at(-1);
};

const statusOf = (fact: StayFact): StayNotice["status"] => {
  if (fact.type === "StayEventReported") return "new";
  return fact.type === "StayEventCorrected" ? "corrected" : "cancelled";
};

/** Where a discharged citizen went is not known here; that another hospital took them over is. */
const citizenStatus = (type: StayNotice["type"], { event }: StayFact): StayNotice["patient"]["status"] => {
  if (event === "dead") return "doed";
  if (type === "XDIS20") return "indlagt";
  return event === "transferred" ? "flyttet_til_sygehus" : "uoplyst";
};

const notice = (telling: ToTell, fact: StayFact): StayNotice | undefined => {
  const { stayId, cpr } = stayIn(telling.records);
  const at = happenedAt(fact, telling.records);
  if (cpr === undefined || at === undefined) return undefined;
  const sender = noticeSender(telling.parties.from);
  const isAdmission = telling.documentType === "XDIS20";
  const type = isAdmission ? "XDIS20" : "XDIS17";
  return {
    type,
    version: isAdmission ? "XD2030C" : "XD1730C",
    ...noticeHead(telling, stayId),
    status: statusOf(fact),
    sender,
    ...(isAdmission ? { answerTo: sender.gln } : {}),
    receiver: noticeReceiver(telling.parties.to),
    patient: { cpr, status: citizenStatus(type, fact) },
    at: telling.localTime(at),
  };
};

const answer = (telling: ToTell, { contacts }: Of<"AdmissionAnswered">): AdmissionAnswer | undefined => {
  const { stayId, cpr } = stayIn(telling.records);
  if (cpr === undefined) return undefined;
  const { gln, identifier, organisation = "_" } = telling.parties.from;
  const { to } = telling.parties;
  return {
    type: "XDIS14",
    version: "XD1431C",
    ...noticeHead(telling, stayId),
    status: "new",
    sender: { gln, identifier, organisation },
    contacts,
    receiver: {
      ...noticeReceiver(to),
      ...(to.department === undefined ? {} : { department: to.department }),
    },
    patient: { cpr },
  };
};

const codeMax = 17;
const textMax = 70;
type Diagnoses = NonNullable<ClosingLetter["diagnoses"]>;
type Diagnosis = DischargeSummary["diagnoses"][number];
type Kind = Diagnosis["kind"];

/** How many of each kind the letter has room for (XDIS01, Diagnose). */
const room: Readonly<Record<Kind, number>> = { main: 1, additional: 5, other: 50 };

/** A diagnosis fits MedCom's fields when it has a code, and a text that need not be cut. */
const isCoded = (one: Diagnosis): one is Diagnosis & { code: string } =>
  one.code !== undefined && one.code.length <= codeMax && one.text.length <= textMax;

const codedOf = ({ diagnoses }: DischargeSummary, kind: Kind) =>
  diagnoses
    .filter(isCoded)
    .filter((one) => one.kind === kind)
    .slice(0, room[kind]);

const diagnosesOf = (summary: DischargeSummary): Diagnoses | undefined => {
  const of = (kind: Kind) => codedOf(summary, kind).map(({ code, text }) => ({ code, text }));
  const [main] = of("main");
  const mainAdditional = of("additional");
  const other = of("other").map((one) => ({
    description: "uspec_diagnose" as const,
    codeType: "SKSdiagnosekode" as const,
    ...one,
  }));
  if (main === undefined && mainAdditional.length + other.length === 0) return undefined;
  return { ...(main === undefined ? {} : { main }), mainAdditional, other };
};

/** What has no field of its own in the letter, or no room in it, is told in words. */
const inWords = (summary: DischargeSummary): FormattedText | undefined => {
  const kinds: readonly Kind[] = ["main", "additional", "other"];
  const inFields = new Set<Diagnosis>(kinds.flatMap((kind) => codedOf(summary, kind)));
  const named = (all: readonly { code?: string | undefined; text: string }[]): string =>
    all.map(({ code, text }) => (code === undefined ? text : `${code} ${text}`)).join("; ");
  const text = lines(
    field("Diagnoser", named(summary.diagnoses.filter((one) => !inFields.has(one)))),
    field("Procedurer", named(summary.procedures)),
    field("CAVE", summary.cave),
    field("Udskrevet til", summary.dischargeMode),
    field("Patientansvarlig læge", summary.responsibleDoctor),
    field("Dikteret af", person({ name: summary.dictatedBy, title: summary.unit })),
  );
  return section("Øvrigt", text);
};

type Form = Of<"LoneSummaryReceived">["form"];
const versions = { XDIS01: "XD0134L", XDIS02: "XD0234L", XDIS03: "XD0334L" } as const;

const summaryLetter = (
  telling: ToTell,
  {
    summary,
    form,
    status,
  }: Pick<Of<"SummarySent">, "summary"> & Pick<ClosingLetter, "status"> & { form: Form },
): ClosingLetter => {
  const { actionPriority, recommendedAction, admittedAt, dischargedAt } = summary;
  const diagnoses = diagnosesOf(summary);
  const blocks = [responsibilityText(summary, telling), ...summarySections(summary), inWords(summary)];
  return {
    type: form,
    version: versions[form],
    ...headOf(telling),
    status,
    sender: telling.parties.from,
    receiver: telling.parties.to,
    patient: citizenOf(telling.records),
    relatives: [],
    ...(admittedAt === undefined ? {} : { from: admittedAt }),
    ...(dischargedAt === undefined ? {} : { until: dischargedAt }),
    ...(actionPriority === undefined ? {} : { actionPriority }),
    ...(recommendedAction === undefined ? {} : { recommendation: recommendedAction }),
    ...(diagnoses === undefined ? {} : { diagnoses }),
    texts: blocks.flatMap((text) => (text === undefined ? [] : [{ text }])),
    references: referencesTo(telling.fact),
  };
};

/** The letter that was made for a fact of a stay: XDIS20, XDIS17, XDIS14 or XDIS01. */
export const composeDischarge = (telling: ToTell): ClinicalLetter | undefined => {
  const { fact } = telling;
  if (!isDischargeFact(fact)) return undefined;
  if ("stay" in fact) return notice(telling, fact);
  if (fact.type === "AdmissionAnswered") return answer(telling, fact);
  if (fact.type === "LoneSummaryReceived")
    return summaryLetter(telling, { ...fact, status: fact.corrected ? "corrected" : "new" });
  if (fact.type === "SummarySent") return summaryLetter(telling, { ...fact, form: "XDIS01", status: "new" });
  return fact.type === "SummaryCorrected"
    ? summaryLetter(telling, { ...fact, form: "XDIS01", status: "corrected" })
    : undefined;
};
