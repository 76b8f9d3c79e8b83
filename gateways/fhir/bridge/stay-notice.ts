import { endpointOf } from "../../../contracts/codes/fhir-code.ts";
import { formFor, type HospitalForm, type StayAct } from "../../../contracts/codes/fhir-hospital-codes.ts";
import { withDanishOffset } from "../../../contracts/danish-time.ts";
import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { FhirCorrespondent, HistoryStep } from "../../../contracts/fhir/parts.ts";
import type { StayNotice } from "../../../contracts/letters/stay-notice.ts";
import type { Party } from "../../../contracts/party.ts";
import type { StayNoticeLoss } from "./stay-notice-losses.ts";
import { correspondentOf } from "./stay-notice-party.ts";

/** What a letter becomes a message with. Times are FHIR's, with their offset. */
export interface ToNotification {
  /** Ids of the bundle and the message; the letter's number is stored with them. */
  readonly bundleId: string;
  readonly messageId: string;
  /** When the letter was sent: the envelope says so. */
  readonly sent: string;
  readonly sorOf: (gln: string) => string | undefined;
  /** When the stay began, where it is known: a letter of its end does not say. */
  readonly admittedAt?: string;
  /** What was told of the stay before. */
  readonly history?: readonly HistoryStep[];
}

/** Why a letter has no form as a message. */
export type Unsayable = "organisation-unknown" | "moved-elsewhere" | "admission-missing";

const acts = { new: "report", corrected: "correct", cancelled: "cancel" } as const;

export type Event = "admitted" | "discharged" | "dead";
const eventOf = ({ type, patient }: StayNotice): Event => {
  if (patient.status === "doed") return "dead";
  return type === "XDIS20" ? "admitted" : "discharged";
};

/** Whoever has lost a patient to another ward or hospital tells nothing: the other tells of the admission. */
const isMoved = ({ patient }: StayNotice): boolean => patient.status?.startsWith("flyttet") === true;

/**
 * A death whose stay is said to begin when it ended is one on arrival (HospitalNotification, MORS; guide to MedCom FHIR, section 4.1):
 * that is not said of whoever may have been in for weeks. A discharge says nothing that is wrong so.
 */
const needsAdmission = ({ type, patient, status }: StayNotice, { admittedAt }: ToNotification): boolean =>
  type === "XDIS17" && patient.status === "doed" && status !== "cancelled" && admittedAt === undefined;

/**
 * What a step follows or takes back. A letter that corrects or cancels names no other: the one before it is said to be the letter of
 * its own number, as MedCom writes it (`<lokationsnummer>#<brevid>`; guide to MedCom FHIR, G4).
 */
const earlierOf = ({ notice, act, context }: Reading): Pick<HistoryStep, "earlier"> => {
  const last = context.history?.at(-1);
  if (last !== undefined) return { earlier: { kind: "message", messageId: last.messageId } };
  if (act === "report") return {};
  return { earlier: { kind: "letter", value: `${notice.sender.gln}#${notice.letterId}` } };
};

/** Seconds of a letter's approval are kept; its clock is Danish. */
export const approvedAt = (authorised: string): string =>
  withDanishOffset(authorised.slice(0, 16)).replace(/:00(?=[Z+-])/, authorised.slice(16, 19));

export const hyphened = (id: string): string =>
  /^[0-9a-f]{32}$/i.test(id)
    ? plainUuid(id).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
    : id;

/** The id of a stay as a letter writes it: without hyphens and in small letters, but for one that is nothing else. */
export const unhyphened = (id: string): string => {
  const plain = plainUuid(id);
  return plain === "" ? id : plain;
};

interface Reading {
  readonly notice: StayNotice;
  readonly event: Event;
  readonly act: StayAct;
  readonly form: HospitalForm;
  readonly sender: FhirCorrespondent;
  readonly context: ToNotification;
}

const stayOf = ({ notice, event, act, form, sender, context }: Reading): HospitalNotification["stay"] => {
  const at = withDanishOffset(notice.at);
  // Dead on arrival begins and ends at once (HospitalNotification, MORS); XDIS20 tells of nobody else who died.
  const start = notice.type === "XDIS20" ? at : (context.admittedAt ?? at);
  const hasEnd = act !== "cancel" && event !== "admitted";
  return {
    status: form.status ?? "in-progress",
    class: form.class ?? "IMP",
    episodes: [{ system: endpointOf(sender.sor), value: hyphened(notice.notificationId) }],
    start,
    ...(hasEnd ? { end: at } : {}),
    serviceProvider: sender,
  };
};

/** XDIS20 says where an answer is wanted; XDIS17 may, and asks for no report of an admission that is over. */
const reportOf = ({ notice, event, act, sender, context }: Reading) => {
  const { answerTo } = notice;
  if (answerTo === undefined || event !== "admitted" || act !== "report") return {};
  const sor = context.sorOf(answerTo);
  const elsewhere = sor === undefined ? undefined : { gln: answerTo, sor, otherIdentifiers: [] };
  const recipient = answerTo === sender.gln ? sender : elsewhere;
  return { admissionReport: { wanted: true, ...(recipient === undefined ? {} : { recipient }) } };
};

