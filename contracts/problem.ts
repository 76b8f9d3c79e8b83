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

/** A refinement carries its stable code as `params.code`; every other Zod issue is `invalid-<what of it>`, e.g. `invalid-type`. */
const codeOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === "custom" && typeof issue.params?.["code"] === "string") return issue.params["code"];
  return `invalid-${issue.code.replace(/^invalid_/, "").replaceAll("_", "-")}`;
};

type Issue = z.core.$ZodIssue;

/** Nothing stands there: said of the field itself, or by each of the forms that it may have. */
const isMissing = (issue: Issue): boolean => {
  if (issue.code === "invalid_union")
    return issue.errors.length > 0 && issue.errors.every((form) => form.some(isMissing));
  return (
    issue.code === "invalid_type" && issue.path.length === 0 && issue.message.endsWith("received undefined")
  );
};

/** What the schema itself says is told as it is; Zod's own words are for programmers. */
const messageOf = (issue: Issue): string => {
  if (isMissing({ ...issue, path: [] })) return "This field is required.";
  if (issue.message !== "Invalid input") return issue.message;
  return "This has none of the forms that are allowed here: see its schema.";
};

/** Zod's issues as problems: every one of them, with its path, and never with the offending value. */
export const problemsOf = (error: z.core.$ZodError): Problem[] =>
  error.issues.map((issue) => ({
    path: pathOf(issue.path),
    code: codeOf(issue),
    message: messageOf(issue),
    severity: "error" as const,
  }));
