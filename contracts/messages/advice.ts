import { z } from "zod";
import { commandOf } from "../command.ts";
import { uuidOf } from "../derived-ids.ts";
import { CareThread } from "../fhir/care-communication.ts";
import { TextInput } from "../formatted-text.ts";
import { Letter, StoredObject } from "../letter.ts";
import { Patient } from "../party.ts";
import { Problem } from "../problem.ts";
import { Instant, LocalDateTime } from "../time.ts";
import { RingAlarm } from "./alarm.ts";

/** `specialist`: a GP asks a hospital specialty. `correspondence`: any party to any party, not urgent, one citizen, one question. */
export const AdviceKind = z.enum(["specialist", "correspondence"]);
export type AdviceKind = z.infer<typeof AdviceKind>;

/** How the asker wants the answer. Phone and video answers are noted on the case all the same (guide, section 3). */
export const AdviceChannel = z.enum(["electronic", "phone", "video"]);

/** The person who advised: a phone note without a name has been criticised (Disciplinærnævnet 182801). */
export const Adviser = z.object({
  name: z.string().min(1).max(70),
  title: z.string().min(1).max(70).optional(),
});
export type Adviser = z.infer<typeof Adviser>;

const Attachments = z.array(StoredObject.extend({ description: z.string().min(1).max(70) })).max(10);

// ---- commands: what a caller may ask for -------------------------------------------------------------------------

/** Ask a unit, or whichever unit of the directory advises in a speciality. `messageId` names the case, for ever. */
export const AskAdvice = z
  .object({
    messageId: z.string().min(1).max(70),
    kind: AdviceKind.optional(),
    to: z.union([
      z.object({ gln: z.string().min(1).max(35) }),
      z.object({ speciality: z.string().min(1), hospital: z.string().optional() }),
    ]),
    patient: Patient,
    subject: z.string().min(1).max(70),
    question: TextInput,
    priority: z.enum(["routine", "high"]).default("routine"),
    channel: AdviceChannel.default("electronic"),
    /** The asker's consent, given in advance, to the specialist making a referral of it. */
    mayConvert: z.boolean().default(false),
    episodeOfCareId: z.string().min(1).max(35).optional(),
    attachments: Attachments.default([]),
  })
  .meta({ id: "AskAdvice" });
export type AskAdvice = z.infer<typeof AskAdvice>;

const onCase = { caseId: z.uuid() };
const saying = { ...onCase, text: TextInput, attachments: Attachments.default([]) };

export const RequestInformation = z.object(saying).meta({ id: "RequestInformation" });
export const GiveInformation = z.object(saying).meta({ id: "GiveInformation" });
/** `outcome`: what the advice comes to for the asker (guide, section 3). */
export const AnswerAdvice = z
  .object({
    ...saying,
    outcome: z.enum(["advice", "no-further-action", "please-refer"]).default("advice"),
    adviser: Adviser.optional(),
  })
  .meta({ id: "AnswerAdvice" });
export const ConvertAdvice = z
  .object({ ...saying, adviser: Adviser.optional() })
  .meta({ id: "ConvertAdvice" });
export const RedirectAdvice = z
  .object({ ...onCase, to: z.object({ gln: z.string().min(1).max(35) }), reason: z.string().min(1).max(350) })
  .meta({ id: "RedirectAdvice" });
export const DeclineAdvice = z.object(saying).meta({ id: "DeclineAdvice" });
export const WithdrawAdvice = z
  .object({ ...onCase, reason: z.string().min(1).max(350) })
  .meta({ id: "WithdrawAdvice" });
/** A further question on an answered case reopens it. */
export const AskFollowUp = z.object(saying).meta({ id: "AskFollowUp" });
/** Correspondence that needs no answer is marked handled, and its clock stops. */
export const MarkHandled = z.object(onCase).meta({ id: "MarkHandled" });

/**
 * A letter of any standard, as its codec read it. What it means is decided here, by thread and by whose turn it is.
 * `thread`: what names the thread, and what a FHIR message (CareCommunication) says beside the letter; it travels whole as what
 * was written (envelope). `attachments`: what came inside the message, kept already.
 */
export const ReceiveLetter = z
  .object({
    letter: Letter,
    standard: z.enum(["oioxml", "fhir"]),
    thread: CareThread.optional(),
    attachments: z.array(StoredObject).max(10).optional(),
  })
  .meta({ id: "ReceiveLetter" });
