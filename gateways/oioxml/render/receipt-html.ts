import { type Html, html, joined, nothing } from "../../pages/html.ts";
import type { Language, Words } from "../../pages/words.ts";
import { say } from "../../pages/words.ts";
import { type Shown, textBlock } from "./group-html.ts";
import { wordsOfCode } from "./labels/label-of.ts";
import { type Part, partIn, partsOf, textIn } from "./part.ts";

/** `{x}` is put in; what is not known is left out with its words. */
const sentences = {
  envelopeTaken: [
    "Kuvert {envelope} fra {sender} til {receiver} er modtaget.",
    "Envelope {envelope} from {sender} to {receiver} was received.",
  ],
  envelopeRefused: [
    "Kuvert {envelope} fra {sender} til {receiver} er afvist.",
    "Envelope {envelope} from {sender} to {receiver} was refused.",
  ],
  envelopeOf: [
    "Den gælder kuvert {envelope} fra {sender} til {receiver}.",
    "It is about envelope {envelope} from {sender} to {receiver}.",
  ],
  refusedByVans: ["Det er VANS-leverandøren, der har afvist.", "It is the VANS provider that refused."],
  letterTaken: ["Brev {letter} ({version}) er modtaget.", "Letter {letter} ({version}) was received."],
  letterRefused: ["Brev {letter} ({version}) er afvist.", "Letter {letter} ({version}) was refused."],
  vansTaken: ["VANS-kuvert {envelope} er modtaget.", "VANS envelope {envelope} was received."],
  vansRefused: [
    "VANS-kuvert {envelope} er afvist af modtageren.",
    "VANS envelope {envelope} was refused by the receiver.",
  ],
  vansFailed: ["VANS-kuvert {envelope} er afvist af VANS.", "VANS envelope {envelope} was refused by VANS."],
  reason: ["Årsag: {reason}.", "Reason: {reason}."],
} as const satisfies Record<string, Words>;

type Sentence = keyof typeof sentences;

const sentence = (
  name: Sentence,
  values: Readonly<Record<string, string | undefined>>,
  language: Language,
): Html => {
  const text = say(sentences[name], language);
  const pieces = text
    .split(/\{(\w+)\}/)
    .map((piece, at) => (at % 2 === 0 ? html`${piece}` : html`<b>${values[piece] ?? "?"}</b>`));
  return html`<p>${joined(pieces)}</p>`;
};

const reasonOf = (parts: readonly Part[], language: Language): Html => {
  const code = textIn(parts, "RefuseCode");
  const text = partIn(parts, "RefuseText");
  const reason = { reason: code === undefined ? "" : (wordsOfCode("RefuseCode", code, language) ?? code) };
  return html`${code === undefined ? nothing : sentence("reason", reason, language)}${text === undefined ? nothing : textBlock(text, language)}`;
};

const isRefused = (parts: readonly Part[]): boolean =>
  partIn(parts, "RefuseCode") !== undefined || partIn(parts, "RefuseText") !== undefined;

/** A negative receipt refuses the whole envelope when it gives its reason there, else the letters that carry one. */
const envelopeSentence = (root: string, parts: readonly Part[]): Sentence => {
  if (root === "PositiveReceipt") return "envelopeTaken";
  const letters = parts.filter((part) => part.name === "OriginalLetter");
  return isRefused(parts) || !letters.some((letter) => isRefused(partsOf(letter)))
    ? "envelopeRefused"
    : "envelopeOf";
};

const letterSentence = (root: string, letter: Part, language: Language): Html => {
  const parts = partsOf(letter);
  const values = {
    letter: textIn(parts, "OriginalLetterIdentifier"),
    version: textIn(parts, "OriginalVersionCode"),
  };
  if (root !== "PositiveReceipt" && !isRefused(parts)) return nothing;
  const said = sentence(root === "PositiveReceipt" ? "letterTaken" : "letterRefused", values, language);
  return html`${said}${reasonOf(parts, language)}`;
};

/** What a receipt XCTL01-03 says, in sentences; the details follow it on the page. */
export const receiptSentences = (receipt: Part, { language }: Shown): Html => {
  const original = partsOf(partIn(partsOf(receipt), "OriginalEmessage"));
  const values = {
    envelope: textIn(original, "OriginalEnvelopeIdentifier"),
    sender: textIn(original, "OriginalSender", "EANIdentifier"),
    receiver: textIn(original, "OriginalReceiver", "EANIdentifier"),
  };
  return joined([
    sentence(envelopeSentence(receipt.name, original), values, language),
    receipt.name === "NegativeVansReceipt" ? sentence("refusedByVans", {}, language) : nothing,
    reasonOf(original, language),
    ...original
      .filter((part) => part.name === "OriginalLetter")
      .map((letter) => letterSentence(receipt.name, letter, language)),
  ]);
};

const vansKinds = new Map<string, Sentence>([
  ["PositiveMessage", "vansTaken"],
  ["NegativeMessage", "vansRefused"],
  ["NegativeVans", "vansFailed"],
]);

/** What a receipt of the VANS envelope itself says; `undefined`: the envelope holds no receipt. */
export const vansReceiptSentences = (vans: Part | undefined, language: Language): Html | undefined => {
  const receipt = partIn(partsOf(vans), "Receipt");
  const [answer] = partsOf(receipt).filter((part) => vansKinds.has(part.name));
  const kind = vansKinds.get(answer?.name ?? "");
  if (answer === undefined || kind === undefined) return undefined;
  const parts = partsOf(answer);
  const reason = textIn(parts, "Error", "Description");
  return joined([
    sentence(kind, { envelope: textIn(parts, "OriginalEnvelopeIdentifier") }, language),
    reason === undefined ? nothing : sentence("reason", { reason: reason.replace(/\.$/, "") }, language),
  ]);
};
