import { conversion, type ParsedDocument } from "./compose.ts";
import { type FhirInput, type Keeping, keep, type OioxmlInput } from "./convert-input.ts";
import { type Originals, receiptOriginal } from "./convert-originals.ts";
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

type Format = "xml" | "json";
type Emessage = Extract<ParsedDocument, { kind: "emessage" }>;
type ParsedLetter = Emessage["letters"][number];

/** What the documents hold, each by what becomes of it. */
interface Sorted {
  readonly letters: { readonly name: string; readonly from: conversion.FromLetter }[];
  readonly attachments: { readonly name: string; readonly from: conversion.FromAttachments }[];
  readonly receipts: { readonly name: string; readonly from: conversion.EnvelopedReceipt }[];
}

export interface ToFhir {
  readonly format: Format;
  readonly converting: conversion.Converting;
  readonly keeping: Keeping;
  readonly originals: Originals;
}

type Attached = Extract<ParsedLetter, { kind: "attachments" }>["letter"];

const withDigests = (
  { objects, ...letter }: Attached,
  keeping: Keeping,
): conversion.FromAttachments["letter"] => ({
  ...letter,
  objects: objects.map(({ bytes, ...object }) => ({ ...object, digest: keep(keeping, bytes) })),
});

const sortInto = (
  sorted: Sorted,
  name: string,
  {
    letter,
    envelope,
    keeping,
  }: {
    letter: ParsedLetter;
    envelope: conversion.LetterEnvelope;
    keeping: Keeping;
  },
): void => {
  switch (letter.kind) {
    case "letter":
      sorted.letters.push({
        name,
        from: { kind: "correspondence", letter: letter.letter, objects: [], envelope },
      });
      break;
    case "clinical":
      sorted.letters.push({ name, from: { kind: "clinical", letter: letter.letter, envelope } });
      break;
    case "attachments":
      sorted.attachments.push({ name, from: { letter: withDigests(letter.letter, keeping), envelope } });
      break;
    case "receipt":
      sorted.receipts.push({ name, from: { receipt: letter, envelope } });
      break;
    case "refused":
      break;
  }
};

/** What of a document cannot be taken, and what in it is worth a look. */
const judged = ({ name, document }: OioxmlInput): Outcome => {
  if (document.kind === "unreadable")
    return {
      ...nothing,
      problems: [toldOfError(name, document.code), ...document.problems.map(toldOf(name))],
    };
  if (document.kind === "vansReceipt") return envelopeReceipt(name, "FHIR");
  return {
    ...nothing,
    problems: document.letters.flatMap((letter) =>
      letter.kind === "refused" ? [toldOfError(name, letter.code), ...letter.problems.map(toldOf(name))] : [],
    ),
    warnings: [
      ...document.warnings,
      ...document.letters.flatMap((letter) => (letter.kind === "refused" ? [] : letter.warnings)),
    ].map(toldOf(name)),
  };
};

const sort = (inputs: readonly OioxmlInput[], keeping: Keeping): Sorted => {
  const sorted: Sorted = { letters: [], attachments: [], receipts: [] };
  for (const { name, document } of inputs) {
    if (document.kind !== "emessage") continue;
    const { identifier: envelopeId, sent, wantsPositiveReceipt } = document.envelope;
    const envelope = { envelopeId, sent, wantsPositiveReceipt };
    for (const letter of document.letters) sortInto(sorted, name, { letter, envelope, keeping });
  }
  return sorted;
};

type Message = Parameters<typeof conversion.messageDocument>[0];

const documentOf = (
  name: string,
  converted: conversion.Converted<Message>,
  { format, keeping }: ToFhir,
): Outcome => {
  if (!converted.ok) return refusedFor(name, converted.problems);
  const { made, losses } = converted;
  const printed = conversion.messageDocument(made, keeping, format);
  if ("problems" in printed) return { ...nothing, problems: printed.problems.map(toldOfRule(name)) };
  const { bytes } = printed;
  const document: MadeDocument = {
    ...{ from: name, type: made.kind, number: made.messageId },
    ...{ extension: format, bytes },
  };
  return { ...nothing, documents: [document], losses: losses.map(lostFrom(name)) };
};

const answersTo = ({ receipts }: Sorted, order: ToFhir): Outcome => {
  const [first] = receipts;
  if (first === undefined) return nothing;
  const original = receiptOriginal(order.originals, order.converting);
  if (!original.ok) return refusedFor(first.name, original.problems);
  const given = receipts.map(({ from }) => from);
  const converted = conversion.receiptsToAcknowledgement(given, original.made, order.converting);
  return documentOf(receipts.map(({ name }) => name).join(", "), converted, order);
};

/** Documents of OIOXML as FHIR messages: XBIN01 with the XDIS91 that names it, receipts together as the answer that they are. */
export const oioxmlToFhir = (inputs: readonly OioxmlInput[], order: ToFhir): Outcome => {
  const sorted = sort(inputs, order.keeping);
  const { letters, problems } = conversion.pairLetters(
    sorted.letters.map(({ from }) => from),
    sorted.attachments.map(({ from }) => from),
  );
  const unpaired = refusedFor(sorted.attachments[0]?.name ?? "", problems);
  const messages = letters.map((letter, at) =>
    documentOf(sorted.letters[at]?.name ?? "", conversion.letterToFhir(letter, order.converting), order),
  );
  return together([...inputs.map(judged), unpaired, ...messages, answersTo(sorted, order)]);
};

/** A FHIR message in a format of its own standard: nothing is lost, and what it breaks of the rules is told. */
export const fhirInFormat = ({ name, document: parsed }: FhirInput, format: Format): Outcome => {
  if (parsed.around?.is === "receipt") return envelopeReceipt(name, "OIOXML");
  const told = parsed.problems.map(toldOfRule(name));
  const bytes = conversion.inFormat(parsed, format);
  if (bytes === undefined || parsed.kind === "unreadable") return { ...nothing, problems: told };
  const number = parsed.kind === "message" ? parsed.message.messageId : "message";
  const type = parsed.type ?? parsed.bundle.resourceType;
  return { ...nothing, documents: [{ from: name, type, number, extension: format, bytes }], warnings: told };
};
