import {
  CloseBody,
  DeadLetter,
  SendAgainBody,
  SendAgainMany,
  SentAgainMany,
} from "../../../contracts/messages/dead-letters.ts";
import { CommandHeaders } from "../command-response.ts";
import type { RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";
import { documentTypes } from "./messages.ts";

const whose =
  "For whoever runs the hub, and for the document's own sender. To anybody else it does not exist.";

const show: RouteDescription = {
  id: "showDeadLetter",
  tag: "operation",
  summary: "One dead letter with all that is known of it / Vis et dokument, som noget gik galt med",
  detail: `Why, where in the document, whether its sender was told, and every step since. From the journal alone, so also while the index is away. ${whose}`,
  query: ActingQuery,
  answers: { 200: { text: "As it stands.", schema: DeadLetter } },
  problems: [403, 404, 503],
};

const original: RouteDescription = {
  id: "fetchDeadLetterOriginal",
  tag: "operation",
  summary: "The original bytes of a dead letter / Hent originalen",
  detail: `As it came, to mend it. ${whose}`,
  query: ActingQuery,
  answers: {
    200: {
      text: "The bytes as they came.",
      types: ["application/octet-stream"],
      shown: { "application/octet-stream": { file: "oioxml/xdis91-question.xml" } },
    },
  },
  problems: [403, 404, 503],
};

const question = { file: "oioxml/xdis91-question.xml" };

const sendAgain: RouteDescription = {
  id: "sendDeadLetterAgain",
  tag: "operation",
  summary: "Correct a dead letter and send it again / Ret og send igen",
  detail:
    "Of a document that came in: send the corrected one as the body, or nothing to have the same bytes read once more. It becomes a document of its " +
    "own; the original stays as it was. Of one that went out: nothing to send it once more to its receiver, or JSON with `to` for another " +
    `address, or another of its receiver's ways in. Who did it, when and why is recorded. ${whose}`,
  query: ActingQuery,
  headers: CommandHeaders,
  body: {
    types: ["application/json", ...documentTypes],
    schema: SendAgainBody,
    shown: {
      "application/xml": question,
      "text/xml": question,
      "application/fhir+xml": { file: "fhir/care-communication.xml" },
      "application/fhir+json": { file: "fhir/hospital-notification.json" },
    },
  },
  answers: { 200: { text: "The dead letter as it stands then.", schema: DeadLetter } },
  problems: [400, 403, 404, 409, 413, 415, 422, 503],
};

const close: RouteDescription = {
  id: "closeDeadLetter",
  tag: "operation",
  summary: "A dead letter has been seen to / Luk",
  detail: `Nothing more is done about it, and it can still be found. ${whose}`,
  query: ActingQuery,
  headers: CommandHeaders,
  body: { types: ["application/json"], schema: CloseBody },
  answers: { 200: { text: "The dead letter as it stands then.", schema: DeadLetter } },
  problems: [400, 403, 404, 413, 415, 422, 503],
};

const sendManyAgain: RouteDescription = {
  id: "sendDeadLettersAgain",
  tag: "operation",
  summary: "Send many dead letters again / Send mange igen",
  detail: `Each as it is, and each is answered on its own. ${whose}`,
  query: ActingQuery,
  headers: CommandHeaders,
  body: { types: ["application/json"], schema: SendAgainMany },
  answers: { 200: { text: "What came of each, in their order.", schema: SentAgainMany } },
  problems: [400, 403, 413, 415, 422, 503],
};

/** What the API description tells of dead letters. */
export const deadLettersDescribed = { show, original, sendAgain, close, sendManyAgain };
