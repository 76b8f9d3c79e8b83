import { type Html, heading, html, joined, nothing } from "../../pages/html.ts";
import { tableOf } from "../../pages/table-html.ts";
import type { Language } from "../../pages/words.ts";
import { labelOf, word } from "./labels/label-of.ts";
import { isMoment, leafHtml, momentHtml } from "./leaf-html.ts";
import { type GroupPart, isGroup, type Part, partsOf, strayText } from "./part.ts";

/** Where something is shown: the language, the element around it, and how deep its headings are. */
export interface Shown {
  readonly language: Language;
  readonly parent: string;
  /** 2 to 6: the level of the next heading. */
  readonly level: number;
}

export const under = (shown: Shown, parent: string): Shown => ({
  ...shown,
  parent,
  level: Math.min(6, shown.level + 1),
});

export const labelFor = (part: Part, { parent, language }: Shown): string =>
  part.name === strayText ? word("text", language) : labelOf(part.name.replace(/^@/, ""), parent, language);

/** Small groups that read best as one value, e.g. a number and whether it is a mobile. */
const compact = new Set(["TelephoneSubscriber"]);
const isCompact = (part: Part): part is GroupPart =>
  isGroup(part) && compact.has(part.name) && part.value.parts.every((child) => child.value.is === "text");

/** Whether a part fits in one line: a leaf, a moment, or a compact group. */
const isShort = (part: Part): boolean =>
  part.value.is === "text" ||
  part.value.is === "bytes" ||
  (isGroup(part) && (isMoment(part.value.parts) || isCompact(part)));

const shortHtml = (part: Part, language: Language): Html => {
  if (!isGroup(part)) return leafHtml(part, language);
  if (isMoment(part.value.parts)) return momentHtml(part.value.parts, language);
  return joined(
    part.value.parts.map((child) => leafHtml(child, language)),
    " · ",
  );
};

const pairOf = (label: Html, value: Html): Html => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

/** A number and the code that says what kind of number it is are one pair: `Ydernummer 079741`. */
const numberOf = (parts: readonly Part[]): { number: Part; code: Part } | undefined => {
  const [number, ...moreNumbers] = parts.filter((part) => part.name === "Identifier");
  const [code, ...moreCodes] = parts.filter((part) => part.name === "IdentifierCode");
  const alone = moreNumbers.length === 0 && moreCodes.length === 0;
  return number !== undefined && code !== undefined && alone ? { number, code } : undefined;
};

const pair = (part: Part, shown: Shown): Html =>
  pairOf(html`${labelFor(part, shown)}`, shortHtml(part, shown.language));

/** Short parts as pairs of label and value. */
export const pairsHtml = (parts: readonly Part[], shown: Shown): Html => {
  if (parts.length === 0) return nothing;
  const named = numberOf(parts);
  const pairs = parts.map((part) => {
    if (part === named?.code) return nothing;
    if (part !== named?.number) return pair(part, shown);
    return pairOf(shortHtml(named.code, shown.language), shortHtml(part, shown.language));
  });
  return html`<dl>${pairs}</dl>`;
};

/** Formatted text as a block, in the language that the sender wrote it in. */
export const textBlock = (part: Part, language: Language): Html =>
  html`<div class="text"${language === "da" ? html`` : html` lang="da"`}>${leafHtml(part, language)}</div>`;

/** A row of a table: what stands directly in a group, and in groups in it that are no lists of their own. */
const cellsOf = (part: GroupPart): readonly Part[] =>
  part.value.parts.flatMap((child) =>
    isGroup(child) && !isMoment(child.value.parts) ? cellsOf(child) : [child],
  );

const isFlat = (part: Part): part is GroupPart =>
  isGroup(part) && part.value.parts.length > 0 && cellsOf(part).every(isShort);

const cell = (parts: readonly Part[], language: Language): Html =>
  joined(
    parts.map((part) => shortHtml(part, language)),
    "<br/>",
  );

const hasDiagnosis = (part: Part): boolean =>
  isFlat(part) &&
  partsOf(part).some((child) => child.name === "DiagnoseText" || child.name === "DiagnoseCode");
