import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { z } from "zod";
import { DirectoryFile } from "../../../contracts/messages/directory.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { connectNats } from "../../../infra/nats/connection.ts";
import { journalStreams } from "../../../infra/nats/streams.ts";
import { developmentToken } from "../compose.ts";
import { assetPath, packageRoot } from "../package-root.ts";
import { cpuReader, startChild } from "./bench-hub.ts";
import { type BenchFigures, benchPage, type Span } from "./bench-page.ts";
import { openHttpConnection, postBytes } from "./http-connection.ts";
import { machineOf } from "./machine.ts";
import { type Rate, runFor, type Work } from "./measure.ts";
import { askEnvelope, asker, askPayload, careCommunication, unit, xdis91 } from "./messages.ts";

const Endpoints = z.object({ natsUrl: z.string() });
export const journalStreamCount = 4;

export type Target = {
  url: URL;
  nc: NatsConnection;
  token: string;
  identifiers: { asker: string; unit: string };
  /** A CareCommunication, to be sent under other ids. */
  careExample: string;
  cpuSeconds: () => Promise<number>;
};
type Scenario = {
  name: string;
  bytes: Buffer;
  open: (connections: number) => Promise<{ work: Work; close: () => void }>;
};

let counter = 0;
const number = (): string => (counter++).toString(36).toUpperCase().padStart(10, "0");

const natsScenario = ({ nc }: Target): Scenario => ({
  name: "advice over NATS",
  bytes: askEnvelope(number(), new Date().toISOString()),
  open: () =>
    Promise.resolve({
      work: async () => {
        const reply = await nc.request(
          commandSubject("advice.ask"),
          askEnvelope(number(), new Date().toISOString()),
          { timeout: 10_000 },
        );
        if (!reply.string().startsWith('{"status":"accepted"')) throw new Error("a command was not accepted");
      },
      close: () => undefined,
    }),
});

const httpScenario = (
  target: Target,
  name: string,
  request: () => { path: string; type: string; body: Buffer },
): Scenario => ({
  name,
  bytes: request().body,
  open: async (connections) => {
    const sockets = await Promise.all(
      Array.from({ length: connections }, () => openHttpConnection(target.url)),
    );
    return {
      work: async (worker) => {
        const { path, type, body } = request();
        const headers = { authorization: `Bearer ${target.token}`, "content-type": type };
        const status = await sockets[worker]?.send(postBytes(new URL(path, target.url), headers, body));
        if (status !== 201) throw new Error(`answered ${String(status)}, not 201`);
      },
      close: () => {
        for (const socket of sockets) socket.close();
      },
    };
  },
});

const scenarios = (target: Target): Scenario[] => [
  natsScenario(target),
  httpScenario(target, "advice over HTTP, JSON", () => ({
    path: "/v1/advice",
    type: "application/json",
    body: Buffer.from(JSON.stringify(askPayload(number()))),
  })),
  httpScenario(target, "XDIS91 in to receipt out, HTTP", () => ({
    path: "/v1/messages",
    type: "application/xml",
    body: xdis91(number(), target.identifiers),
  })),
  httpScenario(target, "FHIR XML in to Acknowledgement out, HTTP", () => ({
    path: "/v1/messages",
    type: "application/fhir+xml",
    body: careCommunication(target.careExample, counter++),
  })),
];

/** The limit: the same bytes published as they are, on one stream or on as many as the journal has, on the same server. */
export const rawPublish = async (nc: NatsConnection, bytes: Buffer, streams: number): Promise<Work> => {
  const jsm = await jetstreamManager(nc);
  for (const [i, stream] of journalStreams({ streams, replicas: 1 }).entries())
    await jsm.streams.add({
      ...stream,
      name: `RAW${String(streams)}_${String(i)}`,
      subjects: [`raw${String(streams)}.${String(i)}.>`],
    });
  const js = jetstream(nc);
  return async () => {
    const n = counter++;
    await js.publish(`raw${String(streams)}.${String(n % streams)}.${String(n)}`, bytes, {
      expect: { lastSubjectSequence: 0 },
      timeout: 10_000,
    });
  };
};

/** The made-up region that an empty hub knows. */
export const readRegion = async (): Promise<DirectoryFile> =>
  DirectoryFile.parse(
    JSON.parse(await readFile(join(packageRoot, "services/directory/region.json"), "utf8")),
  );

const identifiersOf = async (): Promise<{ asker: string; unit: string }> => {
  const file = await readRegion();
  const find = (gln: string) => file.organisations.find((o) => o.gln === gln)?.identifiers;
  return { asker: find(asker)?.ydernummer ?? "", unit: find(unit)?.shak ?? "" };
};

type Limits = { oneStream: Work; asJournal: Work };
type RoundOptions = { connections: number; ms: number; limits: Limits };
type Round = { hub: Rate; cpuMs: number; oneStream: Rate; asJournal: Rate };

/** A hub runs for weeks: the engine's own compiling, which the two share a processor with, is not what is measured. */
const warmUpMs = 4_000;
/** Projections run after the answers: what is left of them must not slow what is measured next. */
const settleMs = 400;

