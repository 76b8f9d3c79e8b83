import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CommandReply } from "../../../contracts/envelope.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { journalStreams } from "../../../infra/nats/streams.ts";
import { openPlatform, type Part, type Platform } from "../../../infra/platform.ts";
import { startCoordination } from "../../../services/coordination/main.ts";
import { startDirectory } from "../../../services/directory/main.ts";
import { startDischarge } from "../../../services/discharge/main.ts";
import { consent, municipality, parties, patient } from "../../support/discharge-given.ts";
import { eventually } from "../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { runLog } from "../../support/run-log.ts";

const { hospital, ward, practice } = parties;
/** One stream: what stands in it is done in order, so that whatever stood before a record that is done is done too. */
const layout = { streams: 1, replicas: 1 };
let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
let parts: Part[] = [];
/** Runs only where a test starts it: what is between a record and what follows from it can be looked at. */
let coordination: Part | undefined;

beforeAll(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  platform = await openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog() });
  parts = [startDirectory(platform), startDischarge(platform)];
  const file: unknown = JSON.parse(await readFile("services/directory/region.json", "utf8"));
  await send("directory.import", "operator", { file });
});
afterAll(async () => {
  await interrupt();
  for (const part of parts.toReversed()) await part.stop();
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});
beforeEach(() => interrupt());

const interrupt = async (): Promise<void> => {
  await coordination?.stop();
  coordination = undefined;
};
const carryOn = (): void => {
  coordination = startCoordination(platform);
};

type Sending = { id?: string; correlation?: string };
let count = 0;
const send = async (type: string, sender: string, payload: object, more: Sending = {}) => {
  const envelope = { id: `c-${String(++count)}`, version: 1, time: new Date().toISOString(), ...more };
  const reply = CommandReply.parse(
    await platform.bus.ask(commandSubject(type), { ...envelope, type, sender, payload }),
  );
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply;
};
const hour = 3_600_000;
const tell = (stayId: string, event: string, hoursAgo: number, more: Sending = {}) =>
  send(
    "discharge.notify",
    hospital,
    {
      messageId: `${stayId}-${event}`,
      stayId,
      event,
      occurredAt: new Date(Date.now() - hoursAgo * hour).toISOString(),
      department: ward,
      patient,
      municipality,
      practice,
    },
    more,
  );
const summaryOf = (caseId: string) => ({
  caseId,
  summaryId: "epi-1",
  resume: "I bedring.",
  unit: "Geriatrisk Afd.",
  dictatedBy: "A. Testlund",
  asksHomeVisit: { reason: "Skrøbelig", consent },
});

const recordsOf = async (caseId: string): Promise<CaseRecord[]> =>
  (await platform.journal.load(caseId)).map(({ record }) => record);
const typesIn = (records: readonly CaseRecord[]): string[][] =>
  records.map(({ facts }) => facts.map(({ type }) => type));
const recordWith = (caseId: string, fact: string): Promise<CaseRecord> =>
  eventually(
    async () => (await recordsOf(caseId)).find(({ facts }) => facts.some(({ type }) => type === fact)),
    fact,
  );
const startOf = ({ clocks }: CaseRecord, agreement: string) =>
  clocks.find((clock) => clock.change === "started" && clock.agreement === agreement);
const due = (since: string, hours: number): string =>
  new Date(Date.parse(since) + hours * hour).toISOString();

const [stream] = journalStreams(layout);
const recordsInAll = async (): Promise<number> =>
  (await platform.jsm.streams.info(stream?.name ?? "")).state.last_seq;
/** A stay behind everything that there is: once its report is asked for, all before it is done. */
const allIsDone = async (stayId: string): Promise<void> => {
  const { caseId } = await tell(stayId, "admitted", 1);
  await recordWith(caseId, "AdmissionReportRequested");
};

describe("what a stay asks of its own parties", () => {
  test("is asked once when coordination stops between the admission and the asking, from the admission on", async () => {
    const { caseId } = await tell("K-1", "admitted", 1, { correlation: "chain-1" });
    expect(typesIn(await recordsOf(caseId))).toEqual([["StayEventReported"]]);
    carryOn();
    const asked = await recordWith(caseId, "AdmissionReportRequested");
    const [told] = await recordsOf(caseId);
    const since = told?.meta.at ?? "";
    expect(asked.facts).toEqual([{ type: "AdmissionReportRequested", since }]);
    expect(startOf(asked, "ADM-REPORT")).toMatchObject({ at: since, due: due(since, 24) });
    // The chain goes on from the record that set it off.
    expect(asked.meta).toMatchObject({
      actor: "hub",
      commandId: `ask-admission-report:${caseId}:1:0.0`,
      correlation: "chain-1",
      causation: `${caseId}.1`,
    });
    await interrupt();
    carryOn();
    await allIsDone("K-1-behind");
    expect(typesIn(await recordsOf(caseId))).toEqual([["StayEventReported"], ["AdmissionReportRequested"]]);
  });

  test("is asked once for a summary's wish when coordination stops before it, from the summary on", async () => {
    carryOn();
    const { caseId } = await tell("K-2", "admitted", 50);
    await recordWith(caseId, "AdmissionReportRequested");
    await tell("K-2", "discharged", 1);
    await interrupt();
    const { recordNo } = await send("discharge.sendSummary", ward, summaryOf(caseId));
    carryOn();
    const asked = await recordWith(caseId, "HomeVisitAsked");
    const sent = (await recordsOf(caseId)).find(({ meta }) => meta.no === recordNo);
    expect(asked.meta).toMatchObject({
      commandId: `ask-home-visit:${caseId}:${String(recordNo)}:0.0`,
      causation: `${caseId}.${String(recordNo)}`,
    });
    expect(asked.facts[0]).toMatchObject({ type: "HomeVisitAsked", by: ward, at: sent?.meta.at });
    expect(startOf(asked, "HOMEVISIT")).toMatchObject({ at: sent?.meta.at });
  });

  test("is not asked for a stay that ended before coordination came back", async () => {
    const { caseId } = await tell("K-3", "admitted", 3);
    await tell("K-3", "discharged", 1);
    carryOn();
    await allIsDone("K-3-behind");
    expect((await recordsOf(caseId)).map(({ meta }) => meta.actor)).toEqual([hospital, hospital]);
  });

  test("is not asked again when every record is read once more, by a process that knows no position", async () => {
    const before = await recordsInAll();
    expect(before).toBeGreaterThan(10);
    await platform.jsm.streams.purge("KV_positions");
    carryOn();
    await allIsDone("K-4");
    // That stay's own two.
    expect(await recordsInAll()).toBe(before + 2);
  });

  test("is asked while the index is away, though another rule waits for it", async () => {
    carryOn();
    await redis.kill();
    const first = await tell("K-6", "admitted", 2);
    const second = await tell("K-6", "leave-started", 1);
    expect(second.caseId).toBe(first.caseId);
    const asked = await recordWith(first.caseId, "AdmissionReportRequested");
    expect(asked.meta.causation).toBe(`${first.caseId}.1`);
    const { caseId } = await tell("K-7", "admitted", 1);
    await recordWith(caseId, "AdmissionReportRequested");
    await redis.restart();
  });
});
