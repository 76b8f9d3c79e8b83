/**
 * The receivers' own systems, one process: writes down what it got before it says yes, so that what it said yes to is known
 * whatever happens to it. Arguments: port (0: any), file to write to. Says its port in one line.
 */
import { createHash } from "node:crypto";
import { openSync, writeSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const [port = "0", file = ""] = process.argv.slice(2);
const log = openSync(file, "a");
const refusedOnce = new Set<string>();

const hash = (value: Buffer | string): string =>
  createHash("sha256").update(value).digest("hex").slice(0, 24);
// Ends with whoever started it.
process.stdin.on("end", () => process.exit(0)).resume();

/** A number below a hundred, the same for the same id for ever. */
const lot = (id: string): number => Number.parseInt(hash(id).slice(0, 6), 16) % 100;

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? "");

const send = (response: ServerResponse, status: number, body?: object): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? "" : JSON.stringify(body));
};

const refusal = { outcome: "negative", code: "ukendt-borger", text: "Borgeren kendes ikke her." };

/** Two of a hundred are refused for good; three are told to come again, once; the rest are taken, with a receipt. */
const answer = (response: ServerResponse, copyId: string): void => {
  const drawn = lot(copyId.replace(/_\d+$/, ""));
  if (drawn >= 95 && !refusedOnce.has(copyId)) {
    refusedOnce.add(copyId);
    send(response, 503);
  } else send(response, 200, drawn < 2 ? refusal : { outcome: "positive" });
};

const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  if (request.method !== "POST") {
    send(response, 204);
    return;
  }
  const [copyId, deliveryId] = [header(request, "webhook-id"), header(request, "sektorbro-delivery")];
  const digest = hash(Buffer.concat(pieces));
  const line = { receiver: header(request, "sektorbro-to"), deliveryId, copyId, digest };
  writeSync(log, `${JSON.stringify(line)}\n`);
  answer(response, copyId);
};

const server = createServer((request, response) => {
  take(request, response).catch(() => response.destroy());
});
server.listen(Number(port), "127.0.0.1", () => {
  process.stdout.write(`listening ${String((server.address() as AddressInfo).port)}\n`);
});
