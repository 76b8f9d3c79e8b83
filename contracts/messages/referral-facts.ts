import { z } from "zod";
import { declineReasons, returnReasons } from "../codes/referral-rules/reasons.ts";
import { FormattedText } from "../formatted-text.ts";
import { StoredObject } from "../letter.ts";
import { LetterPatient, LetterStatus, NamedParty } from "../letters/parts.ts";
import { Instant, LocalDateTime } from "../time.ts";
import { Adviser } from "./advice.ts";
import { ReferralClosing } from "./referral-closing.ts";
import { CallMade, ReferralContent, ReferralKind } from "./referral-content.ts";

const attachments = z.array(StoredObject.extend({ description: z.string() }));
const Appointment = z.object({
  start: Instant,
  place: z.string(),
  lengthMinutes: z.number().optional(),
  instructions: z.string().optional(),
  /** Who to ask about it (XDIS13, Contact). */
  contact: NamedParty.optional(),
});
export type Appointment = z.infer<typeof Appointment>;

/** The referral itself, as it goes to whoever receives it, first or later. */
const document = {
  kind: ReferralKind,
  sender: z.string(),
  receiver: z.string(),
  /** When the first receiver got it: the patient's rights are counted from here, whoever has it now. */
  receivedAt: Instant,
  referral: ReferralContent,
  attachments,
};
const said = { text: FormattedText, attachments };
/** Hospitals' letters name no person who signed. */
const closing = {
  text: FormattedText,
  signedBy: z.object({ name: z.string(), title: z.string().optional() }).optional(),
  closing: ReferralClosing.optional(),
};
/** A closing note: typed, or a letter of a receiver that writes nothing else. `kind` is absent in older records. */
const concluded = {
  kind: ReferralKind.optional(),
  ...closing,
  attachments,
  critical: z.boolean(),
  phoned: CallMade.optional(),
  /** Another unit of the receiver's house closed it, by a letter in a case of its own. */
  elsewhere: z.object({ by: z.string(), caseId: z.string() }).optional(),
};
/** A booking answer (XDIS13) that moves nothing: another of its kind came before, or the referral has ended. */
const bookingAnswer = {
  received: LocalDateTime.optional(),
  appointment: Appointment.optional(),
  contact: NamedParty.optional(),
  note: z.string().optional(),
};

