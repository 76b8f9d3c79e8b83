import { medcomObservationSystem, medcomObservations } from "../../../contracts/codes/fhir-observations.ts";
import type {
  HomeCareMedia,
  HomeCareObservation,
  HomeCareResult,
} from "../../../contracts/fhir/home-care-observation.ts";
import { type Html, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { addressOf, sizeHtml } from "./care-html.ts";
import { briefOrganisation, codedHtml, practitionerHtml } from "./people-html.ts";
import { gridHtml, section } from "./section-html.ts";
import type { ShownMessage } from "./shown-message.ts";
import { codeHtml, linesOf, pairsHtml, type Showing, textHtml, timeHtml, writtenHtml } from "./value-html.ts";
import { word } from "./words.ts";

/** TOBS, the early-warning score of Danish municipalities (MedCom terminology 2.0.2, medcom-observation-codes). */
const tobsCode = "MCS88125";
const isScore = ({ code }: HomeCareResult): boolean =>
  code.system === medcomObservationSystem && code.code === tobsCode;
const tobs = medcomObservations.find(({ code }) => code === tobsCode);

type Measured = Extract<HomeCareResult["value"], { kind: "quantity" }>;

/** The unit, and its code and code system where those say more. A score counts points and has no unit to speak of. */
const unitHtml = ({ unit, system, code }: Measured, isPoints: boolean): Html => {
  const counted = unit ?? code;
  if (counted === undefined || (isPoints && counted === "1")) return nothing;
  const own = code === counted ? undefined : code;
  const foreign = system === "http://unitsofmeasure.org" ? undefined : system;
  const said = [own, foreign].filter((one) => one !== undefined);
  return said.length === 0 ? html` ${counted}` : html` ${counted} <small>${said.join(", ")}</small>`;
};

/** A number as it was written, with a decimal comma for Danish eyes, and its unit. */
const valueHtml = ({ value, code }: HomeCareResult, showing: Showing): Html => {
  if (value === undefined) return nothing;
  if (value.kind === "text") return textHtml(value.text, showing);
  const shown = showing.language === "da" ? value.value.replace(".", ",") : value.value;
  const number = html`<data value="${value.value}">${value.comparator}${shown}</data>`;
  return html`${number}${unitHtml(value, code.system === medcomObservationSystem)}`;
};

const codesHtml = ({ code, otherCodes }: HomeCareResult, { isWritten }: Showing): Html =>
  linesOf(
    [code, ...otherCodes].filter((one) => isWritten(one.code)).map((one) => html`<code>${one.code}</code>`),
  );

const stateHtml = ({ status, interpretation }: HomeCareResult, showing: Showing): Html =>
  linesOf([codeHtml("observationStatus", status, showing), codedHtml(interpretation, showing)]);

/** What is the same of every result, and so is told once: nearly always one person measures, and nobody interprets. */
interface Shared {
  readonly measurer: boolean;
  readonly state: Html | undefined;
}

const sharedOf = ({ report, results }: HomeCareObservation, showing: Showing): Shared => {
  const responsible = practitionerHtml(report.performer, showing).html;
  const states = results.map((result) => stateHtml(result, showing));
  const [first] = states;
  return {
    measurer: results.every(({ performer }) => practitionerHtml(performer, showing).html === responsible),
    state: states.every(({ html: state }) => state === first?.html) ? first : undefined,
  };
};

const resultRow = (result: HomeCareResult, shared: Shared, showing: Showing): readonly Html[] => [
  codedHtml(result.code, showing),
  valueHtml(result, showing),
  timeHtml(result.at, showing),
  shared.state === undefined ? stateHtml(result, showing) : nothing,
  result.note === undefined ? nothing : writtenHtml(result.note, showing),
  linesOf([
    shared.measurer ? nothing : practitionerHtml(result.performer, showing),
    briefOrganisation(result.performingOrganisation, showing),
  ]),
  codesHtml(result, showing),
];

const scoreHtml = (results: readonly HomeCareResult[], showing: Showing): Html => {
  const scores = results.filter(isScore).map((result) => {
    const range =
      tobs?.scale === undefined ? nothing : html` <small>(${tobs.scale.from}-${tobs.scale.to})</small>`;
    return html`<p class="subject">${word("score", showing.language)} ${valueHtml(result, showing)}${range}</p>`;
  });
  return joined(scores);
};

const mediaRow = (one: HomeCareMedia, showing: Showing): readonly Html[] => [
  textHtml(one.title, showing),
  codeHtml("fileType", one.contentType, showing),
  sizeHtml(one, showing),
  timeHtml(one.created, showing),
  textHtml(one.comment, showing),
  addressOf(one.url),
];

const reportHtml = ({ report }: HomeCareObservation, shared: Shared, showing: Showing): Html =>
  pairsHtml(
    [
      [shared.measurer ? "measuredBy" : "answers", practitionerHtml(report.performer, showing)],
      ["organisation", briefOrganisation(report.producer, showing)],
      ["issued", timeHtml(report.issued, showing)],
      ["results", shared.state ?? nothing],
    ],
    showing,
  );

const mediaGrid = ({ media }: HomeCareObservation, showing: Showing): Html => {
  const columns = ["title", "fileType", "size", "time", "note", "address"] as const;
  return gridHtml({ title: "pictures", columns, rows: media.map((one) => mediaRow(one, showing)) }, showing);
};

/** What an acute team measured: the score first, every measurement by its name, the team's own words, who answers for it. */
export const homeCareHtml = (message: HomeCareObservation, showing: Showing): ShownMessage => {
  const { report, results } = message;
  const refused = report.sharingRefused
    ? html`<p><strong>${word("sharingRefused", showing.language)}</strong></p>`
    : nothing;
  const score = scoreHtml(results, showing);
  const columns = ["measured", "value", "time", "interpretation", "note", "by", "code"] as const;
  const shared = sharedOf(message, showing);
  const rows = results.map((result) => resultRow(result, shared, showing));
  return {
    important: isNothing(refused) ? score : html`${refused}${score}`,
    sections: [
      section("measurements", gridHtml({ title: "measurements", columns, rows }, showing), showing),
      report.conclusion === undefined
        ? nothing
        : section("conclusion", writtenHtml(report.conclusion, showing), showing),
      section("pictures", mediaGrid(message, showing), showing),
      section("report", reportHtml(message, shared, showing), showing),
    ],
    technical: [["payload", linesOf(message.media.map(({ id }) => html`${id}`))]],
  };
};
