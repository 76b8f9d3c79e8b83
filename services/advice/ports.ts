import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import type { CareThread } from "../../contracts/fhir/care-communication.ts";
import type { Letter } from "../../contracts/letter.ts";
import type { CasePorts } from "../case/case-handler.ts";

/** What the advice service needs from the world. */
export type AdvicePorts = CasePorts & {
  /** How long a letter waits for the attachments that it names; absent: the hub's own default. */
  attachmentRules?: AttachmentRules | undefined;
  /** The case that a message of this sender opens, for ever (UUIDv5). */
  caseIdFor: (senderGln: string, messageId: string) => string;
  /** Under the index's key: what is made of it tells nobody's number. */
  indexDigest: (text: string) => string;
  /**
   * The case that a letter continues, as the index has it (thread-keys.ts): by the name of its thread, and by what else it has in
   * common with it. None also when the index is away, or a moment behind.
   */
  findThread: (
    letter: Letter,
    thread: CareThread | undefined,
  ) => Promise<{ named?: string | undefined; guessed?: string | undefined }>;
};
