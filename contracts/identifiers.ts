/**
 * The identifiers of Danish health care. Each has a pure test and a Zod schema built on it.
 * Messages never repeat the value: a CPR number in an error text would reach a log.
 */
import { z } from "zod";

const digits = (text: string): number[] => Array.from(text, Number);

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const isRealDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

/**
 * The century of a CPR number, from its seventh digit and the two-digit year (cpr.dk, "Personnummeret i CPR-systemet"):
 * 0-3 → 19YY; 4 and 9 → 20YY to 36, else 19YY; 5-8 → 20YY to 57, else 18YY.
 */
const centuryOf = (seventh: number, yy: number): number => {
  if (seventh <= 3) return 1900;
  if (seventh === 4 || seventh === 9) return yy <= 36 ? 2000 : 1900;
  return yy <= 57 ? 2000 : 1800;
};

/**
 * The birth date that a CPR number tells, as `yyyy-mm-dd`, or `undefined` when there is no such day.
 * Modulus 11 is never asked: numbers without it have been given out since 1 October 2007.
 */
export const birthDateOfCpr = (cpr: string): string | undefined => {
  if (!/^\d{10}$/.test(cpr)) return undefined;
  const [day, month, yy] = [Number(cpr.slice(0, 2)), Number(cpr.slice(2, 4)), Number(cpr.slice(4, 6))];
  const year = centuryOf(Number(cpr[6]), yy) + yy;
  return isRealDate(year, month, day) ? `${year}-${cpr.slice(2, 4)}-${cpr.slice(0, 2)}` : undefined;
};

/** X-eCPR, given out nationally: `DDMMYY[17]AA9` (dk-core, urn:oid:1.2.208.176.1.6.1.1). */
export const isNationalReplacementCpr = (text: string): boolean => /^\d{6}[17][A-Z]{2}\d$/.test(text);
/** D-eCPR, given out by a region: `DDMMYY[056]AA9` (dk-core, urn:oid:1.2.208.176.1.6.1.3). */
export const isRegionalReplacementCpr = (text: string): boolean => /^\d{6}[056][A-Z]{2}\d$/.test(text);

/** GLN: thirteen digits, weights 1 and 3 from the left, sum divisible by ten (GS1 General Specifications 7.9). */
export const isGln = (text: string): boolean =>
  /^\d{13}$/.test(text) &&
  digits(text).reduce((sum, digit, i) => sum + digit * (i % 2 === 0 ? 1 : 3), 0) % 10 === 0;

const dihedral = (a: number, b: number): number => {
  if (a < 5 && b < 5) return (a + b) % 5;
  if (a < 5) return ((a + (b - 5)) % 5) + 5;
  if (b < 5) return ((a - 5 - b + 5) % 5) + 5;
  return (a - b + 5) % 5;
};
const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const permute = (digit: number, times: number): number => {
  let value = digit;
  for (let i = 0; i < times; i++) value = permutation[value] ?? 0;
  return value;
};

/** Verhoeff's check, as SNOMED CT and SOR use it (SNOMED CT identifier rules, check-digit). */
export const passesVerhoeff = (text: string): boolean =>
  /^\d+$/.test(text) &&
  digits(text)
    .toReversed()
    .reduce((check, digit, i) => dihedral(check, permute(digit, i % 8)), 0) === 0;

/** SOR code: 11 to 18 digits with a Verhoeff check digit. */
export const isSor = (text: string): boolean => /^\d{11,18}$/.test(text) && passesVerhoeff(text);
/** Ydernummer: six digits, leading zeros kept. */
export const isYdernummer = (text: string): boolean => /^\d{6}$/.test(text);
/** SHAK: four digits for the hospital and two or three characters for the department. */
export const isShak = (text: string): boolean => /^\d{4}[0-9A-Z]{2,3}$/.test(text);
/** Municipality code: four digits with a leading zero in registers, three in MedCom XML. */
export const isMunicipalityCode = (text: string): boolean => /^0?[1-8]\d{2}$/.test(text);

/** A dk-core example drops the leading zero; ydernumre are compared as six digits. */
export const padYdernummer = (text: string): string =>
  /^\d{1,5}$/.test(text) ? text.padStart(6, "0") : text;
/** Three digits in MedCom XML, four in the registers: compared as four. */
export const padMunicipalityCode = (text: string): string => (/^\d{3}$/.test(text) ? `0${text}` : text);

const checked = (test: (text: string) => boolean, code: string, message: string): z.ZodString =>
  z.string().refine(test, { message, params: { code } });

export const Cpr = checked(
  (text) => birthDateOfCpr(text) !== undefined,
  "cpr-not-a-date",
  "A CPR number is ten digits that begin with a real date (ddmmyy). For a replacement number use alternativeId.",
);
export const Gln = checked(
  isGln,
  "gln-check-digit",
  "A GLN (lokationsnummer) is 13 digits with a valid check digit.",
);
export const Sor = checked(
  isSor,
  "sor-check-digit",
  "A SOR code is 11 to 18 digits with a valid check digit.",
);
export const Ydernummer = checked(
  isYdernummer,
  "ydernummer-format",
  "A ydernummer is six digits; keep the leading zero.",
);
export const Shak = checked(isShak, "shak-format", "A SHAK code is four digits and two or three characters.");
export const MunicipalityCode = checked(
  isMunicipalityCode,
  "municipality-code",
  "A municipality code is 0101 to 0860.",
);

/**
 * The address of an organisation: a GLN, or what stands in its place in real messages and in MedCom's own examples, some of
 * which fail the check digit. The check is worth a warning (`isGln`), never a refusal (guide to OIOXML, section 4).
 */
export const Address = checked(
  (text) => /^[0-9A-Za-z]{1,35}$/.test(text),
  "address-format",
  "A lokationsnummer is 1 to 35 letters and digits, normally a GLN of 13 digits.",
);

/** How an organisation is identified in a MedCom message (MedCom OIOXML GeneralElements.xsd, IdentifierCode). */
export const IdentifierCode = z.enum([
  "sygehusafdelingsnummer",
  "ydernummer",
  "lokationsnummer",
  "kommunenummer",
  "amt",
  "sorkode",
]);
export type IdentifierCode = z.infer<typeof IdentifierCode>;

const tests: Record<IdentifierCode, (text: string) => boolean> = {
  sygehusafdelingsnummer: isShak,
  ydernummer: (text) => isYdernummer(padYdernummer(text)),
  lokationsnummer: isGln,
  kommunenummer: (text) => isMunicipalityCode(padMunicipalityCode(text)),
  amt: () => true,
  sorkode: isSor,
};

/** Whether an identifier looks like what its code says. Real messages break this: it is worth a warning, never a refusal. */
export const fitsItsCode = (code: IdentifierCode, value: string): boolean => tests[code](value);
