import { commandSubject } from "../../contracts/subjects.ts";
import { firstGeneration, liveKey, prefixOf } from "../../infra/redis/generations.ts";
import { indexPrefixes } from "../../infra/redis/index-names.ts";
import { clockFaults } from "./clock-laws.ts";
import { beginPlay, heal, takeSteps } from "./history.ts";
import { layout } from "./hub.ts";
import { laws } from "./laws.ts";
import type { Durable } from "./memory/nats-server.ts";
import { journalOf, type Play, pass, run } from "./play.ts";
import type { Script } from "./script.ts";
import { complete } from "./world.ts";

/** What became of one history. */
export type Lived = {
  seed: string;
  /** sha256 of everything that happened, in order: the same seed, the same digest. */
  digest: string;
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
const afterwards: readonly number[] = [dayMs, 400 * dayMs];
/** Longer than anything is held by whoever came to nothing with it. */
const heldMs = 12_000;
const rebuildMs = 20_000;

const lagOf = async ({ life: { platform, owner }, world }: Play): Promise<string[]> => {
  if (platform === undefined) return ["the hub is not up"];
  const behind: string[] = [];
  await complete(world, owner, async () => {
    for (let i = 0; i < layout.streams; i++) {
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
  return [
    ...Object.entries(laws).flatMap(([name, law]) => law(evidence).map((fault) => `${name}: ${fault}`)),
    ...clockFaults(journal, nowMs).map((fault) => `clocks: ${fault}`),
    ...(unacked > 0 ? [`intake: ${String(unacked)} documents are not settled`] : []),
    ...(await lagOf(play)).map((fault) => `index: ${fault}`),
    ...(await rebuilt(play)).map((fault) => `index: ${fault}`),
  ];
};

const through = async (play: Play, script: Script): Promise<string[]> => {
  await takeSteps(play, script.steps);
  await heal(play);
  for (const ms of afterwards) {
    play.world.jump(ms);
    await run(play, 450);
    await pass(play, heldMs);
    await pass(play, heldMs);
  }
  return judged(play);
};

/** Lives a history through, and judges it when all is quiet. The same script, the same history, byte for byte. */
export const live = async (script: Script, durable: Durable): Promise<Lived> => {
  const play = await beginPlay(script, durable);
  const { world } = play;
  try {
    const faults = await through(play, script).catch((error: unknown) => [`simulation: ${String(error)}`]);
    return {
      seed: script.seed,
      digest: world.scheduler.digest(),
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
