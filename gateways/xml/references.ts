import { isCharacter } from "./names.ts";
import { cut, malformed, type Scan } from "./scan.ts";

/** XML 1.0, section 4.6. There is no DTD, so there are no others. */
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const semicolon = 0x3b;
const hash = 0x23;

const isReferenceCharacter = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === hash;

const numberOf = (digits: string): number => {
  if (/^x[0-9A-Fa-f]+$/.test(digits)) return Number.parseInt(digits.slice(1), 16);
  return /^[0-9]+$/.test(digits) ? Number.parseInt(digits, 10) : Number.NaN;
};

/** What stands between `&` and `;`, as what it means. */
const meaningOf = (name: string): string | undefined => {
  if (name.charCodeAt(0) !== hash) return Object.hasOwn(entities, name) ? entities[name] : undefined;
  const code = numberOf(name.slice(1));
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
};

/** Where the reference at a place ends: at its semicolon. */
export const endOfReference = (scan: Scan, at: number): number => {
  const { text } = scan;
  let end = at + 1;
  while (end < text.length && isReferenceCharacter(text.charCodeAt(end))) end += 1;
  if (end === text.length) return cut;
  const known = text.charCodeAt(end) === semicolon && meaningOf(text.slice(at + 1, end)) !== undefined;
  return known ? end : malformed(scan, end);
};

/** Text whose references are all known. */
export const withoutReferences = (text: string): string =>
  text.includes("&") ? text.replace(/&([^;]*);/g, (whole, name: string) => meaningOf(name) ?? whole) : text;
