import { type ReadingCode, readingCodes, type Severity } from "./problem-codes.ts";

/**
 * One thing wrong with a FHIR message. `path` is a FHIRPath with the names of the JSON format, such as
 * `Bundle.entry[0].resource.eventCoding.code`; nothing in it or in the text is a value: a value may be a patient's.
 */
export interface FhirProblem {
  readonly path: string;
  readonly severity: Severity;
  readonly code: string;
  readonly text: { readonly da: string; readonly en: string };
}

export const readingProblem = (code: ReadingCode, path: string): FhirProblem => {
  const { severity, da, en } = readingCodes[code];
  return { path, severity, code, text: { da, en } };
};

export const isError = (problem: FhirProblem): boolean => problem.severity === "error";