export type ReceiveLetter = z.infer<typeof ReceiveLetter>;

/** A letter whose codec refused it, but whose sender and number could be read: recorded, so that the answer never flips. */
export const RefuseLetter = z
  .object({
    /** The sender's number for it: a letter's, or the MessageHeader.id of a FHIR message. */
    letterId: z.string().min(1).max(64),
    problems: z.array(Problem).min(1),
    contentDigest: z.string(),
  })
  .meta({ id: "RefuseLetter" });
export type RefuseLetter = z.infer<typeof RefuseLetter>;

/** An attachment letter and a letter that names its objects have found one another. */
export const JoinAttachments = z
  .object({
    ...onCase,
    attachmentCaseId: z.uuid(),
    sender: z.string(),
    objects: z.array(StoredObject).min(1),
  })
  .meta({ id: "JoinAttachments" });

/** What became of a conversion: the referral that was made, or the code that says why none was. Sent by the hub alone. */
export const NoteConversion = z
  .union([
    z.object({ ...onCase, referralCaseId: z.uuid() }),
    z.object({ ...onCase, refusal: z.string().min(1) }),
  ])
  .meta({ id: "NoteConversion" });

/**
 * A receiver's system refused a letter of the case, or nobody knows whether it came there. Sent by the hub alone, once for a
 * letter with all its documents. `by` sent it, `to` was to get it.
 */
export const NoteUndelivered = z
  .object({
    ...onCase,
    by: z.string().min(1),
    to: z.string().min(1),
    /** When the letter that did not arrive was written, Danish local time. */
    authorised: LocalDateTime,
    why: z.enum(["refused", "no-receipt", "not-fetched", "technical-fault", "not-reached"]),
    /** The receiver's own words, or its code. */
    reason: z.string().max(3500).optional(),
  })
  .meta({ id: "NoteUndelivered" });
export type NoteUndelivered = z.infer<typeof NoteUndelivered>;

export const AdviceCommands = {
  "advice.ask": AskAdvice,
  "advice.requestInformation": RequestInformation,
  "advice.giveInformation": GiveInformation,
  "advice.answer": AnswerAdvice,
  "advice.convert": ConvertAdvice,
  "advice.redirect": RedirectAdvice,
  "advice.decline": DeclineAdvice,
  "advice.withdraw": WithdrawAdvice,
  "advice.askFollowUp": AskFollowUp,
  "advice.markHandled": MarkHandled,
  "advice.receiveLetter": ReceiveLetter,
  "advice.refuseLetter": RefuseLetter,
  "advice.joinAttachments": JoinAttachments,
  "advice.noteConversion": NoteConversion,
  "advice.noteUndelivered": NoteUndelivered,
  "advice.ring": RingAlarm,
} as const;
export type AdviceCommandType = keyof typeof AdviceCommands;

// ---- facts: what happened ----------------------------------------------------------------------------------------

const attachments = z.array(StoredObject);
const said = {
  letter: Letter,
  attachments,
  /**
   * Its receiver takes attachments inside a message alone, and these have not come: the letter is sent when they have, or when the
   * alarm rings (`LetterPassedOn`).
   */
  held: z.object({ alarmId: z.string(), until: Instant, awaits: z.array(z.string()).min(1) }).optional(),
  /** Where it came as a FHIR message. */
  thread: CareThread.optional(),
};

