import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../../infra/ids.ts";
import { followJournal } from "../../../../infra/nats/follow-journal.ts";
import type { Arrived } from "../../../../infra/nats/intake.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { bareRecord } from "../../../support/bare-record.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

/** A hub whose servers are its own: what it writes it hands to its readers itself. */
let nats: NatsServer;
let redis: RedisServer;
const layout = { streams: 2, replicas: 1 };
const open = (alone: boolean): Promise<Platform> =>
  openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog(), alone });
beforeAll(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
});
afterAll(async () => {
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});
let standard = "";
beforeEach(() => {
  standard = `s${newId().slice(0, 8)}`;
});

const append = async (on: Platform, count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, newId);
  await Promise.all(ids.map((id) => on.journal.append(bareRecord(id), 0)));
  return ids;
};
const document = (): Arrived => ({
  bytes: Buffer.from("<a/>"),
  mediaType: "application/xml",
  standard,
  sender: "5790000100019",
  speaksFor: ["5790000100019"],
  transport: "http",
  receivedAt: "2026-11-23T09:15:00.000Z",
});
const send = async (on: Platform, count = 1): Promise<string[]> => {
  const ids = Array.from({ length: count }, newId);
  await Promise.all(ids.map((id) => on.intake.append(id, document())));
  return ids;
};
const until = (look: () => boolean, what: string): Promise<true> =>
  eventually(() => Promise.resolve(look() ? (true as const) : undefined), what, 20_000);

/** Follows the journal from where it is now, noting what it reads in the order of each stream. */
const following = async (on: Platform) => {
  const read: { stream: string; seq: number; caseId: string }[] = [];
  const starts = new Map<string, number>();
  for (const name of on.streamNames) starts.set(name, (await on.jsm.streams.info(name)).state.last_seq);
  const { stop } = followJournal(on, {
    from: (stream) => Promise.resolve(starts.get(stream) ?? 0),
    read: (stream, { seq, subject }) => {
      read.push({ stream, seq, caseId: subject.split(".").at(-1) ?? "" });
    },
    onFault: () => undefined,
  });
  const has = (ids: readonly string[]): Promise<true> =>
    until(() => ids.every((id) => read.some(({ caseId }) => caseId === id)), `${String(ids.length)} records`);
  const eachOnceInOrder = (): boolean =>
    on.streamNames.every((name) => {
      const seqs = read.filter(({ stream }) => stream === name).map(({ seq }) => seq);
      return seqs.every((seq, i) => seq === (seqs[0] ?? 0) + i);
    });
  return { read, has, eachOnceInOrder, stop };
};
const consumersOn = async (on: Platform): Promise<number> => {
  let found = 0;
  for (const name of on.streamNames) for await (const _consumer of on.jsm.consumers.list(name)) found += 1;
  return found;
};
const taking = async (on: Platform, settle: (intake: string) => Promise<void> = () => Promise.resolve()) => {
  const taken: string[] = [];
  const { stop } = await on.intake.take(standard, ({ intake }) => {
    taken.push(intake);
    return settle(intake);
  });
  return { taken, times: (id: string): number => taken.filter((one) => one === id).length, stop };
};

describe("the journal, written and followed by one process", () => {
  test("what is written is read once and in order, and the server sends nothing back", async () => {
    const hub = await open(true);
    const follower = await following(hub);
    const ids = (await Promise.all([append(hub, 60), append(hub, 60)])).flat();
    await follower.has(ids);
    expect(follower.eachOnceInOrder()).toBe(true);
    expect(await consumersOn(hub)).toBe(0);
    await follower.stop();
    await hub.close();
  });

  test("what was there before is read from the server, then what is written here, without a gap", async () => {
    const hub = await open(true);
    const before = await append(hub, 1_500);
    const read: string[] = [];
    const { stop } = followJournal(hub, {
      from: () => Promise.resolve(0),
      read: (_stream, { subject }) => {
        read.push(subject.split(".").at(-1) ?? "");
      },
      onFault: () => undefined,
    });
    const meanwhile = await append(hub, 300);
    await until(() => [...before, ...meanwhile].every((id) => read.includes(id)), "everything");
    expect(new Set(read).size).toBe(read.length);
    const after = await append(hub, 10);
    await until(() => after.every((id) => read.includes(id)), "what came after");
    await eventually(
      async () => ((await consumersOn(hub)) === 0 ? (true as const) : undefined),
      "no consumer",
    );
    await stop();
    await hub.close();
  });

  test("what another process writes all the same is found within seconds, in its place", async () => {
    const hub = await open(true);
    const other = await open(false);
    const follower = await following(hub);
    const foreign = await append(other, 5);
    const own = await append(hub, 5);
    await follower.has([...foreign, ...own]);
    expect(follower.eachOnceInOrder()).toBe(true);
    await follower.stop();
    await Promise.all([hub.close(), other.close()]);
  });

  test("records written while the server is killed again and again are all read, once and in order", async () => {
    const hub = await open(true);
    const follower = await following(hub);
    const written: string[] = [];
    for (let round = 0; round < 4; round++) {
      const going = Array.from({ length: 40 }, newId).map(async (id) => {
        const done = await hub.journal.append(bareRecord(id), 0).catch(() => undefined);
        if (done?.kind === "appended") written.push(id);
      });
      await nats.kill();
      await nats.restart();
      await Promise.all(going);
      await eventually(() => hub.nc.rtt(), "the connection is back");
      written.push(...(await append(hub, 3)));
    }
    await follower.has(written);
    expect(follower.eachOnceInOrder()).toBe(true);
    await follower.stop();
    await hub.close();
  });
});

