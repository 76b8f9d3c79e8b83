import { z } from "zod";
import { TextInput } from "../formatted-text.ts";
import { Address } from "../identifiers.ts";
import { StoredObject } from "../letter.ts";
import { hasOnePatientId, onePatientId, Patient } from "../party.ts";
import { Instant } from "../time.ts";

/**
 * What a hospital tells of a stay (MedCom HospitalNotification): `acute-ambulant` STAA, `admitted` STIN, `leave-started`
 * STOR, `leave-ended` SLOR, `discharged` SLHJ, `dead` MORS. `transferred` is the admission at the department that received
 * the patient: the standard has no message of its own for it (clinical guidelines, section 5).
 */
export const StayEventKind = z.enum([
  "acute-ambulant",
  "admitted",
  "leave-started",
  "leave-ended",
  "transferred",
  "discharged",
  "dead",
]);
export type StayEventKind = z.infer<typeof StayEventKind>;

const messageId = z.string().min(1).max(70);
const onlyRealCpr = {
  message: "A notification is about a citizen with a real CPR number; replacement numbers are not allowed.",
  path: ["cpr"],
  params: { code: "cpr-required" },
};

/**
 * Only real CPR numbers (HospitalNotification; guide, section 7, eCPR use). The older notifications (XDIS17, XDIS20) tell a
 * number and no name.
 */
export const NotifiedPatient = z
  .object({ ...Patient.shape, surname: Patient.shape.surname.optional() })
  .refine(hasOnePatientId, onePatientId)
  .refine(({ cpr }) => cpr !== undefined, onlyRealCpr);

/** What every message on a stay carries, so that any of them may be the first to come. */
const stayMessage = {
  messageId,
  /** The sender's own id of the stay: with the sender it names the case, for ever. */
  stayId: messageId,
  patient: NotifiedPatient,
  municipality: Address,
  /** The citizen's own practice, when the sender knows it. Notifications of the standards do not carry it. */
  practice: Address.optional(),
  relatesTo: z.array(z.uuid()).max(10).default([]),
};

/** When it happened, and the department that the patient was in, or came to. */
const happening = { occurredAt: Instant, department: Address };

/** Tell of an event. Messages may come late and in any order: the time of the event decides, never that of the message. */
export const NotifyStay = z
  .object({
    ...stayMessage,
    event: StayEventKind,
    ...happening,
    /** `transferred`: the hospital or department that the patient came from. */
    from: Address.optional(),
    /** Whether the sender wants an admission report; absent: by the rule (`reportOfAdmissionFlag` of the standard). */
    wantsReport: z.boolean().optional(),
  })
  .meta({ id: "NotifyStay" });
export type NotifyStay = z.infer<typeof NotifyStay>;

/** Another time or department for an event that was told of (RE_). Of several, the one that was issued last counts. */
export const CorrectStayEvent = z
  .object({ ...stayMessage, corrects: messageId, issuedAt: Instant, ...happening })
  .meta({ id: "CorrectStayEvent" });
export type CorrectStayEvent = z.infer<typeof CorrectStayEvent>;

/** The event never happened, or was told of another citizen (AN_). Final: what is true is told anew, under a new id. */
export const CancelStayEvent = z
  .object({ ...stayMessage, cancels: messageId })
  .meta({ id: "CancelStayEvent" });
export type CancelStayEvent = z.infer<typeof CancelStayEvent>;

export const onCase = { caseId: z.uuid() };

/** Another hospital has admitted the patient: this stay is over. Sent by the hub alone. */
export const NoteTransfer = z
  .object({ ...onCase, messageId, ...happening, toCase: z.uuid().optional() })
  .meta({ id: "NoteTransfer" });

/** Ask the municipality for its admission report, where one is needed and not asked for yet. Sent by the hub alone. */
export const RequestAdmissionReport = z.object(onCase).meta({ id: "RequestAdmissionReport" });

/** When the patient is expected to leave, a Danish date. */
export const PlanDischarge = z.object({ ...onCase, date: z.iso.date() }).meta({ id: "PlanDischarge" });

/** What decides whether extended responsibility applies, and whether a care plan is needed. */
export const Assessment = z.object({
  psychiatric: z.boolean(),
  treatmentFinished: z.boolean(),
  /** Has municipal nursing, or needs it after the discharge, wherever the citizen lives. */
  municipalNursing: z.boolean(),
  /** Has or needs any municipal care. */
  municipalCare: z.boolean(),
  terminal: z.boolean(),
  /** Where the ward is reached round the clock after the discharge. */
  phone: z.string().min(3).max(25).optional(),
});
export type Assessment = z.infer<typeof Assessment>;
export const AssessStay = Assessment.extend(onCase).meta({ id: "AssessStay" });

export const Attachments = z
  .array(StoredObject.extend({ description: z.string().min(1).max(70) }))
  .max(10)
  .default([]);

/** The municipality tells the ward what it knows of the citizen (indlæggelsesrapport, XDIS16). */
export const SendAdmissionReport = z
  .object({
    ...onCase,
    text: TextInput,
    /** Who may be phoned, as XDIS14 carries it. */
    contact: z.object({ name: z.string().min(1).max(70), phone: z.string().min(3).max(25) }).optional(),
    attachments: Attachments,
  })
  .meta({ id: "SendAdmissionReport" });

/** Whom the ward can phone in the municipality about the citizen, and when (XDIS14). It is no admission report. */
export const AdmissionContact = z.object({
  names: z.array(z.string().min(1).max(35)).max(2),
  phone: z.string().min(1).max(25).optional(),
  hours: z.string().min(1).max(35).optional(),
});
export const AnswerAdmission = z
  .object({ ...onCase, contacts: z.array(AdmissionContact).max(5) })
  .meta({ id: "AnswerAdmission" });

/** What a fact of a stay says of its citizen and parties. */
export const StayContext = z.object({
  hospital: z.string(),
  stayId: z.string(),
  /** GLN of the region that the hospital is part of, when the directory tells. */
  region: z.string().optional(),
  municipality: z.string(),
  practice: z.string().optional(),
  /** Absent where the hub tells of it. */
  patient: NotifiedPatient.optional(),
  relatesTo: z.array(z.string()),
});
