import { conversion, parseDocument, printing } from "./compose.ts";
import { type FhirInput, type Keeping, keptMessage } from "./convert-input.ts";
import { answerOriginal, type Originals } from "./convert-originals.ts";
import {
  envelopeReceipt,
  lostFrom,
  type MadeDocument,
  nothing,
  type Outcome,
  refusedFor,
  together,
  toldOf,
  toldOfError,
  toldOfRule,
} from "./convert-outcome.ts";

export interface ToOioxml {
  readonly converting: conversion.Converting;
  readonly keeping: Keeping;
  readonly originals: Originals;
}

type Typed = Extract<conversion.ParsedMessage, { kind: "message" }>;
type Printed = ReturnType<typeof printing.printOrder>;

const printed = (made: conversion.MadeLetter, keeping: Keeping): Printed => {
  const { envelope } = made;
  if (made.kind === "attachments") {
    const { objects, ...letter } = made.letter;
    const loaded = objects.map(({ digest, ...object }) => ({
      ...object,
      bytes: keeping.get(digest) ?? new Uint8Array(),
    }));
    return printing.printOrder({
      told: { kind: "attachments", letter: { ...letter, objects: loaded } },
      envelope,
    });
  }
  if (made.kind === "clinical")
    return printing.printOrder({ told: { kind: "clinical", letter: made.letter }, envelope });
  return printing.printOrder({ told: { kind: "correspondence", letter: made.letter }, envelope });
};

/** The type and the number of a document, and what a receiver would find wrong with it. */
const read = (bytes: Uint8Array, from: string): Outcome => {
  const document = parseDocument(bytes);
  if (document.kind === "unreadable")
    return {
      ...nothing,
      problems: [toldOfError(from, document.code), ...document.problems.map(toldOf(from))],
    };
  const [letter] = document.kind === "emessage" ? document.letters : [];
  if (letter === undefined || letter.kind === "refused")
    return { ...nothing, problems: (letter?.problems ?? []).map(toldOf(from)) };
  const number = letter.kind === "receipt" ? letter.letterId : letter.letter.letterId;
  const made: MadeDocument = { from, type: letter.type, number, extension: "xml", bytes };
  return { ...nothing, documents: [made] };
};

const documentOf = (from: string, { bytes, losses }: Printed): Outcome => ({
  ...read(bytes, from),
  losses: losses.map((loss) => ({
    ...{ document: from, code: loss.code, of: "OIOXML", paths: [loss.path] },
    ...printing.lossInWords(loss),
  })),
});

const answered = (
  name: string,
  answer: Extract<Typed["message"], { kind: "Acknowledgement" }>,
  { converting, originals }: ToOioxml,
): Outcome => {
  const original = answerOriginal(originals);
  if (!original.ok) return refusedFor(name, original.problems);
  const converted = conversion.acknowledgementToReceipts(answer, original.made, converting);
  if (!converted.ok) return refusedFor(name, converted.problems);
  const documents = converted.made.map(({ receipt, envelope }) =>
    documentOf(name, printing.printReceipt(receipt, envelope)),
  );
  return together([...documents, { ...nothing, losses: converted.losses.map(lostFrom(name)) }]);
};

const letters = (name: string, typed: Typed, { converting, keeping }: ToOioxml): Outcome => {
  const converted = conversion.messageToLetters(keptMessage(typed, keeping), converting);
  if (!converted.ok) return refusedFor(name, converted.problems);
  const documents = converted.made.map((made) => documentOf(name, printed(made, keeping)));
  const notRead = typed.notRead.map(({ path, text }) => {
    const [en = text, da = text] = text.split(" / ");
    return { document: name, code: "not-read", of: typed.type, paths: [path], da, en };
  });
  return together([
    { ...nothing, losses: [...converted.losses.map(lostFrom(name)), ...notRead] },
    ...documents,
  ]);
};

/** A FHIR message as documents of OIOXML: what breaks a rule of its own is refused, as the hub would. */
export const fhirToOioxml = ({ name, document: parsed }: FhirInput, order: ToOioxml): Outcome => {
  if (parsed.around?.is === "receipt") return envelopeReceipt(name, "OIOXML");
  const told = parsed.problems.map(toldOfRule(name));
  if (parsed.kind !== "message") return { ...nothing, problems: told };
  const { message } = parsed;
  const made =
    message.kind === "Acknowledgement" ? answered(name, message, order) : letters(name, parsed, order);
  return together([{ ...nothing, warnings: told }, made]);
};