const round = async (
  target: Target,
  work: Work,
  { connections, ms, limits }: RoundOptions,
): Promise<Round> => {
  const oneStream = await runFor(ms / 2, connections, limits.oneStream);
  const asJournal = await runFor(ms / 2, connections, limits.asJournal);
  const before = await target.cpuSeconds();
  const hub = await runFor(ms, connections, work);
  await sleep(settleMs);
  const cpuMs = (((await target.cpuSeconds()) - before) * 1_000) / hub.count;
  return { hub, cpuMs, oneStream, asJournal };
};

const rounded = (value: number): number => Number(value.toFixed(3));
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
/** What a median alone hides on a machine that others share. */
const span = (values: readonly number[]): Span => ({
  min: rounded(Math.min(...values)),
  max: rounded(Math.max(...values)),
});

/** Medians of several rounds; in each the limits and the hub are measured one after the other. */
const measure = async (
  target: Target,
  scenario: Scenario,
  options: { connections: number; ms: number; rounds: number; limits: Limits },
): Promise<BenchFigures> => {
  const { connections, ms, limits } = options;
  const opened = await scenario.open(connections);
  await runFor(Math.max(warmUpMs, ms / 2), connections, opened.work);
  const rounds: Round[] = [];
  for (let n = 0; n < options.rounds; n++)
    rounds.push(await round(target, opened.work, { connections, ms, limits }));
  opened.close();
  const ratios = rounds.map((r) => r.hub.perSecond / r.oneStream.perSecond);
  return {
    bench: scenario.name,
    perSecond: median(rounds.map((r) => r.hub.perSecond)),
    rawPerSecond: median(rounds.map((r) => r.oneStream.perSecond)),
    ratio: rounded(median(ratios)),
    cpuMsPerMessage: rounded(median(rounds.map((r) => r.cpuMs))),
    connections,
    fsync: "always",
    bytes: scenario.bytes.length,
    journalStreams: journalStreamCount,
    rawAsJournalPerSecond: median(rounds.map((r) => r.asJournal.perSecond)),
    ratioAsJournal: rounded(median(rounds.map((r) => r.hub.perSecond / r.asJournal.perSecond))),
    answeredMs: {
      p50: rounded(median(rounds.map((r) => r.hub.took.p50Ms))),
      p99: rounded(median(rounds.map((r) => r.hub.took.p99Ms))),
    },
    rounds: options.rounds,
    spans: {
      perSecond: span(rounds.map((r) => r.hub.perSecond)),
      rawPerSecond: span(rounds.map((r) => r.oneStream.perSecond)),
      ratio: span(ratios),
      cpuMsPerMessage: span(rounds.map((r) => r.cpuMs)),
    },
  };
};

export type BenchOptions = {
  /** Of each measurement. */
  seconds: number;
  rounds: number;
  connections: readonly number[];
  /** Only the scenarios with this in their name. */
  only?: string | undefined;
  /** A file for the same figures as a page with the machine, a table and charts. */
  page?: string | undefined;
};

export const openTarget = async (dataDir: string, url: URL): Promise<Target> => {
  const { natsUrl } = Endpoints.parse(JSON.parse(await readFile(join(dataDir, "endpoints.json"), "utf8")));
  const nc = await connectNats(natsUrl, "sektorbro-bench");
  const who = { gln: asker, role: "organisation", ttlSeconds: 3_600 } as const;
  const token = await developmentToken({ dataDir, audience: "sektorbro" }, who);
  const careExample = await readFile(assetPath("contracts/examples/fhir/care-communication.xml"), "utf8");
  const identifiers = await identifiersOf();
  return { url, nc, token, identifiers, careExample, cpuSeconds: cpuReader(url) };
};

const runScenarios = async (target: Target, options: BenchOptions): Promise<BenchFigures[]> => {
  const all: BenchFigures[] = [];
  for (const scenario of scenarios(target).filter(({ name }) => name.includes(options.only ?? ""))) {
    const oneStream = await rawPublish(target.nc, scenario.bytes, 1);
    const asJournal = await rawPublish(target.nc, scenario.bytes, journalStreamCount);
    for (const connections of options.connections) {
      const of = {
        connections,
        ms: options.seconds * 1_000,
        rounds: options.rounds,
        limits: { oneStream, asJournal },
      };
      const figures = await measure(target, scenario, of);
      all.push(figures);
      process.stdout.write(`${JSON.stringify(figures)}\n`);
    }
  }
  return all;
};

/**
 * Starts a hub of its own and measures each way in, beside the raw JetStream publish of the same bytes with the same fsync
 * setting and concurrency in the same run: `rawPerSecond` on one stream, `rawAsJournalPerSecond` on as many as the journal
 * has. One JSON line each, and with `page` a page of all.
 */
export const bench = async (options: BenchOptions): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), "sektorbro-bench-"));
  const hub = await startChild(dataDir);
  try {
    const target = await openTarget(dataDir, hub.url);
    const figures = await runScenarios(target, options);
    const { version } = target.nc.info ?? {};
    await target.nc.close();
    if (options.page !== undefined)
      await writeFile(options.page, benchPage(figures, machineOf({ natsServer: version ?? "" })));
  } finally {
    await hub.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};
