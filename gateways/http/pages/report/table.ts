import { type Html, html, nothing } from "../../../pages/html.ts";
import { type Language, say } from "../../../pages/words.ts";
import { words } from "./words.ts";

export type Row = { head: string; cells: readonly Html[]; whole?: boolean };
export type ReportTable = {
  caption: string;
  corner: string;
  columns: readonly string[];
  rows: readonly Row[];
  /** `months`: many narrow columns; `texts`: words, not numbers. */
  kind?: "months" | "texts";
};

/** A number, or whatever else stands in a cell. */
export const cell = (text: string): Html => html`<td>${text}</td>`;
export const hiddenCell = (language: Language): Html =>
  html`<td class="hid">${say(words.hiddenCell, language)}</td>`;

/** What a page has room for. A longer table is broken between two rows, and its head is repeated. */
const pageRows = 30;

const rowHtml = ({ head, cells, whole }: Row): Html =>
  html`<tr${whole === true ? html` class="whole"` : nothing}><th scope="row">${head}</th>${cells}</tr>`;

export const tableHtml = ({ caption, corner, columns, rows, kind }: ReportTable): Html => {
  // Words take several lines a row: how many rows a page holds of them is not known.
  const size = rows.length > pageRows || kind === "texts" ? "wide long" : "wide";
  const heads = [corner, ...columns].map((title) => html`<th scope="col">${title}</th>`);
  return html`<div class="${size}"><table${kind === undefined ? nothing : html` class="${kind}"`}><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${rows.map(rowHtml)}</tbody></table></div>`;
};
