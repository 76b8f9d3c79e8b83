import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** One document as a receiver's system got it. */
export type Got = {
  id: string;
  deliveryId: string;
  caseId: string;
  headers: IncomingMessage["headers"];
  body: Buffer;
  atMs: number;
};

/** What a receiver's system does with a document: a status, or with it headers and a body; `hang` never answers. */
export type Behaviour = (
  got: Got,
) => "hang" | number | { status: number; headers?: Record<string, string>; body?: string };

/** A receiver's own system, listening on loopback: real sockets, and a port that the kernel picked. */
export type PushReceiverServer = AsyncDisposable & {
  url: () => string;
  /** Every document that came whole, in order. */
  got: Got[];
  /** How many requests came that were no documents. */
  knocks: () => number;
  behave: (behaviour: Behaviour) => void;
  /** Gone: every connection with it, and nobody listens. */
  die: () => Promise<void>;
  /** Back, on the same port. */
  comeBack: () => Promise<void>;
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? "");

export const startReceiver = async (
  behaviour: Behaviour = () => 200,
  tls?: ServerOptions,
): Promise<PushReceiverServer> => {
  const now = { behaviour, knocks: 0, port: 0 };
  const got: Got[] = [];
  const sockets = new Set<Socket>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const one: Got = {
      id: header(request, "webhook-id"),
      deliveryId: header(request, "sektorbro-delivery"),
      caseId: header(request, "sektorbro-case"),
      headers: request.headers,
      body,
      atMs: Date.now(),
    };
    const does = now.behaviour(one);
    if (request.method === "HEAD") now.knocks++;
    else got.push(one);
    if (does === "hang") return;
    const { status, headers = {}, body: text = "" } = typeof does === "number" ? { status: does } : does;
    response.writeHead(status, headers).end(text);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  let server: Server;
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
      server.on("connection", (socket) => {
        sockets.add(socket);
        socket.once("close", () => sockets.delete(socket));
      });
      server.once("error", reject);
      server.listen(now.port, "127.0.0.1", () => {
        now.port = (server.address() as AddressInfo).port;
        resolve();
      });
    });
  const die = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
  await listen();
  return {
    url: () => `${tls === undefined ? "http" : "https"}://127.0.0.1:${String(now.port)}/documents`,
    got,
    knocks: () => now.knocks,
    behave: (wanted) => {
      now.behaviour = wanted;
    },
    die,
    comeBack: listen,
    [Symbol.asyncDispose]: die,
  };
};
