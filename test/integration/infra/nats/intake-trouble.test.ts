import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
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

const until = (look: () => boolean, what: string): Promise<true> =>
  eventually(() => Promise.resolve(look() ? true : undefined), what, 20_000);

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

test("a poison message does not stop its queue: a hundred of them are tried again and again, and what comes behind them is read", async () => {
  const [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  const platform = await openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout: { streams: 1, replicas: 1 },
    log: runLog(),
  });
  const poison = new Set<string>();
  for (let i = 0; i < 100; i++) poison.add(await keep(platform, "poison"));
  const read: string[] = [];
  let failures = 0;
  const taking = await platform.intake.take("poison", async ({ intake }) => {
    await sleep(1);
    if (poison.has(intake)) {
      failures += 1;
      throw new Error("unreadable");
    }
    read.push(intake);
  });
  const good = await keep(platform, "poison");
  await until(() => read.includes(good), "the document behind them");
  await until(() => failures > poison.size, "another try");
  expect(read).toEqual([good]);
  await taking.stop();
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
}, 60_000);
