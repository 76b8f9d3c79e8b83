import type { Seen } from "../documents/seen.ts";

export type Standard = Seen["standard"];
type Words = { readonly da: string; readonly en: string };

/** What the hub's side says, always by a command of the counterpart's: the hub writes it in the partner's own standard. */
export type Said = "question" | "question-with-attachment" | "admitted" | "corrected" | "cancelled";
/** How a document is changed on its way to the partner: what the hub itself would never let through. */
export type Change = "version" | "receiver" | "cut" | "unknown-code";

export type CheckName =
  | "fetched"
  | "receipt"
  | "positive"
  | "negative"
  | "names-envelope"
  | "names-message"
  | "refuse-code"
  | "wants-none"
  | "taken-by-hub"
  | "answer"
  | "in-thread"
  | "in-case"
  | "answered-once";

/** What is awaited of the partner, where the standard says so, and what a partner who fails is to mend. */
export type Check = {
  readonly check: CheckName;
  /** Of `refuse-code`. */
  readonly code?: string;
  readonly section: { readonly document: string; readonly section: string };
  readonly tells: Words;
  readonly cure: Words;
};

export type Step =
  | { readonly does: "say"; readonly what: Said; readonly change?: Change }
  /** The last document once more, under the same message id in a new envelope. */
  | { readonly does: "repeat" }
  | { readonly does: "expect"; readonly checks: readonly Check[] };

/** A conversation as data: what is said, and what is awaited after it. */
export type Conversation = {
  readonly id: string;
  readonly standards: readonly Standard[];
  /** Only organisations of this kind are told such things. */
  readonly kind?: "municipality";
  readonly title: Words;
  readonly steps: readonly Step[];
};
