import { uuidOf } from "../../contracts/derived-ids.ts";
import type { FhirMessage } from "../../contracts/fhir/fhir-message.ts";
import { type FhirProblem, isError } from "./codec/model/fhir-problem.ts";
import { printFhir } from "./codec/model/print-fhir.ts";
import type { FhirFormat } from "./codec/model/read-fhir.ts";
import { checkMessage } from "./codec/rules/check-message.ts";
import { bundleOf } from "./codec/typed-message.ts";
import type { ParsedMessage } from "./parse-message.ts";

export type {
  Converted,
  Converting,
  KnownOrganisation,
  LetterEnvelope,
  ToldLoss,
  Unconvertible,
} from "./bridge/converted.ts";
export { noCounterpart } from "./bridge/converted.ts";
export {
  acknowledgementToReceipts,
  type EnvelopedReceipt,
  type OriginalLetter,
  receiptsToAcknowledgement,
} from "./bridge/receipts.ts";
export {
  type FromAttachments,
  type FromLetter,
  letterToFhir,
  messageIdOf,
  pairLetters,
} from "./bridge/to-fhir.ts";
export { type MadeLetter, messageToLetters } from "./bridge/to-letters.ts";
export { withKept } from "./families/care-in.ts";
export { type ParsedMessage, parseMessage } from "./parse-message.ts";

/** The bytes of attachments by their digests. */
export type Kept = ReadonlyMap<string, Uint8Array>;

const contentsOf = (message: FhirMessage, kept: Kept): Map<string, Uint8Array> => {
  if (message.kind !== "CareCommunication") return new Map();
  return new Map(
    message.payloads.flatMap((payload) => {
      const bytes = payload.kind === "attachment" ? kept.get(payload.digest ?? "") : undefined;
      return bytes === undefined ? [] : [[payload.id, bytes] as const];
    }),
  );
};

/**
 * A typed message as a document, or what MedCom's rules find wrong with it: what was made of a letter may break one that the letter's
 * own standard does not have.
 */
export const messageDocument = (
  message: FhirMessage,
  kept: Kept,
  format: FhirFormat,
): { readonly bytes: Uint8Array } | { readonly problems: readonly FhirProblem[] } => {
  const idFor = (name: string): string => uuidOf(`${message.messageId}:${name}`);
  const bundle = bundleOf(message, { idFor, contents: contentsOf(message, kept) });
  const problems = checkMessage(bundle).problems.filter(isError);
  return problems.length > 0 ? { problems } : { bytes: printFhir(bundle, format) };
};

/** A document in either of FHIR's formats, with everything that it says; `undefined` of one that could not be read to its end. */
export const inFormat = (parsed: ParsedMessage, format: FhirFormat): Uint8Array | undefined =>
  parsed.kind === "unreadable" ? undefined : printFhir(parsed.bundle, format);
