import { issueDetails } from "../../../contracts/codes/fhir-acknowledgement.ts";
import { localTimeOf, withDanishOffset } from "../../../contracts/danish-time.ts";
import { shortId, uuidOf } from "../../../contracts/derived-ids.ts";
import type { Acknowledgement, AcknowledgementIssue } from "../../../contracts/fhir/acknowledgement.ts";
import type { FhirMessage } from "../../../contracts/fhir/fhir-message.ts";
import { type FormattedText, fromPlainText, toPlainText } from "../../../contracts/formatted-text.ts";
import { acknowledge } from "../reliable/acknowledge.ts";
import { issueOf } from "../reliable/issues.ts";
import {
  type Converted,
  type Converting,
  type LetterEnvelope,
  noCounterpart,
  refused,
  type Unconvertible,
} from "./converted.ts";
import { type ReceiptLoss, receiptLosses } from "./receipt-losses.ts";
import { visible } from "./wording.ts";

/** MedCom's five reasons for a refusal by letter (XCTL02), each with what FHIR calls it. The choice is the hub's own. */
const detailsOfRefusal = {
  ukendt_lokationsnummer: "MSG_Receiver_Identifier_UNKNOWN",
  problem_med_modtagerID: "MSG_Receiver_Identifier_MISSING",
  problem_med_version: "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
  syntaksfejl: "MSG_BAD_SYNTAX",
  ikke_specificeret: "MSG_PARAM_INVALID",
} as const;
type RefuseCode = keyof typeof detailsOfRefusal;

const refusalOfDetails: Readonly<Record<string, RefuseCode>> = {
  MSG_Receiver_Identifier_UNKNOWN: "ukendt_lokationsnummer",
  MSG_Receiver_Identifier_MISSING: "problem_med_modtagerID",
  MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE: "problem_med_version",
  MSG_UNKNOWN_TYPE: "problem_med_version",
  MSG_BAD_SYNTAX: "syntaksfejl",
  MSG_BAD_FORMAT: "syntaksfejl",
  MSG_DATE_FORMAT: "syntaksfejl",
  MSG_Datatype_Wrong: "syntaksfejl",
  MSG_Element_To_Long: "syntaksfejl",
  MSG_WRONG_NS: "syntaksfejl",
  MSG_JSON_OBJECT: "syntaksfejl",
};

interface Refusal {
  readonly refuseCode?: RefuseCode;
  readonly refuseText?: FormattedText;
}
/** A receipt by letter: XCTL03, XCTL02, or XCTL01 of a VANS operator (`vansLevel`). */
interface LetterReceipt extends Refusal {
  readonly outcome: "positive" | "negative";
  readonly vansLevel: boolean;
  readonly letterId: string;
  readonly senderGln: string;
  readonly receiverGln: string;
  readonly originalEnvelopeId: string;
  readonly originalSenderGln: string;
  readonly originalReceiverGln: string;
  readonly originalLetters: readonly ({ readonly letterId: string; readonly version: string } & Refusal)[];
}
export interface EnvelopedReceipt {
  readonly envelope: LetterEnvelope;
  readonly receipt: LetterReceipt;
}

/** A letter that a receipt is about. */
export interface OriginalLetter {
  readonly envelopeId: string;
  readonly letterId: string;
  readonly version: string;
  readonly senderGln: string;
  readonly receiverGln: string;
}

const differs = (path: string): Unconvertible => ({
  code: "original-differs",
  path,
  da: "Kvitteringen handler om en anden meddelelse end den, der er givet som dens original.",
  en: "The receipt is about another message than the one that was given as its original.",
});

const issueText = ({ text, details }: AcknowledgementIssue): string[] => {
  const da = issueDetails.codes.find(({ code }) => code === details?.code)?.da;
  const said = text ?? da ?? details?.display;
  return said === undefined ? [] : [said];
};

