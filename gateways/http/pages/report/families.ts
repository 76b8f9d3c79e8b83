import { figureWords } from "../../../../contracts/codes/indicator-words.ts";
import { type Html, html, nothing } from "../../../pages/html.ts";
import { type FigureLine, figuresOf, monthsOf } from "./answers.ts";
import { trendChart } from "./charts.ts";
import { cellsIn, type Report, saidIn } from "./context.ts";
import { changeText, countText, nothingTold, percentText, shortMonth } from "./numbers.ts";
import { cell, type Row, tableHtml } from "./table.ts";

const nameOf = ({ figure, tier }: FigureLine, { language }: Report): string => {
  const { name } = figureWords[figure];
  return tier === undefined || tier === ""
    ? name[language]
    : `${name[language]}, ${saidIn(language)("tier")} ${tier}`;
};

const told = ({
  now,
}: FigureLine): { share: number | undefined; of: number | undefined; met: number | undefined } =>
  now === undefined || now.hidden
    ? { share: undefined, of: undefined, met: undefined }
    : { share: now.share ?? undefined, of: now.of, met: now.met ?? undefined };

const rowOf =
  (report: Report) =>
  (line: FigureLine): Row => {
    const { language } = report;
    const { share: shareCell, hidden, count } = cellsIn(language);
    const { share, of, met } = told(line);
    const before = line.shares.at(-2);
    const change =
      share === undefined || before === undefined ? nothingTold : changeText(before, share, language);
    const cells =
      line.now?.hidden === true ? [hidden, hidden, hidden] : [count(met), count(of), shareCell(share)];
    return { head: nameOf(line, report), cells: [...cells, shareCell(before), cell(change)] };
  };

const chartOf =
  (report: Report, months: readonly string[]) =>
  (line: FigureLine): Html => {
    const { language } = report;
    const said = saidIn(language);
    const name = nameOf(line, report);
    const { share } = told(line);
    const chart = trendChart(
      {
        id: `figure-${line.figure}${line.tier ?? ""}`.replace(/[^\w-]/g, "-"),
        title: `${name}: ${said("trendOf")}`,
        description: said("inTable"),
      },
      {
        shares: line.shares.map((one) => (one === undefined ? undefined : one / 100)),
        first: shortMonth(months[0] ?? "", language),
        last: shortMonth(months.at(-1) ?? "", language),
        percent: (one) => `${String(Math.round(one * 100))} %`,
      },
    );
    return html`<li><p>${name} <b>${share === undefined ? nothingTold : percentText(share, language)}</b></p>${chart}</li>`;
  };

const meaningOf = (line: FigureLine, { language }: Report): Html => {
  const { of, met, better, source } = figureWords[line.figure];
  const said = saidIn(language);
  const direction = said(better === "lower" ? "lowerIsBetter" : "higherIsBetter");
  return html`<li><strong>${figureWords[line.figure].name[language]}</strong>: ${met[language]}, ${said("metOf")} ${of[language]} (${direction}; ${source})</li>`;
};

/** The families' own figures, with what each is a share of. */
export const familiesHtml = (report: Report): Html => {
  const { answers, language } = report;
  const said = saidIn(language);
  const months = monthsOf(answers);
  const lines = figuresOf(answers);
  if (lines.length === 0) return nothing;
  const drawn = lines.filter(({ shares }) => shares.filter((share) => share !== undefined).length > 1);
  const meanings = [...new Map(lines.map((line) => [line.figure, line])).values()];
  return html`<section class="new"><h2>${said("families")}</h2>${tableHtml({
    caption: said("families"),
    corner: said("figure"),
    columns: [
      said("metCount"),
      said("metOf"),
      said("share").replace(/^.*$/, said("shareOfBreaches")),
      said("before"),
      said("change"),
    ],
    rows: lines.map(rowOf(report)),
  })}<ul class="many">${drawn.map(chartOf(report, months))}</ul><ul class="defs note">${meanings.map((line) => meaningOf(line, report))}</ul><p class="note">${said("hiddenNote", { fewest: countText(answers.month.fewest, language) })}</p></section>`;
};
