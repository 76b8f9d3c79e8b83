import { z } from "zod";
import { declineReasons, returnReasons } from "../codes/referral-rules/reasons.ts";
import { TextInput } from "../formatted-text.ts";
import { MunicipalityCode } from "../identifiers.ts";
import { StoredObject } from "../letter.ts";
import { Patient } from "../party.ts";
import { Instant } from "../time.ts";
import { Adviser } from "./advice.ts";
import { ReferralClosingInput } from "./referral-closing.ts";
import {
  CallMade,
  ReferralContentInput,
  ReferralKind,
  ResponsibleDoctor,
  SubstituteDoctor,
} from "./referral-content.ts";

const gln = z.string().min(1).max(35);
const messageId = z.string().min(1).max(70);
const name = z.string().min(1).max(70);
const phone = z.string().min(3).max(25);
const reason = z.string().min(1).max(350);

const NamedObject = StoredObject.extend({ description: z.string().min(1).max(70) });

/**
 * Send a referral to a unit by its GLN, or to whoever takes it today by the directory: a speciality, a hospital (its
 * visitation finds the unit), or nothing (psychiatry, imaging, and what the citizen's municipality decides).
 * `messageId` names the case, for ever. A returned referral is sent anew with the old case in `relatesTo`.
 */
export const SendReferral = z
  .object({
    messageId,
    kind: ReferralKind,
    to: z
      .union([
        z.strictObject({ gln }),
        z.strictObject({ speciality: z.string().min(1).optional(), hospital: gln.optional() }),
      ])
      .default({}),
    relatesTo: z.array(z.uuid()).max(10).default([]),
    attachments: z.array(NamedObject).max(10).default([]),
    /** The standard that the sender wrote in: what a letter lacks is not demanded, but told. */
    standard: z.enum(["json", "oioxml"]).default("json"),
    ...ReferralContentInput.shape,
  })
  .meta({ id: "SendReferral" });
export type SendReferral = z.infer<typeof SendReferral>;

const onCase = { caseId: z.uuid() };
const Appointment = z.object({
  start: Instant,
  place: z.string().min(1).max(140),
  lengthMinutes: z.number().int().min(1).max(1440).optional(),
  instructions: z.string().min(1).max(1000).optional(),
});
const saying = { ...onCase, text: TextInput, attachments: z.array(NamedObject).max(10).default([]) };

/** A person at the receiver has it; the triage is still to come. */
export const ReceiveReferral = z.object(onCase).meta({ id: "ReceiveReferral" });
export const AcceptReferral = z
  .object({ ...onCase, text: TextInput.optional() })
  .meta({ id: "AcceptReferral" });
/** The receiver asks the sender; the triage clock pauses. */
export const RequestReferralInformation = z.object(saying).meta({ id: "RequestReferralInformation" });
export const GiveReferralInformation = z.object(saying).meta({ id: "GiveReferralInformation" });
/** Triage says "not here": from now on it is to be forwarded within the agreed time. */
export const MarkReferralMisdirected = z
  .object({ ...onCase, reason })
  .meta({ id: "MarkReferralMisdirected" });
/** To a unit by its GLN, or in a speciality of a hospital. */
export const ForwardReferral = z
  .object({ ...onCase, to: SendReferral.shape.to, reason })
  .meta({ id: "ForwardReferral" });
/** Only when no hospital can take it: reason, advice, the doctor's name and a telephone number are all needed. */
export const ReturnReferral = z
  .object({
    ...onCase,
    reason: z.enum(returnReasons),
    advice: TextInput,
    doctor: name,
    phone,
  })
  .meta({ id: "ReturnReferral" });
/** An acute team that cannot come says why, what to do instead, and who can be called about it. */
export const DeclineReferral = z
  .object({ ...onCase, reason: z.enum(declineReasons), advice: TextInput, by: name, phone })
  .meta({ id: "DeclineReferral" });
export const BookReferral = z.object({ ...onCase, appointment: Appointment }).meta({ id: "BookReferral" });
export const RebookReferral = z
  .object({ ...onCase, appointment: Appointment, reason: reason.optional() })
  .meta({ id: "RebookReferral" });
export const CancelReferralAppointment = z
  .object({ ...onCase, by: z.enum(["receiver", "citizen"]), reason })
  .meta({ id: "CancelReferralAppointment" });
