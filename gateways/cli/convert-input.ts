import { sha256 } from "../../infra/ids.ts";
import { type AnyDocument, parseAny } from "./any-document.ts";
import { conversion } from "./compose.ts";
import { readDocuments } from "./read-documents.ts";

/** A document that is to be converted, read as the hub would. */
export type Input = AnyDocument & { readonly name: string };
export type OioxmlInput = Extract<Input, { standard: "oioxml" }>;
export type FhirInput = Extract<Input, { standard: "fhir" }>;

/** Bytes of attachments by their digests, as they are put away while documents are read. */
export type Keeping = Map<string, Uint8Array>;

/** @returns the digest that names the bytes from now on. */
export const keep = (keeping: Keeping, bytes: Uint8Array): string => {
  const digest = `sha256-${sha256(bytes)}`;
  keeping.set(digest, bytes);
  return digest;
};

type Typed = Extract<conversion.ParsedMessage, { kind: "message" }>;

/** A message whose attachments are put away, and named by their digests. */
export const keptMessage = ({ message, contents }: Typed, keeping: Keeping): Typed["message"] => {
  if (message.kind !== "CareCommunication") return message;
  const digests = [...contents].map(([id, bytes]) => [id, keep(keeping, bytes)] as const);
  return conversion.withKept(message, new Map(digests));
};

/** Every document that was named, read. @throws CommandFailed when one of them is not there */
export const readInputs = async (names: readonly string[]): Promise<Input[]> =>
  (await readDocuments(names)).map(({ name, bytes }) => ({ ...parseAny(bytes), name }));
