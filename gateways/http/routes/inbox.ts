import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CommandAnswer, JsonDelivery, OutcomeAnswer } from "../../../contracts/answers.ts";
import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { caseOfDelivery } from "../../../contracts/derived-ids.ts";
import { jsonDelivery } from "../../../contracts/json-delivery.ts";
import { SettleDelivery } from "../../../contracts/messages/delivery.ts";
import type { Sending } from "../../../contracts/messages/document.ts";
import { InboxPage, WorklistQueries } from "../../../contracts/messages/worklist.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { traceparentHeader } from "../../../contracts/traceparent.ts";
import { passedOnBy } from "../audit-reads.ts";
import { actingAs } from "../caller.ts";
import { CommandHeaders, commandIdOf, envelopeOf, sendCommandReply } from "../command-response.ts";
import { makePage, pageShown, sendPage, ViewQuery, wantsPage } from "../page-response.ts";
import type { HttpPorts } from "../ports.ts";
import { knownCode, sendProblem } from "../problem-response.ts";
import { DeliveryInRecord, type Queried, readQuery } from "../query-answer.ts";
import { pathText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";
import { PageQuery } from "./list-answer.ts";
import { acceptedAnswer, refusedAnswer, submitDocument, xmlTypes } from "./messages.ts";

const InboxQuery = WorklistQueries["worklist.inbox"]
  .omit({ gln: true })
  .extend({ ...PageQuery.shape, limit: z.coerce.number().int().min(1).max(500).default(100) });

const Settlement = SettleDelivery.omit({ deliveryId: true });

type Owed = Extract<DeliveryChange, { change: "owed" }>;
type Found = {
  record: CaseRecord;
  owed: Owed;
  viewer: string;
  sending: Sending | undefined;
  traceparent: string | undefined;
};

/** The delivery as its own receiver may see it. To anyone else it does not exist, whatever the query said. */
const findDelivery = async (
  ports: HttpPorts,
  request: FastifyRequest,
  viewer: string,
): Promise<Queried<Found>> => {
  const deliveryId = pathText(request, "deliveryId");
  if (caseOfDelivery(deliveryId) === undefined) return { missing: "delivery-unknown" };
  const reply = await ports.query("worklist.delivery", viewer, { gln: viewer, deliveryId });
  const answer = readQuery(reply, DeliveryInRecord);
  if ("missing" in answer)
    return answer.missing === "case-unknown" ? { missing: "delivery-unknown" } : answer;
  const { record, sending, basis, traceparent } = answer.found;
  if (basis !== undefined) passedOnBy(request, basis.code);
  const owed = record.deliveries.find((d) => d.change === "owed" && d.deliveryId === deliveryId);
  if (owed?.change !== "owed" || owed.to !== viewer) return { missing: "delivery-unknown" };
  return { found: { record, owed, viewer, sending, traceparent } };
};

type FetchedDocument = { mediaType: string; body: Uint8Array | JsonDelivery };

const documentOf = async (ports: HttpPorts, found: Found): Promise<FetchedDocument> => {
  const { record, owed, sending } = found;
  if (owed.standard === "json") return { mediaType: "application/json", body: jsonDelivery(found) };
  const { mediaType, bytes } = await ports.print(owed.standard, {
    record,
    deliveryId: owed.deliveryId,
    ...(sending === undefined ? {} : { sending }),
  });
  return { mediaType, body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
};

/** The document as a page for people, when that is asked for. What is told in JSON is read by programs and has none. */
const pageFor = async (
  ports: HttpPorts,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { owed, document, view }: { owed: Owed; document: FetchedDocument; view: ViewQuery },
): Promise<Uint8Array | undefined> => {
  const { mediaType, body } = document;
  if (owed.standard === "json" || !(body instanceof Uint8Array)) return undefined;
  return wantsPage(request, reply, { ...view, otherwise: mediaType })
    ? makePage(ports, request, { standard: owed.standard, bytes: body })
    : undefined;
};

/** Each sending is fetched on its own: from then on its receipt is awaited. */
const fetchedId = (deliveryId: string, sending: Sending | undefined): string =>
  sending === undefined || sending.no === 1
    ? `fetched:${deliveryId}`
    : `fetched:${deliveryId}:${String(sending.no)}`;

/** Handed over only once it is on disk that it was fetched: nobody reads a patient's document without a trace. */
const fetchDelivery =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const answer = await findDelivery(ports, request, viewer);
    if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
    const view = ViewQuery.safeParse(request.query);
    if (!view.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(view.error) });
    const { owed, record, sending, traceparent } = answer.found;
    const document = await documentOf(ports, answer.found);
    const page = await pageFor(ports, { request, reply }, { owed, document, view: view.data });
    const { deliveryId } = owed;
    const order = {
      id: fetchedId(deliveryId, sending),
      type: "delivery.markFetched",
      sender: viewer,
      payload: { deliveryId },
    };
    const marked = await ports.command(envelopeOf(ports, request, order));
    // Refused or ignored is no hindrance: a document already settled may be read again.
    if (marked.status === "failed")
      return sendProblem(request, reply, {
        code: knownCode(marked.code, "internal-error"),
        asked: "command",
      });
    reply.header("sektorbro-case", record.caseId);
    if (traceparent !== undefined) reply.header(traceparentHeader, traceparent);
    if (page !== undefined) return sendPage(request, reply, page);
    return reply.type(document.mediaType).send(document.body);
  };

