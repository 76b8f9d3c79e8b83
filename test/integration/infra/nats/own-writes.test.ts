import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../../infra/ids.ts";
import { startFollower } from "../../../../infra/nats/follow.ts";
import { intakeWaiting } from "../../../../infra/nats/intake-waiting.ts";
import { ownWritesOf } from "../../../../infra/nats/own-writes.ts";
import { createPublish, type Publish } from "../../../../infra/nats/publish.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

const layout = { streams: 1, replicas: 1 };
const stream = "JOURNAL_0";
let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
const open = (): Promise<Platform> =>
  openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog(), alone: true });
beforeEach(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  platform = await open();
});
afterEach(async () => {
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

const until = (look: () => boolean, what: string): Promise<true> =>
  eventually(() => Promise.resolve(look() ? (true as const) : undefined), what, 20_000);

describe("who follows a stream that this process alone writes to", () => {
  const following = () => {
    const seqs: number[] = [];
    const follower = startFollower(platform.js, {
      link: platform.link,
      stream,
      apply: (batch) => {
        seqs.push(...batch.map(({ seq }) => seq));
        return Promise.resolve();
      },
      position: () => Promise.resolve(seqs.at(-1) ?? 0),
      onFault: () => undefined,
    });
    return { seqs, stop: () => follower.stop() };
  };
  const ownPublish = (): Publish =>
    createPublish(platform.nc, { onStored: (written) => ownWritesOf(platform.js)?.tell(written) });
  const write = (publish: Publish, n: number): Promise<number> =>
    publish(`case.00.advice.${String(n)}`, Buffer.from(String(n)));

  test("is given what it writes, and the server is not asked for it", async () => {
    const publish = ownPublish();
    const first = await write(publish, 0);
    const one = following();
    await until(() => one.seqs.at(-1) === first, "what was there before");
    const last = Math.max(...(await Promise.all([1, 2, 3, 4].map((n) => write(publish, n)))));
    await until(() => one.seqs.at(-1) === last, "what came since");
    const names: string[] = [];
    for await (const { name } of platform.jsm.consumers.list(stream)) names.push(name);
    expect([one.seqs, names.length]).toEqual([[1, 2, 3, 4, 5], 1]);
    await one.stop();
  });

  test("is given what it was not told of, in order, and at last also when nothing follows it", async () => {
    const [publish, untold] = [ownPublish(), createPublish(platform.nc)];
    await write(publish, 0);
    const one = following();
    await until(() => one.seqs.length === 1, "the first");
    await write(untold, 1);
    await write(publish, 2);
    await until(() => one.seqs.length === 3, "what lay before an own one");
    await write(untold, 3);
    await until(() => one.seqs.length === 4, "the last of all");
    expect(one.seqs).toEqual([1, 2, 3, 4]);
    await one.stop();
  });

  test("goes on when the server was away", async () => {
    const publish = ownPublish();
    const one = following();
    await write(publish, 0);
    await until(() => one.seqs.length === 1, "the first");
    await nats.kill();
    await nats.restart();
    await eventually(async () => write(publish, 1).catch(() => undefined), "the server is back", 20_000);
    await until(() => one.seqs.length >= 2, "what was written since");
    expect(one.seqs).toEqual(one.seqs.toSorted((a, b) => a - b));
    await one.stop();
  });
});

describe("a document that this process keeps alone", () => {
  const keep = async (): Promise<string> => {
    const id = newId();
    await platform.intake.append(id, {
      ...{ bytes: Buffer.from("<a/>"), mediaType: "application/xml", standard: "own", transport: "http" },
      ...{ sender: "5790000100019", speaksFor: ["5790000100019"], receivedAt: "2026-11-23T09:15:00.000Z" },
    });
    return id;
  };
  const waiting = (): Promise<number> => intakeWaiting(platform.jsm, layout);

  test("is read once, and nothing of it waits any more", async () => {
    const read: string[] = [];
    const taking = await platform.intake.take("own", ({ intake }) => {
      read.push(intake);
      return Promise.resolve();
    });
    const ids = await Promise.all(Array.from({ length: 400 }, keep));
    await until(() => read.length >= 400, "all are read");
    await eventually(async () => ((await waiting()) === 0 ? (true as const) : undefined), "none waits");
    expect(read.toSorted()).toEqual(ids.toSorted());
    await taking.stop();
  });

  test("leaves nothing behind when the reading is stopped", async () => {
    const taking = await platform.intake.take("own", () => Promise.resolve());
    await Promise.all(Array.from({ length: 40 }, keep));
    await taking.stop();
    // The server notes what was acknowledged a moment later; what is left by then waits for ever, for nobody reads it now.
    await eventually(async () => ((await waiting()) === 0 ? (true as const) : undefined), "none waits");
  });

  test("is read again when that failed", async () => {
    let tries = 0;
    const taking = await platform.intake.take("own", () => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error("not yet")) : Promise.resolve();
    });
    await keep();
    await until(() => tries === 3, "it is read three times");
    await eventually(async () => ((await waiting()) === 0 ? (true as const) : undefined), "none waits");
    await taking.stop();
  });

  test("is read by the next process when this one died over it", async () => {
    const dying = await openPlatform({
      ...{ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog(), alone: true },
    });
    const begun: string[] = [];
    await dying.intake.take("own", ({ intake }) => {
      begun.push(intake);
      return new Promise(() => undefined);
    });
    const mine = platform;
    platform = dying;
    const id = await keep();
    await until(() => begun.includes(id), "it was begun");
    await dying.nc.close();
    platform = mine;
    const read: string[] = [];
    const taking = await platform.intake.take("own", ({ intake }) => {
      read.push(intake);
      return Promise.resolve();
    });
    await until(() => read.includes(id), "it is read");
    await taking.stop();
  });
});
