import { createHash } from "node:crypto";
import { errorCodes } from "../../contracts/errors.ts";
import type { ParsedDocument } from "./compose.ts";
import { problemLines } from "./hub-client.ts";

type ParsedLetter = Extract<ParsedDocument, { kind: "emessage" }>["letters"][number];

/** Whether a hub could take all of a document; whether it may, its directory and its cases decide. */
export const canBeTaken = (document: ParsedDocument): boolean => {
  if (document.kind === "unreadable") return false;
  return document.kind !== "emessage" || document.letters.every((letter) => letter.kind !== "refused");
};

/** Any value as JSON writes it, but for bytes: those are told by digest and size, as in the hub's own records. */
export const withoutBytes = (value: unknown): unknown => {
  if (value instanceof Uint8Array) {
    const digest = `sha256-${createHash("sha256").update(value).digest("hex")}`;
    return { digest, sizeBytes: value.byteLength };
  }
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutBytes(inner)]));
};

const reason = (code: keyof typeof errorCodes): string => `refused: ${errorCodes[code].en} [${code}]`;

const typeOf = (letter: ParsedLetter): string =>
  [letter.type ?? "unknown type", letter.version ?? ""].filter((text) => text !== "").join(" ");

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const letterLines = (letter: ParsedLetter): string[] =>
  letter.kind === "refused"
    ? [`  ${typeOf(letter)}: ${reason(letter.code)}`, ...indented(problemLines(letter.problems))]
    : [`  ${typeOf(letter)}: can be taken`, ...indented(problemLines(letter.warnings))];

/** What reading a document came to, a line for each letter, each problem and each warning: codes and paths, no values. */
export const summaryLines = (name: string, document: ParsedDocument): string[] => {
  if (document.kind === "unreadable")
    return [`${name}: ${reason(document.code)}`, ...problemLines(document.problems)];
  if (document.kind !== "emessage") return [`${name}: a receipt`, ...problemLines(document.warnings)];
  const { letters, encoding, vans, warnings } = document;
  const count = letters.length === 1 ? "1 letter" : `${String(letters.length)} letters`;
  const wrapped = vans === undefined ? "" : " in a VANSEnvelope";
  return [
    `${name}: ${count}${wrapped}, ${encoding}`,
    ...problemLines(warnings),
    ...letters.flatMap(letterLines),
  ];
};
