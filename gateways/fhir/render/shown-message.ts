import type { Html } from "../../pages/html.ts";

/** What a message of a kind has to show of its own. */
export interface ShownMessage {
  /** What it is about, in a line. */
  readonly subject?: Html;
  /** What is read before the citizen. */
  readonly first?: Html;
  /** What makes a reader act before reading on. */
  readonly important?: Html;
  /** Persons and teams at the sender and at the receiver. */
  readonly specificSender?: Html;
  readonly specificRecipient?: Html;
  /** Between whom it is from and to, and its history. */
  readonly sections: readonly Html[];
  /** Ids of its own, for the technical details. */
  readonly technical?: readonly (readonly ["thread" | "payload", Html])[];
}