/** What happened to a referral. The fact that tells of an act is also the document that the other party gets. */
export const ReferralFact = z
  .discriminatedUnion("type", [
    /** The referral is in its receiver's inbox; its clocks run. */
    z.object({
      type: z.literal("ReferralSent"),
      ...document,
      /** The last Danish date on which it may be taken up. */
      validUntil: z.iso.date(),
      relatesTo: z.array(z.string()),
      /** The case that the hub made it of. */
      openedFrom: z.object({ family: z.enum(["advice", "observation"]), caseId: z.string() }).optional(),
      adviser: Adviser.optional(),
      /** It came as the correction of one that is not known here. */
      asCorrection: z.literal(true).optional(),
    }),
    /** The sender's correction, whole, in the place of what it said before; its clocks run on. */
    z.object({ type: z.literal("ReferralCorrected"), ...document }),
    /** What the referral names, and what came in a letter of its own, have found one another. */
    z.object({
      type: z.literal("ReferralAttachmentsJoined"),
      attachmentCaseId: z.string(),
      sender: z.string(),
      attachments,
    }),
    /** A person at the receiver has it; `received` and `note` are its booking answer's (XDIS13). */
    z.object({
      type: z.literal("ReferralReceived"),
      by: z.string(),
      received: LocalDateTime.optional(),
      contact: NamedParty.optional(),
      note: z.string().optional(),
    }),
    /** The receiver takes the patient; an acute team that answers by letter says when it comes. */
    z.object({
      type: z.literal("ReferralAccepted"),
      by: z.string(),
      text: FormattedText.optional(),
      appointment: Appointment.optional(),
    }),
    /** The sender is to answer; the triage clock pauses. */
    z.object({ type: z.literal("ReferralInformationRequested"), ...said }),
    z.object({ type: z.literal("ReferralInformationGiven"), ...said }),
    /** Triage says "not here"; the same unit is to forward it. */
    z.object({ type: z.literal("ReferralMisdirected"), by: z.string(), reason: z.string() }),
    /** It left a unit: told to the sender, who learns where it is now. Ends every clock of that unit. */
    z.object({
      type: z.literal("ReferralForwarded"),
      from: z.string(),
      to: z.string(),
      reason: z.string(),
    }),
    /** It came to the next unit, whole: told to that unit. Starts its clocks. */
    z.object({
      type: z.literal("ReferralReaddressed"),
      ...document,
      from: z.string(),
      reason: z.string(),
    }),
    /** Back with the sender: always with reason, advice, and a doctor who can be called. */
    z.object({
      type: z.literal("ReferralReturned"),
      reason: z.enum(returnReasons),
      advice: FormattedText,
      doctor: z.string().min(1),
      phone: z.string().min(3),
    }),
    /** The acute team does not come. */
    z.object({
      type: z.literal("ReferralDeclined"),
      reason: z.enum(declineReasons),
      advice: FormattedText,
      by: z.string().min(1),
      phone: z.string().min(3),
    }),
    /** The patient has a time. `booking`: the case that it was booked in, and its slot. */
    z.object({
      type: z.literal("AppointmentBooked"),
      appointment: Appointment,
      booking: z.object({ caseId: z.string(), slotId: z.string() }).optional(),
    }),
    z.object({
      type: z.literal("AppointmentMoved"),
      appointment: Appointment,
      reason: z.string().optional(),
    }),
    z.object({
      type: z.literal("AppointmentCancelled"),
      by: z.enum(["receiver", "citizen"]),
      reason: z.string(),
    }),
    z.object({ type: z.literal("PatientNoticeSent"), sentOn: z.iso.date() }),
    z.object({ type: z.literal("InvitedToTalk"), appointment: Appointment }),
    z.object({ type: z.literal("PatientAttended"), at: Instant }),
    /** The citizen did not come: the receiver is to follow up, and the sender knows. */
    z.object({ type: z.literal("PatientNoShow"), at: Instant }),
    z.object({
      type: z.literal("NoShowFollowedUp"),
      at: Instant,
      how: z.string(),
      outcome: z.enum(["comes-later", "does-not-want", "not-reached"]),
      note: FormattedText.optional(),
    }),
    z.object({ type: z.literal("CourseEnded"), endedOn: z.iso.date() }),
    z.object({ type: z.literal("VisitStarted"), at: Instant, by: z.string() }),
    z.object({ type: z.literal("VisitEnded"), at: Instant }),
    z.object({
      type: z.literal("DiagnosisSettled"),
      outcome: z.enum(["diagnosed", "plan"]),
      on: z.iso.date(),
    }),
    /** The closing note or the result. An imaging result then waits for the sender to review it. */
    z.object({ type: z.literal("ReferralConcluded"), ...concluded }),
    /** The closing note of a concluded referral, corrected: it comes in the place of the one before. */
    z.object({ type: z.literal("ReferralConclusionCorrected"), ...concluded }),
    /** One more closing letter, or one on a referral that had ended otherwise: told, and moves nothing. */
    z.object({ type: z.literal("ReferralClosingAdded"), ...concluded }),
    z.object({ type: z.literal("ReferralBookingAdded"), ...bookingAnswer }),
    /** A letter that answers no referral here: it opens a case of its own, and tells its receiver. */
    z.object({
      type: z.literal("ReferralLetterReceived"),
      from: z.string(),
      to: z.string(),
      patient: LetterPatient,
      status: LetterStatus,
      episodeOfCareId: z.string().optional(),
      said: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("closing"), ...closing }),
        z.object({ kind: z.literal("booking"), ...bookingAnswer }),
      ]),
    }),
    /** A critical finding that nobody has phoned yet. */
    z.object({ type: z.literal("CriticalFindingFound"), by: z.string() }),
    z.object({ type: z.literal("CriticalFindingPhoned"), phoned: CallMade }),
    z.object({ type: z.literal("ResultReviewed"), by: z.string(), plan: FormattedText.optional() }),
    z.object({
      type: z.literal("ReferralWithdrawn"),
      reason: z.string(),
      /** Since the citizen has withdrawn consent. */
      consentWithdrawn: z.literal(true).optional(),
    }),
    /** Nobody took it up while it was valid. */
    z.object({ type: z.literal("ReferralExpired"), validUntil: z.iso.date() }),
    /** A party wants this place for it; coordination books it. */
    z.object({ type: z.literal("SlotWanted"), slotId: z.string(), by: z.string() }),
  ])
  .meta({ id: "ReferralFact" });
export type ReferralFact = z.infer<typeof ReferralFact>;
export type ReferralFactType = ReferralFact["type"];

const factTypes = new Set<string>(ReferralFact.options.map((option) => option.shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isReferralFact = (fact: { type: string }): fact is ReferralFact => factTypes.has(fact.type);
