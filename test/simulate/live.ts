import { createHash } from "node:crypto";
import { commandSubject } from "../../contracts/subjects.ts";
import { firstGeneration, liveKey, prefixOf } from "../../infra/redis/generations.ts";
import { indexPrefixes } from "../../infra/redis/index-names.ts";
import { clockFaults } from "./clock-laws.ts";
import { beginPlay, heal, takeSteps } from "./history.ts";
import { laws } from "./laws.ts";
import { journalOf, type Play, pass, run } from "./play.ts";
import type { Script, Step } from "./script.ts";
import { complete } from "./world.ts";

/** What became of one history. */
export type Lived = {
  seed: string;
  steps: number;
  records: number;
  /** Which law was broken, and how; empty when none was. */
  faults: string[];
  /** What happened how often. */
  counts: Readonly<Record<string, number>>;
  /** Everything that happened, a line each. */
  lines: readonly string[];
};

const dayMs = 24 * 3_600_000;
/** Far enough for every clock to run out, and every receipt to be given up. */
const afterwards = 400 * dayMs;
/** Longer than anything is held by whoever came to nothing with it. */
const heldMs = 12_000;
/** Whoever is not done after so many is judged as it is. */
const mostPasses = 8;
/** Of histories, how many have their index made again: it costs as much as all the other laws. */
const rebuiltOf = 0.25;
const rebuildMs = 20_000;

const lagOf = async ({ life: { platform, owner }, world }: Play): Promise<string[]> => {
  if (platform === undefined) return ["the hub is not up"];
  const behind: string[] = [];
  await complete(world, owner, async () => {
    for (let i = 0; i < world.streams; i++) {
      const stream = `JOURNAL_${String(i)}`;
      const position = await platform.projections.position(stream);
      const last = world.server().streams().get(stream)?.last ?? 0;
      if (position !== last)
        behind.push(`the index is at ${String(position)} of ${String(last)} of ${stream}`);
    }
  });
  return behind;
};

const indexIn = ({ redis: { store } }: Play["world"]): string => {
  const live = store.call("GET", liveKey(indexPrefixes.worklist));
  return store.dump(prefixOf(indexPrefixes.worklist, typeof live === "string" ? live : firstGeneration));
};

/** The index as it became is the index as it is made again from the journal. */
const rebuilt = async ({ life: { platform, owner }, world }: Play): Promise<string[]> => {
  if (platform === undefined) return [];
  const before = indexIn(world);
  await complete(world, owner, async () => {
    await platform.bus.ask(commandSubject("worklist.rebuild"), {}, rebuildMs);
  });
  return before === indexIn(world) ? [] : ["the index is not what the journal makes of it"];
};

const judged = async (play: Play): Promise<string[]> => {
  const { world, sent, partner } = play;
  const journal = journalOf(play);
  const nowMs = world.calendarMs();
  const intake = [...world.server().streams()].flatMap(([name, { messages }]) =>
    name.startsWith("INTAKE_") ? [...messages.values()].map(({ subject }) => subject) : [],
  );
  const evidence = { journal, intake, sent: [...sent.values()], partner, nowMs };
  const unacked = world.server().unacked();
  const isRebuilt = world.random.fork("rebuilt").chance(rebuiltOf);
  return [
    ...Object.entries(laws).flatMap(([name, law]) => law(evidence).map((fault) => `${name}: ${fault}`)),
    ...clockFaults(journal, nowMs).map((fault) => `clocks: ${fault}`),
    ...(unacked > 0 ? [`intake: ${String(unacked)} documents are not settled`] : []),
    ...(await lagOf(play)).map((fault) => `index: ${fault}`),
    ...(isRebuilt ? await rebuilt(play) : []).map((fault) => `index: ${fault}`),
  ];
};

/** What is another one while anything is being done: an index that was emptied grows first, and only then do clocks ring. */
const soFar = ({ world, partner }: Play): string => {
  const server = world.server();
  const lasts = [...server.streams().values()].map(({ config, last }) =>
    config.name.startsWith("KV_") ? 0 : last,
  );
  const keys = world.redis.store.call("KEYS") as string[];
  const ofCases = keys.filter((key) => key.startsWith(indexPrefixes.worklist)).length;
  return [...lasts, server.unacked(), partner.arrivals.length, ofCases].join();
};

const disturbances: ReadonlySet<Step["do"]> = new Set(["kill", "cut", "server", "index", "wipe", "weather"]);

/** Time goes by until nothing comes of it any more. Whoever was cut off comes back first, and only then has something to do. */
const untilQuiet = async (play: Play, { steps }: Script): Promise<void> => {
  const least = steps.some((step) => disturbances.has(step.do)) ? 2 : 1;
  for (let passes = 1; passes <= mostPasses; passes++) {
    const before = soFar(play);
    await pass(play, heldMs);
    if (passes >= least && soFar(play) === before && play.world.server().unacked() === 0) return;
  }
};

const through = async (play: Play, script: Script): Promise<string[]> => {
  await takeSteps(play, script.steps);
  await heal(play);
  // Some clocks ring on the way there, if anybody looks.
  const onTheWay = play.world.random.fork("afterwards").chance(0.3) ? [dayMs] : [];
  for (const ms of [...onTheWay, afterwards]) {
    play.world.jump(ms);
    await run(play, 450);
    await untilQuiet(play, script);
  }
  return judged(play);
};

/** sha256 of everything that happened, in order: the same seed, the same digest. */
export const digestOf = ({ lines }: Lived): string =>
  createHash("sha256").update(lines.join("\n")).digest("hex");

/** Lives a history through, and judges it when all is quiet. The same script, the same history, byte for byte. */
export const live = async (script: Script): Promise<Lived> => {
  const play = await beginPlay(script);
  const { world } = play;
  try {
    const faults = await through(play, script).catch((error: unknown) => [`simulation: ${String(error)}`]);
    return {
      seed: script.seed,
      steps: world.scheduler.steps(),
      records: journalOf(play).length,
      faults: [...world.bugs.map((bug) => `bug: ${bug}`), ...faults],
      counts: world.scheduler.counts(),
      lines: world.scheduler.lines(),
    };
  } finally {
    world.end();
  }
};
