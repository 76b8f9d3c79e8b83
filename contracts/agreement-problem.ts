import { z } from "zod";
import { type AgreementProblemCode, agreementProblems } from "./codes/agreement-problems.ts";

/** One thing wrong with a set of agreements: in which file, where in it, and in words. `code` is stable. */
export const AgreementProblem = z.object({
  /** Empty: it is the files together. */
  file: z.string(),
  /** A JSON path, e.g. `agreements.3.startsOn.0`; for the files together the promise. */
  path: z.string(),
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  da: z.string(),
  en: z.string(),
});
export type AgreementProblem = z.infer<typeof AgreementProblem>;

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** A problem in the words of the table. */
export const agreementProblem = (
  at: { file: string; path: string },
  code: AgreementProblemCode,
  values: Readonly<Record<string, string>> = {},
): AgreementProblem => {
  const { da, en } = agreementProblems[code];
  return { ...at, code, da: filled(da, values), en: filled(en, values) };
};
