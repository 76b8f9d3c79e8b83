import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { type InFormat, look } from "../documents/look.ts";
import type { Heard } from "./judge.ts";
import type { Shown } from "./shown.ts";

/**
 * Stands before the hub: the partner's system calls it as if it were the hub. The inbox is the conversation's; everything else is the
 * hub's own, with the partner's own token, and what goes by is heard.
 */
export type Line = {
  /** Resolves when the partner's system calls for the first time. */
  called: Promise<void>;
  url: string;
  show: (shown: Shown) => void;
  heard: () => readonly Heard[];
  /** When the partner last did anything. */
  lastMs: () => number;
  stop: () => Promise<void>;
};

type Exchange = { request: IncomingMessage; body: Buffer; path: string };
type Answer = { status: number; headers: Record<string, string>; body: Uint8Array };

const Settled = z.looseObject({ outcome: z.string(), code: z.string().optional() });
const largestBytes = 20 * 1024 * 1024;

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    const read = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    bytes += read.length;
    if (bytes > largestBytes) throw new RangeError("A document of a rehearsal is small.");
    pieces.push(read);
  }
  return Buffer.concat(pieces);
};

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: Buffer.from(JSON.stringify(value)),
});

/** Headers that belong to one connection, or to a body as it came. */
const ofTheConnection = new Set(
  "connection keep-alive transfer-encoding content-length content-encoding host".split(" "),
);

/** The same call to the hub, in the partner's own name. */
const passOn = async (hub: string, { request, body, path }: Exchange): Promise<Answer> => {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value !== "string" || ofTheConnection.has(name) ? [] : [[name, value]],
  );
  const method = request.method ?? "GET";
  const answer = await fetch(hub + path, {
    method,
    headers,
    ...(method === "GET" || method === "HEAD" ? {} : { body: new Uint8Array(body) }),
  });
  const kept = [...answer.headers].filter(([name]) => !ofTheConnection.has(name));
  return {
    status: answer.status,
    headers: Object.fromEntries(kept),
    body: new Uint8Array(await answer.arrayBuffer()),
  };
};

type Room = { shown: Shown[]; settled: Set<string>; heard: Heard[]; lastMs: number };
type Given = { hub: string; inFormat: InFormat; nowMs: () => number };

const itemOf = ({ deliveryId, caseId, from, documentType, at, seen }: Shown): object => ({
  deliveryId,
  caseId,
  from,
  standard: seen.standard,
  documentType,
  at,
  status: "waiting",
});

/** Only who may read the inbox at the hub is shown what lies here. */
const inbox = async (room: Room, given: Given, exchange: Exchange): Promise<Answer> => {
  const answer = await passOn(given.hub, { ...exchange, path: "/v1/inbox?limit=1" });
  if (answer.status !== 200) return answer;
  const open = room.shown.filter(({ deliveryId }) => !room.settled.has(deliveryId));
  return json(200, { items: open.map(itemOf) });
};

type Settling = { exchange: Exchange; shown: Shown };

const fetchOne = (room: Room, shown: Shown): Answer => {
  room.heard.push({ what: "fetched", deliveryId: shown.deliveryId });
  const headers = { "content-type": shown.mediaType, "sektorbro-case": shown.caseId };
  return { status: 200, headers, body: shown.bytes };
};

const settle = async (room: Room, given: Given, { exchange, shown }: Settling): Promise<Answer> => {
  const said = Settled.safeParse(JSON.parse(exchange.body.toString("utf8")));
  const { caseId, deliveryId } = shown;
  const answer = shown.real
    ? await passOn(given.hub, exchange)
    : json(200, { status: "ignored", caseId, reason: "rehearsal" });
  room.settled.add(deliveryId);
  if (said.success) {
    const { outcome, code } = said.data;
    room.heard.push({ what: "settled", deliveryId, outcome, code, status: answer.status });
  }
  return answer;
};

/** The document that a receipt is about: of several with one message id the one that is still open. */
const aboutIn = (
  room: Room,
  about: { envelopeId: string | undefined; messageId: string | undefined },
): Shown | undefined => {
  const open = room.shown.filter(({ deliveryId }) => !room.settled.has(deliveryId));
  return (
    room.shown.find(({ seen }) => seen.envelopeId === about.envelopeId && seen.envelopeId !== undefined) ??
    open.find(({ seen }) => seen.messageId === about.messageId && seen.messageId !== undefined)
  );
};

