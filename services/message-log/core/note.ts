import { DeadLetterStep } from "../../../contracts/messages/dead-letters.ts";
import { RefusedDocument } from "../../../contracts/messages/worklist.ts";

/** A message of INTAKE, `intake.<shard>.refused.<id>` or `intake.<shard>.steps.<id>`. */
export type NoteMessage = { seq: number; subject: string; data: Uint8Array };

/** Why a document became nothing, or what somebody did about that. */
export type Note =
  | { kind: "refused"; intakeId: string; refused: RefusedDocument }
  | { kind: "step"; intakeId: string; step: DeadLetterStep };

const decoder = new TextDecoder();

/** @throws what the parser or the schema throws, of a note that cannot be read */
export const readNote = ({ subject, data }: NoteMessage): Note => {
  const [, , kind, intakeId = ""] = subject.split(".");
  const value: unknown = JSON.parse(decoder.decode(data));
  return kind === "refused"
    ? { kind: "refused", intakeId, refused: RefusedDocument.parse(value) }
    : { kind: "step", intakeId, step: DeadLetterStep.parse(value) };
};
