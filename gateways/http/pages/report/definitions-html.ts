import { type Html, html, nothing } from "../../../pages/html.ts";
import { say } from "../../../pages/words.ts";
import type { CountedAgreement } from "./answers.ts";
import { type Report, saidIn } from "./context.ts";
import { type Row, tableHtml } from "./table.ts";
import { definitions } from "./words.ts";

const sourceText = ({ source }: CountedAgreement): string =>
  [source.document, source.section, source.note].filter((part) => part !== undefined).join(", ");

const rowOf =
  ({ language }: Report) =>
  (agreement: CountedAgreement): Row => {
    const said = saidIn(language);
    const { id, version, name, basis } = agreement;
    return {
      head: `${name[language]} (${id}, ${said("version")} ${String(version)})`,
      cells: [html`<td>${sourceText(agreement)}</td>`, html`<td>${said(basis)}</td>`],
    };
  };

/** How it was counted, and where each agreement is written. */
export const definitionsHtml = (report: Report): Html => {
  const { answers, language } = report;
  const said = saidIn(language);
  const fewest = String(answers.month.fewest);
  const told = definitions.map(
    ([name, text]) =>
      html`<dt>${say(name, language)}</dt><dd>${say(text, language).replace("{fewest}", fewest)}</dd>`,
  );
  const { agreements } = answers.year;
  const sources =
    agreements.length === 0
      ? nothing
      : html`<h3>${said("sources")}</h3>${tableHtml({
          caption: said("sources"),
          corner: said("agreement"),
          columns: [said("sourceHead"), said("basisHead")],
          rows: agreements.map(rowOf(report)),
          kind: "texts",
        })}`;
  return html`<section class="new"><h2>${said("definitions")}</h2><dl>${told}</dl>${sources}</section>`;
};
