import { type Html, html, nothing } from "../../../pages/html.ts";
import { type AgreementLine, linesOf } from "./answers.ts";
import { type Spread, spreadChart } from "./charts.ts";
import { cellsIn, type Report, saidIn } from "./context.ts";
import { durationText } from "./numbers.ts";
import { type Row, tableHtml } from "./table.ts";

const day = 24 * 60;
/** Places on the axis, in minutes. Half a minute and ninety days are its ends: answers take from minutes to months. */
const marks = [1, 10, 60, 6 * 60, day, 7 * day, 30 * day] as const;
const ends = { first: 0.5, last: 90 * day } as const;

const place = (minutes: number): number =>
  Math.log(Math.max(ends.first, minutes) / ends.first) / Math.log(ends.last / ends.first);

type Timed = AgreementLine & { spread: { median: number; p90: number } };

const timedOf = (report: Report): Timed[] =>
  linesOf(report.answers).flatMap((line) => {
    const spread = line.now?.answerMinutes ?? undefined;
    return spread === undefined ? [] : [{ ...line, spread }];
  });

const spreadOf =
  ({ language }: Report) =>
  ({ agreement, spread }: Timed): Spread => ({
    label: agreement.name[language],
    median: place(spread.median),
    p90: place(spread.p90),
    value: durationText(spread.median, language),
  });

const columns = [
  "median",
  "p90",
  "medianDays",
  "p90Days",
  "rowsOpen",
  "longest",
  "pausedClocks",
  "pausedShare",
] as const;

type Told = AgreementLine & { now: NonNullable<AgreementLine["now"]> };

const rowOf =
  ({ language }: Report) =>
  ({ agreement, now }: Told): Row => {
    const { duration, count, hours, share } = cellsIn(language);
    const [spread, days] = [now.answerMinutes, now.answerWorkingDays];
    const answered = [duration(spread?.median), duration(spread?.p90), count(days?.median), count(days?.p90)];
    const open = now.openLate === null ? undefined : now.open + now.openLate;
    const waiting = [
      count(open),
      hours(now.longestOpenHours),
      count(now.pausedClocks),
      share(now.pausedShare),
    ];
    return { head: agreement.name[language], cells: [...answered, ...waiting] };
  };

const legend = ({ language }: Report): Html => {
  const said = saidIn(language);
  return html`<ul class="legend"><li><svg viewBox="0 0 22 14" aria-hidden="true"><circle class="dot" cx="11" cy="7" r="5"/></svg>${said("legendMedian")}</li><li><svg viewBox="0 0 22 14" aria-hidden="true"><rect class="span" x="1" y="3" width="18" height="8"/><line class="end" x1="19" x2="19" y1="0" y2="14"/></svg>${said("legendP90")}</li></ul>`;
};

/** How long answers take: from the median to what nine of ten were answered within. */
export const timesChart = (report: Report): Html => {
  const said = saidIn(report.language);
  const timed = timedOf(report);
  if (timed.length === 0) return nothing;
  const named = { id: "how-long", title: said("howLongChart"), description: said("inTable") };
  const ticks = marks.map(
    (minutes) => [place(minutes), durationText(minutes, report.language).replace(/[.,]0(?=\D)/, "")] as const,
  );
  return html`<section class="new"><h2>${said("howLong")}</h2><figure>${spreadChart(named, timed.map(spreadOf(report)), ticks)}${legend(report)}</figure></section>`;
};

/** The same figures, with what waits still and how much was pause. */
export const timesTable = (report: Report): Html => {
  const said = saidIn(report.language);
  const lines = linesOf(report.answers).filter((line): line is Told => line.now !== undefined);
  if (lines.length === 0) return nothing;
  return html`<section><h2>${said("timesTable")}</h2>${tableHtml({
    caption: said("timesTable"),
    corner: said("agreement"),
    columns: columns.map((name) => said(name)),
    rows: lines.map(rowOf(report)),
  })}</section>`;
};
