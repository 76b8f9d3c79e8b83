import type { Acknowledgement } from "../../../contracts/fhir/acknowledgement.ts";
import type { Arriving } from "./message-key.ts";

/** What is remembered of a message: its content, every Bundle.id that it came in, and what was answered last. */
export interface SeenMessage {
  readonly digest: string;
  readonly bundleIds: readonly string[];
  /** Absent: it is being processed, and an answer follows. */
  readonly answer?: Acknowledgement;
}

/** What is known of an arriving message. */
export interface Seen {
  /** The message of that sender with that MessageHeader.id. */
  readonly message?: SeenMessage;
  /** Another MessageHeader.id of that sender's that came in a bundle with this Bundle.id. */
  readonly bundleOf?: string;
}

/** Worth a line in the log; never the content. */
export type Remark = "duplicate" | "other-content" | "bundle-id-reused" | "fault-cured";

/**
 * What to do with an arriving message.
 * - `process`: it is new; or its receiver had a fault when it came first, and it is tried again.
 * - `answerAgain`: it was here before. It is not shown; it gets the answer it got, in a bundle of a new id and time.
 * - `refuse`: fatal-error with `details`.
 * - `wait`: its first copy is being processed, and that answer is this one's too.
 * - `ignore`: a copy of an answer. No answer is answered (KR2), whatever is wrong with it.
 */
export type ReceiptDecision =
  | { readonly do: "process"; readonly remark?: Remark }
  | { readonly do: "answerAgain"; readonly answer: Acknowledgement; readonly remark: Remark }
  | { readonly do: "refuse"; readonly details: "MSG_DUPLICATE_ID"; readonly remark: Remark }
  | { readonly do: "wait"; readonly remark: Remark }
  | { readonly do: "ignore"; readonly remark: Remark };

const remarkOf = (seen: SeenMessage, { digest }: Arriving): Remark =>
  seen.digest === digest ? "duplicate" : "other-content";

const ofSeen = (seen: SeenMessage, arriving: Arriving): ReceiptDecision => {
  const remark = remarkOf(seen, arriving);
  const { answer } = seen;
  if (arriving.kind === "Acknowledgement") return { do: "ignore", remark };
  if (answer === undefined) return { do: "wait", remark };
  // The one answer that another may follow (KR5). Under an id that is used for something else the first content stands.
  if (answer.code === "transient-error" && remark === "duplicate")
    return { do: "process", remark: "fault-cured" };
  return { do: "answerAgain", answer, remark };
};

const ofNew = (seen: Seen, { kind }: Arriving): ReceiptDecision => {
  if (seen.bundleOf === undefined) return { do: "process" };
  const remark = "bundle-id-reused";
  return kind === "Acknowledgement"
    ? { do: "ignore", remark }
    : { do: "refuse", details: "MSG_DUPLICATE_ID", remark };
};

/**
 * The receiver's table of reliable messaging (guide to FHIR, section 8.1). A message that was seen is never shown again and
 * never gets ok after fatal-error or the other way round: the first content and the first final answer stand. Where 043 lets a
 * message in a new bundle be processed again, 032 and the test protocols want the first answer: so does this.
 */
export const decideReceipt = (seen: Seen, arriving: Arriving): ReceiptDecision =>
  seen.message === undefined ? ofNew(seen, arriving) : ofSeen(seen.message, arriving);

const isFinal = (answer: Acknowledgement | undefined): boolean =>
  answer !== undefined && answer.code !== "transient-error";

/** What is remembered after a message came, and perhaps was answered. A final answer is never replaced. */
export const remembered = (
  before: SeenMessage | undefined,
  { digest, bundleId }: Pick<Arriving, "digest" | "bundleId">,
  answer?: Acknowledgement,
): SeenMessage => {
  const standing = isFinal(before?.answer) || answer === undefined ? before?.answer : answer;
  return {
    digest: before?.digest ?? digest,
    bundleIds: [...new Set([...(before?.bundleIds ?? []), bundleId])],
    ...(standing === undefined ? {} : { answer: standing }),
  };
};
