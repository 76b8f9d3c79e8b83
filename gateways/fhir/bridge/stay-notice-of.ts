import { endpointOf, identifierSystems } from "../../../contracts/codes/fhir-code.ts";
import { formFor, formOf, type HospitalForm } from "../../../contracts/codes/fhir-hospital-codes.ts";
import { localTimeOf, withDanishOffset } from "../../../contracts/danish-time.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { FhirOrganisation, HistoryStep } from "../../../contracts/fhir/parts.ts";
import type { StayNotice } from "../../../contracts/letters/stay-notice.ts";
import { approvedAt, type Event, hyphened, unhyphened } from "./stay-notice.ts";
import type { StayNoticeLoss } from "./stay-notice-losses.ts";
import { isWhole, noticeParty } from "./stay-notice-party.ts";

/** What a message becomes a letter with. */
export interface ToNotice {
  readonly letterId: string;
}

const isLpr3 = ({ system }: { system: string }): boolean => system === identifierSystems.lpr3;

const idMax = 35;

/** LPR3's id, else the first, without scheme and hyphens; of a longer one as much as there is room for. */
const notificationIdOf = ({ stay }: HospitalNotification): string => {
  const { value = "" } = stay.episodes.find(isLpr3) ?? stay.episodes[0] ?? {};
  return unhyphened(value.replace(/^urn:uuid:/i, "")).slice(0, idMax);
};

const statuses = { report: "new", correct: "corrected", cancel: "cancelled" } as const;
const conditions = { admitted: "indlagt", discharged: "udskrevet_til_hjemmet", dead: "doed" } as const;

const withSeconds = (instant: string): string => `${localTimeOf(instant)}${instant.slice(16, 19)}`;

type Told = HospitalForm & { readonly event: Event };
const isTold = (form: HospitalForm): form is Told =>
  form.event === "admitted" || form.event === "discharged" || form.event === "dead";

interface Reading {
  readonly message: HospitalNotification;
  readonly form: Told;
  readonly current: HistoryStep;
  /** By XDIS20; the rest is told by XDIS17. Whoever came and died at once is told of by that of the admission. */
  readonly isAdmission: boolean;
}

const readingOf = (message: HospitalNotification): Reading | undefined => {
  const form = formOf(message);
  const current = message.history.at(-1);
  if (form === undefined || current === undefined || !isTold(form)) return undefined;
  const isDeadOnArrival =
    form.event === "dead" && form.act === "report" && message.stay.start === message.stay.end;
  return { message, form, current, isAdmission: form.event === "admitted" || isDeadOnArrival };
};

/** The one time of a letter. An end that is taken back may be without one: then it is when that was said. */
const timeOf = ({ message: { stay }, current, isAdmission }: Reading): string =>
  isAdmission ? stay.start : (stay.end ?? current.occurred);

const answerOf = ({ message, isAdmission }: Reading): Pick<StayNotice, "answerTo"> =>
  isAdmission ? { answerTo: message.admissionReport?.recipient?.gln ?? message.sender.gln } : {};

const noticeOf = (reading: Reading, letterId: string): StayNotice => {
  const { message, form, current, isAdmission } = reading;
  const type = isAdmission ? "XDIS20" : "XDIS17";
  const { organisation = "_", ...from } = noticeParty(message.sender);
  return {
    type,
    version: isAdmission ? "XD2030C" : "XD1730C",
    letterId,
    authorised: withSeconds(current.occurred),
    statisticalCode: type,
    notificationId: notificationIdOf(message),
    status: statuses[form.act],
    sender: { ...from, organisation },
    ...answerOf(reading),
    receiver: noticeParty(message.receiver),
    patient: { cpr: message.patient.cpr, status: conditions[form.event] },
    at: localTimeOf(timeOf(reading)),
  };
};

/** In one order: the same organisation may have been put together in another. */
const parts = [
  "gln",
  "sor",
  "ydernummer",
  "producerId",
  "otherIdentifiers",
  "system",
  "value",
  "name",
  "contactInitials",
  "phone",
];
const isEqual = (a: FhirOrganisation | undefined, b: FhirOrganisation): boolean =>
  a !== undefined && JSON.stringify(a, parts) === JSON.stringify(b, parts);

