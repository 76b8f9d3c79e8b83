import { type ErrorCode, errorCodes, isErrorCode } from "../../contracts/errors.ts";
import type { Acknowledgement } from "../../contracts/fhir/acknowledgement.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { Problem } from "../../contracts/problem.ts";
import { answerInEnvelope, receiptOfEnvelope } from "../envelopes/close-envelope.ts";
import type { Enveloped } from "../envelopes/enveloped.ts";
import { exchangeRefusal, judgeExchange } from "../envelopes/exchange.ts";
import { takeReceipt } from "../envelopes/take-receipt.ts";
import type { EnvelopeFate } from "../envelopes/vans/answer-in-vans.ts";
import { danishTextOf } from "../tables/problem-texts.ts";
import { type Answered, answerBytes, withAnswer } from "./answer-message.ts";
import { labelOf } from "./envelope-label.ts";
import type { JudgedMessage } from "./judge-message.ts";
import { mediaTypes } from "./media-types.ts";
import type { Around } from "./message-in-envelope.ts";
import type { FhirPorts, TakenDocument } from "./ports.ts";

type Answer = NonNullable<DocumentOutcome["answer"]>;
interface Wrapping {
  readonly judged: Pick<JudgedMessage, "format">;
  readonly enveloped: Enveloped;
  readonly taken: TakenDocument;
}

const inXml = (bytes: Uint8Array): Answer => ({
  mediaType: "application/xml",
  base64: Buffer.from(bytes).toString("base64"),
});

/** The answer in an envelope of its own. */
const wrapped = (answer: Acknowledgement, { judged, enveloped, taken }: Wrapping): Answer => {
  const { format = "json" } = judged;
  const label = labelOf(answer, mediaTypes[format]);
  const sending = { label, at: taken.receivedAt, sending: taken.intake };
  return inXml(answerInEnvelope(enveloped, answerBytes(answer, format), sending));
};

const toldProblems = 5;
const danish = ({ path, code, message }: Problem): string =>
  `${path}: ${danishTextOf(code) ?? message.split(" / ").at(-1) ?? code}`;

/** Why, in Danish, for the screen of whoever sent the envelope: places and fixed texts, nothing of the patient. */
const refusalText = (code: ErrorCode, problems: readonly Problem[]): string =>
  [
    errorCodes[code].da,
    ...problems
      .filter(({ severity }) => severity === "error")
      .slice(0, toldProblems)
      .map(danish),
  ].join("\n");

interface Fate {
  readonly level: EnvelopeFate["level"];
  readonly outcome: Pick<DocumentOutcome, "status" | "code" | "problems">;
}

/** The envelope's own receipt: the same envelope again gets the same one, with the time of the first. @throws Fault */
const receiptFor = async (
  ports: Pick<FhirPorts, "noteOnce">,
  { enveloped, taken }: { enveloped: Enveloped; taken: TakenDocument },
  { level, outcome: { status, code, problems } }: Fate,
): Promise<Pick<DocumentOutcome, "envelopeAnswer">> => {
  if (taken.answerAs !== enveloped.kind || !enveloped.wantsReceipt) return {};
  const key = [`${enveloped.kind}-answered`, taken.sender, enveloped.identifier.toLowerCase()].join("|");
  const { kept: at } = await ports.noteOnce(key, taken.receivedAt);
  const known = code !== undefined && isErrorCode(code) ? code : "document-invalid";
  const refused = status === "refused" ? refusalText(known, problems) : undefined;
  const receipt = receiptOfEnvelope(enveloped, { level, refused, at });
  return receipt === undefined ? {} : { envelopeAnswer: inXml(receipt) };
};

/** An envelope that is not taken, whatever is in it. */
const refusedEnvelope = async (
  ports: FhirPorts,
  { enveloped, taken }: { enveloped: Enveloped | undefined; taken: TakenDocument },
  { code, problems }: { code: ErrorCode; problems: readonly Problem[] },
): Promise<DocumentOutcome> => {
  const outcome: Fate["outcome"] = { status: "refused", code, problems: [...problems] };
  const receipt =
    enveloped === undefined ? {} : await receiptFor(ports, { enveloped, taken }, { level: "vans", outcome });
  return { intake: taken.intake, duplicate: false, ...outcome, ...receipt };
};

/** A MessageHeader.id names a message however often it is sent; what has none is known by nothing. */
const fingerprintOf = ({ head }: Pick<JudgedMessage, "head">): string => head.messageId ?? "";

/** An answer in a VANSEnvelope gets no receipt, as none of OIOXML's does; each of EHMI's envelopes that asks for one gets it. */
const isSilent = ({ head }: Pick<JudgedMessage, "head">, { kind }: Enveloped): boolean =>
  head.isAnswer && kind === "vans";

interface Message {
  readonly judged: Pick<JudgedMessage, "head" | "format">;
  readonly around: Extract<Around, { is: "message" }>;
  readonly taken: TakenDocument;
}

const takeMessage = async (
  ports: FhirPorts,
  { judged, around: { enveloped, warnings }, taken }: Message,
  read: () => Promise<Answered>,
): Promise<DocumentOutcome> => {
  if (enveloped.wantsReceipt) {
    const exchanged = { sender: taken.sender, fingerprint: fingerprintOf(judged) };
    const verdict = await judgeExchange(ports.noteOnce, enveloped, exchanged);
    if (verdict === "envelope-reused" || verdict === "content-differs")
      return refusedEnvelope(ports, { enveloped, taken }, exchangeRefusal(verdict, enveloped.kind));
  }
  const answered = await read();
  const { outcome, answer } = answered;
  const isAsked = answer !== undefined && taken.answerAs === enveloped.kind;
  const told = isAsked
    ? { ...outcome, answer: wrapped(answer, { judged, enveloped, taken }) }
    : withAnswer(answered, judged.format);
  const receipt = isSilent(judged, enveloped)
    ? {}
    : await receiptFor(ports, { enveloped, taken }, { level: "message", outcome });
  return { ...told, problems: [...warnings, ...outcome.problems], ...receipt };
};

/**
 * What came in an envelope: the envelope's identifiers are judged, the message in it is read as any other, and the answer goes in an
 * envelope where the transport wants that. `read` is not called for what holds no message. @throws Fault
 */
export const takeEnveloped = async (
  ports: FhirPorts,
  { judged, around, taken }: { judged: JudgedMessage; around: Around; taken: TakenDocument },
  read: () => Promise<Answered>,
): Promise<DocumentOutcome> => {
  switch (around.is) {
    case "receipt":
      return takeReceipt(ports, around, taken);
    case "unopened":
      return refusedEnvelope(ports, { enveloped: around.enveloped, taken }, around);
    case "message":
      return takeMessage(ports, { judged, around, taken }, read);
  }
};
