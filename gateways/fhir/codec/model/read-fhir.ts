import { type DocumentLimits, defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { type FhirProblem, readingProblem } from "./fhir-problem.ts";
import { readJson } from "./read-json.ts";
import { readXml } from "./read-xml.ts";
import { root } from "./reading.ts";
import type { FhirResource } from "./resource.ts";

export type FhirFormat = "xml" | "json";

/**
 * `problems` are all that were found, warnings too; of an unreadable document the one that ended its reading is the last.
 * `partial` is what is right of one that could be read to its end, for saying to whom a refusal is owed and of what.
 */
export type FhirDocument =
  | { ok: true; resource: FhirResource; format: FhirFormat; warnings: readonly FhirProblem[] }
  | { ok: false; format?: FhirFormat; problems: readonly FhirProblem[]; partial?: FhirResource };

const blanks = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
const opening = 0x3c;

/** What a document is by its first sign that is no blank: all of XML begins with `<`, and nothing of JSON. */
const formatOf = (bytes: Uint8Array): FhirFormat | undefined => {
  const first = bytes.find((byte) => !blanks.has(byte));
  if (first === undefined) return undefined;
  return first === opening ? "xml" : "json";
};

/** `application/fhir+xml; charset=utf-8` and the like (R4, http.html#mime-type). */
const formatNamed = (mediaType: string): FhirFormat | undefined => {
  const [name = ""] = mediaType.split(";");
  const [, suffix] = /[/+](xml|json)\s*$/i.exec(name) ?? [];
  const format = suffix?.toLowerCase();
  return format === "xml" || format === "json" ? format : undefined;
};

/**
 * A FHIR resource in either of its formats. The bytes say which it is; `mediaType` only gives a warning when it says the
 * other, for envelopes often do.
 */
export const readFhir = (
  bytes: Uint8Array,
  mediaType?: string,
  limits: DocumentLimits = defaultDocumentLimits,
): FhirDocument => {
  const format = formatOf(bytes);
  if (format === undefined) return { ok: false, problems: [readingProblem("format-unknown", root)] };
  const reading = format === "xml" ? readXml(bytes, limits) : readJson(bytes, limits);
  if (!reading.ok) return { ...reading, format };
  const { resource, warnings } = reading;
  const named = mediaType === undefined ? undefined : formatNamed(mediaType);
  const differing =
    named === undefined || named === format ? [] : [readingProblem("format-differs", resource.resourceType)];
  return { ok: true, resource, format, warnings: [...differing, ...warnings] };
};