describe("where several processes write, each", () => {
  test("reads what all of them wrote, once and in order", async () => {
    const [one, two] = await Promise.all([open(false), open(false)]);
    const followers = await Promise.all([following(one), following(two)]);
    const ids = (await Promise.all([append(one, 80), append(two, 80)])).flat();
    for (const follower of followers) {
      await follower.has(ids);
      expect(follower.eachOnceInOrder()).toBe(true);
      await follower.stop();
    }
    await Promise.all([one.close(), two.close()]);
  });
});

describe("documents, written and taken by one process", () => {
  test("each is taken once, without being sent back by the server", async () => {
    const hub = await open(true);
    const early = await send(hub, 3);
    const reader = await taking(hub);
    const late = await send(hub, 300);
    await until(() => reader.taken.length >= 303, "all documents");
    expect([...early, ...late].every((id) => reader.times(id) === 1)).toBe(true);
    await eventually(
      async () => ((await consumersOn(hub)) === 0 ? (true as const) : undefined),
      "no consumer",
    );
    await reader.stop();
    await hub.close();
  });

  test("one that could not be read is tried again, and others do not wait for it", async () => {
    const hub = await open(true);
    let failures = 1;
    let bad = "";
    const reader = await taking(hub, (intake) =>
      intake === bad && failures-- > 0 ? Promise.reject(new Error("not now")) : Promise.resolve(),
    );
    bad = newId();
    await hub.intake.append(bad, document());
    const [good = ""] = await send(hub);
    await until(() => reader.times(good) === 1 && reader.times(bad) === 2, "the second reading");
    await reader.stop();
    await hub.close();
  });

  test("what was not done when the process died is taken by the next, with everything behind the oldest of it", async () => {
    const dying = await open(true);
    let held = "";
    const reader = await taking(dying, (intake) =>
      intake === held ? new Promise(() => undefined) : Promise.resolve(),
    );
    const done = await send(dying, 4);
    await until(() => done.every((id) => reader.times(id) === 1), "the first documents");
    held = newId();
    await dying.intake.append(held, document());
    const behind = await send(dying, 4);
    await until(() => behind.every((id) => reader.times(id) === 1), "those behind it");
    await dying.nc.close();
    dying.redis.disconnect();
    const next = await open(true);
    const again = await taking(next);
    await until(() => again.times(held) === 1, "the held document again");
    await again.stop();
    await next.close();
  });

  test("what was done before an orderly stop is not taken again", async () => {
    const first = await open(true);
    const reader = await taking(first);
    const done = await send(first, 5);
    await until(() => reader.taken.length === 5, "the documents");
    await reader.stop();
    await first.close();
    const second = await open(true);
    const again = await taking(second);
    const [fresh = ""] = await send(second);
    await until(() => again.times(fresh) === 1, "the new one");
    expect(done.some((id) => again.times(id) > 0)).toBe(false);
    await again.stop();
    await second.close();
  });

  test("it goes on after the server was killed and came back, and takes what was kept without a yes", async () => {
    const hub = await open(true);
    const reader = await taking(hub);
    const kept: string[] = [];
    const going = Array.from({ length: 30 }, newId).map(async (id) => {
      await hub.intake.append(id, document()).then(
        () => kept.push(id),
        () => undefined,
      );
    });
    await nats.kill();
    await nats.restart();
    await Promise.all(going);
    await eventually(() => hub.nc.rtt(), "the connection is back");
    kept.push(...(await send(hub, 2)));
    await until(() => kept.every((id) => reader.times(id) >= 1), "what was kept");
    await reader.stop();
    await hub.close();
  });
});