type Found = readonly (readonly [StayNoticeLoss, boolean])[];

/** What of a party does not come along: parts of its name, and everything but name and numbers. */
const lossesOfParty = (party: Party): { readonly name: boolean; readonly more: boolean } => {
  const {
    gln: _gln,
    identifier: _identifier,
    organisation: _organisation,
    department,
    unit,
    ...more
  } = party;
  return {
    name: department !== undefined || unit !== undefined,
    more: Object.values(more).some((one) => one !== undefined),
  };
};

const lossesOfParties = ({ sender, receiver }: StayNotice): Found => {
  const parties = [sender, receiver];
  const lost = parties.map(lossesOfParty);
  return [
    ["party-identifier", parties.some(({ identifier }) => identifier.code !== "sorkode")],
    ["party-names", lost.some(({ name }) => name)],
    ["phone", lost.some(({ more }) => more)],
  ];
};

const lossesOfEvent = ({ notice, event, act, context }: Reading): Found => {
  const { status } = notice.patient;
  const isEnd = notice.type === "XDIS17";
  const isDead = event === "dead";
  return [
    ["where-to", event === "discharged" && status !== "udskrevet_til_hjemmet"],
    ["where-to", event === "admitted" && status !== "indlagt"],
    [
      "cancelled-time",
      act === "cancel" && event !== "admitted" && notice.at !== notice.authorised.slice(0, 16),
    ],
    ["dead-on-arrival-cancelled", !isEnd && isDead && act === "cancel"],
    ["start-unknown", isEnd && context.admittedAt === undefined],
    ["death-corrected", isDead && act === "correct"],
  ];
};

/** Where a letter of the message would ask for answers: of an admission always somewhere, and at its sender unless it is said. */
const answeredAt = ({ notice, event, act }: Reading, message: HospitalNotification): string | undefined => {
  if (notice.type === "XDIS17" || (event === "dead" && act === "cancel")) return undefined;
  return message.admissionReport?.recipient?.gln ?? notice.sender.gln;
};

const lossesOfNotice = (reading: Reading, message: HospitalNotification): StayNoticeLoss[] => {
  const { notice } = reading;
  const found: Found = [
    ["letter-id", true],
    ...lossesOfParties(notice),
    ["notification-id", unhyphened(hyphened(notice.notificationId)) !== notice.notificationId],
    ["answer-elsewhere", notice.answerTo !== answeredAt(reading, message)],
    ...lossesOfEvent(reading),
  ];
  return [...new Set(found.flatMap(([loss, isSo]) => (isSo ? [loss] : [])))];
};

const stepOf = (reading: Reading): HistoryStep => {
  const { notice, form, act, sender, context } = reading;
  return {
    messageId: context.messageId,
    occurred: approvedAt(notice.authorised),
    activity: form.activity ?? "admit-inpatient",
    by: sender,
    ...earlierOf(reading),
    removes: act === "cancel",
    added: [],
  };
};

const messageFrom = (reading: Reading, receiver: FhirCorrespondent): HospitalNotification => {
  const { notice, form, sender, context } = reading;
  const { bundleId, messageId, sent, history = [] } = context;
  return {
    kind: "HospitalNotification",
    version: "3.0",
    bundleId,
    created: sent,
    messageId,
    sender,
    receiver,
    history: [...history, stepOf(reading)],
    patient: {
      cpr: notice.patient.cpr,
      givenNames: [],
      ...(form.deceased === undefined ? {} : { deceased: form.deceased }),
    },
    stay: stayOf(reading),
    ...reportOf(reading),
  };
};

/** XDIS20 or XDIS17 as HospitalNotification, with what does not come along (map of January 2026). */
export const noticeToNotification = (
  notice: StayNotice,
  context: ToNotification,
): { message: HospitalNotification; losses: readonly StayNoticeLoss[] } | { unsayable: Unsayable } => {
  if (isMoved(notice)) return { unsayable: "moved-elsewhere" };
  if (needsAdmission(notice, context)) return { unsayable: "admission-missing" };
  const [event, act] = [eventOf(notice), acts[notice.status]];
  const form = formFor(act, event, "IMP") ?? formFor("report", event, "IMP");
  const sender = correspondentOf(notice.sender, context.sorOf);
  const receiver = correspondentOf(notice.receiver, context.sorOf);
  if (sender === undefined || receiver === undefined || form === undefined)
    return { unsayable: "organisation-unknown" };
  const reading: Reading = { notice, event, act, form, sender, context };
  const message = messageFrom(reading, receiver);
  return { message, losses: lossesOfNotice(reading, message) };
};
