import { acts, setPause } from "./acts.ts";
import { serversWith } from "./base.ts";
import { startLife } from "./hub.ts";
import { startPartner } from "./partner.ts";
import { ask, killAndStart, type Play, pass, run, settleMs } from "./play.ts";
import type { Script, Step } from "./script.ts";
import { asksAgain, isAnswered, type Sent } from "./sender.ts";
import { calm, createWorld } from "./world.ts";

const dayMs = 24 * 3_600_000;
const firstDay = Date.parse("2026-11-23T07:00:00.000Z");

/** A start that comes to nothing is tried again, as whoever keeps a service running does. */
const revive = async (play: Play): Promise<void> => {
  if (play.life.failed === undefined) return;
  play.world.scheduler.count("start failed");
  await killAndStart(play);
};

const take = async (play: Play, { do: act, n, events }: Step): Promise<void> => {
  const { scheduler } = play.world;
  scheduler.note(`step ${act} ${String(n)}`);
  await acts[act](play, n);
  for (let left = events; left > 0; left--) if (!(await scheduler.step(scheduler.nowMs() + 50))) break;
  await revive(play);
};

/** Begins a history: a world with a hub that is up. */
export const beginPlay = async (script: Script): Promise<Play> => {
  const { seed, days, streams } = script;
  const durable = await serversWith(streams);
  const world = createWorld(seed, { durable, streams, from: firstDay + days * dayMs });
  const partner = await startPartner(world);
  const life = await startLife(world, 1);
  const play: Play = {
    world,
    life,
    lives: 1,
    sent: new Map(),
    numbers: 0,
    partner,
    fetched: [],
    paused: false,
  };
  const { scheduler } = world;
  const until = scheduler.nowMs() + 10_000;
  while (life.platform === undefined && life.failed === undefined && (await scheduler.step(until)));
  return play;
};

export const takeSteps = async (play: Play, steps: readonly Step[]): Promise<void> => {
  for (const step of steps) await take(play, step);
};

const rounds = 12;
const roundMs = 2_500;

const unanswered = ({ sent }: Play): Sent[] =>
  [...sent.values()].filter((one) => !isAnswered(one) && (asksAgain(one.order) || one.tries === 0));

/** Everything that went wrong is over: the hub is up, and whoever has no answer asks again until there is one. */
export const heal = async (play: Play): Promise<void> => {
  const { world, partner } = play;
  world.weather(calm);
  world.redis.setUp(true);
  partner.behave("takes");
  for (let round = 0; round < rounds; round++) {
    await run(play, settleMs);
    if (round > 0 || unanswered(play).length > 0 || play.life.platform === undefined)
      await pass(play, roundMs);
    await revive(play);
    if (play.life.platform === undefined) continue;
    if (play.paused) await setPause(play, false);
    const left = unanswered(play);
    if (left.length === 0) return;
    for (const { order } of left) await ask(play, order);
  }
};
