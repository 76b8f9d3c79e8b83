import { type Html, heading, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { partsHtml, type Shown, textBlock, under } from "./group-html.ts";
import { word } from "./labels/label-of.ts";
import { isMoment, leafHtml } from "./leaf-html.ts";
import { isUrgent, type Section, type SortedLetter } from "./letter-sections.ts";
import { isGroup, type Part, partIn, partsOf } from "./part.ts";
import { partyHtml, personHtml } from "./person-html.ts";
import { receiptSentences } from "./receipt-html.ts";

type Layout = (parts: readonly Part[], shown: Shown, letter: Part) => Html;

/** What groups hold, as if it stood in the section itself; short parts stay as they are. */
const opened = (parts: readonly Part[]): Part[] =>
  parts.flatMap((part) => (isGroup(part) && !isMoment(part.value.parts) ? part.value.parts : [part]));

const plain: Layout = (parts, shown) => partsHtml(parts, shown);

const inside: Layout = (parts, shown) =>
  joined(
    parts.map((part) =>
      isGroup(part) && !isMoment(part.value.parts)
        ? partsHtml(part.value.parts, { ...shown, parent: part.name })
        : partsHtml([part], shown),
    ),
  );

const persons: Layout = (parts, shown) =>
  joined([
    ...parts.filter(isGroup).map((part) => html`<div class="card">${personHtml(part, shown)}</div>`),
    partsHtml(
      parts.filter((part) => !isGroup(part)),
      shown,
    ),
  ]);

const parties: Layout = (parts, shown) =>
  html`<div class="cards">${parts.map((part) => (isGroup(part) ? partyHtml(part, shown) : partsHtml([part], shown)))}</div>`;

/** The text first, who signed it after it; one text needs no label. */
const clinicalBlock = (part: Part, shown: Shown): Html => {
  const isText = (child: Part): boolean => child.name === "Text01" && child.value.is === "runs";
  const texts = partsOf(part).filter(isText);
  const rest = partsOf(part).filter((child) => !isText(child));
  const written = texts.map((text) => textBlock(text, shown.language));
  const own = { ...shown, parent: part.name };
  const signed = rest.filter((child) => child.name === "Signed");
  const others = rest.filter((child) => child.name !== "Signed");
  const said = inside(signed, own, part);
  const signature = isNothing(said) ? nothing : html`<div class="signed">${said}</div>`;
  return html`<div class="clinical">${partsHtml(others, own)}${written}${signature}</div>`;
};

const clinical: Layout = (parts, shown, letter) =>
  joined(
    parts.map((part) =>
      part.name === "ClinicalInformation" && isGroup(part)
        ? clinicalBlock(part, shown)
        : inside([part], shown, letter),
    ),
  );

const visitation: Layout = (parts, shown) =>
  joined(
    parts.map((part) => {
      const code = partIn(partsOf(part), "InformationCode");
      if (code?.value.is !== "text") return partsHtml([part], shown);
      const rest = partsOf(part).filter((child) => child !== code);
      const [text, ...more] = rest;
      const body =
        text?.name === "Information" && text.value.is === "runs"
          ? html`${textBlock(text, shown.language)}${partsHtml(more, shown)}`
          : partsHtml(rest, { ...shown, parent: part.name });
      return html`${heading(leafHtml(code, shown.language), shown.level)}${body}`;
    }),
  );

const important: Layout = (parts, shown) => partsHtml(opened(parts), shown);

/** The sentences tell all of it; the elements themselves are among the technical details. */
const receipt: Layout = (_parts, shown, letter) => receiptSentences(letter, shown);

const layouts: Readonly<Record<Section, Layout>> = {
  receipt,
  patient: persons,
  important,
  parties,
  course: plain,
  order: inside,
  clinical,
  diagnoses: inside,
  visitation,
  relatives: persons,
  attachments: plain,
  more: plain,
};

/** One section of a letter; nothing when the letter has nothing for it. */
export const sectionHtml = (
  section: Section,
  sorted: SortedLetter,
  at: { shown: Shown; letter: Part },
): Html => {
  const parts = sorted.sections.get(section) ?? [];
  if (parts.length === 0) return nothing;
  const { shown, letter } = at;
  const body = layouts[section](parts, { ...under(shown, letter.name), parent: letter.name }, letter);
  const urgent = section === "important" && opened(parts).some(isUrgent) ? " urgent" : "";
  return html`<section class="${section}${urgent}">${heading(word(section, shown.language), shown.level)}${body}</section>`;
};
