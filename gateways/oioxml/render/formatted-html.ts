import type { FormattedRun, FormattedText } from "../../../contracts/formatted-text.ts";
import { type Html, html, joined } from "../../pages/html.ts";

type El = Extract<FormattedRun, { runs: FormattedText }>["el"];

const blocks: readonly string[] = ["Break", "Right", "Center", "FixedFont"];
const endsLine = (run: FormattedRun | undefined): boolean =>
  run === undefined || (typeof run !== "string" && blocks.includes(run.el));

/** A line break in the XML beside one of the text's own is layout of the sender's file, and would be a second one; so
 * is the one blank that many senders put after a Break. */
const withoutLayout = (
  text: string,
  before: FormattedRun | undefined,
  after: FormattedRun | undefined,
): string => {
  const start = endsLine(before) ? text.replace(/^[ \t]*\r?\n\s*|^ (?=\S)/, "") : text;
  return endsLine(after) ? start.replace(/[ \t]*\r?\n\s*$/, "") : start;
};

const tags: Readonly<Record<El, (inner: Html) => Html>> = {
  Bold: (inner) => html`<strong>${inner}</strong>`,
  Italic: (inner) => html`<em>${inner}</em>`,
  Underline: (inner) => html`<u>${inner}</u>`,
  Right: (inner) => html`<span class="right">${inner}</span>`,
  Center: (inner) => html`<span class="center">${inner}</span>`,
  // HTML drops a line break straight after <pre>; the one here is dropped in place of the text's own.
  FixedFont: (inner) => html`<pre>\n${inner}</pre>`,
};

/** Text in a fixed font is kept to the last blank. */
const runHtml = (
  run: FormattedRun,
  beside: { before?: FormattedRun; after?: FormattedRun },
  fixed: boolean,
): Html => {
  if (typeof run === "string") return html`${fixed ? run : withoutLayout(run, beside.before, beside.after)}`;
  if (!("runs" in run)) return run.el === "Break" ? html`<br/>` : html`\u00a0`;
  return tags[run.el](runsHtml(run.runs, fixed || run.el === "FixedFont"));
};

const isBlank = (run: FormattedRun): boolean =>
  typeof run === "string" ? run.trim() === "" : !("runs" in run);

/** The empty lines that many senders put around a text say nothing, and push it out of sight of its heading. */
export const withoutEmptyEnds = (runs: FormattedText): FormattedText => {
  const first = runs.findIndex((run) => !isBlank(run));
  return first === -1 ? [] : runs.slice(first, runs.findLastIndex((run) => !isBlank(run)) + 1);
};

/**
 * MedCom's formatted text as HTML (FormattedText.xsd): Break is `br`, Space a no-break space, Bold `strong`, Italic `em`,
 * Underline `u`, FixedFont `pre`, Right and Center lines of their own.
 */
export const runsHtml = (runs: FormattedText, fixed = false): Html =>
  joined(
    runs.map((run, at) => {
      const [before, after] = [runs[at - 1], runs[at + 1]];
      const beside = {
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      };
      return runHtml(run, beside, fixed);
    }),
  );