export const AdviceFact = z
  .discriminatedUnion("type", [
    /** The question is in the unit's inbox; its clock runs. */
    z.object({
      type: z.literal("AdviceAsked"),
      kind: AdviceKind,
      asker: z.string(),
      unit: z.string(),
      channel: AdviceChannel,
      mayConvert: z.boolean(),
      ...said,
    }),
    /** The unit needs more from the asker; the unit's clock pauses. */
    z.object({ type: z.literal("InformationRequested"), ...said }),
    /** The asker has answered the unit; the clock resumes. */
    z.object({ type: z.literal("InformationGiven"), ...said }),
    z.object({
      type: z.literal("AdviceAnswered"),
      outcome: z.enum(["advice", "no-further-action", "please-refer"]),
      adviser: Adviser.optional(),
      ...said,
    }),
    /** The specialist makes a referral of it; coordination opens the referral. */
    z.object({ type: z.literal("AdviceConverted"), adviser: Adviser.optional(), ...said }),
    /** Another unit answers from now on; the letter is delivered to it. */
    z.object({
      type: z.literal("AdviceRedirected"),
      from: z.string(),
      to: z.string(),
      reason: z.string(),
      ...said,
    }),
    z.object({ type: z.literal("AdviceDeclined"), ...said }),
    z.object({ type: z.literal("AdviceWithdrawn"), reason: z.string(), ...said }),
    z.object({ type: z.literal("FollowUpAsked"), ...said }),
    /** A letter that moves nothing: more from a party whose turn it is not. */
    z.object({ type: z.literal("LetterAdded"), by: z.string(), ...said }),
    /**
     * The message that began the thread came after its answer, which opened the case: whoever wrote it is the asker, and has
     * been answered. Told to the unit, which answered it before.
     */
    z.object({
      type: z.literal("ThreadStarted"),
      kind: AdviceKind,
      asker: z.string(),
      unit: z.string(),
      ...said,
    }),
    /** `question`: whose letter needs no answer, so that the unit's next letter is another matter. */
    z.object({ type: z.literal("CorrespondenceHandled"), by: z.string(), question: Letter.optional() }),
    z.object({
      type: z.literal("AttachmentsJoined"),
      attachmentCaseId: z.string(),
      sender: z.string(),
      objects: attachments,
    }),
    /**
     * A letter that was held back goes to its receiver: with every attachment (`complete`), without some when the time is up
     * (`time`: the letter says which), or what came after that (`late`: a letter of the hub's own brings them).
     */
    z.object({
      type: z.literal("LetterPassedOn"),
      /** The `alarmId` under which it was held. */
      heldAs: z.string(),
      because: z.enum(["complete", "time", "late"]),
      ...said,
    }),
    /** The sender of a letter is told, by the hub in the name of its receiver, that it did not surely arrive, and why. */
    z.object({
      type: z.literal("LetterNotDelivered"),
      why: z.enum([...NoteUndelivered.shape.why.options, "no-channel"]),
      ...said,
    }),
    /** The referral that the question became. */
    z.object({ type: z.literal("ReferralMade"), referralCaseId: z.uuid() }),
    /** No referral could be made of it: the unit is to answer after all, and a new clock runs. */
    z.object({ type: z.literal("ConversionFailed"), refusal: z.string() }),
    /** This message belongs to another case: the case of its own id only points there, so a resend finds the same one. */
    z.object({ type: z.literal("RoutedToCase"), caseId: z.string() }),
  ])
  .meta({ id: "AdviceFact" });
export type AdviceFact = z.infer<typeof AdviceFact>;
export type AdviceFactType = AdviceFact["type"];

const factTypes = new Set<string>(AdviceFact.options.map((option) => option.shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isAdviceFact = (fact: { type: string }): fact is AdviceFact => factTypes.has(fact.type);

/** Any command of the service, told apart by its type. */
export const AdviceCommand = z.discriminatedUnion("type", [
  commandOf("advice.ask", AskAdvice),
  commandOf("advice.requestInformation", RequestInformation),
  commandOf("advice.giveInformation", GiveInformation),
  commandOf("advice.answer", AnswerAdvice),
  commandOf("advice.convert", ConvertAdvice),
  commandOf("advice.redirect", RedirectAdvice),
  commandOf("advice.decline", DeclineAdvice),
  commandOf("advice.withdraw", WithdrawAdvice),
  commandOf("advice.askFollowUp", AskFollowUp),
  commandOf("advice.markHandled", MarkHandled),
  commandOf("advice.receiveLetter", ReceiveLetter),
  commandOf("advice.refuseLetter", RefuseLetter),
  commandOf("advice.joinAttachments", JoinAttachments),
  commandOf("advice.noteConversion", NoteConversion),
  commandOf("advice.noteUndelivered", NoteUndelivered),
  commandOf("advice.ring", RingAlarm),
]);
export type AdviceCommand = z.infer<typeof AdviceCommand>;

/**
 * The thread id (Communication.identifier) under which the hub tells of a case by FHIR, where no message brought one: it needs no
 * index to be made again, and a reply carries it back. A unit that a question was passed on to has a thread of its own, as
 * a forward has (guide to MedCom FHIR, section 3.1).
 */
export const threadIdOf = (caseId: string, passedOnTo?: string): string =>
  `urn:uuid:${passedOnTo === undefined ? caseId : uuidOf(`thread:${caseId}:${passedOnTo}`)}`;
