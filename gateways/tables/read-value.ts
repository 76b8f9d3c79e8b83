import {
  birthDateOfCpr,
  isGln,
  isNationalReplacementCpr,
  isRegionalReplacementCpr,
} from "../../contracts/identifiers.ts";
import type { Content, Group } from "./element-table.ts";
import type { ProblemCode } from "./problem-texts.ts";

/** A leaf whose value is one string. */
export type TextContent = Exclude<Content, Group | { kind: "formatted" } | { kind: "base64" }>;

/** The value to keep, and what is wrong or odd about it. */
export interface Verdict {
  readonly value: string;
  readonly problem?: ProblemCode;
  readonly warning?: ProblemCode;
}

/** Characters as XSD counts them: a pair of surrogates is one. The cheap length settles nearly all. */
const tooLong = (value: string, max: number): boolean => value.length > max && Array.from(value).length > max;

const ofLength = (value: string, min: number, max: number): Verdict => {
  if (value.length < min) return { value, problem: "value-too-short" };
  return tooLong(value, max) ? { value, problem: "value-too-long" } : { value };
};

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The Gregorian calendar, before it was one too (XSD 1.0, part 2, section 3.2.9): `yyyy-mm-dd`, of digits. */
const isRealDate = (date: string): boolean => {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (daysInMonth[month - 1] ?? 0);
  return day >= 1 && day <= days;
};

const collapsed = (text: string): string =>
  /^[ \t\n\r]|[ \t\n\r]$/.test(text) ? text.replace(/^[ \t\n\r]+/, "").replace(/[ \t\n\r]+$/, "") : text;

/** xs:date. MedCom's newer schemas forbid a zone, older ones do not: Danish time or UTC says nothing and is dropped. */
const asDate = (text: string): Verdict => {
  const match = /^(\d{4}-\d\d-\d\d)(Z|\+00:00|\+01:00|\+02:00)?$/.exec(collapsed(text));
  const value = match?.[1];
  if (value === undefined || !isRealDate(value)) return { value: text, problem: "value-format" };
  return match?.[2] === undefined ? { value } : { value, warning: "date-zone" };
};

const asCpr = (value: string): Verdict => {
  if (!/^\d{10}$/.test(value)) return { value, problem: "value-format" };
  return birthDateOfCpr(value) === undefined ? { value, problem: "cpr-not-a-date" } : { value };
};

/** AlternativeIdentifier is ten characters; what they are differs between regions, so an unknown form only warns. */
const asReplacementCpr = (value: string): Verdict => {
  const fit = ofLength(value, 10, 10);
  if (fit.problem !== undefined || isNationalReplacementCpr(value) || isRegionalReplacementCpr(value))
    return fit;
  return { value, warning: "replacement-cpr-form" };
};

const asGln = (value: string): Verdict => {
  const fit = ofLength(value, 1, 35);
  return fit.problem !== undefined || isGln(value) ? fit : { value, warning: "gln-check-digit" };
};

const inList = (value: string, values: readonly string[], open: boolean): Verdict => {
  if (values.includes(value)) return { value };
  return open && value !== ""
    ? { value, warning: "speciality-unknown" }
    : { value, problem: "value-not-in-list" };
};

const asPattern = (text: string, pattern: RegExp, collapse: boolean): Verdict => {
  const value = collapse ? collapsed(text) : text;
  return pattern.test(value) ? { value } : { value, problem: "value-format" };
};

/** One leaf's text against its kind. Never trims what the standard keeps. */
export const judgeText = (content: TextContent, text: string): Verdict => {
  switch (content.kind) {
    case "text":
      return ofLength(text, content.min, content.max);
    case "list":
      return inList(text, content.values, content.open === true);
    case "version":
      return text === content.value ? { value: text } : { value: text, problem: "version-wrong" };
    case "pattern":
      return asPattern(text, content.pattern, content.collapse === true);
    case "date":
      return asDate(text);
    case "cpr":
      return asCpr(text);
    case "replacement-cpr":
      return asReplacementCpr(text);
    case "gln":
      return asGln(text);
  }
};
