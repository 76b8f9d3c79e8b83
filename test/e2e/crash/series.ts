import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jetstream } from "@nats-io/jetstream";
import { expect } from "vitest";
import type { InboxItem } from "../../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { caseSubject, commandSubject } from "../../../contracts/subjects.ts";
import { developmentToken } from "../../../gateways/http/main.ts";
import { connectNats } from "../../../infra/nats/connection.ts";
import { connectRedis } from "../../../infra/redis/connection.ts";
import { createProjections } from "../../../infra/redis/projections.ts";
import { eventually } from "../../support/eventually.ts";
import { howOften } from "../../support/how-often.ts";
import { type HubProcess, startHubProcess } from "../../support/hub-process.ts";
import {
  acceptedFaults,
  clockFaults,
  inboxFaults,
  intakeFaults,
  type JournalLine,
  journalFaults,
  latenessMs,
  type PlantedClock,
  readIntake,
  readJournal,
  rungOut,
  unsettledDocuments,
} from "../../support/journal-audit.ts";
import { asker, type Load, type Random, seededRandom, startLoad, unit } from "../../support/load.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** `SEKTORBRO_CRASH_KILLS` asks for more, or fewer. */
export const kills = howOften("SEKTORBRO_CRASH_KILLS", { short: 10, long: 50 });
const senders = 6;
const clocksEachKill = 3;
/** For a machine with much to do; what is lost never comes. */
const patienceMs = 60_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `SEKTORBRO_CRASH_SEED` runs a series again; without it each run is another. */
const newRandom = (series: string): Random => {
  const given = process.env["SEKTORBRO_CRASH_SEED"];
  const seed = given === undefined ? Date.now() % 1_000_000_000 : Number(given);
  say(`${series}: SEKTORBRO_CRASH_SEED=${String(seed)}`);
  return seededRandom(seed);
};

/** A record of the journal as the first one of another case, with one clock that rings soon. */
const recordWith = (template: CaseRecord, clock: PlantedClock): CaseRecord => {
  const promise = template.clocks.find((c) => c.change === "started" && c.deliveryId === undefined);
  if (promise?.change !== "started") throw new Error("the template has no clock");
  const { caseId, clockId, warnAt, due } = clock;
  return {
    ...template,
    caseId,
    deliveries: [],
    clocks: [{ ...promise, clockId, warnAt, due }],
    meta: { ...template.meta, commandId: `planted:${caseId}` },
  };
};

/** Appends cases whose clocks ring within four seconds; they outlive whatever is killed meanwhile. */
const plant = async (natsUrl: string, template: CaseRecord, random: Random): Promise<PlantedClock[]> => {
  const nc = await connectNats(natsUrl, "plant");
  const planted: PlantedClock[] = [];
  for (let i = 0; i < clocksEachKill; i++) {
    const warnMs = Date.now() + 100 + random() * 2_000;
    const dueMs = warnMs + 50 + random() * 2_000;
    const [warnAt, due] = [new Date(warnMs).toISOString(), new Date(dueMs).toISOString()];
    const clock = { caseId: randomUUID(), clockId: "ADVICE-MSG.1", warnAt, due };
    const record = recordWith(template, clock);
    await jetstream(nc).publish(caseSubject(record.family, record.caseId), JSON.stringify(record), {
      expect: { lastSubjectSequence: 0 },
    });
    planted.push(clock);
  }
  await nc.close();
  return planted;
};

