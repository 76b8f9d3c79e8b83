import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../support/eventually.ts";
import { type Random, seededRandom } from "../support/load.ts";
import { violationsOf } from "./checker.ts";
import { type Evidence, mayHeal, type PlantedClock, type Violation } from "./evidence.ts";
import { journalReader } from "./journal.ts";
import { everybody, practiceGln, pushed } from "./parties.ts";
import { type Fault, faultText } from "./plan.ts";
import { plantClocks } from "./plant-clocks.ts";
import { startPoller } from "./poller.ts";
import { startSenders } from "./senders.ts";
import type { World } from "./world.ts";

export type RunOptions = {
  scenario: string;
  seed: number;
  /** At least so many messages are sent, each perhaps several times. */
  messages: number;
  senders: number;
  plan: readonly Fault[];
  /** Does what the plan says and makes it good again, so that everything serves when it returns. */
  strike: (world: World, fault: Fault) => Promise<void>;
  say: (line: string) => void;
};

export type Outcome = {
  scenario: string;
  seed: number;
  faults: number;
  messages: number;
  sends: number;
  records: number;
  documents: number;
  clocks: number;
  statuses: Record<string, number>;
  seconds: number;
  violations: Violation[];
  /** Why it was not run, where it was not. */
  skipped?: string;
  /** What was seen beside. */
  notes: string[];
};

const clocksEachFault = 3;
const patienceMs = 120_000;
const lookAgainMs = 500;
/** How many looks for what is late go by between two lines about it. */
const looksEachWord = 20;

type Running = {
  world: World;
  options: RunOptions;
  random: Random;
  planted: PlantedClock[];
  journal: ReturnType<typeof journalReader>;
};

/** Nobody may be there to read it from at this moment. */
const readOn = ({ world, journal }: Running): Promise<true> =>
  eventually(
    async () => {
      await journal.readOn(await world.natsUrl());
      return true as const;
    },
    "the journal can be read",
    patienceMs,
  );

const plant = async (running: Running): Promise<void> => {
  const { world, random, planted, journal } = running;
  const natsUrl = await world.natsUrl();
  const template = await eventually(
    async () => {
      if (journal.template() === undefined) await journal.readOn(natsUrl);
      return journal.template();
    },
    "a question is asked",
    patienceMs,
  );
  planted.push(...(await plantClocks(natsUrl, template, { count: clocksEachFault, random })));
};

/** Strikes as planned. What goes wrong in a strike ends the run with what it was. */
const strikeAll = async (running: Running, sent: () => number): Promise<void> => {
  const { world, options } = running;
  for (const fault of options.plan) {
    await plant(running);
    await sleep(fault.afterMs);
    options.say(`${options.scenario} ${faultText(fault)}; ${String(sent())} messages so far`);
    await options.strike(world, fault);
  }
};

const untilSent = async (wanted: number, sent: () => number): Promise<void> => {
  while (sent() < wanted) await sleep(100);
};

const within = async (work: Promise<void>, what: () => string): Promise<string | undefined> => {
  const ending = new AbortController();
  const late = sleep(patienceMs, "late" as const, { signal: ending.signal }).catch(() => "late" as const);
  const first = await Promise.race([work.then(() => "done" as const), late]);
  ending.abort();
  return first === "late" ? what() : undefined;
};

/** Looks until what may only be late is there, or patience is at its end. */
const judge = async (
  running: Running,
  evidence: () => Promise<Evidence>,
): Promise<[Evidence, Violation[]]> => {
  const deadline = Date.now() + patienceMs;
  let looks = 0;
  for (;;) {
    await readOn(running);
    const seen = await evidence();
    const violations = violationsOf(seen);
    const late = violations.filter(({ kind }) => mayHeal.has(kind));
    if (late.length === 0 || Date.now() > deadline) return [seen, violations];
    if (looks++ % looksEachWord === 0)
      running.options.say(`${String(late.length)} are still to come, e.g. ${late[0]?.text ?? ""}`);
    await sleep(lookAgainMs);
  }
};

const failedStarts = ({ hubs }: World): string[] =>
  hubs.flatMap(({ name, failedStarts: failed }) =>
    failed() === 0 ? [] : [`${name} ended ${String(failed())} times before it listened`],
  );

const errorsLogged = (world: World): string[] => {
  const counts = new Map<string, number>();
  for (const hub of world.hubs)
    for (const line of hub.log().split("\n")) {
      const event = /"level":"error".*?"event":"([^"]+)"/.exec(line)?.[1];
      if (event !== undefined) counts.set(event, (counts.get(event) ?? 0) + 1);
    }
  return [...counts].map(([event, n]) => `a hub logged "${event}" ${String(n)} times`);
};

/** Load on a world, blows as planned, then quiet; and what of the promises was not kept. */
export const runUnderLoad = async (world: World, options: RunOptions): Promise<Outcome> => {
  const began = Date.now();
  const random = seededRandom(options.seed);
  const running: Running = { world, options, random, planted: [], journal: journalReader() };
  const reach = { hubs: world.hubUrls, token: world.token };
  const tag = `S${options.seed.toString(36).toUpperCase()}X`;
  const senders = startSenders({ ...reach, seed: options.seed, senders: options.senders, tag });
  const poller = startPoller({ ...reach, gln: practiceGln });
  const sent = (): number => senders.sent.size;
  await strikeAll(running, sent).catch(async (error: unknown) => {
    senders.abandon();
    await poller.stop();
    throw error;
  });
  await untilSent(options.messages, sent);
  const late = await within(senders.stop(), () => `${String(senders.waiting())} messages wait for an answer`);
  options.say(`${options.scenario}: ${String(sent())} messages sent; waiting for what is under way`);
  const [seen, violations] = await judge(running, async () => ({
    sent: [...senders.sent.values()],
    journal: running.journal.records,
    received: [...(await world.receivers.read()), ...poller.received],
    planted: running.planted,
    receivers: everybody,
    ordered: pushed,
  }));
  await poller.stop();
  const odd = senders.oddities.map((text) => ({ kind: "odd-answer" as const, text }));
  return {
    scenario: options.scenario,
    seed: options.seed,
    faults: options.plan.length,
    messages: sent(),
    sends: seen.sent.reduce((sum, { sends }) => sum + sends, 0),
    records: seen.journal.length,
    documents: seen.received.length,
    clocks: seen.planted.length,
    statuses: Object.fromEntries(senders.statuses),
    seconds: Math.round((Date.now() - began) / 1_000),
    violations: [...violations, ...odd],
    notes: [...(late === undefined ? [] : [late]), ...failedStarts(world), ...errorsLogged(world)],
  };
};