/** The patient has been written to: date and place, or waiting times and rights. */
export const NoteReferralNotice = z
  .object({ ...onCase, sentOn: z.iso.date() })
  .meta({ id: "NoteReferralNotice" });
/** Invited to the clarifying talk (afklarende samtale) of a municipal offer. */
export const InviteReferral = z
  .object({ ...onCase, appointment: Appointment })
  .meta({ id: "InviteReferral" });
export const NoteReferralAttended = z.object({ ...onCase, at: Instant }).meta({ id: "NoteReferralAttended" });
export const NoteReferralNoShow = z.object({ ...onCase, at: Instant }).meta({ id: "NoteReferralNoShow" });
/** The receiver has looked for the citizen who did not come. */
export const FollowUpReferralNoShow = z
  .object({
    ...onCase,
    at: Instant,
    how: z.enum(["phone", "letter", "visit", "digital-post"]),
    outcome: z.enum(["comes-later", "does-not-want", "not-reached"]),
    note: TextInput.optional(),
  })
  .meta({ id: "FollowUpReferralNoShow" });
export const EndReferralCourse = z
  .object({ ...onCase, endedOn: z.iso.date() })
  .meta({ id: "EndReferralCourse" });
export const StartReferralVisit = z
  .object({ ...onCase, at: Instant, by: name })
  .meta({ id: "StartReferralVisit" });
export const EndReferralVisit = z.object({ ...onCase, at: Instant }).meta({ id: "EndReferralVisit" });
/** The right to a diagnosis is met: a diagnosis, or a written plan of what is still to be done. */
export const SettleReferralDiagnosis = z
  .object({ ...onCase, outcome: z.enum(["diagnosed", "plan"]), on: z.iso.date() })
  .meta({ id: "SettleReferralDiagnosis" });
/**
 * The closing note (XDIS01/02, XDIS15, XDIS22) or the radiologist's answer. A critical finding is phoned: `phoned` tells of
 * the call, and without it the case stays with the radiologist until it is made. The result itself is never held back.
 */
export const ConcludeReferral = z
  .object({
    ...saying,
    signedBy: z.object({ name, title: name.optional() }),
    critical: z.boolean().default(false),
    phoned: CallMade.optional(),
    closing: ReferralClosingInput.optional(),
  })
  .meta({ id: "ConcludeReferral" });
export const PhoneReferralFinding = z
  .object({ ...onCase, phoned: CallMade })
  .meta({ id: "PhoneReferralFinding" });
/** The sender has seen the result of an imaging referral, and acts on it. It never counts as seen by itself. */
export const ReviewReferralResult = z
  .object({ ...onCase, plan: TextInput.optional() })
  .meta({ id: "ReviewReferralResult" });
export const WithdrawReferral = z
  .object({
    ...onCase,
    reason,
    /** The citizen has withdrawn the consent that it was sent with: from then on the case shows that it is refused. */
    consentWithdrawn: z.boolean().optional(),
  })
  .meta({ id: "WithdrawReferral" });
/** A place in the sub-acute programme is wanted for this referral: coordination books it. */
export const WantReferralSlot = z.object({ ...onCase, slotId: z.uuid() }).meta({ id: "WantReferralSlot" });

// ---- the hub's own ---------------------------------------------------------------------------------------------

/** A specialist made a referral of a question. What lacks in it is a warning: nobody is there to mend it. */
export const OpenReferralFromAdvice = z
  .object({
    messageId,
    adviceCaseId: z.uuid(),
    from: gln,
    to: gln,
    patient: Patient,
    subject: z.string().min(1).max(70).optional(),
    texts: z.array(TextInput).max(40),
    adviser: Adviser.optional(),
  })
  .meta({ id: "OpenReferralFromAdvice" });
/** A plan made of a score sends for the acute team of the citizen's municipality. */
export const OpenReferralFromObservation = z
  .object({
    messageId,
    observationCaseId: z.uuid(),
    from: gln,
    patient: Patient,
    municipality: MunicipalityCode,
    call: CallMade,
    directNumber: phone,
    responsible: ResponsibleDoctor,
    substitute: SubstituteDoctor.optional(),
    text: TextInput,
  })
  .meta({ id: "OpenReferralFromObservation" });
export const NoteReferralBooking = z
  .object({
    ...onCase,
    bookingCaseId: z.uuid(),
    slotId: z.uuid(),
    start: Instant,
    place: z.string().min(1).max(140),
  })
  .meta({ id: "NoteReferralBooking" });
