import { z } from "zod";

export { problem, warning } from "./problem-of.ts";

/**
 * One thing wrong with what a sender said. All problems of a message are reported at once.
 * `path` is a JSON path (`patient.cpr`) or an element path (`ClinicalEmail/Patient/CivilRegistrationNumber`);
 * `message` helps the sender mend it and never repeats the value: a value may be a patient's.
 */
export const Problem = z.object({
  path: z.string(),
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  message: z.string(),
  severity: z.enum(["error", "warning"]).default("error"),
});
export type Problem = z.infer<typeof Problem>;

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** A refinement carries its stable code as `params.code`; every other Zod issue is `invalid-<issue code>`. */
const codeOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === "custom" && typeof issue.params?.["code"] === "string") return issue.params["code"];
  return `invalid-${issue.code.replaceAll("_", "-")}`;
};

/** Zod's issues as problems: every one of them, with its path, and never with the offending value. */
export const problemsOf = (error: z.core.$ZodError): Problem[] =>
  error.issues.map((issue) => ({
    path: pathOf(issue.path),
    code: codeOf(issue),
    message: issue.message,
    severity: "error" as const,
  }));
