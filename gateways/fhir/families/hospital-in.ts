import { identifierSystems } from "../../../contracts/codes/fhir-code.ts";
import { eventActivity, formOf, type HospitalForm } from "../../../contracts/codes/fhir-hospital-codes.ts";
import { plainUuid, uuidOf } from "../../../contracts/derived-ids.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { FhirIdentifier, HistoryStep } from "../../../contracts/fhir/parts.ts";
import type { StayEventKind } from "../../../contracts/messages/discharge-stay.ts";
import { type KnownStay, plainStayId, staysIn } from "../../families/known-stays.ts";
import type { LetterOrder, Reading } from "../../families/order.ts";
import { fhirCommandId } from "../reliable/message-key.ts";
import { type HospitalNote, noteOf } from "./hospital-notes.ts";

/** What a notification is read with. */
export interface HospitalContext extends Reading {
  /** Whether the directory has a hospital or a department of that GLN. */
  readonly isWard: (gln: string) => boolean;
}

/**
 * The same message is the same command: senders number their messages apart, and some alike, so the sender is part of the name
 * (guide to MedCom FHIR, sections 8.1 and 13).
 */
export const hospitalCommandId = ({ sender, messageId }: HospitalNotification): string =>
  fhirCommandId({ senderGln: sender.gln, messageId });

const longestStayId = 70;

/** LPR3's id of the course before the sender's own, for the sender's is known in its system alone. */
const byRank = (a: FhirIdentifier, b: FhirIdentifier): number =>
  Number(b.system === identifierSystems.lpr3) - Number(a.system === identifierSystems.lpr3);

const namesOf = ({ stay }: HospitalNotification): string[] =>
  stay.episodes.toSorted(byRank).map(({ value }) => plainStayId(value));

/** The stay where the same message is, else one of the sender's that any of the ids names: LPR3 first. */
const stayOf = (message: HospitalNotification, stays: readonly KnownStay[]): KnownStay | undefined => {
  const own = stays.filter(({ opener }) => opener === message.sender.gln);
  const [found] = namesOf(message).flatMap((name) => own.find(({ names }) => names.has(name)) ?? []);
  return own.find(({ hasLetter }) => hasLetter) ?? found;
};

/** One form of an id, so that the same stay is not opened twice by two ways of writing it. */
const stayIdOf = (message: HospitalNotification): string => {
  const [name = ""] = namesOf(message);
  return name.length > longestStayId ? plainUuid(uuidOf(name)) : name;
};

/** An instant with whatever offset, in UTC. */
const instantOf = (text: string): string => new Date(text).toISOString();

type Stay = HospitalNotification["stay"];
const times: Readonly<Record<StayEventKind, (stay: Stay) => string | undefined>> = {
  "acute-ambulant": ({ start }) => start,
  admitted: ({ start }) => start,
  transferred: ({ start }) => start,
  "leave-started": ({ leave }) => leave?.start,
  "leave-ended": ({ leave }) => leave?.end,
  discharged: ({ end }) => end,
  dead: ({ end }) => end,
};

/** What reading a message has found so far. */
interface Found {
  readonly message: HospitalNotification;
  readonly form: HospitalForm;
  readonly current: HistoryStep;
  readonly stay: KnownStay | undefined;
  readonly isWard: (gln: string) => boolean;
}

interface Noted<Value> {
  readonly value: Value;
  readonly notes: readonly HospitalNote[];
}

const when = (condition: boolean, note: HospitalNote): HospitalNote[] => (condition ? [note] : []);

/** When and where it happened: by the stay itself, never by when the message was made (guide, section 4.1). */
const happeningOf = ({ message, current, isWard }: Found, event: StayEventKind) => {
  const { stay, sender } = message;
  const at = times[event](stay);
  const ward = stay.serviceProvider.gln;
  const isKnown = ward !== undefined && (ward === sender.gln || isWard(ward));
  return {
    value: { occurredAt: instantOf(at ?? current.occurred), department: isKnown ? ward : sender.gln },
    notes: [...when(at === undefined, "event-time-missing"), ...when(!isKnown, "ward-unknown")],
  };
};

const longestName = 70;

/** The names that there is room for; a stay needs none. */
const namesIn = ({ surname, givenNames }: HospitalNotification["patient"]): Noted<object> => {
  const givenName = givenNames.join(" ");
  const names = {
    ...(surname === undefined ? {} : { surname }),
    ...(givenName === "" ? {} : { givenName }),
  };
  const fits = Object.values(names).every(({ length }) => length <= longestName);
  return fits ? { value: names, notes: [] } : { value: {}, notes: ["names-too-long"] };
};

const patientOf = ({ patient }: HospitalNotification): Noted<object> => {
  const { cpr, address, telecoms, managingOrganisation } = patient;
  const names = namesIn(patient);
  const more = [address, telecoms, managingOrganisation].some((one) => one !== undefined);
  return { value: { cpr, ...names.value }, notes: [...names.notes, ...when(more, "in-message-alone")] };
};

const arrivals: readonly StayEventKind[] = ["acute-ambulant", "admitted"];

