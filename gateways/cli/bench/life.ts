import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type JetStreamClient, jetstream } from "@nats-io/jetstream";
import { caseRecordFrom } from "../../../contracts/record.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { CommandFailed } from "../failure.ts";
import { note, print } from "../say.ts";
import { journalStreamCount, openTarget, rawPublish, readRegion, type Target } from "./bench.ts";
import { startChild } from "./bench-hub.ts";
import { type HttpConnection, openHttpConnection, postBytes } from "./http-connection.ts";
import { listenToJournal } from "./listen-journal.ts";
import { runFor, type Took, tookOf } from "./measure.ts";
import { unit, xdis91 } from "./messages.ts";

export type LifeBenchOptions = {
  /** Of each part. */
  seconds: number;
  strict?: boolean;
};

type LifeFigures = {
  bench: string;
  connections: number;
  /** Whole lives: from the first letter until the last clock of all that were sent has stopped. */
  perSecond: number;
  rawPerSecond: number;
  ratio: number;
  cpuMsPerMessage: number;
  /** Letters sent evenly at half that rate: from when one was to be sent until its clock had stopped. */
  atHalf: { perSecond: number; lives: number; p50Ms: number; p99Ms: number };
};

/** What is asked for (issue: speed): so many whole lives a second, and so late at half that load. */
const leastPerSecond = 500;
const mostMs = 100;
const connections = 64;
const drainMs = 60_000;
const warmUpMs = 6_000;

/** Letters that were sent, by their number, and whose life has ended. */
const createLives = () => {
  const sentMs = new Map<string, number>();
  const numberOfCase = new Map<string, string>();
  let ended: number[] = [];
  return {
    begin: (number: string, atMs: number): void => {
      sentMs.set(number, atMs);
    },
    brought: (caseId: string, number: string): void => {
      numberOfCase.set(caseId, number);
    },
    end: (caseId: string, atMs: number): void => {
      const number = numberOfCase.get(caseId) ?? "";
      const begunMs = sentMs.get(number);
      if (begunMs === undefined) return;
      sentMs.delete(number);
      numberOfCase.delete(caseId);
      ended.push(atMs - begunMs);
    },
    open: (): number => sentMs.size,
    /** How long each took that has ended since this was asked last, in milliseconds. */
    taken: (): number[] => {
      const all = ended;
      ended = [];
      return all;
    },
  };
};
type Lives = ReturnType<typeof createLives>;

const letterNumber = /<Letter><Identifier>L(\w+)</;

/** A receiver's system that takes each letter and says at once that it is well. */
const startReceiver = async (lives: Lives): Promise<Server> => {
  const answer = JSON.stringify({ outcome: "positive" });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const number = letterNumber.exec(Buffer.concat(chunks).toString("latin1"))?.[1];
      if (number !== undefined) lives.brought(String(request.headers["sektorbro-case"]), number);
      response.writeHead(200, { "content-type": "application/json" }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
};

/** The record in which a receipt was taken in stops the clock of the receipt. */
const listenForEnds = (js: JetStreamClient, lives: Lives): Promise<{ stop: () => Promise<void> }> =>
  listenToJournal(js, journalStreamCount, (text) => {
    const atMs = performance.now();
    if (!text.includes('"acknowledged"')) return;
    const { caseId, clocks } = caseRecordFrom(text);
    if (clocks.some(({ change }) => change === "stopped")) lives.end(caseId, atMs);
  });

/** The asked department takes its letters at an address of its own, many at once. */
const bringTo = async ({ nc }: Target, url: string): Promise<void> => {
  const region = await readRegion();
  const webhook = { url, atOnce: 64 };
  const channel = { standard: "oioxml", transport: "webhook", accepts: ["*"], sendsReceipts: true, webhook };
  const organisations = region.organisations
    .filter(({ gln }) => gln === unit)
    .map((organisation) => ({ ...organisation, channels: [channel] }));
  const payload = { file: { format: region.format, version: region.version, organisations } };
  const time = new Date().toISOString();
  const envelope = { id: "bench", type: "directory.import", version: 1, time, sender: "operator", payload };
  const reply = await nc.request(commandSubject("directory.import"), JSON.stringify(envelope), {
    timeout: 10_000,
  });
  if (!reply.string().includes('"accepted"'))
    throw new CommandFailed(`The receiver of the bench was not taken into the directory: ${reply.string()}`);
};

let counter = 0;
const nextNumber = (): string => (counter++).toString(36).toUpperCase().padStart(9, "0");

type Sender = (connection: number, atMs: number) => Promise<void>;

const senderOf = ({ url, token, identifiers }: Target, sockets: HttpConnection[], lives: Lives): Sender => {
  const to = new URL("/v1/messages", url);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/xml" };
  return async (connection, atMs) => {
    const number = nextNumber();
    lives.begin(number, atMs);
    const status = await sockets[connection]?.send(postBytes(to, headers, xdis91(number, identifiers)));
    if (status !== 201) throw new CommandFailed(`A letter was answered ${String(status)}, not 201.`);
  };
};

/** Until the last of them has ended. @throws CommandFailed */
const drained = async (lives: Lives): Promise<void> => {
  const endMs = performance.now() + drainMs;
  while (lives.open() > 0) {
    if (performance.now() > endMs)
      throw new CommandFailed(`Of ${String(lives.open())} letters no receipt was seen in a minute.`);
    await sleep(5);
  }
};

/** As fast as they are taken. @returns lives a second */
const atFull = async (
  send: Sender,
  lives: Lives,
  ms: number,
): Promise<{ perSecond: number; count: number }> => {
  const begun = performance.now();
  const { count } = await runFor(ms, connections, (connection) => send(connection, performance.now()));
  await drained(lives);
  lives.taken();
  return { perSecond: Math.round((count * 1_000) / (performance.now() - begun)), count };
};

/** Evenly at a rate, whatever the answers: one that waits for its turn is late all the same. */
const evenly = async (
  send: Sender,
  lives: Lives,
  of: { perSecond: number; ms: number },
): Promise<Took & { lives: number }> => {
  const begun = performance.now();
  const gapMs = 1_000 / of.perSecond;
  const worker = async (connection: number): Promise<void> => {
    for (let n = connection; n * gapMs < of.ms; n += connections) {
      const atMs = begun + n * gapMs;
      const early = atMs - performance.now();
      if (early > 1) await sleep(early);
      await send(connection, atMs);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, connection) => worker(connection)));
  await drained(lives);
  const times = lives.taken();
  return { ...tookOf(times), lives: times.length };
};

