import { z } from "zod";
import {
  DeadLetterPage,
  DeadLetterSearch,
  deadLetterKeys,
  HopsPage,
  MessagePage,
  MessageSearch,
  MessageView,
  messageKeys,
} from "../../../contracts/messages/message-log.ts";
import { Instant } from "../../../contracts/time.ts";
import { auditEventOf } from "../eds/audit-event.ts";
import type { ContractExample } from "../ports.ts";
import type { RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";
import { PageQuery, yesNo } from "./list-answer.ts";

export const MessagesAddress = PageQuery.extend({ ...messageKeys, cursor: MessageSearch.shape.cursor });
export const DeadLettersAddress = z.object({
  ...ActingQuery.shape,
  ...deadLetterKeys,
  limit: PageQuery.shape.limit,
  cursor: DeadLetterSearch.shape.cursor,
});
export const ExportAddress = z.object({
  from: Instant.describe("Of the first hop."),
  to: Instant.describe("Hops from then on are left out."),
  patient: yesNo.optional().describe("With the citizen's number: EdsPatientDeliveryStatus."),
});

const page = { 200: { text: "A page.", schema: MessagePage } } as const;
const listDetail =
  "Every document and command that came in, and every document that goes out: of the caller and its units, whichever side they were on; " +
  "an operator sees everybody's. Any keys together: each that is given must fit. Newest first. Ids, codes and times alone. With a " +
  "filter a page may be short and still have a `next`.";

const shownEvents = (examples: readonly ContractExample[]): string | undefined => {
  const example = examples.find(({ file }) => file === "message-log/valid/hops-page.json");
  const found = HopsPage.safeParse(example?.message);
  if (!found.success) return undefined;
  const events = found.data.items.flatMap((hop) => auditEventOf(hop, () => undefined) ?? []);
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
};

export const messageLogDescribed = {
  list: {
    id: "listMessages",
    tag: "messages",
    summary: "The message log / Beskedloggen",
    detail: listDetail,
    query: MessagesAddress,
    answers: page,
    problems: [400, 403, 503],
  },
  search: {
    id: "searchMessages",
    tag: "messages",
    summary: "The same by the citizen too / Søg i beskedloggen, også på borger",
    detail: `The CPR number is in the body: an address ends up in logs. ${listDetail}`,
    query: ActingQuery,
    body: { types: ["application/json"], schema: MessageSearch },
    answers: page,
    problems: [400, 403, 413, 415, 503],
  },
  show: {
    id: "showMessage",
    tag: "messages",
    summary: "One message and its way / En besked og dens vej",
    detail:
      "By its id, or by that of the document in INTAKE that it came in. Each hop with the station, subtype and outcome of EHMI's delivery " +
      "status (EDS): EUA is the receiver's system, AP-MSH the hub. What others call it, and its envelopes.",
    query: ActingQuery,
    answers: { 200: { text: "To anybody but its parties it does not exist.", schema: MessageView } },
    problems: [403, 404, 503],
  },
  export: {
    id: "exportMessages",
    tag: "messages",
    summary: "Every hop as an AuditEvent of EHMI's delivery status / Udtræk til EDS",
    detail:
      "One FHIR AuditEvent a line (EdsBasicDeliveryStatus; with `patient=true` EdsPatientDeliveryStatus), of every hop that was noted in a span " +
      "of time, read from the journal as it is sent. The same hop has the same id in every export. An answer that was cut short does not " +
      "end as it should.",
    query: ExportAddress,
    answers: {
      200: {
        text: "Stream by stream, in the order of each.",
        types: ["application/fhir+ndjson"],
        shown: { "application/fhir+ndjson": { made: shownEvents } },
      },
    },
    problems: [400, 403, 503],
  },
  deadLetters: {
    id: "listDeadLetters",
    tag: "messages",
    summary: "What went wrong and is not seen to / Det, der gik galt",
    detail:
      "Documents that were refused, could not be read, or that the hub broke on; and documents that their receiver would not take or that nobody " +
      "knows of whether they arrived. Of what the caller and its units sent; an operator sees all. Newest first. Closed ones and those that " +
      "were sent again by `state`.",
    query: DeadLettersAddress,
    answers: { 200: { text: "A page.", schema: DeadLetterPage } },
    problems: [400, 403, 503],
  },
} as const satisfies Readonly<Record<string, RouteDescription>>;