/** Silence asks for no report: whoever wants one says so (MedCom HospitalNotification, reportOfAdmissionFlag). */
const reportOf = ({ message, form }: Found): Noted<object> => {
  const { wanted, recipient } = message.admissionReport ?? {};
  const isArrival = form.act === "report" && arrivals.includes(form.event);
  const elsewhere = recipient !== undefined && recipient.gln !== message.sender.gln;
  return {
    value: isArrival ? { wantsReport: wanted === true } : {},
    notes: [
      ...when(elsewhere, "answer-elsewhere"),
      ...when(!isArrival && wanted === true, "report-not-asked-for"),
    ],
  };
};

const isTold =
  (stay: KnownStay | undefined) =>
  (messageId: string | undefined): boolean =>
    stay?.events.some((event) => event.messageId === messageId) === true;

/** The last step of the history that did what this message corrects or takes back. */
const stepBefore = ({ message, current }: Found): string | undefined => {
  const activity = eventActivity(current.activity);
  return message.history.slice(0, -1).findLast((one) => one.activity === activity)?.messageId;
};

/**
 * The event that a correction or cancellation is about. The history names it: its last step with the activity that is corrected or
 * taken back. A death has no activity of its own, and is the message that is removed. What came before as a letter of another
 * standard is in no history: of those it is the last of its kind.
 */
const aboutOf = (found: Found): string | undefined => {
  const { form, current, stay } = found;
  const earlier = current.earlier?.kind === "message" ? current.earlier.messageId : undefined;
  const named = form.event === "dead" ? [earlier].find(isTold(stay)) : stepBefore(found);
  return named ?? stay?.events.findLast(({ event }) => event === form.event)?.messageId ?? earlier;
};

/** A death that was told before and that this message takes back: it says that the patient lives. */
const revivedOf = ({ message, form, stay }: Found): string | undefined => {
  if (form.act !== "report" || message.patient.deceased !== false) return undefined;
  const told = new Set(message.history.map(({ messageId }) => messageId));
  return stay?.events.findLast(({ event, messageId }) => event === "dead" && told.has(messageId))?.messageId;
};

const stayPayload = (found: Found): Noted<object> => {
  const { message, stay } = found;
  const patient = patientOf(message);
  return {
    value: {
      stayId: stay?.stayId ?? stayIdOf(message),
      patient: patient.value,
      municipality: message.receiver.gln,
      relatesTo: [],
      messageId: message.messageId,
    },
    notes: patient.notes,
  };
};

interface Command extends Noted<object> {
  readonly type: "discharge.notify" | "discharge.correct" | "discharge.cancel";
}

const notified = (found: Found, event: StayEventKind): Command => {
  const happening = happeningOf(found, event);
  return { type: "discharge.notify", value: { event, ...happening.value }, notes: happening.notes };
};

/** Of an id that nobody has told, so that the record shows what came. */
const nothing = ({ messageId }: HospitalNotification): string => `?${messageId}`;

const corrected = (found: Found): Command => {
  const { message, form, current, stay } = found;
  const isNewDeath =
    message.patient.deceased === true && stay?.events.every(({ event }) => event !== "dead") !== false;
  if (isNewDeath) {
    const death = notified(found, "dead");
    return { ...death, notes: [...death.notes, "death-with-correction"] };
  }
  const about = aboutOf(found);
  const happening = happeningOf(found, form.event);
  const issuedAt = instantOf(current.occurred);
  return {
    type: "discharge.correct",
    value: { corrects: about ?? nothing(message), issuedAt, ...happening.value },
    notes: [...happening.notes, ...when(about === undefined, "about-unknown")],
  };
};

const cancelled = ({ message }: Found, about: string | undefined): Command => ({
  type: "discharge.cancel",
  value: { cancels: about ?? nothing(message) },
  notes: when(about === undefined, "about-unknown"),
});

const commandOf = (found: Found): Command => {
  const revived = revivedOf(found);
  if (revived !== undefined) return cancelled(found, revived);
  if (found.form.act === "correct") return corrected(found);
  if (found.form.act === "cancel") return cancelled(found, aboutOf(found));
  return notified(found, found.form.event);
};

/**
 * A HospitalNotification as the one command of a stay that it is: an event, the correction of one, or its cancellation, in whatever
 * order they come. `undefined`: its activity is none of a stay, which a message that was found in order never has.
 */
export const readHospital = (
  message: HospitalNotification,
  { commandId, cases, isWard }: HospitalContext,
): LetterOrder | undefined => {
  const form = formOf(message);
  const current = message.history.at(-1);
  if (form === undefined || current === undefined) return undefined;
  const found = { message, form, current, stay: stayOf(message, staysIn(cases, commandId)), isWard };
  const stay = stayPayload(found);
  const report = reportOf(found);
  const command = commandOf(found);
  const asks = command.type === "discharge.notify" ? report.value : {};
  const notes = [...stay.notes, ...command.notes, ...report.notes].map(noteOf);
  return { type: command.type, payload: { ...stay.value, ...command.value, ...asks }, notes };
};
