import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { freshId, practice, xdis91 } from "../../support/golden-samples.ts";
import { type Fleet, type FleetHub, startFleet } from "../../support/hub-fleet.ts";
import { readJournal } from "../../support/journal-audit.ts";
import { type NatsServer, startNatsServer } from "../../support/nats-server.ts";
import { glnFrom, pushedDepartment } from "../../support/push-hub.ts";
import { type PushReceiverServer, startReceiver } from "../../support/push-receiver.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

const departments = Array.from({ length: 8 }, (_, i) => glnFrom(400 + i));
/**
 * A hub that is taken away is taken over within five seconds, and three for a machine with much to do: whoever waited for
 * the end of a request that hangs would wait for ten.
 */
const takenOverMs = 8_000;
/** Who leaves in order is not missed first: that takes three seconds. */
const leftMs = 3_000;

let nats: NatsServer;
let redis: RedisServer;
let fleet: Fleet;
let receiver: PushReceiverServer;

const ask = async (hub: FleetHub, count: number): Promise<void> => {
  const doctor = await hub.as(practice.gln);
  for (let i = 0; i < count; i++)
    for (const gln of departments) {
      const body = {
        messageId: freshId("LEJE"),
        to: { gln },
        patient: { alternativeId: "0101600AA1", surname: "Prøve", episodeOfCareStatus: "inaktiv" },
        subject: "TSH",
        question: "Hvad nu?",
      };
      const asked = await doctor.post("/v1/advice", body);
      expect(asked.status, asked.text).toBe(201);
    }
};

const owed = async (): Promise<string[]> =>
  (await readJournal(nats.url)).flatMap(({ record }) =>
    record.deliveries.flatMap((d) =>
      d.change === "owed" && departments.includes(d.to) ? [d.deliveryId] : [],
    ),
  );

const ids = (): Set<string> => new Set(receiver.got.map(({ deliveryId }) => deliveryId));

const untilBrought = (count: number, timeoutMs = 20_000): Promise<true> =>
  eventually(() => Promise.resolve(ids().size >= count ? true : undefined), "every document", timeoutMs);

/** How often each document came. */
const times = (): number[] => {
  const counts = new Map<string, number>();
  for (const { deliveryId } of receiver.got) counts.set(deliveryId, (counts.get(deliveryId) ?? 0) + 1);
  return [...counts.values()];
};

beforeAll(async () => {
  [nats, redis, receiver] = await Promise.all([
    startNatsServer(),
    startRedisServer({ persistent: true }),
    startReceiver(),
  ]);
  const servers = { url: nats.url, monitorUrl: nats.monitorUrl, redis: redis.path };
  fleet = await startFleet(servers, { count: 2, settings: { SEKTORBRO_PUSH_ALLOW: "127.0.0.1" } });
  const [first] = fleet.hubs;
  const operator = await first?.as("5790000999998", "operator");
  const organisations = departments.map((gln) => pushedDepartment(gln, { webhook: { url: receiver.url() } }));
  const file = { format: "sektorbro-directory", version: 1, organisations };
  const imported = await operator?.post("/v1/directory/import", file);
  expect(imported?.status, imported?.text).toBe(200);
}, 120_000);
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await Promise.all([nats, redis, receiver].map((one) => one[Symbol.asyncDispose]()));
});
beforeEach(() => {
  receiver.got.splice(0);
  receiver.behave(() => 200);
});

const pair = (): [FleetHub, FleetHub] => {
  const [one, other] = fleet.hubs;
  if (one === undefined || other === undefined) throw new Error("two hubs are needed");
  return [one, other];
};

test("of two hubs one brings each document, and both take part", async () => {
  const [one, other] = pair();
  const before = (await owed()).length;
  await ask(one, 4);
  await ask(other, 4);
  const all = (await owed()).length - before;
  expect(all).toBe(64);
  await untilBrought(all);
  expect(times()).toEqual(Array.from({ length: all }, () => 1));
  const brought = [one, other].map((hub) => hub.log().split('"event":"pushed"').length - 1);
  expect(Math.min(...brought)).toBeGreaterThan(0);
});

test("a hub asked about receivers tells also of those that its neighbour brings documents to", async () => {
  const [one, other] = pair();
  await ask(one, 1);
  await untilBrought(8);
  for (const hub of [one, other]) {
    const operator = await hub.as("5790000999998", "operator");
    await eventually(async () => {
      const { receivers } = (await operator.get("/v1/receivers")).json() as {
        receivers: { lastSuccess?: string }[];
      };
      return receivers.length === 8 && receivers.every(({ lastSuccess }) => lastSuccess !== undefined)
        ? true
        : undefined;
    }, "what is known of every receiver");
  }
});

test("a hub that is paused loses its receivers, and does not disturb when it wakes", async () => {
  const [one, other] = pair();
  one.signal("SIGSTOP");
  const stoppedAt = Date.now();
  await ask(other, 2);
  await untilBrought(16, 2 * takenOverMs);
  const tookMs = Date.now() - stoppedAt;
  one.signal("SIGCONT");
  await ask(other, 2);
  await untilBrought(32);
  // Long enough for both to have shared out again.
  await sleep(1_500);
  await ask(one, 2);
  await untilBrought(48);
  expect(times().every((n) => n === 1)).toBe(true);
  expect(tookMs).toBeLessThan(takenOverMs);
});

test("what a hub that is killed should have brought is brought by the other within five seconds", async () => {
  const [one, other] = pair();
  receiver.behave(() => "hang");
  await ask(other, 2);
  await eventually(() => Promise.resolve(ids().size >= 8 ? true : undefined), "documents under way");
  await one.end("SIGKILL");
  const killedAt = Date.now();
  receiver.behave(() => 200);
  await ask(other, 1);
  const seen = (): number => ids().size;
  // Those of the other hub itself hang until they time out; new cases of all receivers come at once or with the takeover.
  await eventually(() => Promise.resolve(seen() >= 24 ? true : undefined), "all documents", 2 * takenOverMs);
  const tookMs = Date.now() - killedAt;
  process.stderr.write(`taken over in ${String(tookMs)} ms\n`);
  expect(tookMs).toBeLessThan(takenOverMs);
  await one.start();
});

test("a hub that is stopped in order leaves its receivers to the other at once, and nothing half done", async () => {
  const [one, other] = pair();
  receiver.behave(() => 200);
  await sleep(1_500);
  receiver.got.splice(0);
  const doctor = await other.as(practice.gln);
  const letter = await doctor.send(xdis91({ letterId: freshId("LEJE") }));
  expect(letter.status, letter.text).toBeLessThan(300);
  const ending = one.end("SIGTERM");
  await ask(other, 2);
  expect(await ending).toBe(0);
  const stoppedAt = Date.now();
  await untilBrought(16, leftMs);
  process.stderr.write(`left in ${String(Date.now() - stoppedAt)} ms\n`);
  expect(times().every((n) => n === 1)).toBe(true);
  await one.start();
});