/** Whether the history is what a letter makes of it: one step, said by its sender. */
const isLoneStep = ({ message, current }: Reading): boolean =>
  message.history.length === 1 &&
  current.earlier === undefined &&
  current.recorded === undefined &&
  current.added.length === 0 &&
  isEqual(current.by, message.sender);

const isOneEpisode = ({ stay, sender }: HospitalNotification, id: string): boolean => {
  const [only, ...others] = stay.episodes;
  return others.length === 0 && only?.system === endpointOf(sender.sor) && only.value === hyphened(id);
};

const isToTheMinute = (instant: string): boolean => withDanishOffset(localTimeOf(instant)) === instant;

/** What a letter of the admission says: that the report is wanted, by whoever told. */
const isUsualReport = ({ message, form, isAdmission }: Reading): boolean => {
  const { admissionReport, sender } = message;
  const asks = isAdmission && form.act === "report" && form.event === "admitted";
  if (!asks) return admissionReport === undefined;
  return admissionReport?.wanted === true && isEqual(admissionReport.recipient, sender);
};

/** Whether the end of the stay is what the letter's time says. */
const isEndTold = ({ message: { stay }, form, isAdmission }: Reading): boolean => {
  if (form.act === "cancel" || form.event === "admitted") return stay.end === undefined;
  return isAdmission || stay.end !== undefined;
};

/** A letter does not tell an acute ambulatory visit from an admission: what is made of it is an admission. */
const isUsualState = ({ message: { stay }, form, current }: Reading): boolean => {
  const usual = formFor(form.act, form.event, "IMP") ?? form;
  return (
    stay.class === "IMP" &&
    stay.status === (usual.status ?? "in-progress") &&
    current.activity === (usual.activity ?? "admit-inpatient")
  );
};

const lossesOf = (reading: Reading, notice: StayNotice): StayNoticeLoss[] => {
  const { message, form, current, isAdmission } = reading;
  const { patient, stay, sender, receiver, admissionReport } = message;
  const organisations = [sender, receiver, admissionReport?.recipient ?? sender];
  const details = [patient.address, patient.telecoms, patient.managingOrganisation];
  const times = [stay.start, ...(stay.end === undefined ? [] : [stay.end])];
  const found: readonly (readonly [StayNoticeLoss, boolean])[] = [
    ["message-ids", true],
    ["history", !isLoneStep(reading) || form.act !== "report"],
    ["episodes", !isOneEpisode(message, notice.notificationId)],
    ["names", patient.surname !== undefined || patient.givenNames.length > 0],
    ["citizen-details", details.some((one) => one !== undefined)],
    ["deceased", patient.deceased !== form.deceased],
    ["organisation-details", !organisations.every(isWhole)],
    ["ward", !isEqual(stay.serviceProvider, sender)],
    ["start-of-ended", !isAdmission && localTimeOf(stay.start) !== notice.at],
    ["end-not-told", !isEndTold(reading)],
    ["leave", stay.leave !== undefined],
    ["class-and-status", !isUsualState(reading)],
    [
      "times-to-the-minute",
      !times.every(isToTheMinute) || approvedAt(notice.authorised) !== current.occurred,
    ],
    ["admission-report", !isUsualReport(reading)],
  ];
  return found.flatMap(([loss, isSo]) => (isSo ? [loss] : []));
};

/**
 * HospitalNotification as XDIS20 or XDIS17, with what does not come along (map of January 2026). `undefined` for what has no
 * letter: leave, and acute ambulatory visits.
 */
export const notificationToNotice = (
  message: HospitalNotification,
  { letterId }: ToNotice,
): { notice: StayNotice; losses: readonly StayNoticeLoss[] } | undefined => {
  const reading = readingOf(message);
  if (reading === undefined) return undefined;
  const notice = noticeOf(reading, letterId);
  return { notice, losses: lossesOf(reading, notice) };
};