const listInbox =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const parsed = InboxQuery.safeParse(request.query);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { for: _for, ...page } = parsed.data;
    const payload = { gln: viewer, ...page };
    const answer = readQuery(await ports.query("worklist.inbox", viewer, payload), InboxPage);
    if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
    return reply.send(answer.found);
  };

const settle = async (
  ports: HttpPorts,
  exchange: { request: FastifyRequest; reply: FastifyReply },
  sender: string,
): Promise<FastifyReply> => {
  const { request, reply } = exchange;
  const deliveryId = pathText(request, "deliveryId");
  if (caseOfDelivery(deliveryId) === undefined)
    return sendProblem(request, reply, { code: "delivery-unknown" });
  const parsed = Settlement.safeParse(request.body);
  const id = commandIdOf(request, sender, `receipt:${deliveryId}`);
  if (!parsed.success || typeof id === "object") {
    const inBody = parsed.success ? [] : problemsOf(parsed.error);
    const problems = [...inBody, ...(typeof id === "object" ? [id] : [])];
    return sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });
  }
  const order = { id, type: "delivery.settle", sender, payload: { deliveryId, ...parsed.data } };
  const outcome = await ports.command(envelopeOf(ports, request, order));
  return sendCommandReply(request, reply, { outcome, opens: "nothing" });
};

/** JSON settles the delivery; a standard's own receipt is a document like any other, once the delivery is the caller's. */
const giveReceipt =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const sender = actingAs(ports, request);
    if (sender === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    if (!Buffer.isBuffer(request.body)) return await settle(ports, { request, reply }, sender);
    const answer = await findDelivery(ports, request, sender);
    if ("missing" in answer) return sendProblem(request, reply, { code: answer.missing });
    return await submitDocument(ports, request, reply);
  };

const listInboxDescription: RouteDescription = {
  id: "listInbox",
  tag: "inbox",
  summary: "What waits for the caller / Indbakken",
  detail:
    "Ids and times only. `open` is what no receipt has been given for; give `next` as `cursor` for more. With `after` the " +
    "list holds your own writes.",
  query: InboxQuery,
  answers: { 200: { text: "A page, oldest first.", schema: InboxPage } },
  problems: [400, 403, 503],
};

const fetchDeliveryDescription: RouteDescription = {
  id: "fetchDelivery",
  tag: "inbox",
  summary: "Fetch a document in the receiver's own standard / Hent et dokument",
  detail:
    "Fetching is recorded, and may be done again. Header of the answer: sektorbro-case. With `accept: text/html`, or " +
    "`view=page`, a MedCom document, OIOXML or FHIR, comes as a page for people to read, in the language of `accept-language`; to read it " +
    "so is to fetch it. Typed JSON has no page.",
  query: ActingQuery.extend(ViewQuery.shape),
  answers: {
    200: {
      text: "The document.",
      schema: JsonDelivery,
      types: [
        "application/xml",
        "application/fhir+xml",
        "application/fhir+json",
        "application/json",
        "text/html",
      ],
      shown: {
        "application/xml": { file: "answers/fetch-delivery.xml" },
        "application/fhir+xml": { file: "fhir/care-communication.xml" },
        "application/fhir+json": { file: "fhir/hospital-notification.json" },
        "text/html": pageShown,
      },
    },
  },
  problems: [400, 403, 404, 503],
};

const receipt = { file: "answers/receipt-of-receiver.xml" };

const giveReceiptDescription: RouteDescription = {
  id: "giveReceipt",
  tag: "inbox",
  summary: "Tell what became of a document / Kvittér",
  detail:
    "JSON, or the standard's own receipt as XML, which is answered as at /v1/messages. `read` with a positive one tells that a person " +
    "has read it, also after a receipt: some agreements are kept by that alone.",
  query: ActingQuery,
  headers: CommandHeaders,
  body: {
    types: ["application/json", ...xmlTypes],
    schema: Settlement,
    example: "SettleDelivery",
    shown: { "application/xml": receipt, "text/xml": receipt },
  },
  answers: {
    200: { text: "On disk, or there before.", schema: z.union([CommandAnswer, OutcomeAnswer]) },
    201: {
      ...acceptedAnswer,
      text: "A receipt document was taken in: no body, or JSON where `accept` prefers it.",
    },
    422: refusedAnswer,
  },
  problems: [400, 403, 404, 409, 413, 415, 503],
};

export const inboxRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/inbox",
    access: "caller",
    reads: "json",
    describe: listInboxDescription,
    handle: listInbox(ports),
  },
  {
    method: "GET",
    path: "/v1/inbox/:deliveryId",
    access: "caller",
    reads: "json",
    describe: fetchDeliveryDescription,
    handle: fetchDelivery(ports),
  },
  {
    method: "POST",
    path: "/v1/inbox/:deliveryId/receipt",
    access: "caller",
    reads: "json",
    takes: "command",
    describe: giveReceiptDescription,
    handle: giveReceipt(ports),
  },
];
