import { type DocumentLimits, defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { readXml } from "../../../xml/read-xml.ts";
import { narrativeOf } from "./narrative.ts";
import { scanNarrative } from "./narrative-scan.ts";
import type { ReadingCode } from "./problem-codes.ts";

type Narrative = { ok: true; xhtml: string } | { ok: false; code: ReadingCode };

/** A longer one may have too many elements, which are not counted here. */
const maxScannedLength = 100_000;

/** The div that JSON has as a string, read as the XML that it is. */
export const parsedNarrative = (text: string, limits: DocumentLimits = defaultDocumentLimits): Narrative => {
  // A declaration would be one of an encoding, which a string has none of.
  if (!/^\s*<[^?]/.test(text)) return { ok: false, code: "narrative-malformed" };
  const reading = readXml(Buffer.from(text), limits);
  return reading.ok ? narrativeOf(reading.root) : { ok: false, code: "narrative-malformed" };
};

/** The same, in less time for the most of them. */
export const narrativeOfText = (text: string, limits: DocumentLimits = defaultDocumentLimits): Narrative => {
  const xhtml = text.length > maxScannedLength ? undefined : scanNarrative(text, limits.maxDepth);
  return xhtml === undefined ? parsedNarrative(text, limits) : { ok: true, xhtml };
};