const refusalOf = ({ code, issues }: Acknowledgement): Refusal => {
  if (code === "ok") return {};
  const worst = issues.find(({ severity }) => severity === "fatal" || severity === "error") ?? issues[0];
  const texts = [...new Set(issues.flatMap(issueText))];
  return {
    refuseCode: refusalOfDetails[worst?.details?.code ?? ""] ?? "ikke_specificeret",
    ...(texts.length === 0 ? {} : { refuseText: fromPlainText(texts.join("\n")) }),
  };
};

const byEnvelope = (letters: readonly OriginalLetter[]): OriginalLetter[][] => {
  const found = new Map<string, OriginalLetter[]>();
  for (const letter of letters)
    found.set(letter.envelopeId, [...(found.get(letter.envelopeId) ?? []), letter]);
  return [...found.values()];
};

const receiptFor = (
  answer: Acknowledgement,
  letters: readonly OriginalLetter[],
  { at }: Converting,
): EnvelopedReceipt => {
  const { sender, receiver, messageId, bundleId, created } = answer;
  const original = letters[0]?.envelopeId ?? "";
  return {
    envelope: {
      envelopeId: shortId(`receipt-envelope:${sender.gln}:${bundleId}:${original}`),
      sent: localTimeOf(at ?? created),
      wantsPositiveReceipt: false,
    },
    receipt: {
      outcome: answer.code === "ok" ? "positive" : "negative",
      vansLevel: false,
      letterId: shortId(`receipt:${sender.gln}:${messageId}:${original}`),
      senderGln: sender.gln,
      receiverGln: receiver.gln,
      originalEnvelopeId: original,
      originalSenderGln: receiver.gln,
      originalReceiverGln: sender.gln,
      ...refusalOf(answer),
      originalLetters: letters.map(({ letterId, version }) => ({ letterId, version })),
    },
  };
};

/**
 * An Acknowledgement as receipts by letter, one for each envelope of the letters that its message was made of: ok is XCTL03, and
 * any other answer XCTL02 (guide to MedCom FHIR, section 11, "acks"). `about`: MessageHeader.id of that message.
 */
export const acknowledgementToReceipts = (
  answer: Acknowledgement,
  original: { readonly about: string; readonly letters: readonly OriginalLetter[] },
  converting: Converting,
): Converted<EnvelopedReceipt[]> => {
  if (answer.about !== original.about)
    return refused(differs("Bundle.entry[0].resource.response.identifier"));
  const isBetween = ({ senderGln, receiverGln }: OriginalLetter): boolean =>
    senderGln === answer.receiver.gln && receiverGln === answer.sender.gln;
  if (!original.letters.every(isBetween)) return refused(differs("Bundle.entry[0].resource.sender"));
  const lost: ReceiptLoss[] = [
    "receipt-ids",
    "receipt-history",
    ...(answer.code === "transient-error" ? (["transient-as-refused"] as const) : []),
    ...(answer.issues.length > 0 ? (["issues-in-words"] as const) : []),
  ];
  const made = byEnvelope(original.letters).map((letters) => receiptFor(answer, letters, converting));
  return { ok: true, made, losses: receiptLosses(lost) };
};

const isAbout = ({ receipt }: EnvelopedReceipt, letter: OriginalLetter): boolean => {
  const { originalLetters, originalEnvelopeId } = receipt;
  return originalLetters.length === 0
    ? originalEnvelopeId === letter.envelopeId
    : originalLetters.some(({ letterId }) => letterId === letter.letterId);
};

const issuesOf = (refusals: readonly Refusal[]): AcknowledgementIssue[] =>
  refusals.flatMap(({ refuseCode, refuseText }) => {
    if (refuseCode === undefined && refuseText === undefined) return [];
    const text = refuseText === undefined ? undefined : visible(toPlainText(refuseText));
    const issue = issueOf(detailsOfRefusal[refuseCode ?? "ikke_specificeret"]);
    return [{ ...issue, ...(text === undefined ? {} : { text: text.slice(0, 4000) }) }];
  });

