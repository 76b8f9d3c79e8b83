import type { ReadingCode } from "./problem-codes.ts";

/**
 * A primitive type of FHIR R4. `form`: what its values are in the model; `fits`: whether a text is a value of it, which of
 * bytes only their decoder can say; `code`: what is wrong with one that is not.
 */
export interface Primitive {
  readonly name: string;
  readonly form: "text" | "boolean" | "numeral" | "bytes";
  readonly fits: (text: string) => boolean;
  readonly code: ReadingCode;
}

const year = "(?!0000)[0-9]{4}";
const month = "(?:0[1-9]|1[0-2])";
const day = "(?:0[1-9]|[12][0-9]|3[01])";
const clock = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?";
const zone = "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))";
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (number: number): boolean => number % 4 === 0 && (number % 100 !== 0 || number % 400 === 0);

/** Days that no calendar has: "Dates SHALL be valid dates" (R4, datatypes.html#date). */
const isOnCalendar = (text: string): boolean => {
  const days = Number(text.slice(8, 10));
  if (days <= 28) return true;
  const months = Number(text.slice(5, 7));
  if (days > (daysIn[months - 1] ?? 0)) return false;
  return months !== 2 || days < 29 || isLeap(Number(text.slice(0, 4)));
};

const matches =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);
const onCalendar =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text) && isOnCalendar(text);
/** R4 says one form and one that must not be for what would else be matched with much going back. */
const without =
  (pattern: RegExp) =>
  (text: string): boolean =>
    !pattern.test(text);
const any = (): boolean => true;

const largest = 2_147_483_647;
/** 32 bits, as R4 says of integer and what is derived from it. */
const wholeNumber =
  (pattern: RegExp, least: number) =>
  (text: string): boolean =>
    pattern.test(text) && Number(text) >= least && Number(text) <= largest;

const type = (
  name: string,
  form: Primitive["form"],
  { fits = any, code = "value-format" }: Partial<Primitive>,
): readonly [string, Primitive] => [name, { name, form, fits, code }];

const text = { fits: any };
const uri = { fits: without(/[ \t\r\n]/) };

/** Regular expressions of R4, datatypes.html#primitive. Emptiness, length and forbidden characters are looked at before. */
const primitives: ReadonlyMap<string, Primitive> = new Map([
  type("string", "text", text),
  type("markdown", "text", text),
  type("code", "text", { fits: without(/^[ \t\r\n]|[ \t\r\n]{2}|[ \t\r\n]$/) }),
  type("id", "text", { fits: matches(/^[A-Za-z0-9\-.]{1,64}$/), code: "id-invalid" }),
  type("uri", "text", uri),
  type("url", "text", uri),
  type("canonical", "text", uri),
  type("oid", "text", { fits: matches(/^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/) }),
  type("uuid", "text", {
    fits: matches(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  }),
  type("date", "text", { fits: onCalendar(whole(`${year}(?:-${month}(?:-${day})?)?`)), code: "date-format" }),
  type("dateTime", "text", {
    fits: onCalendar(whole(`${year}(?:-${month}(?:-${day}(?:T${clock}${zone})?)?)?`)),
    code: "date-format",
  }),
  type("instant", "text", {
    fits: onCalendar(whole(`${year}-${month}-${day}T${clock}${zone}`)),
    code: "date-format",
  }),
  type("time", "text", { fits: matches(whole(clock)), code: "date-format" }),
  type("boolean", "boolean", { fits: matches(/^(?:true|false)$/), code: "type-wrong" }),
  type("integer", "numeral", { fits: wholeNumber(/^(?:0|[-+]?[1-9][0-9]{0,9})$/, -largest - 1) }),
  type("unsignedInt", "numeral", { fits: wholeNumber(/^(?:0|[1-9][0-9]{0,9})$/, 0) }),
  type("positiveInt", "numeral", { fits: wholeNumber(/^\+?[1-9][0-9]{0,9}$/, 1) }),
  type("decimal", "numeral", { fits: matches(/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/) }),
  type("base64Binary", "bytes", { code: "base64-invalid" }),
]);

export const primitiveNamed = (name: string): Primitive | undefined => primitives.get(name);
