import { errorCodes } from "../../../contracts/errors.ts";
import { type Html, heading, html, isNothing, joined, nothing } from "../../pages/html.ts";
import type { Language } from "../../pages/words.ts";
import type { LetterView } from "./document-view.ts";
import { partsHtml, type Shown, under } from "./group-html.ts";
import { titleOf, word } from "./labels/label-of.ts";
import { isMoment, leafHtml, momentHtml } from "./leaf-html.ts";
import { sectionHtml } from "./letter-layouts.ts";
import { type SortedLetter, sectionOrder, sortLetter } from "./letter-sections.ts";
import { type Part, partIn, partsOf, textIn } from "./part.ts";
import { problemsHtml } from "./problems-html.ts";

const statusHtml = (head: readonly Part[], language: Language): Html => {
  const status = textIn(head, "StatusCode");
  if (status === "rettetbrev") return html`<p class="status corrected">${word("corrected", language)}</p>`;
  if (status === "annulleretbrev")
    return html`<p class="status cancelled">${word("cancelled", language)}</p>`;
  return nothing;
};

/** That a letter is not taken, and why, before anything that it says. */
const refusedHtml = ({ verdict }: LetterView, id: string, language: Language): Html => {
  if (verdict?.kind !== "refused") return nothing;
  const note = word(verdict.code === "type-unspoken" ? "notSpoken" : "refusedNote", language);
  return html`<div class="status refused" role="note"><p><strong>${word("refused", language)}.</strong> ${errorCodes[verdict.code][language]}</p><p>${note} <a href="#${id}-problems">${word("seeProblems", language)}</a></p></div>`;
};

export const titleOfLetter = ({ part }: LetterView, language: Language): string =>
  titleOf(part.name, language) ?? part.name;

const headerHtml = (view: LetterView, sorted: SortedLetter, at: LetterPlace): Html => {
  const { shown, id, banner } = at;
  const { language } = shown;
  const subject =
    sorted.subject === undefined
      ? nothing
      : html`<p class="subject">${leafHtml(sorted.subject, language)}</p>`;
  const when = partsOf(partIn(sorted.head, "Authorisation"));
  const authorised = isMoment(when)
    ? html`<p class="dim">${word("authorised", language)} ${momentHtml(when, language)}</p>`
    : nothing;
  const title = heading(titleOfLetter(view, language), shown.level - 1);
  return html`<header>${title}${subject}${authorised}${statusHtml(sorted.head, language)}${banner}${refusedHtml(view, id, language)}</header>`;
};

const technicalHtml = (view: LetterView, sorted: SortedLetter, at: LetterPlace): Html => {
  const { shown, technical } = at;
  const { language, level } = shown;
  const own = under({ ...shown, level }, "Letter");
  const namespace =
    view.namespace === ""
      ? nothing
      : html`<dl><div><dt>${word("namespace", language)}</dt><dd><code>${view.namespace}</code></dd></div></dl>`;
  const inner = html`${heading(word("technicalLetter", language), level)}${partsHtml([...sorted.head, ...(sorted.sections.get("receipt") ?? [])], own)}${namespace}${technical}`;
  return html`<details><summary>${word("technical", language)}</summary>${inner}</details>`;
};

/** Where a letter stands on its page: how deep, under which id, and what of the document is told together with it. */
export interface LetterPlace {
  readonly shown: Shown;
  readonly id: string;
  readonly banner: Html;
  readonly technical: Html;
}

const judgedHtml = ({ verdict }: LetterView, { shown, id }: LetterPlace): Html => {
  if (verdict === undefined) return nothing;
  const about = { level: shown.level, id: `${id}-problems` };
  return verdict.kind === "refused"
    ? problemsHtml(verdict.problems, { ...about, kind: "problems" }, shown.language)
    : problemsHtml(verdict.warnings, { ...about, kind: "warnings" }, shown.language);
};

/** One letter: title, status, what a reader wants in the order that a reader wants it, technical details, problems. */
export const letterHtml = (view: LetterView, at: LetterPlace): Html => {
  const sorted = sortLetter(view.part);
  const own = { shown: at.shown, letter: view.part };
  const sections = sectionOrder
    .map((section) => sectionHtml(section, sorted, own))
    .filter((one) => !isNothing(one));
  const bare =
    view.part.value.is === "group"
      ? nothing
      : html`<div class="text">${leafHtml(view.part, at.shown.language)}</div>`;
  return html`<article id="${at.id}">${headerHtml(view, sorted, at)}${bare}${joined(sections)}${technicalHtml(view, sorted, at)}${judgedHtml(view, at)}</article>`;
};
