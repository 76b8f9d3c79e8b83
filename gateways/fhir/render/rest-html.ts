import { type Html, heading, html, joined, nothing } from "../../pages/html.ts";
import { tableOf } from "../../pages/table-html.ts";
import type { FhirProblem } from "../codec/model/fhir-problem.ts";
import { isError } from "../codec/model/fhir-problem.ts";
import { elementsAt, resourceOf, textAt } from "../codec/model/navigate.ts";
import type { FhirResource } from "../codec/model/resource.ts";
import type { NotRead } from "../codec/parts/not-read.ts";
import { section } from "./section-html.ts";
import type { Showing } from "./value-html.ts";
import { elementHtml, plainOfMarkup, valueAt, valueHtml } from "./value-tree.ts";
import { word } from "./words.ts";

/** `English / dansk`, as notes of the codec are written. */
const inLanguage = (text: string, { language }: Showing): string => {
  const [english = text, danish = english] = text.split(" / ");
  return language === "da" ? danish : english;
};

const noteHtml = ({ path, text }: NotRead, bundle: FhirResource, showing: Showing): Html => {
  const value = valueAt(bundle, path);
  const said = value === undefined ? nothing : valueHtml(value, showing.language);
  return html`<div class="group"><p><code>${path}</code><br/><small>${inLanguage(text, showing)}</small></p><div>${said}</div></div>`;
};

/** What the message says and the page has no place for: nothing is left out in silence. */
export const restHtml = (notRead: readonly NotRead[], bundle: FhirResource, showing: Showing): Html => {
  if (notRead.length === 0) return nothing;
  const note = html`<p>${word("restNote", showing.language)}</p>`;
  return section("rest", [note, ...notRead.map((one) => noteHtml(one, bundle, showing))], showing);
};

/** All of a message under the names of FHIR's JSON. `open`: it is all that there is to read. */
export const wholeHtml = (bundle: FhirResource, open: boolean, { language }: Showing): Html =>
  html`<details${open ? html` open="open"` : nothing}><summary>${word("whole", language)}</summary>${elementHtml(bundle, language)}</details>`;

/** What the sender's system wrote for people to read, without any of its markup. */
export const narrativeHtml = (bundle: FhirResource, { language }: Showing): Html => {
  const texts = elementsAt(bundle, "entry").flatMap((entry) => {
    const div = textAt(resourceOf(entry), "text.div");
    const plain = div === undefined ? "" : plainOfMarkup(div);
    return plain === "" ? [] : [html`<div class="clinical"><div class="text">${plain}</div></div>`];
  });
  if (texts.length === 0) return nothing;
  return html`<details><summary>${word("narrative", language)}</summary><p>${word("narrativeNote", language)}</p>${joined(texts)}</details>`;
};

const problemTable = (
  problems: readonly FhirProblem[],
  kind: "problems" | "warnings",
  showing: Showing,
): Html => {
  if (problems.length === 0) return nothing;
  const { language } = showing;
  const title = word(kind, language);
  const columns = (["what", "where", "code"] as const).map((name) => word(name, language));
  const rows = problems.map(({ path, code, text }) => ({
    cells: [html`${text[language]}`, html`<code>${path}</code>`, html`<code>${code}</code>`],
  }));
  const note = kind === "warnings" ? html`<p>${word("warningsNote", language)}</p>` : nothing;
  const table = tableOf({ caption: title, captionHidden: true, columns, rows });
  return html`<section class="${kind}" id="${kind}">${heading(title, 2)}${note}${table}</section>`;
};

/** What is wrong with the message, errors first. */
export const problemsHtml = (problems: readonly FhirProblem[], showing: Showing): Html => {
  const errors = problems.filter(isError);
  const warnings = problems.filter((one) => !isError(one));
  const tables = joined([
    problemTable(errors, "problems", showing),
    problemTable(warnings, "warnings", showing),
  ]);
  return tables.html === "" ? nothing : html`<div class="whole">${tables}</div>`;
};
