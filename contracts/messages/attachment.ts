import { z } from "zod";
import { commandOf } from "../command.ts";
import { AttachmentLetter } from "../letter.ts";
import { Problem } from "../problem.ts";

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

export const AttachmentCommands = {
  "attachment.receive": ReceiveAttachments,
  "attachment.refuse": RefuseAttachments,
} as const;
export type AttachmentCommandType = keyof typeof AttachmentCommands;

export const AttachmentFact = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("AttachmentsReceived"), letter: AttachmentLetter }),
  ])
  .meta({ id: "AttachmentFact" });
export type AttachmentFact = z.infer<typeof AttachmentFact>;

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isAttachmentFact = (fact: { type: string }): fact is AttachmentFact =>
  fact.type === "AttachmentsReceived";

/** Any command of the service, told apart by its type. */
export const AttachmentCommand = z.discriminatedUnion("type", [
  commandOf("attachment.receive", ReceiveAttachments),
  commandOf("attachment.refuse", RefuseAttachments),
]);
export type AttachmentCommand = z.infer<typeof AttachmentCommand>;