const inboxOf = async (hub: HubProcess, gln: string): Promise<InboxItem[]> => {
  const who = { gln, role: "organisation", ttlSeconds: 600 } as const;
  const token = await developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, who);
  const items: InboxItem[] = [];
  let after: string | undefined;
  do {
    const query = `show=all&limit=200${after === undefined ? "" : `&cursor=${after}`}`;
    const response = await fetch(`${hub.url()}/v1/inbox?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status !== 200)
      throw new Error(`inbox: ${String(response.status)} ${await response.text()}`);
    const page = (await response.json()) as { items: InboxItem[]; next?: string };
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
};

type Fingerprint = { keys: number; sha256: string };

const liveFingerprint = async (redisUrl: string): Promise<Fingerprint> => {
  const redis = connectRedis(redisUrl, () => undefined);
  await new Promise((resolve) => redis.once("ready", resolve));
  const fingerprint = await createProjections(redis).fingerprint();
  redis.disconnect();
  return fingerprint;
};

const rebuiltFingerprint = async (natsUrl: string): Promise<Fingerprint> => {
  const nc = await connectNats(natsUrl, "rebuild");
  const reply = await nc.request(commandSubject("worklist.rebuild"), "{}", { timeout: 30_000 });
  await nc.close();
  return reply.json();
};

/** One accepted question's record, to plant others like it. */
const firstRecord = async (hub: HubProcess, load: Load): Promise<CaseRecord> => {
  const { natsUrl } = await hub.endpoints();
  return eventually(async () => {
    const caseId = load.accepted.find(({ kind }) => kind === "ask")?.caseId;
    if (caseId === undefined) return undefined;
    const journal = await readJournal(natsUrl);
    return journal.find(({ record }) => record.caseId === caseId && record.meta.no === 1)?.record;
  }, "the first question");
};

const settle = async (hub: HubProcess, planted: readonly PlantedClock[]): Promise<JournalLine[]> => {
  const { natsUrl } = await hub.endpoints();
  await eventually(
    async () => ((await unsettledDocuments(natsUrl)) === 0 ? true : undefined),
    "every document of INTAKE settled",
    patienceMs,
  );
  return eventually(
    async () => {
      const journal = await readJournal(natsUrl);
      return rungOut(journal, planted) === planted.length ? journal : undefined;
    },
    "every clock rung",
    patienceMs,
  );
};

const audit = async (hub: HubProcess, load: Load, planted: readonly PlantedClock[]): Promise<void> => {
  const journal = await settle(hub, planted);
  const { natsUrl, redisUrl } = await hub.endpoints();
  expect(journalFaults(journal)).toEqual([]);
  expect(acceptedFaults(journal, load.accepted)).toEqual([]);
  expect(clockFaults(journal, planted)).toEqual([]);
  expect(intakeFaults(journal, await readIntake(natsUrl), load.accepted)).toEqual([]);
  for (const gln of [asker, unit])
    await eventually(async () => {
      const faults = inboxFaults(journal, await inboxOf(hub, gln), gln);
      if (faults.length > 0) throw new Error(faults.slice(0, 5).join("; "));
      return true;
    }, `the inbox of ${gln}`);
  expect(await readJournal(natsUrl)).toHaveLength(journal.length);
  const live = await liveFingerprint(redisUrl);
  expect(await rebuiltFingerprint(natsUrl)).toEqual(live);
};

const answeredBy = ({ accepted, statuses }: Load): string => {
  const each = [...statuses].map(([status, n]) => `${status} x${String(n)}`);
  return `${String(accepted.length)} accepted (${each.join(", ")})`;
};

const told = (load: Load, late: { middle: number; worst: number }, restarts: readonly number[]): string => {
  const sorted = restarts.toSorted((a, b) => a - b);
  const middle = String(sorted[Math.floor(sorted.length / 2)]);
  return (
    `${answeredBy(load)}; clocks late ${String(late.middle)} ms, at worst ${String(late.worst)} ms; ` +
    `back after ${middle} ms, at worst ${String(sorted.at(-1))} ms`
  );
};

const within = async (work: Promise<unknown>, what: () => string): Promise<void> => {
  const ending = new AbortController();
  const late = sleep(patienceMs, undefined, { signal: ending.signal }).then(() => {
    throw new Error(`not within ${String(patienceMs)} ms: ${what()}`);
  });
  await Promise.race([work, late]);
  ending.abort();
  await late.catch(() => undefined);
};

export type Blow = (hub: HubProcess, n: number) => Promise<number>;

type Run = { hub: HubProcess; load: Load; random: Random };

const strike = async ({ hub, load, random }: Run, blow: Blow) => {
  const template = await firstRecord(hub, load);
  const planted: PlantedClock[] = [];
  const restarts: number[] = [];
  for (let n = 0; n < kills; n++) {
    planted.push(...(await plant((await hub.endpoints()).natsUrl, template, random)));
    await sleep(20 + random() * 380);
    restarts.push(await blow(hub, n));
  }
  return { planted, restarts };
};

const judge = async (
  { hub, load }: Run,
  { planted, restarts }: { planted: PlantedClock[]; restarts: number[] },
): Promise<string> => {
  await within(load.stop(), () => `senders wait for ${load.waitingFor().join(", ")}`);
  const again = load.accepted.filter((_, i) => i % Math.ceil(load.accepted.length / 200) === 0);
  await within(Promise.all(again.map(load.sendAgain)), () => "messages sent again");
  await audit(hub, load, planted);
  expect(load.oddities).toEqual([]);
  // A crash of a neighbour is a warning; an error would be something that broke here.
  expect(hub.errors()).toEqual([]);
  const journal = await readJournal((await hub.endpoints()).natsUrl);
  return told(load, latenessMs(journal, planted), restarts);
};

/**
 * So many blows, each at a random moment after the victim stands again, while senders send and clocks ring; then everything
 * that was accepted is looked for where it must be. Resolves with how long the victim was away each time.
 */
export const crashSeries = async (series: string, blow: Blow): Promise<number[]> => {
  const random = newRandom(series);
  await using dir = await tempDir();
  await using hub = await startHubProcess(dir.path);
  const load = await startLoad({ url: hub.url, dataDir: hub.dataDir, random, senders, tag: "L" });
  const run = { hub, load, random };
  try {
    const struck = await strike(run, blow);
    say(`${series}: ${await judge(run, struck)}`);
    return struck.restarts;
  } catch (error) {
    const file = join(tmpdir(), `sektorbro-crash-${series}.log`);
    await writeFile(file, hub.log());
    say(`${series}: ${answeredBy(load)}; the hub's log is in ${file}`);
    throw error;
  }
};