/** Columns in the order of the row that has the most of them, which is the order of its schema. */
const columnsOf = (rows: readonly GroupPart[]): string[] => {
  const named = rows.map((row) => cellsOf(row).map((part) => part.name));
  const longest = named.reduce((most, names) => (names.length > most.length ? names : most), []);
  return [...new Set([...longest, ...named.flat()])];
};

/** Which element each row is, or its number when all are alike; one row alone needs neither. */
const rowHeadsOf = (
  rows: readonly GroupPart[],
  shown: Shown,
): { title: string; heads: string[] } | undefined => {
  const alike = rows.every((row) => row.name === rows[0]?.name) && !rows.some(hasDiagnosis);
  if (!alike) return { title: word("which", shown.language), heads: rows.map((row) => labelFor(row, shown)) };
  if (rows.length < 2) return undefined;
  return { title: word("number", shown.language), heads: rows.map((_, at) => String(at + 1)) };
};

/**
 * Groups of short values as one table, a row each, with a column for every element that any of them has: so what one
 * sender leaves out and another adds is shown all the same.
 */
const tableHtml = (rows: readonly GroupPart[], caption: string, shown: Shown): Html => {
  const { language } = shown;
  const names = columnsOf(rows);
  const rowHeads = rowHeadsOf(rows, shown);
  return tableOf({
    caption,
    corner: rowHeads?.title,
    columns: names.map((name) => labelOf(name, rows[0]?.name ?? "", language)),
    rows: rows.map((row, at) => ({
      head: rowHeads?.heads[at],
      cells: names.map((name) =>
        cell(
          cellsOf(row).filter((part) => part.name === name),
          language,
        ),
      ),
    })),
  });
};

const blockHtml = (part: Part, shown: Shown): Html => {
  if (part.value.is === "runs") {
    const block = html`${heading(labelFor(part, shown), shown.level)}${textBlock(part, shown.language)}`;
    return part.name === "Cave" ? html`<div class="cave">${block}</div>` : block;
  }
  const inner = partsHtml(partsOf(part), under(shown, part.name));
  return html`<div class="group">${heading(labelFor(part, shown), shown.level)}${inner}</div>`;
};

/** What reads best as a table, also when there is only one. */
const rowNames = new Set(["Reference", "BinaryObject"]);
const isRow = (part: Part): boolean => hasDiagnosis(part) || rowNames.has(part.name);

/** More columns than this are no table that anybody reads, and a hostile document could ask for thousands. */
const maxColumns = 12;

/** Groups that are alike and make a table: all diagnoses of a group, whatever their elements are called, or a repeated element. */
const tablesIn = (parts: readonly Part[]): GroupPart[][] => {
  const kinds = new Map<string, GroupPart[]>();
  for (const part of parts) {
    if (isShort(part) || !isFlat(part)) continue;
    const kind = hasDiagnosis(part) ? "Diagnose" : part.name;
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [part]);
    else alike.push(part);
  }
  return [...kinds.values()].filter(
    (alike) => (alike.length > 1 || alike.every(isRow)) && columnsOf(alike).length <= maxColumns,
  );
};

const captionOf = (rows: readonly GroupPart[], { parent, language }: Shown): string => {
  const [first] = rows;
  return first === undefined ? "" : labelOf(hasDiagnosis(first) ? parent : first.name, parent, language);
};

/**
 * Any parts, whatever they are: short values first as pairs, then groups that are alike as a table, then the rest, each
 * under a heading of its own. Nothing is left out.
 */
export const partsHtml = (parts: readonly Part[], shown: Shown): Html => {
  const tables = tablesIn(parts);
  const inTables = new Set<Part>(tables.flat());
  return joined([
    pairsHtml(parts.filter(isShort), shown),
    ...tables.map((alike) => tableHtml(alike, captionOf(alike, shown), shown)),
    ...parts.filter((part) => !isShort(part) && !inTables.has(part)).map((part) => blockHtml(part, shown)),
  ]);
};
