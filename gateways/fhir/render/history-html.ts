import type { HistoryStep } from "../../../contracts/fhir/parts.ts";
import { type Html, html, isNothing, nothing } from "../../pages/html.ts";
import { briefOrganisation } from "./people-html.ts";
import { gridHtml, section } from "./section-html.ts";
import { codeHtml, linesOf, type Showing, timeHtml } from "./value-html.ts";
import { word } from "./words.ts";

const earlierHtml = ({ earlier, removes }: HistoryStep, { language }: Showing): Html => {
  if (earlier === undefined) return nothing;
  const named = earlier.kind === "message" ? earlier.messageId : earlier.value;
  return html`${word(removes ? "removes" : "follows", language)} <code>${named}</code>`;
};

const whenHtml = ({ occurred, recorded }: HistoryStep, showing: Showing): Html => {
  const later = timeHtml(recorded, showing);
  const note = isNothing(later)
    ? nothing
    : html`<small>${word("recorded", showing.language)} ${later}</small>`;
  return linesOf([timeHtml(occurred, showing), note]);
};

const stepRow = (step: HistoryStep, showing: Showing): readonly Html[] => [
  whenHtml(step, showing),
  codeHtml("activity", step.activity, showing),
  briefOrganisation(step.by, showing),
  linesOf([
    step.messageId === "" ? nothing : html`<code>${step.messageId}</code>`,
    earlierHtml(step, showing),
  ]),
];

/** What was done with the message before it came, in the order of time, the message itself last. */
export const historyHtml = (history: readonly HistoryStep[], showing: Showing): Html => {
  const columns = ["time", "activity", "by", "message"] as const;
  const rows = history.map((step) => stepRow(step, showing));
  return section("history", gridHtml({ title: "history", columns, rows }, showing), showing);
};
