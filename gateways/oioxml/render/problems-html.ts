import type { Problem } from "../../../contracts/problem.ts";
import { type Html, heading, html, nothing } from "../../pages/html.ts";
import { type TableRow, tableOf } from "../../pages/table-html.ts";
import type { Language } from "../../pages/words.ts";
import { danishTextOf } from "../../tables/problem-texts.ts";
import { labelOf, titleOf, word } from "./labels/label-of.ts";

const stepInWords = (step: string, parent: string, language: Language): string => {
  const match = /^(@?)([^[]+)(?:\[(\d+)\])?$/.exec(step);
  const name = match?.[2] ?? step;
  const number = match?.[3] === undefined ? "" : ` ${match[3]}`;
  if (name === "*") return `${word("unnamedElement", language)}${number}`;
  if (name === "node()") return `${word("piece", language)}${number}`;
  return `${titleOf(name, language) ?? labelOf(name, parent, language)}${number}`;
};

/** `ClinicalEmail/Patient/CivilRegistrationNumber` as `Korrespondancemeddelelse › Patient › CPR-nummer`. */
const pathInWords = (path: string, language: Language): string => {
  if (path === "") return word("whole", language);
  const line = /^line (\d+)$/.exec(path);
  if (line !== null) return `${word("line", language)} ${line[1] ?? ""}`;
  const steps = path.split("/");
  return steps
    .map((step, at) => stepInWords(step, (steps[at - 1] ?? "").replace(/\[.*$/, ""), language))
    .join(" › ");
};

const problemRow = ({ path, code, message }: Problem, language: Language): TableRow => {
  const text = language === "da" ? (danishTextOf(code) ?? message) : message;
  const where = path === "" ? nothing : html`<br/><code>${path}</code>`;
  return { cells: [html`${pathInWords(path, language)}${where}`, html`${text}`, html`<code>${code}</code>`] };
};

/** Problems or warnings as a table: where, what, and the stable code. Nothing when there are none. */
export const problemsHtml = (
  problems: readonly Problem[],
  about: { kind: "problems" | "warnings"; id: string; level: number },
  language: Language,
): Html => {
  if (problems.length === 0) return nothing;
  const title = word(about.kind, language);
  const note = about.kind === "warnings" ? html`<p>${word("warningsNote", language)}</p>` : nothing;
  const columns = (["where", "what", "code"] as const).map((name) => word(name, language));
  const rows = problems.map((problem) => problemRow(problem, language));
  const table = tableOf({ caption: title, captionHidden: true, columns, rows });
  return html`<section class="${about.kind}" id="${about.id}">${heading(title, about.level)}${note}${table}</section>`;
};
