import { formOf } from "../../../contracts/codes/fhir-hospital-codes.ts";
import { actCodeSystem } from "../../../contracts/codes/fhir-hospital-notification.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import { html, nothing } from "../../pages/html.ts";
import { inWords } from "../../pages/value-html.ts";
import { wordsIn } from "./code-words.ts";
import { briefOrganisation, codedHtml } from "./people-html.ts";
import { section } from "./section-html.ts";
import type { ShownMessage } from "./shown-message.ts";
import { codeHtml, linesOf, pairsHtml, type Showing, timeHtml } from "./value-html.ts";
import { word } from "./words.ts";

/** MedCom's code of what is told, e.g. `Start sygehusophold - indlagt (STIN)`. */
const eventHtml = (message: HospitalNotification, { language }: Showing) => {
  const form = formOf(message);
  if (form === undefined) return nothing;
  const english = wordsIn("activity", message.history.at(-1)?.activity ?? "", "en");
  // Death and its taking back have the activity of another event.
  const words = language === "da" || form.activity === undefined ? form.da : (english ?? form.da);
  return inWords(form.code, `${words} (${form.code})`);
};

const reportHtml = ({ admissionReport }: HospitalNotification, { language }: Showing) =>
  admissionReport?.wanted === undefined
    ? nothing
    : html`${word(admissionReport.wanted ? "wanted" : "notWanted", language)}`;

/** A stay's event: what happened, where, and from when to when. */
export const hospitalHtml = (message: HospitalNotification, showing: Showing): ShownMessage => {
  const { stay } = message;
  const { leave } = stay;
  const episodes = stay.episodes.map(({ system, value }) => html`${value} <small>${system}</small>`);
  const told = pairsHtml(
    [
      ["event", eventHtml(message, showing)],
      ["department", briefOrganisation(stay.serviceProvider, showing)],
      ["start", timeHtml(stay.start, showing)],
      ["end", timeHtml(stay.end, showing)],
      ["leaveStart", timeHtml(leave?.start, showing)],
      ["leaveEnd", timeHtml(leave?.end, showing)],
      ["stayClass", codedHtml({ system: actCodeSystem, code: stay.class }, showing)],
      ["status", codeHtml("encounterStatus", stay.status, showing)],
      ["admissionReport", reportHtml(message, showing)],
      ["reportRecipient", briefOrganisation(message.admissionReport?.recipient, showing)],
      ["episode", linesOf(episodes)],
    ],
    showing,
  );
  return {
    subject: eventHtml(message, showing),
    sections: [section("stay", told, showing)],
  };
};
