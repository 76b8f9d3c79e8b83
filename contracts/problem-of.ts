import type { Problem } from "./problem.ts";

/** One thing wrong, for which the message is refused. Apart from the schema, so that a page in a browser needs no Zod for it. */
export const problem = (path: string, code: string, message: string): Problem => ({
  path,
  code,
  message,
  severity: "error",
});
/** One thing that is taken all the same, and is worth a look. */
export const warning = (path: string, code: string, message: string): Problem => ({
  ...problem(path, code, message),
  severity: "warning",
});
