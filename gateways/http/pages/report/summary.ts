import { type Html, html, nothing } from "../../../pages/html.ts";
import {
  type AgreementLine,
  beforeOf,
  type Headline,
  headlineOf,
  linesOf,
  meetsTarget,
  totalOf,
} from "./answers.ts";
import { type Report, saidIn } from "./context.ts";
import { changeText, countText, nothingTold, percentText } from "./numbers.ts";

type Tile = { name: string; value: string; about: readonly string[] };

const tileHtml = ({ name, value, about }: Tile): Html =>
  html`<li><span>${name}</span><b>${value}</b>${about.map((line) => html`<span>${line}</span>`)}</li>`;

const inTimeTile = ({ language }: Report, headline: Headline | undefined): Tile => {
  const said = saidIn(language);
  if (headline === undefined) return { name: said("inTime"), value: nothingTold, about: [] };
  const { share, before, decided, withoutReceipts } = headline;
  const of = `${said("metOf")} ${countText(decided, language)} ${said(withoutReceipts ? "decidedWithout" : "decidedOf")}`;
  const change =
    share === undefined || before === undefined
      ? []
      : [`${changeText(before, share, language)} ${said("comparedWith")}`];
  const value = share === undefined ? nothingTold : percentText(share, language);
  return { name: said("inTime"), value, about: [of, ...change] };
};

const targetTile = (lines: readonly AgreementLine[], { language }: Report): Tile => {
  const said = saidIn(language);
  const judged = lines.map(meetsTarget).filter((met) => met !== undefined);
  return {
    name: said("below"),
    value: judged.length === 0 ? nothingTold : String(judged.filter((met) => !met).length),
    about: [`${said("metOf")} ${String(judged.length)} ${said("withTarget")}`],
  };
};

const tilesOf = (report: Report, lines: readonly AgreementLine[]): Tile[] => {
  const { answers, language } = report;
  const said = saidIn(language);
  const headline = headlineOf(answers);
  const paused = totalOf(answers.month)?.pausedShare ?? undefined;
  const count = (value: number | null | undefined): string =>
    value === null || value === undefined ? nothingTold : countText(value, language);
  return [
    inTimeTile(report, headline),
    {
      name: said("breaches"),
      value: count(headline?.breached),
      about: [
        `${said("stillOwed")}: ${count(headline?.openLate)}`,
        `${count(headline?.clocks)} ${said("clocks")}`,
      ],
    },
    targetTile(lines, report),
    {
      name: said("paused"),
      value: paused === undefined ? nothingTold : percentText(paused, language),
      about: [said("pausedOf")],
    },
  ];
};

/** What was missed more often than this is worth a look also where no target was agreed on. */
const worthALook = 90;
const most = 4;

const shareOf = ({ now }: AgreementLine): number => now?.shareInTime ?? 100;
const isWorth = (line: AgreementLine): boolean =>
  meetsTarget(line) === false || (line.agreement.targetShare === undefined && shareOf(line) < worthALook);

const lookLine = (line: AgreementLine, { language }: Report): Html => {
  const said = saidIn(language);
  const { agreement, now } = line;
  const target =
    agreement.targetShare === undefined
      ? ""
      : `, ${said("target").toLowerCase()} ${percentText(agreement.targetShare, language)}`;
  const before = beforeOf(line);
  const change =
    before === undefined ? "" : `; ${changeText(before, shareOf(line), language)} ${said("comparedWith")}`;
  const missed =
    now?.breached === null || now === undefined
      ? ""
      : `; ${said("breaches").toLowerCase()}: ${countText(now.breached, language)}`;
  return html`<li><strong>${agreement.name[language]}</strong>: ${percentText(shareOf(line), language)} ${said(
    "inTime",
  )
    .toLowerCase()
    .replace(/^svar |^answers /, "")}${target}${change}${missed}</li>`;
};

const lookHtml = (report: Report, lines: readonly AgreementLine[]): Html => {
  const said = saidIn(report.language);
  const worth = lines.filter(isWorth).toSorted((a, b) => shareOf(a) - shareOf(b));
  const told =
    worth.length === 0
      ? html`<p>${said("nothingBelow")}</p>`
      : html`<ul>${worth.slice(0, most).map((line) => lookLine(line, report))}</ul>`;
  return html`<div class="look"><h3>${said("lookAt")}</h3>${told}</div>`;
};

/** The front: four figures, and what is worth talking about. */
export const summaryHtml = (report: Report): Html => {
  const lines = linesOf(report.answers);
  const said = saidIn(report.language);
  return html`<h2 class="hidden">${said("important")}</h2><ul class="tiles">${tilesOf(report, lines).map(tileHtml)}</ul>${lines.length === 0 ? nothing : lookHtml(report, lines)}`;
};
