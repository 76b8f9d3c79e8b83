import { localTimeOf } from "../../../../contracts/danish-time.ts";
import { dateInWords } from "../../../pages/danish-date.ts";
import { type Html, html } from "../../../pages/html.ts";
import { styledPage } from "../../../pages/page.ts";
import { say } from "../../../pages/words.ts";
import { agreementChart, byAgreementHtml, trendHtml } from "./agreements.ts";
import { isEmptyMonth } from "./answers.ts";
import { breachesHtml } from "./breaches.ts";
import { type Report, saidIn } from "./context.ts";
import { definitionsHtml } from "./definitions-html.ts";
import { familiesHtml } from "./families.ts";
import { monthText } from "./numbers.ts";
import { partiesHtml } from "./parties.ts";
import { reportStyle } from "./style.ts";
import { summaryHtml } from "./summary.ts";
import { timesChart, timesTable } from "./times.ts";
import { emptyWords } from "./words.ts";

const headHtml = ({ answers, language, about }: Report): Html => {
  const said = saidIn(language);
  const { asOf, to } = answers.month;
  const [date = "", time] = localTimeOf(asOf).split("T");
  const whose =
    about === undefined
      ? html`<p>${said("forAll")}</p>`
      : html`<p>${said("forOne")} <strong>${about}</strong></p>`;
  return html`<header><p class="kicker">${said("monthly")} · ${monthText(to, language)}</p><h1>${said("title")}</h1>${whose}<p class="dim">${said("asOf")} ${dateInWords(date, time, language)}.</p></header>`;
};

const emptyHtml = (report: Report): Html => {
  const text = emptyWords.map((words) => say(words, report.language)).join(" ");
  return html`<section><h2>${saidIn(report.language)("emptyTitle")}</h2><p>${text}</p></section>${definitionsHtml(report)}`;
};

const bodyHtml = (report: Report): Html =>
  html`${summaryHtml(report)}${agreementChart(report)}${byAgreementHtml(report)}${breachesHtml(report)}${familiesHtml(report)}${timesChart(report)}${trendHtml(report)}${timesTable(report)}${partiesHtml(report)}${definitionsHtml(report)}`;

/**
 * The monthly report as one page of HTML: to be read, and printed on A4. Whole and self-contained: no script, nothing is fetched, and
 * whatever stands in the answers is escaped.
 */
export const reportPage = (report: Report): string => {
  const { language, answers } = report;
  const said = saidIn(language);
  const month = answers.month.to;
  const title = `${said("monthly")}: ${said("title")}, ${monthText(month, language)}`;
  const body = html`${headHtml(report)}${isEmptyMonth(answers) ? emptyHtml(report) : bodyHtml(report)}`;
  return styledPage(title, body, { language, style: reportStyle(month, language) });
};
export type { Report } from "./context.ts";