const measured = async (
  target: Target,
  send: Sender,
  { lives, ms }: { lives: Lives; ms: number },
): Promise<LifeFigures> => {
  await runFor(warmUpMs, connections, (connection) => send(connection, performance.now()));
  await drained(lives);
  lives.taken();
  const limit = await rawPublish(target.nc, xdis91(nextNumber(), target.identifiers), 1);
  const raw = await runFor(ms / 2, connections, limit);
  const cpuBefore = await target.cpuSeconds();
  const full = await atFull(send, lives, ms);
  const cpuMs = (((await target.cpuSeconds()) - cpuBefore) * 1_000) / full.count;
  const half = Math.round(full.perSecond / 2);
  const even = await evenly(send, lives, { perSecond: half, ms });
  const rounded = (value: number): number => Number(value.toFixed(1));
  return {
    bench: "whole life: XDIS91 in, kept, brought to a webhook, receipt, clock stopped",
    connections,
    perSecond: full.perSecond,
    rawPerSecond: raw.perSecond,
    ratio: Number((full.perSecond / raw.perSecond).toFixed(3)),
    cpuMsPerMessage: Number(cpuMs.toFixed(3)),
    atHalf: { perSecond: half, lives: even.lives, p50Ms: rounded(even.p50Ms), p99Ms: rounded(even.p99Ms) },
  };
};

const runIn = async (target: Target, ms: number): Promise<LifeFigures> => {
  const lives = createLives();
  const receiver = await startReceiver(lives);
  const address = receiver.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await bringTo(target, `http://127.0.0.1:${String(port)}/in`);
  const ends = await listenForEnds(jetstream(target.nc), lives);
  const sockets = await Promise.all(
    Array.from({ length: connections }, () => openHttpConnection(target.url)),
  );
  try {
    return await measured(target, senderOf(target, sockets, lives), { lives, ms });
  } finally {
    for (const socket of sockets) socket.close();
    await ends.stop();
    receiver.close();
    receiver.closeAllConnections();
  }
};

/**
 * The whole life of a letter in a hub of its own: in over HTTP, kept, brought to a webhook, its receipt taken in, its clock stopped. As fast
 * as it goes, beside raw publish; then evenly at half that rate, how long a life takes. One JSON line.
 * @throws CommandFailed with `strict` when it is less, or later, than asked for
 */
export const benchLife = async ({ seconds, strict }: LifeBenchOptions): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), "sektorbro-life-"));
  const hub = await startChild(dataDir, { SEKTORBRO_PUSH_ALLOW: "127.0.0.1" });
  try {
    const target = await openTarget(dataDir, hub.url);
    note("  letters are sent, brought and receipted");
    const figures = await runIn(target, seconds * 1_000);
    await target.nc.close();
    print(JSON.stringify(figures));
    if (strict === true && (figures.perSecond < leastPerSecond || figures.atHalf.p99Ms > mostMs))
      throw new CommandFailed(
        `Less than ${String(leastPerSecond)} a second, or later than ${String(mostMs)} ms at the 99th percentile at half of it.`,
      );
  } finally {
    await hub.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};
