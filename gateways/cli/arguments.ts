import { InvalidArgumentError } from "commander";
import { FhirInstant } from "../../contracts/fhir/parts.ts";
import { Address } from "../../contracts/identifiers.ts";

/** The address of an organisation as it was typed; whether the directory knows it is the hub's to say. */
export const glnArgument = (text: string): string => {
  if (Address.safeParse(text).success) return text;
  throw new InvalidArgumentError("A GLN is 13 digits, e.g. 5790000100019.");
};

const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const longestSeconds = 30 * seconds.d;

/** `90s`, `15m`, `8h`, `2d` as seconds; at most thirty days, since whoever holds a token is the caller. */
export const lifetimeArgument = (text: string): number => {
  const match = /^(\d{1,7})([smhd])$/.exec(text);
  const unit = match?.[2];
  const length = unit === "s" || unit === "m" || unit === "h" || unit === "d" ? seconds[unit] : 0;
  const total = Number(match?.[1] ?? 0) * length;
  if (total > 0 && total <= longestSeconds) return total;
  throw new InvalidArgumentError("A lifetime is a number and s, m, h or d, at most 30d: e.g. 8h.");
};

/** The id of a case, as the hub gives it when a message is accepted. */
export const caseArgument = (text: string): string => {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError("A case id looks like 7b0e7a1c-31b2-5a3e-9d0c-5d8f2f1f6c11.");
};

/** A whole number above zero. */
export const countArgument = (text: string): number => {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count > 0) return count;
  throw new InvalidArgumentError("That is a whole number above zero, e.g. 5.");
};

/** Whole numbers above zero with commas between them, e.g. `1,64`. */
export const countsArgument = (text: string): number[] => text.split(",").map(countArgument);

/** A date and a time with its offset, as FHIR writes it. */
export const instantArgument = (text: string): string => {
  if (FhirInstant.safeParse(text).success && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError(
    "A time is yyyy-mm-ddThh:mm:ss and Z or an offset, e.g. 2026-11-23T09:15:00+01:00.",
  );
};

/** An option that may be given several times. */
export const listArgument = (text: string, before: readonly string[] = []): string[] => [...before, text];
