import type { Indicators } from "../../../../contracts/messages/indicators.ts";
import { type Html, html, nothing } from "../../../pages/html.ts";
import { hiddenCount, type PartyDimension, partyDimensions, type ShownRow, shownRows } from "./answers.ts";
import { cellsIn, type Report, saidIn } from "./context.ts";
import { num } from "./svg.ts";
import { type Row, tableHtml } from "./table.ts";

/** A bar in the cell beside its number, which it repeats: for the eye alone. */
const barCell = (share: number | null): Html =>
  share === null
    ? html`<td></td>`
    : html`<td><svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect class="grid paper" x="0.5" y="0.5" width="99" height="11"/><rect class="bar" x="0" y="0" width="${num(share)}" height="12"/></svg></td>`;

const nameOf = ({ by, names }: ShownRow, dimension: PartyDimension, none: string): string => {
  const code = by[dimension] ?? "";
  return names[dimension] ?? (code === "" ? none : code);
};

/** Those with the lowest share first; where it is not told, by name. */
const inOrder = (a: ShownRow, b: ShownRow): number =>
  (a.shareInTime ?? 101) - (b.shareInTime ?? 101) ||
  JSON.stringify(a.names).localeCompare(JSON.stringify(b.names), "da");

const columns = ["decided", "share", "late", "openLate", "median", "p90", "longest"] as const;

const rowOf =
  ({ language }: Report, dimension: PartyDimension) =>
  (row: ShownRow): Row => {
    const { count, share, duration, hours } = cellsIn(language);
    return {
      head: nameOf(row, dimension, saidIn(language)("none")),
      cells: [
        count(row.decided),
        share(row.shareInTime),
        barCell(row.shareInTime),
        count(row.late),
        count(row.openLate),
        duration(row.answerMinutes?.median),
        duration(row.answerMinutes?.p90),
        hours(row.longestOpenHours),
      ],
    };
  };

const partyTable = (report: Report, dimension: PartyDimension, answer: Indicators): Html => {
  const said = saidIn(report.language);
  const rows = shownRows(answer).filter(
    ({ by }) => (by[dimension] ?? "") !== "" || dimension === "organisation",
  );
  const hidden = hiddenCount(answer);
  if (rows.length === 0 && hidden === 0) return nothing;
  const [first, second, ...others] = columns.map((name) => said(name));
  const table = {
    caption: `${said(dimension)}: ${said("inTime").toLowerCase()}`,
    corner: said(dimension === "speciality" ? "specialityHead" : "party"),
    columns: [first ?? "", second ?? "", said("fromTo"), ...others],
    rows: rows.toSorted(inOrder).map(rowOf(report, dimension)),
  };
  const note =
    hidden === 0 ? nothing : html`<p class="note">${said("hiddenRows", { count: String(hidden) })}</p>`;
  return html`<h3>${said(dimension)}</h3>${rows.length === 0 ? nothing : tableHtml(table)}${note}`;
};

/** A table of each kind of party, those that were late most often first. */
export const partiesHtml = (report: Report): Html => {
  const said = saidIn(report.language);
  const tables = partyDimensions.map((dimension) => partyTable(report, dimension, report.answers[dimension]));
  return html`<section><h2>${said("parties")}</h2><p>${said("partiesLead")}</p>${tables}<p class="note">${said("hiddenNote", { fewest: String(report.answers.month.fewest) })}</p></section>`;
};
