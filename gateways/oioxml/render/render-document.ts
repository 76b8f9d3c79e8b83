import { errorCodes } from "../../../contracts/errors.ts";
import { type Html, heading, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { pageOf } from "../../pages/page.ts";
import type { Language } from "../../pages/words.ts";
import { defaultLimits, type XmlLimits } from "../../xml/read-xml.ts";
import type { UnreadableDocument } from "../codec/parsed-document.ts";
import { type DocumentView, type LetterView, viewDocument } from "./document-view.ts";
import { partsHtml, type Shown, under } from "./group-html.ts";
import { titleOf, word } from "./labels/label-of.ts";
import { letterHtml, titleOfLetter } from "./letter-html.ts";
import { isGroup, type Part, partsOf } from "./part.ts";
import { problemsHtml } from "./problems-html.ts";
import { vansReceiptSentences } from "./receipt-html.ts";

const section = (title: string, parts: readonly Part[], shown: Shown): Html =>
  parts.length === 0 ? nothing : html`${heading(title, shown.level)}${partsHtml(parts, under(shown, ""))}`;

/** A part's own contents under a heading; a part without any stands as it is. */
const opened = (part: Part | undefined, title: string, shown: Shown): Html => {
  if (part === undefined) return nothing;
  if (!isGroup(part)) return section(title, [part], shown);
  return html`${heading(title, shown.level)}${partsHtml(part.value.parts, under({ ...shown, parent: part.name }, part.name))}`;
};

const technicalOf = (view: DocumentView, shown: Shown): Html => {
  const { language } = shown;
  const encoding =
    view.verdict.kind === "emessage"
      ? html`<dl><div><dt>${word("encoding", language)}</dt><dd>${view.verdict.encoding}</dd></div></dl>`
      : nothing;
  return joined([
    opened(view.envelope, word("technicalEnvelope", language), shown),
    encoding,
    opened(view.vans, word("technicalVans", language), shown),
    view.letters.length === 0 ? nothing : section(word("technicalOther", language), view.rest, shown),
  ]);
};

/** That the document as a whole is not taken, and why. */
const bannerOf = ({ verdict, letters }: DocumentView, language: Language): Html => {
  if (verdict.kind !== "unreadable") return nothing;
  const note = letters.length === 0 ? nothing : html` ${word("refusedNote", language)}`;
  return html`<div class="status refused" role="note"><p><strong>${word("notTaken", language)}.</strong> ${errorCodes[verdict.code][language]}${note} <a href="#problems">${word("seeProblems", language)}</a></p></div>`;
};

const judgedOf = ({ verdict }: DocumentView, language: Language): Html => {
  const about = { id: "problems", level: 2 };
  const table =
    verdict.kind !== "unreadable"
      ? problemsHtml(verdict.warnings, { ...about, kind: "warnings" }, language)
      : problemsHtml(verdict.problems, { ...about, kind: "problems" }, language);
  return isNothing(table) ? nothing : html`<div class="whole">${table}</div>`;
};

const oneLetter = (view: DocumentView, letter: LetterView, language: Language): Html => {
  const shown: Shown = { language, parent: "", level: 2 };
  const place = {
    shown,
    id: "letter-1",
    banner: bannerOf(view, language),
    technical: technicalOf(view, shown),
  };
  return letterHtml(letter, place);
};

const manyLetters = (view: DocumentView, language: Language): Html => {
  const shown: Shown = { language, parent: "", level: 3 };
  const links = view.letters.map(
    (letter, at) => html`<li><a href="#letter-${at + 1}">${titleOfLetter(letter, language)}</a></li>`,
  );
  const contents = html`<div class="whole"><header>${heading(word("contents", language), 1)}${bannerOf(view, language)}</header><nav aria-label="${word("contents", language)}"><ol>${links}</ol></nav></div>`;
  const letters = view.letters.map((letter, at) =>
    letterHtml(letter, { shown, id: `letter-${at + 1}`, banner: nothing, technical: nothing }),
  );
  const technical = technicalOf(view, { ...shown, level: 2 });
  return html`${contents}${letters}<div class="whole"><details><summary>${word("technical", language)}</summary>${technical}</details></div>`;
};

/** Nothing that MedCom calls a letter could be found: why not, and whatever else could be read. */
const noLetter = (view: DocumentView, title: string, language: Language): Html => {
  const shown: Shown = { language, parent: "", level: 2 };
  const receipt = vansReceiptSentences(view.vans, language);
  const said =
    receipt === undefined
      ? nothing
      : html`<section class="receipt">${heading(word("receipt", language), 2)}${receipt}</section>`;
  const technical = technicalOf(view, shown);
  const folded = isNothing(technical)
    ? nothing
    : html`<details open="open"><summary>${word("technical", language)}</summary>${technical}</details>`;
  const rest = joined(view.rest.map((part) => opened(part, part.name, shown)));
  return html`<article><header>${heading(title, 1)}${bannerOf(view, language)}</header>${said}${rest}${folded}</article>`;
};

const titleFor = (view: DocumentView, language: Language): string => {
  const [first, second] = view.letters;
  if (second !== undefined) return word("contents", language);
  if (first !== undefined) return titleOfLetter(first, language);
  if (vansReceiptSentences(view.vans, language) !== undefined) return titleOf("VANSEnvelope", language) ?? "";
  return word(view.rest.some((part) => partsOf(part).length > 0) ? "unknownType" : "unreadable", language);
};

const bodyOf = (view: DocumentView, title: string, language: Language): Html => {
  const [first, second] = view.letters;
  if (first === undefined) return noLetter(view, title, language);
  return second === undefined ? oneLetter(view, first, language) : manyLetters(view, language);
};

const renderView = (view: DocumentView, language: Language): string => {
  const title = titleFor(view, language);
  const footer = html`<footer><p>${word("readOnly", language)}</p></footer>`;
  return pageOf(title, html`${bodyOf(view, title, language)}${judgedOf(view, language)}${footer}`, language);
};

/**
 * A MedCom OIOXML document, bare or in a VANS envelope, as a page for people: whole, self-contained HTML. Total: a
 * document that is refused, unreadable or of an unknown type becomes a page that says so and shows what could be read.
 */
export const renderDocument = (
  bytes: Uint8Array,
  language: Language,
  limits: XmlLimits = defaultLimits,
): string => renderView(viewDocument(bytes, limits), language);

/** The page of a document of which nothing at all was read, and why. */
export const renderUnread = (verdict: UnreadableDocument, language: Language): string =>
  renderView({ verdict, vans: undefined, envelope: undefined, letters: [], rest: [] }, language);
