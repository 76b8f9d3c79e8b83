import type {
  CareAttachment,
  CareCommunication,
  CareText,
  Correspondent,
} from "../../../contracts/fhir/care-communication.ts";
import { type Html, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { linkHtml, sizeInWords } from "../../pages/value-html.ts";
import { briefOrganisation, codedHtml, phoneOf, practitionerHtml } from "./people-html.ts";
import { gridHtml, section } from "./section-html.ts";
import type { ShownMessage } from "./shown-message.ts";
import { codeHtml, linesOf, pairsHtml, type Showing, textHtml, timeHtml, writtenHtml } from "./value-html.ts";
import { word } from "./words.ts";

const correspondentHtml = (one: Correspondent | undefined, showing: Showing): Html => {
  if (one === undefined) return nothing;
  if (one.kind === "practitioner") return practitionerHtml(one, showing);
  const name = html`${textHtml(one.name, showing)} (${word("team", showing.language)})`;
  return joined([name, briefOrganisation(one.organisation, showing)], ", ");
};

const instantOf = (written: string): number => {
  const instant = Date.parse(written);
  return Number.isNaN(instant) ? Number.POSITIVE_INFINITY : instant;
};

/** By their times; what has none, and what has the same, in the message's order. */
const inTime = <T extends { readonly at: string }>(payloads: readonly T[]): readonly T[] =>
  payloads.toSorted((a, b) => {
    const [first, second] = [instantOf(a.at), instantOf(b.at)];
    return first === second ? 0 : first - second;
  });

const contactHtml = ({ contact }: Pick<CareText, "contact">, showing: Showing): Html => {
  if (contact === undefined) return nothing;
  if (contact.system === "phone") return phoneOf(contact.value);
  return html`${textHtml(contact.value, showing)} <small>${contact.system}</small>`;
};

const newChip = (id: string, added: ReadonlySet<string>, { language }: Showing): Html =>
  added.has(id) ? html`<span class="chip">${word("isNew", language)}</span>` : nothing;

/** A text with who wrote it, when, and where to ask; the newest ones are marked. */
const textBlock = (text: CareText, added: ReadonlySet<string>, showing: Showing): Html => {
  const author = briefOrganisation(text.author.organisation, showing);
  const assigner = briefOrganisation(text.assigner, showing);
  const assigned = assigner.html === author.html ? nothing : assigner;
  const signed = pairsHtml(
    [
      ["writtenBy", practitionerHtml(text.author, showing)],
      ["organisation", assigned],
      ["contact", contactHtml(text, showing)],
    ],
    showing,
  );
  const head = joined([timeHtml(text.at, showing), newChip(text.id, added, showing)], " ");
  const when = isNothing(head) ? nothing : html`<p class="dim">${head}</p>`;
  return html`<div class="clinical">${when}${writtenHtml(text.text, showing)}<div class="signed">${signed}</div></div>`;
};

/** Size of an attachment; one of an earlier message is repeated without its bytes. */
export const sizeHtml = (
  { sizeBytes, url }: { readonly sizeBytes?: number | undefined; readonly url?: string | undefined },
  { language }: Showing,
): Html => {
  if (sizeBytes !== undefined && Number.isFinite(sizeBytes))
    return html`<data value="${sizeBytes}">${sizeInWords(sizeBytes, language)}</data>`;
  return url === undefined ? html`${word("notIncluded", language)}` : nothing;
};

export const addressOf = (url: string | undefined): Html =>
  url === undefined ? nothing : (linkHtml(url) ?? html`${url}`);

const attachmentRow = (
  one: CareAttachment,
  added: ReadonlySet<string>,
  showing: Showing,
): readonly Html[] => [
  joined([textHtml(one.title, showing), newChip(one.id, added, showing)], " "),
  codeHtml("fileType", one.contentType, showing),
  sizeHtml(one, showing),
  timeHtml(one.at, showing),
  timeHtml(one.created, showing),
  linesOf([
    practitionerHtml(one.author, showing),
    briefOrganisation(one.assigner, showing),
    contactHtml(one, showing),
  ]),
  addressOf(one.url),
];

const aboutHtml = (message: CareCommunication, showing: Showing): Html => {
  const { encounter } = message;
  const episodes = encounter?.episodes ?? [];
  return pairsHtml(
    [
      ["category", codedHtml(message.category, showing)],
      ["topic", textHtml(message.topic, showing)],
      ["priority", codeHtml("priority", message.priority, showing)],
      ["stayClass", codedHtml(encounter?.class, showing)],
      ["status", codeHtml("encounterStatus", encounter?.status, showing)],
      ["department", briefOrganisation(encounter?.serviceProvider, showing)],
      [
        "episode",
        linesOf(
          episodes.map(
            ({ system, value }) =>
              html`${value}${system === undefined ? nothing : html` <small>${system}</small>`}`,
          ),
        ),
      ],
    ],
    showing,
  );
};

/** Of the payloads, and of those that the history tells of alone. */
const idsIn = ({ payloads, history }: CareCommunication): readonly string[] => [
  ...new Set([...payloads.map(({ id }) => id), ...history.flatMap(({ added }) => added)]),
];

const urgent: ReadonlySet<string> = new Set(["asap", "urgent", "stat"]);

/** A conversation: what it is about, every text in the order of time, and a list of the attachments. */
export const careHtml = (message: CareCommunication, showing: Showing): ShownMessage => {
  const added = new Set(message.history.length < 2 ? [] : (message.history.at(-1)?.added ?? []));
  const ordered = inTime(message.payloads);
  const texts = ordered.flatMap((one) => (one.kind === "text" ? [textBlock(one, added, showing)] : []));
  const attachments = ordered.flatMap((one) =>
    one.kind === "attachment" ? [attachmentRow(one, added, showing)] : [],
  );
  const columns = ["title", "fileType", "size", "time", "created", "addedBy", "address"] as const;
  const priority = codeHtml("priority", message.priority, showing);
  return {
    subject: joined([codedHtml(message.category, showing), textHtml(message.topic, showing)], ": "),
    important: urgent.has(message.priority ?? "") ? pairsHtml([["priority", priority]], showing) : nothing,
    specificSender: correspondentHtml(message.specificSender, showing),
    specificRecipient: correspondentHtml(message.specificRecipient, showing),
    sections: [
      section("messages", texts, showing),
      section(
        "attachments",
        gridHtml({ title: "attachments", columns, rows: attachments }, showing),
        showing,
      ),
      section("about", aboutHtml(message, showing), showing),
    ],
    technical: [
      ["thread", textHtml(message.threadId, showing)],
      ["payload", linesOf(idsIn(message).map((id) => html`${id}`))],
    ],
  };
};
