import { randomBytes } from "node:crypto";
import { Objm } from "@nats-io/obj";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Organisation } from "../../../../contracts/messages/directory.ts";
import { sha256 } from "../../../../infra/ids.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
const open = (): Promise<Platform> =>
  openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout: { streams: 1, replicas: 1 },
    log: runLog(),
  });
beforeAll(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  platform = await open();
});
afterAll(async () => {
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

test.each([1, 128 * 1024, 128 * 1024 + 1, 5_000_000])(
  "%i bytes are kept under their digest",
  async (size) => {
    const bytes = randomBytes(size);
    const digest = `sha256-${sha256(bytes)}`;
    expect(await platform.objects.stat(digest)).toBeUndefined();
    expect(await platform.objects.put(bytes)).toEqual({ digest, sizeBytes: size });
    expect(await platform.objects.stat(digest)).toEqual({ sizeBytes: size });
    expect(Buffer.from((await platform.objects.get(digest)) ?? []).equals(bytes)).toBe(true);
  },
);

test("what was never kept is nothing", async () => {
  expect(await platform.objects.get(`sha256-${sha256("aldrig")}`)).toBeUndefined();
  expect(await platform.objects.stat(`sha256-${sha256("aldrig")}`)).toBeUndefined();
});

test("the same bytes are kept once, one after the other", async () => {
  const bytes = randomBytes(50_000);
  await platform.objects.put(bytes);
  const { state } = await platform.jsm.streams.info("OBJ_DOCUMENTS");
  await platform.objects.put(bytes);
  expect((await platform.jsm.streams.info("OBJ_DOCUMENTS")).state.last_seq).toBe(state.last_seq);
});

test("the same bytes kept by many at once can be read by all, while they are kept", async () => {
  for (let round = 0; round < 5; round++) {
    const bytes = randomBytes(300_000);
    const putAndGet = async (): Promise<boolean> => {
      const { digest } = await platform.objects.put(bytes);
      return Buffer.from((await platform.objects.get(digest)) ?? []).equals(bytes);
    };
    const read = await Promise.all(Array.from({ length: 8 }, putAndGet));
    expect(read).toEqual(Array.from({ length: 8 }, () => true));
  }
});

/** Bytes as a caller sends them: pieces of no particular size, and of none. */
async function* arriving(bytes: Uint8Array, breaksAt = bytes.length + 1): AsyncGenerator<Uint8Array> {
  const sizes = [65_536, 1, 0, 300_000, 4_096];
  let turn = 0;
  for (let at = 0; at < bytes.length; at += sizes[turn++ % sizes.length] ?? 1) {
    if (at >= breaksAt) throw new Error("the caller is gone");
    yield await Promise.resolve(bytes.subarray(at, at + (sizes[turn % sizes.length] ?? 1)));
  }
}
const storedMessages = async (): Promise<number> =>
  (await platform.jsm.streams.info("OBJ_DOCUMENTS")).state.messages;

test.each([1, 256 * 1024, 256 * 1024 + 1, 3_000_000])(
  "%i bytes that arrive in pieces are kept under their digest, once",
  async (size) => {
    const bytes = randomBytes(size);
    const digest = `sha256-${sha256(bytes)}`;
    expect(await platform.objects.putStream(arriving(bytes))).toEqual({ digest, sizeBytes: size });
    const messages = await storedMessages();
    expect(await platform.objects.putStream(arriving(bytes))).toEqual({ digest, sizeBytes: size });
    expect(await platform.objects.put(bytes)).toEqual({ digest, sizeBytes: size });
    expect(await storedMessages()).toBe(messages);
    expect(Buffer.from((await platform.objects.get(digest)) ?? []).equals(bytes)).toBe(true);
  },
);

test("of bytes that stop arriving nothing is kept, and the caller's own error is told", async () => {
  const messages = await storedMessages();
  const broken = platform.objects.putStream(arriving(randomBytes(3_000_000), 2_000_000));
  await expect(broken).rejects.toThrow("the caller is gone");
  expect(await storedMessages()).toBe(messages);
});

test("what is kept is what any client of the object store reads", async () => {
  const bytes = randomBytes(700_000);
  const { digest } = await platform.objects.put(bytes);
  const store = await new Objm(platform.js).open("DOCUMENTS");
  expect(Buffer.from((await store.getBlob(digest)) ?? []).equals(bytes)).toBe(true);
  await store.putBlob({ name: "sha256-of-another-client" }, bytes);
  // Its digest is not its name, so it is not what the hub would have kept under that name.
  await expect(platform.objects.get("sha256-of-another-client")).rejects.toThrow();
});

test("bytes are there after the server was killed", async () => {
  const { digest } = await platform.objects.put(randomBytes(200_000));
  await nats.kill();
  await nats.restart();
  await eventually(() => platform.nc.rtt(), "the connection is back");
  expect((await platform.objects.get(digest))?.length).toBe(200_000);
});

const changing = (...organisations: Organisation[]) => ({
  changedBy: "prøve",
  changedAt: "2026-11-23T09:15:00.000Z",
  organisations,
  registrations: [],
});

test("the directory is whole in memory when it opens, and one process sees what another put", async () => {
  const organisation = Organisation.parse({
    gln: "5790000100019",
    name: "Prøven",
    kind: "practice",
    channels: [{ standard: "json", transport: "inbox", accepts: ["AdviceAsked"] }],
    validFrom: "2026-01-01",
  });
  await platform.directory.change(changing(organisation));
  await platform.directory.settled();
  expect(platform.directory.organisation(organisation.gln)).toEqual(organisation);
  const other = await open();
  expect(other.directory.all()).toEqual([organisation]);
  const renamed = { ...organisation, name: "Prøven igen" };
  await platform.directory.change(changing(renamed));
  await eventually(
    () =>
      Promise.resolve(
        other.directory.organisation(organisation.gln)?.name === renamed.name ? true : undefined,
      ),
    "the other process",
  );
  await other.close();
});
