import type { Acknowledgement, AcknowledgementCode } from "../../../contracts/fhir/acknowledgement.ts";

/** Which message an answer is about, and whether its two ways of saying so disagree: that is worth a line in the log. */
export interface Correlation {
  /** By `response.identifier`; where that is not known, by the history. */
  readonly about: string;
  readonly otherwise: string | undefined;
  readonly mismatch: boolean;
}

/**
 * In thirteen of MedCom's own answers response.identifier and the history name different messages: the identifier is tried
 * first, and then what the history names (guide to FHIR, section 6).
 */
export const correlate = ({ about, messageId, history }: Acknowledgement): Correlation => {
  const own = history.findLast((step) => step.messageId === messageId);
  const named = own?.earlier?.kind === "message" ? own.earlier.messageId : undefined;
  const before = named ?? history.findLast((step) => step.messageId !== messageId)?.messageId;
  const mismatch = before !== undefined && before !== about;
  return { about, otherwise: mismatch ? before : undefined, mismatch };
};

const outcomes: Readonly<Record<AcknowledgementCode, "positive" | "transient" | "negative">> = {
  ok: "positive",
  "transient-error": "transient",
  "fatal-error": "negative",
};

const longestText = 3500;

const reasonOf = ({ code, issues }: Acknowledgement): { code?: string; text?: string } => {
  if (code === "ok") return {};
  const first = issues.find(({ severity }) => severity === "error" || severity === "fatal") ?? issues[0];
  const texts = [...new Set(issues.flatMap(({ text, details }) => text ?? details?.display ?? []))];
  return {
    ...(first === undefined ? {} : { code: (first.details?.code ?? first.code).slice(0, 70) }),
    ...(texts.length === 0 ? {} : { text: texts.join("\n").slice(0, longestText) }),
  };
};

/** What an answer asks of the hub: to settle, or fail for now, the delivery that it is about. */
export interface AnswerOrder {
  /** Of the answer and not of its sending: a second copy is the same command, and changes nothing. */
  readonly id: string;
  readonly type: "delivery.receiveReceipt";
  /** GLN of whoever answers: only the delivery's receiver settles it. */
  readonly sender: string;
  readonly payload: Readonly<Record<string, unknown>> & {
    readonly originalEnvelopeId: string;
    readonly originalMessageId?: string;
  };
  readonly mismatch: boolean;
}

/**
 * An Acknowledgement as a command (guide to FHIR, section 8.2). One about a message that the hub never sent is refused by the
 * service as `delivery-unknown`, and is logged: no answer is ever answered (KR2).
 */
export const answerOrder = (answer: Acknowledgement): AnswerOrder => {
  const { about, otherwise, mismatch } = correlate(answer);
  return {
    id: `answer:${answer.sender.gln}:${answer.messageId}`,
    type: "delivery.receiveReceipt",
    sender: answer.sender.gln,
    payload: {
      originalEnvelopeId: about,
      ...(otherwise === undefined ? {} : { originalMessageId: otherwise }),
      outcome: outcomes[answer.code],
      level: "receiver",
      ...reasonOf(answer),
    },
    mismatch,
  };
};
