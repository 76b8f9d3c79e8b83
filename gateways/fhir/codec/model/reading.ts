import type { DocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { type FhirProblem, readingProblem } from "./fhir-problem.ts";
import { type Place, pathOf, stepInto } from "./place.ts";
import type { Primitive } from "./primitives.ts";
import type { ReadingCode } from "./problem-codes.ts";
import type { FhirElement, FhirResource, Numeral } from "./resource.ts";

/**
 * What one reading of a document finds. `ok: false` when there is an error; the warnings are among the problems then.
 * `partial`: what is right of a document that could be read to its end, for saying to whom a refusal is owed and of what.
 */
export type FhirReading =
  | { ok: true; resource: FhirResource; warnings: readonly FhirProblem[] }
  | { ok: false; problems: readonly FhirProblem[]; partial?: FhirResource };

/** A document being read: what was found, and the place. */
export interface Reading extends Place {
  readonly limits: DocumentLimits;
  readonly problems: FhirProblem[];
  errors: number;
  elements: number;
  textLength: number;
  attachments: number;
  fault: ReadingCode | undefined;
}

export type Single = string | boolean | Numeral | Uint8Array | FhirElement;

/** Enough to mend a document by; a document of nothing else must not cost more than a good one. */
const maxProblems = 100;

export const beginReading = (limits: DocumentLimits): Reading => ({
  limits,
  problems: [],
  errors: 0,
  names: [root],
  indexes: [],
  depth: 0,
  elements: 0,
  textLength: 0,
  attachments: 0,
  fault: undefined,
});

/** Reading ends where going on makes no sense; it is ended by throwing, and `fault` tells that from a defect of ours. */
export const stop = (reading: Reading, fault: ReadingCode): never => {
  reading.fault = fault;
  throw new Error(fault);
};

/** What a document is called before its type is known. */
export const root = "Resource";

export const enter = (reading: Reading, name: string, index: number): void => {
  if (++reading.elements > reading.limits.maxElements) stop(reading, "document-too-deep");
  if (reading.depth >= reading.limits.maxDepth) stop(reading, "document-too-deep");
  stepInto(reading, name, index);
};

export const leave = (reading: Reading): void => {
  reading.depth -= 1;
};

/** A name that a sender made up is told when it is a name: anything could be written there, a patient's number too. */
const told = (name: string): string => (/^[@_]?[A-Za-z][A-Za-z-]{0,63}$/.test(name) ? name : "?");

/** Notes a problem here, or at a name within. */
export const report = (reading: Reading, code: ReadingCode, name?: string): void => {
  const here = pathOf(reading);
  const problem = readingProblem(code, name === undefined ? here : `${here}.${told(name)}`);
  if (problem.severity === "error") reading.errors += 1;
  if (reading.problems.length < maxProblems) reading.problems.push(problem);
  else if (reading.errors === 1 && problem.severity === "error") reading.problems[maxProblems - 1] = problem;
};

export const countText = (reading: Reading, length: number): void => {
  reading.textLength += length;
  if (reading.textLength > reading.limits.maxTextLength) stop(reading, "document-too-large");
};

export const countAttachment = (reading: Reading): void => {
  if (++reading.attachments > reading.limits.maxAttachments) stop(reading, "document-too-large");
};

/** Strings SHALL NOT exceed 1 MB in size (R4, datatypes.html#string). */
const maxStringLength = 1024 * 1024;
const maxIdLength = 64;

const problemOf = (primitive: Primitive, text: string): ReadingCode | undefined => {
  if (text === "") return "element-empty";
  if (text.length > maxStringLength) return "value-too-long";
  if (primitive.fits(text)) return undefined;
  return primitive.code === "id-invalid" && text.length > maxIdLength ? "id-too-long" : primitive.code;
};

/** The value that a right text is of a primitive that is not bytes. */
export const valueFrom = ({ form }: Primitive, text: string): Single => {
  if (form === "text") return text;
  // JSON has no sign before a number that is not negative.
  if (form === "numeral") return { numeral: text.startsWith("+") ? text.slice(1) : text };
  return text === "true";
};

/** The value that a text is of a primitive that is not bytes; a problem here, and `undefined`, when it is none. */
export const primitiveOf = (reading: Reading, primitive: Primitive, text: string): Single | undefined => {
  const code = problemOf(primitive, text);
  if (code === undefined) return valueFrom(primitive, text);
  report(reading, code);
  return undefined;
};

/** Bytes of at most the size that is allowed, or the problem that they are none. */
export const bytesOf = (reading: Reading, bytes: Uint8Array | undefined): Uint8Array | undefined => {
  if (bytes === undefined) report(reading, "base64-invalid");
  else if (bytes.length === 0) report(reading, "element-empty");
  else if (bytes.length > reading.limits.maxAttachmentBytes) stop(reading, "document-too-large");
  return bytes;
};

/** The narrative that was found, or the problem with it. */
export const narrativeIn = (
  reading: Reading,
  narrative: { ok: true; xhtml: string } | { ok: false; code: ReadingCode },
): string | undefined => {
  if (narrative.ok) return narrative.xhtml;
  report(reading, narrative.code);
  return undefined;
};

/** What a reading has come to. */
const endReading = (reading: Reading, resource: FhirResource | undefined): FhirReading => {
  const { problems, errors } = reading;
  if (resource === undefined) return { ok: false, problems };
  return errors > 0 ? { ok: false, problems, partial: resource } : { ok: true, resource, warnings: problems };
};

/** Runs a reading to its end or to where it is stopped. */
export const runReading = (reading: Reading, read: () => FhirResource | undefined): FhirReading => {
  try {
    return endReading(reading, read());
  } catch (error) {
    if (reading.fault === undefined) throw error;
    report(reading, reading.fault);
    return endReading(reading, undefined);
  }
};
