import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agreements } from "../../../contracts/codes/agreements.ts";
import { configFrom } from "../../../infra/config/config.ts";
import { createLog } from "../../../infra/observability/logger.ts";
import { developmentToken, openAsking } from "../compose.ts";
import { CommandFailed } from "../failure.ts";
import { note, print } from "../say.ts";
import { cpuReader, startChild, untilQuiet } from "./bench-hub.ts";
import { forEachOf } from "./clock-questions.ts";
import { asker, askPayload } from "./messages.ts";

export type StartBenchOptions = { records?: number | undefined; rounds: number; strict?: boolean };

type StartFigures = {
  bench: "start";
  openCases: number;
  /** `kept`: Redis has its index still; `emptied`: it has nothing, and the index is made anew meanwhile. */
  index: "kept" | "emptied";
  /** From the start of the process, its servers among it, until it listens. */
  listeningMs: number;
  /** Until the first question that it was sent is answered: on disk, with its case and its clock. */
  acceptedMs: number;
};

/** What is asked for: a hub takes its first message so soon after it was started. */
const mostMs = 2_000;
const usualCases = 20_000;
const minuteMs = 60_000;

const ask = (messageId: string, time: string): unknown => ({
  id: `ask:${messageId}`,
  type: "advice.ask",
  version: 1,
  time,
  sender: asker,
  payload: askPayload(messageId),
});

/** Questions of the last hour, each with its clock running. */
const writeOpenCases = async (dataDir: string, cases: number): Promise<void> => {
  const asking = await openAsking(configFrom(process.env, { data: dataDir }), createLog({ level: "silent" }));
  const time = new Date(Date.now() - 60 * minuteMs).toISOString();
  try {
    await forEachOf({ from: 0, to: cases }, async (n) => {
      const { status } = await asking.at(time, agreements)(ask(`start-${String(n)}`, time));
      if (status !== "accepted")
        throw new CommandFailed(`A question was ${status}, so its case is not open.`);
    });
  } finally {
    await asking.stop();
  }
};

let sent = 0;

const firstAccepted = async (dataDir: string, url: URL): Promise<void> => {
  const who = { gln: asker, role: "organisation", ttlSeconds: 600 } as const;
  const token = await developmentToken({ dataDir, audience: "sektorbro" }, who);
  const messageId = `first-${String(++sent)}`;
  const answer = await fetch(new URL("/v1/advice", url), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(askPayload(messageId)),
  });
  if (answer.status !== 201)
    throw new CommandFailed(`The first message was answered ${String(answer.status)}.`);
};

const startOnce = async (
  dataDir: string,
  { openCases, index }: Pick<StartFigures, "openCases" | "index">,
): Promise<StartFigures> => {
  const begunMs = performance.now();
  const hub = await startChild(dataDir);
  try {
    const listeningMs = Math.round(performance.now() - begunMs);
    await firstAccepted(dataDir, hub.url);
    const acceptedMs = Math.round(performance.now() - begunMs);
    return { bench: "start", openCases, index, listeningMs, acceptedMs };
  } finally {
    await hub.stop();
  }
};

/** The middle of several rounds, by when the first message was accepted. */
const middleOf = (found: readonly StartFigures[]): StartFigures => {
  const [middle] = found.toSorted((a, b) => a.acceptedMs - b.acceptedMs).slice(Math.floor(found.length / 2));
  if (middle === undefined) throw new CommandFailed("Nothing was measured: say --rounds 1 or more.");
  return middle;
};

const measureStarts = async (dataDir: string, openCases: number, rounds: number): Promise<StartFigures[]> => {
  const kept: StartFigures[] = [];
  for (let n = 0; n < rounds; n++) kept.push(await startOnce(dataDir, { openCases, index: "kept" }));
  const emptied: StartFigures[] = [];
  for (let n = 0; n < rounds; n++) {
    await rm(join(dataDir, "redis"), { recursive: true, force: true });
    emptied.push(await startOnce(dataDir, { openCases, index: "emptied" }));
  }
  return [middleOf(kept), middleOf(emptied)];
};

/**
 * How soon a hub takes its first message after it was started on a store with many open cases: with its servers, from nothing, by the
 * clock on the wall. One JSON line each for a Redis that has its index and for one that is empty. `strict`: @throws CommandFailed when
 * it takes longer than two seconds
 */
export const benchStart = async (options: StartBenchOptions): Promise<void> => {
  const openCases = options.records ?? usualCases;
  const dataDir = await mkdtemp(join(tmpdir(), "sektorbro-start-"));
  try {
    await writeOpenCases(dataDir, openCases);
    note(`  ${String(openCases)} cases are open`);
    const first = await startChild(dataDir);
    await untilQuiet(cpuReader(first.url)).finally(first.stop);
    const found = await measureStarts(dataDir, openCases, options.rounds);
    for (const one of found) print(JSON.stringify(one));
    const late = found.filter(({ acceptedMs }) => acceptedMs > mostMs);
    if (options.strict === true && late.length > 0)
      throw new CommandFailed(`The first message took longer than ${String(mostMs)} ms.`);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};
