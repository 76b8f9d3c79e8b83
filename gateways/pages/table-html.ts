import { type Html, html, isNothing, nothing } from "./html.ts";

export interface TableRow {
  /** What the row is about; only where `corner` says what that is. */
  readonly head?: string | undefined;
  readonly cells: readonly Html[];
}

export interface Table {
  readonly caption: string;
  /** The caption is also the heading just above, so it is told to screen readers alone. */
  readonly captionHidden?: boolean;
  readonly corner?: string | undefined;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

const cellHtml = (cell: Html, column: string | undefined): Html =>
  isNothing(cell)
    ? html`<td role="cell" class="none"></td>`
    : html`<td role="cell" data-label="${column}"><div>${cell}</div></td>`;

const rowHtml = ({ head, cells }: TableRow, columns: readonly string[]): Html => {
  const first = head === undefined ? nothing : html`<th scope="row" role="rowheader">${head}</th>`;
  return html`<tr role="row">${first}${cells.map((cell, at) => cellHtml(cell, columns[at]))}</tr>`;
};

/**
 * A table that a narrow screen shows as a list of its rows. The roles are written out because a browser forgets that a
 * table is one as soon as its style shows it as anything else.
 */
export const tableOf = ({ caption, captionHidden, corner, columns, rows }: Table): Html => {
  const titles = corner === undefined ? columns : [corner, ...columns];
  const head = titles.map((title) => html`<th scope="col" role="columnheader">${title}</th>`);
  const body = rows.map((row) => rowHtml(row, columns));
  const hidden = captionHidden === true ? html` class="hidden"` : nothing;
  return html`<div class="wide"><table role="table"><caption${hidden}>${caption}</caption><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`;
};
