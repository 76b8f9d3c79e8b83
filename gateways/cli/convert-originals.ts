import { conversion } from "./compose.ts";
import { type Input, type Keeping, keptMessage } from "./convert-input.ts";

/** What a receipt is about, as far as it was given: the message in FHIR, and its letters in OIOXML. */
export interface Originals {
  readonly messages: readonly Original[];
  readonly letters: readonly (conversion.OriginalLetter & { readonly type: string })[];
}
type Original = Extract<conversion.ParsedMessage, { kind: "message" }>["message"];

const lettersIn = (input: Input): Originals["letters"] => {
  if (input.standard !== "oioxml" || input.document.kind !== "emessage") return [];
  const { envelope, letters } = input.document;
  return letters.flatMap((letter) =>
    letter.kind === "refused" || letter.kind === "receipt"
      ? []
      : [
          {
            type: letter.type,
            envelopeId: envelope.identifier,
            letterId: letter.letter.letterId,
            version: letter.version,
            senderGln: letter.letter.sender.gln,
            receiverGln: letter.letter.receiver.gln,
          },
        ],
  );
};

export const originalsIn = (inputs: readonly Input[], keeping: Keeping): Originals => ({
  messages: inputs.flatMap((input) =>
    input.standard === "fhir" && input.document.kind === "message"
      ? [keptMessage(input.document, keeping)]
      : [],
  ),
  letters: inputs.flatMap(lettersIn),
});

const missing = (what: { da: string; en: string }): conversion.Unconvertible => ({
  code: "original-missing",
  path: "",
  da: `Kvitteringen nævner sin original ved numre fra den anden standard: giv ${what.da} med --original.`,
  en: `The receipt names its original by numbers of the other standard: give ${what.en} with --original.`,
});

const versions: Readonly<Record<string, string>> = { correspondence: "XD9134L", attachments: "XB0131X" };

/** The letters that a conversion makes of a message: of what the hub's own conversion was acknowledged nothing else is needed. */
const derived = (
  message: Original,
  converting: conversion.Converting,
): conversion.Converted<conversion.OriginalLetter[]> => {
  const converted = conversion.messageToLetters(message, converting);
  if (!converted.ok) return converted;
  const made = converted.made.map(({ kind, letter, envelope }) => ({
    envelopeId: envelope.envelopeId,
    letterId: letter.letterId,
    version: kind === "clinical" ? letter.version : (versions[kind] ?? ""),
    senderGln: letter.sender.gln,
    receiverGln: letter.receiver.gln,
  }));
  return { ok: true, made, losses: [] };
};

type Both = { readonly message: Original; readonly letters: readonly conversion.OriginalLetter[] };

/** What receipts by letter are about: a message, and the letters that were made of it. */
export const receiptOriginal = (
  { messages: [message], letters }: Originals,
  converting: conversion.Converting,
): conversion.Converted<Both> => {
  const what = { da: "FHIR-meddelelsen", en: "the FHIR message" };
  if (message === undefined) return { ok: false, problems: [missing(what)] };
  if (letters.length > 0) return { ok: true, made: { message, letters }, losses: [] };
  const found = derived(message, converting);
  return found.ok ? { ok: true, made: { message, letters: found.made }, losses: [] } : found;
};

/** What an Acknowledgement is about: the letters, and the id of the message that was made of them. */
export const answerOriginal = ({
  messages: [message],
  letters,
}: Originals): conversion.Converted<{ about: string; letters: readonly conversion.OriginalLetter[] }> => {
  const main = letters.find(({ type }) => type !== "XBIN01");
  const what = { da: "brevet (og dets XBIN01)", en: "the letter (and its XBIN01)" };
  if (main === undefined) return { ok: false, problems: [missing(what)] };
  const about =
    message?.messageId ??
    conversion.messageIdOf({ letterId: main.letterId, sender: { gln: main.senderGln } });
  return { ok: true, made: { about, letters }, losses: [] };
};
