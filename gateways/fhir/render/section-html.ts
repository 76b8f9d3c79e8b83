import { type Html, heading, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { type TableRow, tableOf } from "../../pages/table-html.ts";
import type { Showing } from "./value-html.ts";
import { type FhirPageWord, word } from "./words.ts";

/** A section under its heading; nothing when it says nothing. */
export const section = (title: FhirPageWord, body: Html | readonly Html[], { language }: Showing): Html => {
  const inner = "html" in body ? body : joined(body);
  if (isNothing(inner)) return nothing;
  return html`<section class="${title}">${heading(word(title, language), 2)}${inner}</section>`;
};

export interface Grid {
  readonly title: FhirPageWord;
  readonly columns: readonly FhirPageWord[];
  readonly rows: readonly (readonly Html[])[];
}

/** A table whose columns are left out where no row has a value; its caption is the heading of its section. */
export const gridHtml = ({ title, columns, rows }: Grid, { language }: Showing): Html => {
  if (rows.length === 0) return nothing;
  const kept = columns.flatMap((_, at) => (rows.some((row) => !isNothing(row[at] ?? nothing)) ? [at] : []));
  const told = rows.map((row): TableRow => ({ cells: kept.map((at) => row[at] ?? nothing) }));
  return tableOf({
    caption: word(title, language),
    captionHidden: true,
    columns: kept.map((at) => word(columns[at] ?? title, language)),
    rows: told,
  });
};
