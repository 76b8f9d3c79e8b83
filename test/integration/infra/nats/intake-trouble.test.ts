import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { newId } from "../../../../infra/ids.ts";
import type { TakenDocument } from "../../../../infra/nats/intake-document.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { startRelay } from "../../../chaos/relay.ts";
import { eventually } from "../../../support/eventually.ts";
import { readJournal } from "../../../support/journal-audit.ts";
import { startNatsServer } from "../../../support/nats-server.ts";
import { startRedisServer } from "../../../support/redis-server.ts";
import { who } from "../../../support/region-view.ts";
import { runLog } from "../../../support/run-log.ts";
import { startTestHub, type TestHub } from "../../../support/test-platform.ts";

const keep = async (platform: Platform, standard: string): Promise<string> => {
  const id = newId();
  await platform.intake.append(id, {
    bytes: Buffer.from("<a/>"),
    mediaType: "application/xml",
    standard,
    sender: who.practice,
    speaksFor: [who.practice],
    transport: "http",
    receivedAt: "2026-11-23T09:15:00.000Z",
  });
  return id;
};

/** Long: longer than a crowded outage was once borne for. */
const outageMs = process.env["SEKTORBRO_TEST_LONG"] === undefined ? 0 : 45_000;

const until = (look: () => boolean, what: string, withinMs = 20_000): Promise<true> =>
  eventually(() => Promise.resolve(look() ? true : undefined), what, withinMs);

/** A reader as the gateways': one command a document, whose id is the document's own. */
const commandOf =
  (hub: TestHub) =>
  ({ intake }: TakenDocument) =>
    hub.command(
      "advice.ask",
      who.practice,
      {
        messageId: intake,
        to: { gln: who.endocrinology },
        patient: { cpr: "0101650001", surname: "Prøvesen" },
        subject: "TSH",
        question: "Hvad nu?",
      },
      `ask:${who.practice}:${intake}`,
    );

test("the worker that lost its claim while it was working comes to the same answer as the one that took over, and nothing is done twice", async () => {
  await using hub = await startTestHub();
  const command = commandOf(hub);
  await using wire = await startRelay(() => ({
    host: "127.0.0.1",
    port: Number(new URL(hub.nats.url).port),
  }));
  const cutOff = await openPlatform({
    natsUrl: `nats://127.0.0.1:${String(wire.port)}`,
    redisUrl: hub.redis.path,
    layout: hub.platform.layout,
    log: runLog(),
  });
  const answers: unknown[] = [];
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let begun = 0;
  const first = await cutOff.intake.take("claims", async (document) => {
    begun += 1;
    await held;
    answers.push(await command(document));
  });
  const id = await keep(hub.platform, "claims");
  await until(() => begun === 1, "the first worker's beginning");
  // What it says of itself (that it is still working) is heard by nobody.
  wire.set("silent");
  const second = await hub.platform.intake.take("claims", async (document) => {
    expect(document.intake).toBe(id);
    answers.push(await command(document));
  });
  await until(() => answers.length === 1, "the second worker's answer");
  goOn();
  await until(() => answers.length === 2, "the first worker's late answer");
  wire.set("open");
  expect(answers).toEqual([
    expect.objectContaining({ status: "accepted" }),
    { ...(answers[0] as object), duplicate: true },
  ]);
  const journal = await readJournal(hub.nats.url);
  expect(journal.filter(({ record }) => record.meta.commandId.endsWith(id))).toHaveLength(1);
  await second.stop();
  await first.stop();
  await cutOff.close();
}, 60_000);

test("a poison message does not stop its queue: three hundred of them, more than are read at once, become dead letters, and what comes behind them is read", async () => {
  const [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  const platform = await openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout: { streams: 1, replicas: 1 },
    log: runLog(),
  });
  const poison = new Set<string>();
  for (let i = 0; i < 300; i++) poison.add(await keep(platform, "poison"));
  const read: string[] = [];
  let mended = false;
  const reader = async ({ intake }: TakenDocument): Promise<void> => {
    await sleep(1);
    if (poison.has(intake) && !mended) throw new Error("unreadable");
    read.push(intake);
  };
  const taking = await platform.intake.take("poison", reader);
  const good = await keep(platform, "poison");
  await until(() => read.includes(good), "the document behind them");
  expect(read).toEqual([good]);
  const aside = await platform.intake.refused(300);
  expect(aside.length).toBeGreaterThan(300 - 256);
  expect(aside.every(({ intake, code }) => poison.has(intake) && code === "internal-error")).toBe(true);
  mended = true;
  const [first = { intake: "" }] = aside;
  await platform.intake.again(first.intake, reader);
  expect(read).toContain(first.intake);
  await taking.stop();
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
}, 60_000);

test("documents that fail because something is away are tried until it is back, and none of them becomes a dead letter", async () => {
  const [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  const platform = await openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout: { streams: 1, replicas: 1 },
    log: runLog(),
  });
  const waiting = new Set<string>();
  for (let i = 0; i < 300; i++) waiting.add(await keep(platform, "away"));
  let tries = 0;
  const taking = await platform.intake.take("away", ({ intake }) => {
    tries += 1;
    if (tries <= 700) return Promise.reject(new Fault("index-unavailable"));
    waiting.delete(intake);
    return Promise.resolve();
  });
  await until(() => waiting.size === 0, "every one of them");
  expect(await platform.intake.refused(10)).toEqual([]);
  await taking.stop();
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
}, 60_000);

test("waiting for infrastructure never makes a dead letter: a crowded outage of the index ends, and all that waited goes through", async () => {
  const [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  const platform = await openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout: { streams: 1, replicas: 1 },
    log: runLog(),
  });
  await redis.kill();
  const waiting = new Set<string>();
  for (let i = 0; i < 300; i++) waiting.add(await keep(platform, "outage"));
  const tries = new Map<string, number>();
  const taking = await platform.intake.take("outage", async ({ intake }) => {
    tries.set(intake, (tries.get(intake) ?? 0) + 1);
    // What the client itself says of it is no Fault, as of much that breaks beneath the hub.
    await platform.redis.get("anything");
    waiting.delete(intake);
  });
  const began = performance.now();
  await until(
    () => performance.now() - began > outageMs && [...tries.values()].filter((n) => n > 4).length > 64,
    "an outage that is long enough for many to have been given up",
    outageMs + 20_000,
  );
  expect(await platform.intake.refused(10)).toEqual([]);
  await redis.restart();
  await until(() => waiting.size === 0, "every one of them", 30_000);
  expect(await platform.intake.refused(10)).toEqual([]);
  await taking.stop();
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
}, 150_000);
