import { errorCodes } from "../../../../../contracts/errors.ts";
import type { Language } from "./both.ts";

const meanings: Readonly<Record<string, Readonly<Record<Language, string>>>> = errorCodes;

/** What a code of the hub means, in its own words; a code that a newer hub made up, or a receiver's own, stands for itself. */
export const codeText = (code: string, language: Language): string =>
  Object.hasOwn(meanings, code) ? (meanings[code]?.[language] ?? code) : code;
