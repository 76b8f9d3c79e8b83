import { localTimeOf } from "../../../contracts/danish-time.ts";
import type { FhirOrganisation } from "../../../contracts/fhir/parts.ts";
import { dateInWords } from "../../pages/danish-date.ts";
import { type Html, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { inWords } from "../../pages/value-html.ts";
import type { Language } from "../../pages/words.ts";
import { type CodeList, wordsIn } from "./code-words.ts";
import { type FhirPageWord, word } from "./words.ts";

/**
 * How a message is shown: the language, and whether a value stands in it. Of a message that breaks a rule a reader gives its usual
 * value where it knows none, and what nobody wrote is not shown.
 */
export interface Showing {
  readonly language: Language;
  readonly isWritten: (text: string) => boolean;
  /** Shown whole on the page: elsewhere their names are enough. */
  readonly parties: readonly FhirOrganisation[];
}

/** Nothing for an absent value, and for one that nobody wrote. */
export const textHtml = (text: string | undefined, { isWritten }: Showing): Html =>
  text === undefined || text === "" || !isWritten(text) ? nothing : html`${text}`;

/** An instant on a Danish wall clock, with what was written kept beside it; a date, or what is no time, as it was written. */
export const timeHtml = (written: string | undefined, { language }: Showing): Html => {
  if (written === undefined || written === "") return nothing;
  const [date = "", time] = (written.includes("T") ? localTimeOf(written) : written).split("T");
  const words = dateInWords(date, time, language);
  return words === undefined ? html`${written}` : html`<time datetime="${written}">${words}</time>`;
};

/** A code of a list, in words, with the code kept beside them. */
export const codeHtml = (list: CodeList, code: string | undefined, showing: Showing): Html => {
  if (code === undefined || code === "" || !showing.isWritten(code)) return nothing;
  const words = wordsIn(list, code, showing.language);
  return words === undefined ? html`${code}` : inWords(code, words);
};

/** Pairs of a label and a value; those without a value are left out. */
export const pairsHtml = (
  pairs: readonly (readonly [label: FhirPageWord, value: Html])[],
  { language }: Showing,
): Html => {
  const told = pairs.filter(([, value]) => !isNothing(value));
  if (told.length === 0) return nothing;
  return html`<dl>${told.map(([label, value]) => html`<div><dt>${word(label, language)}</dt><dd>${value}</dd></div>`)}</dl>`;
};

/** Plain text as it was written, lines and all, in the sender's language. */
export const writtenHtml = (text: string, { language }: Showing): Html =>
  html`<div class="text"${language === "da" ? nothing : html` lang="da"`}>${text}</div>`;

export const linesOf = (parts: readonly Html[]): Html => joined(parts, "<br/>");
