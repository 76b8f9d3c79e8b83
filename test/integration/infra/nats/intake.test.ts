import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RefusedDocument } from "../../../../contracts/messages/worklist.ts";
import { newId } from "../../../../infra/ids.ts";
import type { Arrived, TakenDocument } from "../../../../infra/nats/intake-document.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

const layout = { streams: 4, replicas: 1 };
let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
const open = (): Promise<Platform> =>
  openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog() });
beforeAll(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  platform = await open();
});
afterAll(async () => {
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

const document = (bytes: Uint8Array, standard = "oioxml"): Arrived => ({
  bytes,
  mediaType: "application/xml; charset=utf-8",
  standard,
  sender: "5790000100019",
  speaksFor: ["5790000100019", "5790000100026"],
  transport: "http",
  receivedAt: "2026-11-23T09:15:00.000Z",
  answerTo: "_INBOX.abc",
});
const kept = async (bytes: Uint8Array, standard?: string): Promise<string> => {
  const id = newId();
  await platform.intake.append(id, document(bytes, standard));
  return id;
};

/** Readers that note what they were given; `settle` decides what becomes of each. */
const reading = async (
  on: Platform,
  standard: string,
  settle: (taken: TakenDocument) => Promise<void> = () => Promise.resolve(),
) => {
  const taken: TakenDocument[] = [];
  const taking = await on.intake.take(standard, (one) => {
    taken.push(one);
    return settle(one);
  });
  return {
    taken,
    times: (id: string): number => taken.filter((t) => t.intake === id).length,
    stop: taking.stop,
  };
};
const once = (look: () => boolean, what: string): Promise<true> =>
  eventually(() => Promise.resolve(look() ? (true as const) : undefined), what, 20_000);

describe("what arrives is kept", () => {
  test.each([0, 5, 700_000])(
    "a document of %i bytes comes back as it came, with who sent it",
    async (size) => {
      const bytes = new Uint8Array(size).fill(0xe6);
      const id = await kept(bytes, "kept");
      const original = await platform.intake.original(id);
      expect({ ...original, bytes: original?.bytes.length }).toEqual({
        ...document(bytes, "kept"),
        intake: id,
        bytes: size,
      });
      expect(Buffer.from(original?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    },
  );
  test("a document that never came is nothing", async () => {
    expect(await platform.intake.original(newId())).toBeUndefined();
  });
  test("a refusal is noted once, newest first, and its original is still the document", async () => {
    const ids = await Promise.all([1, 2, 3].map(() => kept(Buffer.from("<x/>"), "kept")));
    const note = (intake: string, n: number): RefusedDocument => ({
      intake,
      sender: "5790000100019",
      at: `2026-11-23T09:15:0${String(n)}.000Z`,
      code: "xml-malformed",
      problems: [],
    });
    for (const [n, id] of ids.entries()) await platform.intake.noteRefusal(note(id, n));
    await platform.intake.noteRefusal({ ...note(ids[0] ?? "", 0), code: "version-wrong" });
    const refused = await platform.intake.refused(10);
    expect(refused.map((r) => r.intake)).toEqual(ids.toReversed());
    expect(refused.every((r) => r.code === "xml-malformed")).toBe(true);
    expect(await platform.intake.refused(2)).toHaveLength(2);
    expect((await platform.intake.original(ids[0] ?? ""))?.mediaType).toContain("application/xml");
  });
});

describe("what was kept is read", () => {
  test("each document once, of its own standard alone, also those that came before the reader", async () => {
    const early = await kept(Buffer.from("<a/>"), "read");
    const reader = await reading(platform, "read");
    const late = await kept(Buffer.alloc(600_000, 1), "read");
    const foreign = await kept(Buffer.from("{}"), "other");
    await once(() => reader.taken.length >= 2, "both documents");
    expect([early, late, foreign].map(reader.times)).toEqual([1, 1, 0]);
    expect(reader.taken.find((t) => t.intake === late)?.bytes.length).toBe(600_000);
    await reader.stop();
  });

  test("a document that could not be read is given again, and others do not wait for it", async () => {
    let failures = 1;
    const bad = newId();
    const reader = await reading(platform, "again", (taken) =>
      taken.intake === bad && failures-- > 0 ? Promise.reject(new Error("not now")) : Promise.resolve(),
    );
    await platform.intake.append(bad, document(Buffer.from("<a/>"), "again"));
    const good = await kept(Buffer.from("<b/>"), "again");
    await once(() => reader.times(good) === 1 && reader.times(bad) === 2, "the second reading");
    await reader.stop();
  });

  test("a document that takes longer to read than the server waits is not given to a second reader", async () => {
    const reader = await reading(platform, "slow", () => sleep(7_000));
    const id = await kept(Buffer.from("<a/>"), "slow");
    await once(() => reader.times(id) === 1, "the document");
    await reader.stop();
    const next = await reading(platform, "slow");
    const behind = await kept(Buffer.from("<b/>"), "slow");
    await once(() => next.times(behind) === 1, "the document behind it");
    expect([reader.times(id), next.times(id)]).toEqual([1, 0]);
    await next.stop();
  });

  test("a document that is an object already is read like any other, and is there as the original", async () => {
    const bytes = Buffer.alloc(900_000, 7);
    const { digest } = await platform.objects.put(bytes);
    const id = newId();
    await platform.intake.append(id, { ...document(new Uint8Array(), "object"), kept: digest });
    const reader = await reading(platform, "object");
    await once(() => reader.times(id) === 1, "the document");
    expect(Buffer.from(reader.taken[0]?.bytes ?? []).equals(bytes)).toBe(true);
    expect((await platform.intake.original(id))?.bytes.length).toBe(900_000);
    await reader.stop();
  });

  test("of large documents no more are held than fit in memory, and small ones do not wait for them", async () => {
    let [held, most] = [0, 0];
    const reader = await reading(platform, "many", async ({ bytes }) => {
      held += bytes.length;
      most = Math.max(most, held);
      await sleep(bytes.length > 1000 ? 300 : 0);
      held -= bytes.length;
    });
    const size = 40 * 1024 * 1024;
    const { digest } = await platform.objects.put(Buffer.alloc(size, 9));
    const large = [1, 2, 3, 4].map(() => newId());
    for (const id of large)
      await platform.intake.append(id, { ...document(new Uint8Array(), "many"), kept: digest });
    const small = await kept(Buffer.from("<a/>"), "many");
    await once(() => reader.times(small) === 1, "the small document");
    expect(large.some((id) => reader.times(id) === 0)).toBe(true);
    await once(() => large.every((id) => reader.times(id) === 1), "the large documents");
    expect(most).toBeLessThan(size * 2.5 + 1000);
    await reader.stop();
  });

  test("large documents that are read again wait for memory too, together with those that are read", async () => {
    let [held, most, begun] = [0, 0, 0];
    const read = async ({ bytes }: TakenDocument): Promise<void> => {
      held += bytes.length;
      most = Math.max(most, held);
      begun += 1;
      // The first is in hand until there is another, however slowly they come.
      await once(() => begun > 1, "a second document");
      await sleep(100);
      held -= bytes.length;
    };
    const size = 40 * 1024 * 1024;
    const { digest } = await platform.objects.put(Buffer.alloc(size, 8));
    const ids = [1, 2, 3, 4, 5].map(() => newId());
    for (const id of ids)
      await platform.intake.append(id, { ...document(new Uint8Array(), "again"), kept: digest });
    const reader = await reading(platform, "again", read);
    const told = await Promise.all(ids.map((id) => platform.intake.again(id, read)));
    expect(told).toEqual(ids.map(() => "read"));
    await once(() => ids.every((id) => reader.times(id) === 1), "the documents");
    await reader.stop();
    expect(most).toBe(2 * size);
    expect(held).toBe(0);
  });

  test("a document that was never kept is not read again", async () => {
    expect(await platform.intake.again(newId(), () => Promise.reject(new Error("read")))).toBe("unknown");
  });

  test("what a reader held when it died is given to the next; what it had settled is not", async () => {
    const dying = await open();
    const done = await kept(Buffer.from("<done/>"), "crash");
    const held = newId();
    const reader = await reading(dying, "crash", (taken) =>
      taken.intake === held ? new Promise(() => undefined) : Promise.resolve(),
    );
    await once(() => reader.times(done) === 1, "the first document");
    await platform.intake.append(held, document(Buffer.from("<held/>"), "crash"));
    await once(() => reader.times(held) === 1, "the held document");
    // The acknowledgement of the first is on its way; a crash before it would rightly give the document again.
    await dying.nc.flush();
    await dying.nc.close();
    dying.redis.disconnect();
    const next = await reading(platform, "crash");
    await once(() => next.times(held) === 1, "the held document again");
    expect(next.times(done)).toBe(0);
    await next.stop();
  });

  test("a reader goes on after the server was killed and came back", async () => {
    const reader = await reading(platform, "killed");
    const before = await kept(Buffer.from("<a/>"), "killed");
    await once(() => reader.times(before) >= 1, "the document before");
    await nats.kill();
    await nats.restart();
    await eventually(() => platform.nc.rtt(), "the connection is back");
    const after = await kept(Buffer.from("<b/>"), "killed");
    await once(() => reader.times(after) >= 1, "the document after");
    await reader.stop();
  });

  test("a stop waits for what is being read", async () => {
    let finished = false;
    const reader = await reading(platform, "stop", async () => {
      await sleep(200);
      finished = true;
    });
    const id = await kept(Buffer.from("<a/>"), "stop");
    await once(() => reader.times(id) === 1, "the document");
    await reader.stop();
    expect(finished).toBe(true);
  });
});
