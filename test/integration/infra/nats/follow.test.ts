import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Followed, type Follower, startFollower } from "../../../../infra/nats/follow.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
beforeAll(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  const layout = { streams: 1, replicas: 1 };
  platform = await openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog() });
});
afterAll(async () => {
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

afterEach(() => {
  vi.restoreAllMocks();
});

const stream = "JOURNAL_0";
const publish = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await platform.js.publish(`case.00.advice.${String(n)}`, String(n));
};
const lastSeq = async (): Promise<number> => (await platform.jsm.streams.info(stream)).state.last_seq;

/** A follower that keeps its position in memory, and says everything that it was given. */
const following = (from = 0, before: (batch: Followed[]) => void = () => undefined) => {
  const applied: number[] = [];
  const faults: unknown[] = [];
  let position = from;
  const follower: Follower = startFollower(platform.js, {
    link: platform.link,
    stream,
    apply: (batch) => {
      before(batch);
      applied.push(...batch.map((m) => m.seq));
      position = batch.at(-1)?.seq ?? position;
      return Promise.resolve();
    },
    position: () => Promise.resolve(position),
    onFault: (error) => faults.push(error),
  });
  return { applied, faults, stop: () => follower.stop(), at: () => position };
};
const reaches = (follower: { at: () => number }, seq: number): Promise<true> =>
  eventually(
    () => Promise.resolve(follower.at() >= seq ? (true as const) : undefined),
    `sequence ${String(seq)}`,
    20_000,
  );
const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("following a stream", () => {
  test("everything is applied once and in order, what was there and what comes", async () => {
    await publish(30);
    const follower = following();
    await publish(30);
    await reaches(follower, await lastSeq());
    expect(follower.applied).toEqual(upTo(1, await lastSeq()));
    await follower.stop();
  });

  test("it begins after the position that it is told", async () => {
    const last = await lastSeq();
    const follower = following(last - 5);
    await reaches(follower, last);
    expect(follower.applied).toEqual(upTo(last - 4, last));
    await follower.stop();
  });

  test("a run that cannot be applied is given again, from the position, until it can", async () => {
    let failures = 2;
    const last = await lastSeq();
    const follower = following(last, () => {
      if (failures-- > 0) throw new Error("not now");
    });
    await publish(3);
    await reaches(follower, last + 3);
    expect(follower.applied).toEqual(upTo(last + 1, last + 3));
    expect(follower.faults).toHaveLength(2);
    await follower.stop();
  });

  test("it goes on after the server was killed and came back, without a gap and without a repeat", async () => {
    const last = await lastSeq();
    const follower = following(last);
    await publish(5);
    await reaches(follower, last + 5);
    await nats.kill();
    await nats.restart();
    await eventually(() => platform.nc.rtt(), "the connection is back");
    await publish(5);
    await reaches(follower, last + 10);
    expect(follower.applied).toEqual(upTo(last + 1, last + 10));
    await follower.stop();
  });

  test("a clock that is set back an hour while a run is applied does not make the next one wait", async () => {
    const last = await lastSeq();
    const trueNow = Date.now;
    let offMs = 0;
    vi.spyOn(Date, "now").mockImplementation(() => trueNow() + offMs);
    const follower = following(last, () => {
      offMs = -3_600_000;
    });
    await publish(1);
    while (follower.at() < last + 1) await sleep(5);
    vi.restoreAllMocks();
    await publish(3);
    await reaches(follower, last + 4);
    await follower.stop();
  });

  test("a stop ends it at once, also when it has just begun and the stream is quiet", async () => {
    const quick = following(await lastSeq());
    await quick.stop();
    const settled = following(await lastSeq());
    await publish(1);
    await reaches(settled, await lastSeq());
    await settled.stop();
    const { length } = settled.applied;
    await publish(3);
    const later = following((await lastSeq()) - 3);
    await reaches(later, await lastSeq());
    await later.stop();
    expect(settled.applied).toHaveLength(length);
  });
});
