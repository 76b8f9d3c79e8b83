import { breachReasonIds, breachReasons } from "../../../../contracts/codes/indicator-words.ts";
import { type Html, html } from "../../../pages/html.ts";
import { totalOf } from "./answers.ts";
import { barChart } from "./charts.ts";
import { cellsIn, type Report, saidIn } from "./context.ts";
import { countText } from "./numbers.ts";
import { tableHtml } from "./table.ts";

type Counted = { name: string; count: number };

/** Most first. */
const countedOf = ({ answers, language }: Report): Counted[] => {
  const reasons = totalOf(answers.month)?.reasons ?? undefined;
  if (reasons === undefined) return [];
  return breachReasonIds
    .flatMap((id) =>
      reasons[id] === undefined || reasons[id] === 0
        ? []
        : [{ name: breachReasons[id][language], count: reasons[id] }],
    )
    .toSorted((a, b) => b.count - a.count);
};

const chartAndTable = (report: Report, counted: readonly Counted[]): Html => {
  const { language } = report;
  const said = saidIn(language);
  const all = counted.reduce((sum, { count }) => sum + count, 0);
  const { count, share } = cellsIn(language);
  const named = { id: "reasons", title: said("whyChart"), description: said("inTable") };
  const largest = Math.max(...counted.map((one) => one.count));
  const bars = counted.map((one) => ({
    label: one.name,
    share: one.count / largest,
    value: countText(one.count, language),
  }));
  return html`<figure>${barChart(named, bars, [
    [0, "0"],
    [1, countText(largest, language)],
  ])}</figure>${tableHtml({
    caption: said("whyChart"),
    corner: said("reason"),
    columns: [said("number"), said("shareOfBreaches")],
    rows: counted.map((one) => ({
      head: one.name,
      cells: [count(one.count), share((100 * one.count) / all)],
    })),
  })}`;
};

/** Why times were missed. */
export const breachesHtml = (report: Report): Html => {
  const said = saidIn(report.language);
  const counted = countedOf(report);
  const told = counted.length === 0 ? html`<p>${said("noReasons")}</p>` : chartAndTable(report, counted);
  return html`<section class="together"><h2>${said("why")}</h2>${told}</section>`;
};
