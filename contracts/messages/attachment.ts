import { z } from "zod";
import { commandOf } from "../command.ts";
import { AttachmentLetter, Letter, StoredObject } from "../letter.ts";
import { Problem } from "../problem.ts";
import { Instant } from "../time.ts";
import { RingAlarm } from "./alarm.ts";

/** XBIN01 with its objects already kept under their digests. */
export const ReceiveAttachments = z
  .object({ letter: AttachmentLetter, standard: z.enum(["oioxml"]) })
  .meta({ id: "ReceiveAttachments" });
export type ReceiveAttachments = z.infer<typeof ReceiveAttachments>;

export const RefuseAttachments = z
  .object({
    letterId: z.string().min(1).max(14),
    problems: z.array(Problem).min(1),
    contentDigest: z.string(),
  })
  .meta({ id: "RefuseAttachments" });
export type RefuseAttachments = z.infer<typeof RefuseAttachments>;

/** Some of its objects went to their receiver inside the message that a letter became. Sent by the hub alone. */
export const NotePassedOn = z
  .object({
    caseId: z.uuid(),
    letterCaseId: z.uuid(),
    objectIds: z.array(StoredObject.shape.objectId).min(1),
  })
  .meta({ id: "NotePassedOn" });
export type NotePassedOn = z.infer<typeof NotePassedOn>;

export const AttachmentCommands = {
  "attachment.receive": ReceiveAttachments,
  "attachment.refuse": RefuseAttachments,
  "attachment.notePassedOn": NotePassedOn,
  "attachment.ring": RingAlarm,
} as const;
export type AttachmentCommandType = keyof typeof AttachmentCommands;

export const AttachmentFact = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("AttachmentsReceived"),
      letter: AttachmentLetter,
      /** Its receiver takes attachments inside a message alone: these wait for the letter that names them. */
      held: z.object({ alarmId: z.string(), until: Instant }).optional(),
    }),
    /** These went to their receiver inside the message that a letter became. */
    z.object({
      type: z.literal("AttachmentsPassedOn"),
      letterCaseId: z.string(),
      objectIds: z.array(z.string()),
    }),
    /** No letter came for these in time: they go to their receiver by themselves, with a letter of the hub's own. */
    z.object({
      type: z.literal("AttachmentsSentAlone"),
      letter: Letter,
      attachments: z.array(StoredObject),
    }),
    /**
     * No letter came for these in time, and nothing can bring them by themselves: the attachment letter names no citizen, or its receiver
     * has lost its way in. Their sender is to send them another way.
     */
    z.object({ type: z.literal("AttachmentsLeft"), objectIds: z.array(z.string()) }),
  ])
  .meta({ id: "AttachmentFact" });
export type AttachmentFact = z.infer<typeof AttachmentFact>;

const factTypes = new Set<string>(AttachmentFact.options.map((option) => option.shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isAttachmentFact = (fact: { type: string }): fact is AttachmentFact => factTypes.has(fact.type);

/** Any command of the service, told apart by its type. */
export const AttachmentCommand = z.discriminatedUnion("type", [
  commandOf("attachment.receive", ReceiveAttachments),
  commandOf("attachment.refuse", RefuseAttachments),
  commandOf("attachment.notePassedOn", NotePassedOn),
  commandOf("attachment.ring", RingAlarm),
]);
export type AttachmentCommand = z.infer<typeof AttachmentCommand>;
