import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backlogMessages } from "../../../../infra/nats/backlog.ts";
import { type Followed, startFollower } from "../../../../infra/nats/follow.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
beforeEach(async () => {
  [nats, redis] = await Promise.all([startNatsServer({ syncAlways: false }), startRedisServer()]);
  const layout = { streams: 1, replicas: 1 };
  platform = await openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog() });
});
afterEach(async () => {
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

const stream = "JOURNAL_0";
/** @returns the sequence of the last */
const publish = async (count: number, family = "advice"): Promise<number> => {
  const acks = Array.from({ length: count }, (_, n) =>
    platform.js.publish(`case.00.${family}.${String(n)}`, String(n)),
  );
  return Math.max(...(await Promise.all(acks)).map(({ seq }) => seq));
};
const consumers = async (): Promise<number> => {
  let reading = 0;
  for await (const consumer of platform.jsm.consumers.list(stream))
    if (consumer.num_waiting > 0) reading += 1;
  return reading;
};
const oneConsumer = (): Promise<true> =>
  eventually(async () => ((await consumers()) === 1 ? (true as const) : undefined), "one consumer is left");

type Options = { from?: number; filter?: string; apply?: (batch: Followed[]) => Promise<void> };
/** Keeps its position in memory, and every sequence and every length of run that it was given. */
const following = ({ from = 0, filter, apply = () => Promise.resolve() }: Options = {}) => {
  const given: Followed[] = [];
  const runs: number[] = [];
  const follower = startFollower(platform.js, {
    link: platform.link,
    stream,
    ...(filter === undefined ? {} : { filter }),
    restMs: 0,
    apply: async (batch) => {
      await apply(batch);
      given.push(...batch);
      runs.push(batch.length);
    },
    position: () => Promise.resolve(given.at(-1)?.seq ?? from),
    onFault: () => undefined,
  });
  const seqs = () => given.map(({ seq }) => seq);
  const reaches = (seq: number): Promise<true> =>
    eventually(
      () => Promise.resolve(seqs().at(-1) === seq ? (true as const) : undefined),
      String(seq),
      20_000,
    );
  return { given, runs, seqs, reaches, stop: () => follower.stop() };
};
const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("all who follow a stream in a process", () => {
  test("are given the same messages by one consumer, wherever each began", async () => {
    const last = await publish(50);
    const all = [following(), following({ from: 20 }), following({ from: last })];
    for (const one of all.slice(0, 2)) await one.reaches(last);
    const next = await publish(5);
    for (const one of all) await one.reaches(next);
    await oneConsumer();
    expect(all.map((one) => one.seqs())).toEqual([upTo(1, next), upTo(21, next), upTo(last + 1, next)]);
    expect(new Set(all.map((one) => one.given.at(-1))).size).toBe(1);
    for (const one of all) await one.stop();
    await eventually(async () => ((await consumers()) === 0 ? (true as const) : undefined), "nobody reads");
  });

  test("go on without one another: who comes later, when all others left, reads what came", async () => {
    const first = following();
    await first.reaches(await publish(3));
    await first.stop();
    const last = await publish(3);
    const second = following({ from: 2 });
    await second.reaches(last);
    expect(second.seqs()).toEqual(upTo(3, last));
    await second.stop();
  });

  test("are not held up by one that is slow: it falls behind what is held, catches up by itself, and misses nothing", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = following({ apply: () => held });
    const quick = following();
    const many = 2 * backlogMessages + 100;
    let last = 0;
    for (let n = 0; n < many; n += 500) last = await publish(500);
    await quick.reaches(last);
    expect(slow.seqs()).toEqual([]);
    release();
    await slow.reaches(last);
    expect(slow.seqs()).toEqual(upTo(1, last));
    await oneConsumer();
    const next = await publish(1);
    await slow.reaches(next);
    for (const one of [slow, quick]) await one.stop();
  });

  test("may want some subjects alone", async () => {
    await publish(20);
    const booked = await publish(1, "booking");
    const some = following({ filter: "case.*.booking.>" });
    await some.reaches(booked);
    await publish(20);
    const next = await publish(2, "booking");
    await some.reaches(next);
    expect(some.seqs()).toEqual([booked, next - 1, next]);
    await some.stop();
  });
});

describe("a stream that lost some of its messages", () => {
  test("is followed over the gaps, from before them, in them and behind them", async () => {
    await publish(30);
    const live = following({ from: 30 });
    for (const n of [0, 10, 11, 12, 13, 14, 15, 29])
      await platform.jsm.streams.purge(stream, { filter: `case.00.advice.${String(n)}` });
    const all = [following(), following({ from: 12 }), following({ from: 30 })];
    const last = await publish(3);
    for (const one of [...all, live]) await one.reaches(last);
    const left = upTo(1, 29).filter((seq) => ![1, 11, 12, 13, 14, 15, 16].includes(seq));
    expect(all[0]?.seqs()).toEqual([...left, ...upTo(31, last)]);
    expect(all[1]?.seqs()).toEqual([...left.filter((seq) => seq > 12), ...upTo(31, last)]);
    expect(all[2]?.seqs()).toEqual(upTo(31, last));
    expect(live.seqs()).toEqual(upTo(31, last));
    for (const one of [...all, live]) await one.stop();
  });

  test("of which nothing is left is followed from its end", async () => {
    await publish(30);
    await platform.jsm.streams.purge(stream);
    const one = following();
    const last = await publish(2);
    await one.reaches(last);
    expect(one.seqs()).toEqual([31, 32]);
    await one.stop();
  });
});

describe("start-up in the middle of a backlog", () => {
  test("while others write: everything once and in order, and what came while a run was applied is the next run", async () => {
    await publish(3_000);
    const state = { writing: true };
    const written = (async () => {
      let last = 0;
      while (state.writing) last = await publish(20);
      return last;
    })();
    const one = following({ apply: () => new Promise((resolve) => setTimeout(resolve, 5)) });
    await eventually(
      () => Promise.resolve(one.seqs().length > 3_500 ? (true as const) : undefined),
      "it is under way",
    );
    state.writing = false;
    const last = await written;
    await one.reaches(last);
    expect(one.seqs()).toEqual(upTo(1, last));
    expect(Math.max(...one.runs)).toBeGreaterThan(100);
    expect(one.runs.length).toBeLessThan(last / 10);
    await one.stop();
  });

  test("and a server that is killed meanwhile, several times, leaves neither a gap nor a repeat", async () => {
    const last = await publish(6_000);
    const [one, other] = [
      following({ apply: () => new Promise((resolve) => setTimeout(resolve, 10)) }),
      following({ from: 3_000, apply: () => new Promise((resolve) => setTimeout(resolve, 3)) }),
    ];
    for (const share of [0.1, 0.4, 0.7]) {
      await eventually(
        () => Promise.resolve(one.seqs().length > share * last ? (true as const) : undefined),
        String(share),
        20_000,
      );
      await nats.kill();
      await nats.restart();
    }
    const next = await eventually(() => publish(3), "the server takes records", 10_000);
    await Promise.all([one.reaches(next), other.reaches(next)]);
    expect(one.seqs()).toEqual(upTo(1, next));
    expect(other.seqs()).toEqual(upTo(3_001, next));
    for (const each of [one, other]) await each.stop();
  });
});