const takeDocument = async (room: Room, given: Given, exchange: Exchange): Promise<Answer> => {
  const mediaType = exchange.request.headers["content-type"] ?? "";
  const seen = look(exchange.body, mediaType, given.inFormat);
  const about = seen.about === undefined ? undefined : aboutIn(room, seen.about);
  const unknownToHub = about !== undefined && !about.real;
  const answer: Answer = unknownToHub
    ? { status: 201, headers: {}, body: new Uint8Array() }
    : await passOn(given.hub, exchange);
  if (about !== undefined) room.settled.add(about.deliveryId);
  const { status, headers } = answer;
  const asksForReceipt = seen.standard === "oioxml" && seen.wantsReceipt;
  room.heard.push({ what: "document", seen, asksForReceipt, status, caseId: headers["sektorbro-case"] });
  return answer;
};

const inboxPath = /^\/v1\/inbox\/([^/?]+)(\/receipt)?(?:\?|$)/;
const stepPath =
  /^\/v1\/(?:cases|discharges|observations|referrals|bookings)\/([\da-f-]{36})\/([a-z-]+)(?:\?|$)/;

const ofInbox = (room: Room, given: Given, exchange: Exchange): Promise<Answer> | Answer | undefined => {
  const [, id, receipt] = inboxPath.exec(exchange.path) ?? [];
  const shown = room.shown.find(({ deliveryId }) => deliveryId === decodeURIComponent(id ?? ""));
  if (shown === undefined) return undefined;
  if (receipt === undefined) return fetchOne(room, shown);
  const isJson = /json/.test(exchange.request.headers["content-type"] ?? "");
  const isFhir = /fhir/.test(exchange.request.headers["content-type"] ?? "");
  return isJson && !isFhir ? settle(room, given, { exchange, shown }) : takeDocument(room, given, exchange);
};

/** A typed command goes to the hub as it is, and what became of it is heard. */
const pass = async (room: Room, given: Given, exchange: Exchange): Promise<Answer> => {
  const { path, request } = exchange;
  const answer = await passOn(given.hub, exchange);
  const [, caseId, step] = stepPath.exec(path) ?? [];
  if (request.method !== "POST" || caseId === undefined || step === undefined) return answer;
  const id = [request.headers["idempotency-key"] ?? ""].flat().join();
  room.heard.push({ what: "command", step, caseId, id, status: answer.status });
  return answer;
};

const answerTo = async (room: Room, given: Given, exchange: Exchange): Promise<Answer> => {
  const { path, request } = exchange;
  const post = request.method === "POST";
  if (/^\/v1\/inbox(\?|$)/.test(path)) return inbox(room, given, exchange);
  if (post || inboxPath.test(path)) room.lastMs = given.nowMs();
  const inInbox = ofInbox(room, given, exchange);
  if (inInbox !== undefined) return inInbox;
  if (post && /^\/v1\/messages(\?|$)/.test(path)) return takeDocument(room, given, exchange);
  return pass(room, given, exchange);
};

/** Listens on this machine alone, as the hub of a development does. */
export const openLine = async (given: Given & { port: number }): Promise<Line> => {
  const room: Room = { shown: [], settled: new Set(), heard: [], lastMs: given.nowMs() };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const exchange = { request, body: await readBody(request), path: request.url ?? "/" };
    const { status, headers, body } = await answerTo(room, given, exchange);
    response.writeHead(status, headers).end(body);
  };
  let call: () => void = () => undefined;
  const called = new Promise<void>((resolve) => {
    call = resolve;
  });
  const server = createServer((request, response) => {
    call();
    serve(request, response).catch(() => {
      response.writeHead(503, { "retry-after": "1" }).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(given.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${String(typeof address === "object" ? (address?.port ?? 0) : 0)}`,
    called,
    show: (shown) => room.shown.push(shown),
    heard: () => room.heard,
    lastMs: () => room.lastMs,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
