/** A problem as its schema (`problem.ts`) has it. Apart from that, so that a page in a browser needs no Zod to make one. */
type Made = { path: string; code: string; message: string; severity: "error" | "warning" };

/** One thing wrong, for which the message is refused. */
export const problem = (path: string, code: string, message: string): Made => ({
  path,
  code,
  message,
  severity: "error",
});
/** One thing that is taken all the same, and is worth a look. */
export const warning = (path: string, code: string, message: string): Made => ({
  ...problem(path, code, message),
  severity: "warning",
});
