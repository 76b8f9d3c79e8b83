import type { DocumentLimits } from "../../../contracts/codes/document-limits.ts";
import type { FhirMessage, FhirMessageKind } from "../../../contracts/fhir/fhir-message.ts";
import { type Html, heading, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { pageOf } from "../../pages/page.ts";
import type { Language } from "../../pages/words.ts";
import { danishTextOf } from "../../tables/problem-texts.ts";
import { type FhirProblem, readingProblem } from "../codec/model/fhir-problem.ts";
import { isElement, valuesOf } from "../codec/model/navigate.ts";
import type { FhirFormat } from "../codec/model/read-fhir.ts";
import type { FhirElement, FhirResource } from "../codec/model/resource.ts";
import { checkMessage } from "../codec/rules/check-message.ts";
import { type TypedMessage, typedMessage } from "../codec/typed-message.ts";
import type { Around } from "../message-in-envelope.ts";
import { type ParsedMessage, parseMessage } from "../parse-message.ts";
import { answerHtml } from "./answer-html.ts";
import { careHtml } from "./care-html.ts";
import { wordsIn } from "./code-words.ts";
import { envelopeHtml, envelopeReceiptHtml } from "./envelope-html.ts";
import { historyHtml } from "./history-html.ts";
import { homeCareHtml } from "./home-care-html.ts";
import { hospitalHtml } from "./hospital-html.ts";
import { partyCard, patientHtml, wholeOrganisation } from "./people-html.ts";
import { narrativeHtml, problemsHtml, restHtml, wholeHtml } from "./rest-html.ts";
import { section } from "./section-html.ts";
import type { ShownMessage } from "./shown-message.ts";
import { pairsHtml, type Showing, timeHtml } from "./value-html.ts";
import { word } from "./words.ts";

const events: Readonly<Record<FhirMessageKind, string>> = {
  Acknowledgement: "acknowledgement-message",
  CareCommunication: "care-communication-message",
  HomeCareObservation: "homecareobservation-message",
  HospitalNotification: "hospital-notification-message",
};

/** What is shown of a document: its bundle, or what was right of it, as a message of a type that is known or of none. */
interface Shown {
  readonly isTaken: boolean;
  readonly bundle: FhirResource | undefined;
  readonly type: FhirMessageKind | undefined;
  readonly version: string | undefined;
  readonly format: FhirFormat | undefined;
  /** What it came in, if in anything. */
  readonly around: Around | undefined;
}

/** A document that was not read to its end may show itself to be a message all the same. */
const shownOf = (parsed: ParsedMessage): Shown => {
  const { bundle, format, around } = parsed;
  if (parsed.kind !== "unreadable") {
    const { type, version } = parsed;
    return { isTaken: parsed.kind === "message", bundle, type, version, format, around };
  }
  const found = bundle?.resourceType === "Bundle" ? checkMessage(bundle) : undefined;
  return { isTaken: false, bundle, type: found?.kind, version: found?.version, format, around };
};

/** The title names the type and never the patient. */
const titleOf = ({ type, bundle, around }: Shown, { language }: Showing): string => {
  if (around?.is === "receipt") return word("envelopeReceipt", language);
  if (bundle === undefined) return word("unreadable", language);
  if (type === undefined) return word("unknownMessage", language);
  return (wordsIn("event", events[type], language) ?? type).replace(/ Message$/, "");
};

const shownBy = (message: FhirMessage, showing: Showing): ShownMessage => {
  switch (message.kind) {
    case "Acknowledgement":
      return answerHtml(message, showing);
    case "CareCommunication":
      return careHtml(message, showing);
    case "HomeCareObservation":
      return homeCareHtml(message, showing);
    case "HospitalNotification":
      return hospitalHtml(message, showing);
  }
};

/** That the last step corrects, or takes back, what was told before. */
const statusHtml = ({ history }: FhirMessage, { language }: Showing): Html => {
  const activity = history.at(-1)?.activity ?? "";
  if (/^(revise-|modified-)/.test(activity))
    return html`<p class="status corrected">${word("corrected", language)}</p>`;
  if (/^(cancel-|retract-)/.test(activity))
    return html`<p class="status cancelled">${word("cancelled", language)}</p>`;
  return nothing;
};

const bannerHtml = ({ isTaken }: Shown, { language }: Showing): Html =>
  isTaken
    ? nothing
    : html`<div class="status refused" role="note"><p><strong>${word("refused", language)}.</strong> ${word("refusedNote", language)} <a href="#problems">${word("seeProblems", language)}</a></p></div>`;

const partiesHtml = (message: FhirMessage, own: ShownMessage, showing: Showing): Html => {
  const side = (name: "sender" | "receiver"): Html => {
    const isSender = name === "sender";
    const person = pairsHtml(
      [
        isSender
          ? ["specificSender", own.specificSender ?? nothing]
          : ["specificRecipient", own.specificRecipient ?? nothing],
      ],
      showing,
    );
    return partyCard(
      word(name, showing.language),
      3,
      html`${wholeOrganisation(message[name], showing)}${person}`,
    );
  };
  return section("parties", html`<div class="cards">${side("sender")}${side("receiver")}</div>`, showing);
};

const technicalHtml = (
  { version = "", format }: Shown,
  { message, own }: { message: FhirMessage; own: ShownMessage },
  showing: Showing,
): Html => {
  const code = (text: string): Html => (text === "" ? nothing : html`<code>${text}</code>`);
  const told = pairsHtml(
    [
      ["type", html`${message.kind} ${version}`],
      ["format", html`FHIR ${format?.toUpperCase()}`],
      ["message", code(message.messageId)],
      ["bundle", code(message.bundleId)],
      ...(own.technical ?? []),
    ],
    showing,
  );
  return html`<details><summary>${word("technical", showing.language)}</summary>${told}</details>`;
};

const headerHtml = (
  shown: Shown,
  { message, own }: { message: FhirMessage; own: ShownMessage },
  showing: Showing,
): Html => {
  const { subject: about = nothing } = own;
  const subject = isNothing(about) ? nothing : html`<p class="subject">${about}</p>`;
  const created = timeHtml(message.created, showing);
  const sent = isNothing(created)
    ? nothing
    : html`<p class="dim">${word("sent", showing.language)} ${created}</p>`;
  return html`<header>${heading(titleOf(shown, showing), 1)}${subject}${sent}${statusHtml(message, showing)}${bannerHtml(shown, showing)}</header>`;
};

const messageHtml = (
  shown: Shown,
  { bundle, message, notRead }: Pick<TypedMessage, "message" | "notRead"> & { bundle: FhirResource },
  judged: Showing,
): Html => {
  const showing = { ...judged, parties: [message.sender, message.receiver] };
  const own = shownBy(message, showing);
  const { first = nothing, important = nothing } = own;
  const patient =
    "patient" in message ? section("patient", patientHtml(message.patient, showing), showing) : nothing;
  const body = joined([
    first,
    patient,
    section("important", important, showing),
    partiesHtml(message, own, showing),
    ...own.sections,
    historyHtml(message.history, showing),
    restHtml(notRead, bundle, showing),
  ]);
  const header = headerHtml(shown, { message, own }, showing);
  const whole = shown.isTaken ? nothing : wholeHtml(bundle, false, showing);
  const envelope = envelopeHtml(shown.around, showing.language);
  return html`<article>${header}${body}${technicalHtml(shown, { message, own }, showing)}${envelope}${narrativeHtml(bundle, showing)}${whole}</article>`;
};

/** No message that is known: all of it as it is written, as far as it was read. */
const unknownHtml = (shown: Shown, showing: Showing): Html => {
  const header = html`<header>${heading(titleOf(shown, showing), 1)}${bannerHtml(shown, showing)}</header>`;
  const whole = shown.bundle === undefined ? nothing : wholeHtml(shown.bundle, true, showing);
  return html`<article>${header}${whole}</article>`;
};

const textsIn = (element: FhirElement, texts: Set<string>): Set<string> => {
  for (const stands of Object.values(element))
    for (const value of valuesOf(stands)) {
      if (typeof value === "string") texts.add(value);
      else if (isElement(value)) textsIn(value, texts);
    }
  return texts;
};

/** In a message that keeps every rule, whatever a reader gives stands in it. */
const showingOf = ({ isTaken, bundle }: Shown, language: Language): Showing => {
  if (isTaken || bundle === undefined) return { language, isWritten: () => true, parties: [] };
  const texts = textsIn(bundle, new Set());
  return { language, isWritten: (text) => texts.has(text), parties: [] };
};

const bodyOf = (parsed: ParsedMessage, shown: Shown, showing: Showing): Html => {
  const { bundle, type, around } = shown;
  if (around?.is === "receipt") return envelopeReceiptHtml(around, showing.language);
  if (bundle === undefined || type === undefined) return unknownHtml(shown, showing);
  const { message, notRead } = parsed.kind === "message" ? parsed : typedMessage(type, bundle);
  return messageHtml(shown, { bundle, message, notRead }, showing);
};

/** What is worth a look of what the message came in. */
const envelopeWarnings = ({ around }: ParsedMessage): FhirProblem[] =>
  around === undefined || !("warnings" in around)
    ? []
    : around.warnings.map(({ path, code, severity, message }) => ({
        ...{ path, code, severity },
        text: { da: danishTextOf(code) ?? message, en: message },
      }));

/** The page of a message that was read and judged, or of one of which nothing was read, and why. */
const renderParsed = (parsed: ParsedMessage, language: Language): string => {
  const shown = shownOf(parsed);
  const showing = showingOf(shown, language);
  const footer = html`<footer><p>${word("readOnly", language)}</p></footer>`;
  const body = html`${bodyOf(parsed, shown, showing)}${problemsHtml([...parsed.problems, ...envelopeWarnings(parsed)], showing)}${footer}`;
  return pageOf(titleOf(shown, showing), body, language);
};

/**
 * A FHIR message in XML or JSON as a page for people: whole, self-contained HTML, in which no markup of the sender's stands. Total: a
 * message that breaks a rule, or cannot be read, becomes a page that says so and shows what could be read.
 */
export const renderMessage = (bytes: Uint8Array, language: Language, limits?: DocumentLimits): string =>
  renderParsed(parseMessage(bytes, limits), language);

/** The page of a message that would cost too much to show. */
export const renderUnread = (language: Language): string => {
  const problems = [readingProblem("document-too-costly", "Bundle")];
  return renderParsed({ kind: "unreadable", format: undefined, bundle: undefined, problems }, language);
};
