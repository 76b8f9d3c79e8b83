import { type Html, html, nothing } from "../../../pages/html.ts";
import {
  type AgreementLine,
  beforeOf,
  linesOf,
  meetsTarget,
  monthsOf,
  sharesOf,
  totalOf,
} from "./answers.ts";
import { type Bar, barChart, trendChart } from "./charts.ts";
import { cellsIn, type Report, saidIn } from "./context.ts";
import { changeText, monthText, nothingTold, percentText, shortMonth } from "./numbers.ts";
import { cell, type Row, tableHtml } from "./table.ts";

const whole = (percent: number | undefined): number | undefined =>
  percent === undefined ? undefined : percent / 100;
const tickPercents = [0, 25, 50, 75, 100];

const sign = (shape: Html): Html => html`<svg viewBox="0 0 22 14" aria-hidden="true">${shape}</svg>`;

/** The marks of a chart and what they mean, each drawn as the chart draws it. */
const legend = ({ language }: Report): Html => {
  const said = saidIn(language);
  const bar = html`<rect class="bar" x="0" y="2" width="22" height="10"/>`;
  const missed = html`<defs><pattern id="legend-h" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs><rect class="missed" fill="url(#legend-h)" x="0" y="2" width="22" height="10"/>`;
  const target = html`<line class="target" x1="11" x2="11" y1="2" y2="14"/><path class="mark" d="M7 0h8l-4 5z"/>`;
  const before = html`<path class="before" d="M11 2l5 5l-5 5l-5 -5z"/>`;
  const all = [
    [bar, said("legendBar")],
    [missed, said("legendMissed")],
    [target, said("legendTarget")],
    [before, said("legendBefore")],
  ] as const;
  return html`<ul class="legend">${all.map(([shape, text]) => html`<li>${sign(shape)}${text}</li>`)}</ul>`;
};

const barOf =
  ({ language }: Report) =>
  (line: AgreementLine): Bar => {
    const { agreement, now, hidden, shares } = line;
    const share = now?.shareInTime ?? undefined;
    const told = hidden ? saidIn(language)("hiddenCell") : nothingTold;
    return {
      label: agreement.name[language],
      share: whole(share),
      value: share === undefined ? told : percentText(share, language),
      target: whole(agreement.targetShare),
      before: whole(beforeOf(line)),
      missed: meetsTarget(line) === false,
      trend: shares.map(whole),
    };
  };

const columns = ["decided", "share", "target", "before", "change", "late", "openLate"] as const;

const rowOf =
  ({ language }: Report) =>
  (line: AgreementLine): Row => {
    const { agreement, now, hidden } = line;
    const { count, share, hidden: hiddenHtml } = cellsIn(language);
    const head = agreement.name[language];
    const [target, before] = [agreement.targetShare, beforeOf(line)];
    if (now === undefined)
      return {
        head,
        cells: columns.map((name) =>
          name === "target" ? share(target) : hidden ? hiddenHtml : cell(nothingTold),
        ),
      };
    const inTime = now.shareInTime ?? undefined;
    const change =
      inTime === undefined || before === undefined ? nothingTold : changeText(before, inTime, language);
    return {
      head,
      cells: [
        count(now.decided),
        share(inTime),
        share(target),
        share(before),
        cell(change),
        count(now.late),
        count(now.openLate),
      ],
    };
  };

const totalRow = ({ answers, language }: Report): Row[] => {
  const total = totalOf(answers.month);
  if (total === undefined) return [];
  const { count, share } = cellsIn(language);
  const before = sharesOf(totalOf(answers.year), monthsOf(answers)).at(-2);
  const inTime = total.shareInTime ?? undefined;
  const change =
    inTime === undefined || before === undefined ? nothingTold : changeText(before, inTime, language);
  const cells = [
    count(total.decided),
    share(inTime),
    cell(nothingTold),
    share(before),
    cell(change),
    count(total.late),
    count(total.openLate),
  ];
  return [{ head: saidIn(language)("all"), cells, whole: true }];
};

