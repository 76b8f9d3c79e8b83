import { z } from "zod";

/**
 * MedCom's formatted text without loss (OIOXML FormattedText.xsd): a list of runs. Plain text is a string, kept to the
 * last blank; `Break` and `Space` are empty; a style holds runs of its own.
 */
export type FormattedText = FormattedRun[];
export type FormattedRun =
  | string
  | { el: "Break" | "Space" }
  | { el: "Bold" | "Italic" | "Underline" | "Center" | "Right" | "FixedFont"; runs: FormattedText };

export const FormattedRun: z.ZodType<FormattedRun> = z.lazy(() =>
  z.union([
    z.string(),
    z.object({ el: z.enum(["Break", "Space"]) }),
    z.object({
      el: z.enum(["Bold", "Italic", "Underline", "Center", "Right", "FixedFont"]),
      runs: z.array(FormattedRun),
    }),
  ]),
);
export const FormattedText = z.array(FormattedRun).meta({ id: "FormattedText" });

/** Plain text as formatted text: each line break becomes a `Break`. */
export const fromPlainText = (text: string): FormattedText =>
  text.split(/\r\n|\r|\n/).flatMap((line, i): FormattedText => {
    const run = line === "" ? [] : [line];
    return i === 0 ? run : [{ el: "Break" }, ...run];
  });

const plainRun = (run: FormattedRun): string => {
  if (typeof run === "string") return run;
  if ("runs" in run) return toPlainText(run.runs);
  return run.el === "Break" ? "\n" : " ";
};

/** Formatted text for reading on a terminal or in a list: styles dropped, `Break` a new line, `Space` a blank. */
export const toPlainText = (text: FormattedText): string => text.map(plainRun).join("");

/** What a JSON sender may write: formatted runs, or a plain string with line breaks. */
export const TextInput = z.union([z.string().min(1).transform(fromPlainText), FormattedText]);