/** The reasons in the same words come from each letter of one message: they are told once. */
const distinct = (issues: readonly AcknowledgementIssue[]): AcknowledgementIssue[] => [
  ...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values(),
];

const answerOf = (
  receipts: readonly EnvelopedReceipt[],
  message: FhirMessage,
  { at, organisation }: Converting,
): Converted<Acknowledgement> => {
  const refusals = receipts.flatMap(({ receipt }) => [receipt, ...receipt.originalLetters]);
  const isRefused = receipts.some(({ receipt }) => receipt.outcome === "negative");
  const numbers = receipts.map(({ receipt }) => `${receipt.senderGln}:${receipt.letterId}`).toSorted();
  const envelopes = receipts.map(({ envelope }) => envelope.envelopeId).toSorted();
  const latest =
    receipts
      .map(({ envelope }) => envelope.sent)
      .toSorted()
      .at(-1) ?? "";
  const ids = { Bundle: `bundle:${envelopes.join(" ")}:`, MessageHeader: "message:" } as const;
  const idFor = (name: string): string =>
    uuidOf(`${name === "Bundle" ? ids.Bundle : ids.MessageHeader}receipts:${numbers.join(" ")}`);
  const lookUp = (gln: string) => {
    const { sor, name } = organisation(gln) ?? {};
    if (sor === undefined) return undefined;
    return { gln, sor, otherIdentifiers: [], ...(name === undefined ? {} : { name }) };
  };
  const { bundleId, messageId, sender, receiver, history } = message;
  const answered = acknowledge(
    { bundleId, messageId, sender, receiver, latest: history.at(-1), isAnswer: false },
    isRefused ? { code: "fatal-error", issues: distinct(issuesOf(refusals)) } : { code: "ok", issues: [] },
    { now: at ?? withDanishOffset(latest), idFor, lookUp },
  );
  if (!answered.ok) return refused(differs("OriginalEmessage"));
  const lost: ReceiptLoss[] = ["letter-receipt-ids", ...(isRefused ? (["refusal-as-issues"] as const) : [])];
  return { ok: true, made: answered.answer, losses: receiptLosses(lost) };
};

const incomplete: Unconvertible = {
  code: "receipt-missing",
  path: "PositiveReceipt/OriginalEmessage/OriginalLetter",
  da: "Meddelelsen blev til flere breve, og ikke alle er kvitteret: den kvitteres positivt, når alle er.",
  en: "The message became several letters, and not all are acknowledged: it gets a positive answer when all are.",
};

const ofOperator = {
  da: "en negativ VANS-kvittering er nettets egen.",
  en: "a negative VANS receipt is the network's own.",
};

/**
 * Receipts by letter as the Acknowledgement of the FHIR message that the letters were made of. It is ok when every letter has its
 * XCTL03; one XCTL02 refuses it; while one is missing nothing is said (guide to MedCom FHIR, section 11, "acks").
 */
export const receiptsToAcknowledgement = (
  receipts: readonly EnvelopedReceipt[],
  original: { readonly message: FhirMessage; readonly letters: readonly OriginalLetter[] },
  converting: Converting,
): Converted<Acknowledgement> => {
  if (receipts.some(({ receipt }) => receipt.vansLevel))
    return refused(noCounterpart("XCTL01", "FHIR", ofOperator));
  const { letters, message } = original;
  if (!receipts.every((receipt) => letters.some((letter) => isAbout(receipt, letter))))
    return refused(differs("OriginalEmessage/OriginalLetter/OriginalLetterIdentifier"));
  const isRefused = receipts.some(({ receipt }) => receipt.outcome === "negative");
  const isWhole = letters.every((letter) => receipts.some((receipt) => isAbout(receipt, letter)));
  if (!isRefused && !isWhole) return refused(incomplete);
  return answerOf(receipts, message, converting);
};