const linesOfMonth = ({ answers }: Report): AgreementLine[] =>
  linesOf(answers).filter(({ now, hidden }) => now !== undefined || hidden);

/** Each agreement against its target, the month before and its year, for the front. */
export const agreementChart = (report: Report): Html => {
  const said = saidIn(report.language);
  const lines = linesOfMonth(report);
  if (lines.length === 0) return nothing;
  const named = {
    id: "in-time",
    title: said("byAgreementChart"),
    description: said("inTable"),
    trend: said("lastYear"),
  };
  const ticks = tickPercents.map((percent) => [percent / 100, `${String(percent)} %`] as const);
  return html`<h3>${said("byAgreement")}</h3><figure>${barChart(named, lines.map(barOf(report)), ticks)}${legend(report)}</figure>`;
};

/** The same figures, and the others of the month. */
export const byAgreementHtml = (report: Report): Html => {
  const { answers, language } = report;
  const said = saidIn(language);
  const lines = linesOfMonth(report);
  if (lines.length === 0) return nothing;
  return html`<section class="new"><h2>${said("byAgreement")}</h2>${tableHtml({
    caption: `${said("byAgreement")}, ${monthText(answers.month.to, language)}`,
    corner: said("agreement"),
    columns: columns.map((name) => said(name)),
    rows: [...lines.map(rowOf(report)), ...totalRow(report)],
  })}<p class="note">${said("hiddenNote", { fewest: String(answers.month.fewest) })}</p></section>`;
};

type Line = { key: string; name: string; shares: AgreementLine["shares"]; target?: number | undefined };

const trendLines = ({ answers, language }: Report): Line[] => {
  const total = totalOf(answers.year);
  const all = { key: "all", name: saidIn(language)("all"), shares: sharesOf(total, monthsOf(answers)) };
  const each = linesOf(answers).map(({ agreement, shares }) => ({
    key: agreement.id,
    name: agreement.name[language],
    shares,
    target: agreement.targetShare,
  }));
  return [all, ...each];
};

const trendItem =
  (report: Report, months: readonly string[]) =>
  ({ key, name, shares, target }: Line): Html => {
    const { language } = report;
    const last = shares.at(-1);
    const value = last === undefined ? nothingTold : percentText(last, language);
    const named = {
      id: `trend-${key}`,
      title: `${name}: ${saidIn(language)("trendOf")}`,
      description: saidIn(language)("inTable"),
    };
    const chart = trendChart(named, {
      shares: shares.map(whole),
      target: whole(target),
      first: shortMonth(months[0] ?? "", language),
      last: shortMonth(months.at(-1) ?? "", language),
      percent: (share) => `${String(Math.round(share * 100))} %`,
    });
    return html`<li><p>${name} <b>${value}</b></p>${chart}</li>`;
  };

/** Twelve months, one small chart an agreement that has figures of more than a month, and the table of all. */
export const trendHtml = (report: Report): Html => {
  const { answers, language } = report;
  const said = saidIn(language);
  const months = monthsOf(answers);
  const lines = trendLines(report).filter(({ shares }) => shares.some((share) => share !== undefined));
  if (lines.length === 0) return nothing;
  const drawn = lines.filter(({ shares }) => shares.filter((share) => share !== undefined).length > 1);
  const plain = (share: number | undefined): Html =>
    cell(share === undefined ? nothingTold : percentText(share, language).replace(/\u00a0?%$/, ""));
  return html`<section><h2>${said("trend")}</h2><ul class="many">${drawn.map(trendItem(report, months))}</ul><h3>${said("trendOf")}</h3>${tableHtml(
    {
      caption: `${said("trendOf")}, %`,
      corner: said("agreement"),
      columns: months.map((month) => shortMonth(month, language)),
      rows: lines.map(({ name, shares, key }) => ({
        head: name,
        cells: shares.map(plain),
        whole: key === "all",
      })),
      kind: "months",
    },
  )}</section>`;
};
