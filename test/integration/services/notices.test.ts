import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EscalationStep } from "../../../contracts/agreement.ts";
import type { JsonDelivery } from "../../../contracts/answers.ts";
import { isDigestFact } from "../../../contracts/messages/digest.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { startFhir } from "../../../gateways/fhir/main.ts";
import { caseIdFor, newId } from "../../../infra/ids.ts";
import { openPlatform, type Platform } from "../../../infra/platform.ts";
import { loadAgreements, startAgreement } from "../../../services/agreement/main.ts";
import { localDateOf } from "../../../services/case/clock-zone.ts";
import { startWorklist } from "../../../services/worklist/main.ts";
import { letter } from "../../support/advice-given.ts";
import { likeAgreement } from "../../support/agreement-sets.ts";
import { eventually } from "../../support/eventually.ts";
import { clinic, fhirDirectory } from "../../support/fhir-hub.ts";
import { type GatewayHub, startGatewayHub } from "../../support/hub-client.ts";
import { markers, markersIn } from "../../support/markers.ts";
import { changed, oioxmlTaking, who } from "../../support/region-view.ts";
import { runLog } from "../../support/run-log.ts";

const words = { da: "Ring og spørg efter svaret.", en: "Phone and ask for the answer." };
/** One receiver of each standard: FHIR owes, JSON waits, and operations read letters. */
const [debtor, creditor, operations] = [clinic.gln, who.jsonPractice, who.hospital] as const;
const clockId = "ADVICE-MSG-CLINIC.1";

/** The hub, and the same services once more in a second process of it. */
type Two = { hub: GatewayHub; other: Platform; stop: () => Promise<void> };

const startTwo = async (
  escalation: EscalationStep[],
  pace?: { from: string; speed: number },
): Promise<Two> => {
  const more = { operations, ...(pace === undefined ? {} : { pace }) };
  const hub = await startGatewayHub(undefined, undefined, [startFhir], undefined, more);
  await loadAgreements(hub.platform, undefined);
  const inLetters = changed(operations, { channels: oioxmlTaking("XDIS91") });
  const file = { ...fhirDirectory, organisations: [...fhirDirectory.organisations, inLetters] };
  const imported = await hub.operator.post("/v1/directory/import", file);
  if (imported.status !== 200) throw new Error(imported.text);
  const agreement = likeAgreement("ADVICE-MSG", {
    id: "ADVICE-MSG-CLINIC",
    validFrom: localDateOf(hub.platform.effects.now()),
    parties: { debtor: { organisations: [debtor] } },
    escalation,
  });
  const put = await hub.command("agreement.putVersion", "operator", { id: agreement.id, agreement });
  if (put.status !== "accepted") throw new Error(JSON.stringify(put));
  const other = await openPlatform({
    natsUrl: hub.nats.url,
    redisUrl: hub.redis.path,
    layout: { streams: 4, replicas: 1 },
    log: runLog(),
    ...more,
  });
  const parts = [startAgreement(other)];
  hub.platform.effects.hurry();
  other.effects.hurry();
  const stop = async () => {
    for (const part of parts) await part.stop();
    await other.close();
    await hub[Symbol.asyncDispose]();
  };
  return { hub, other, stop };
};

/** A question full of what a notice may not tell, with a clock that warns and breaches as soon as told, in milliseconds. */
const opened = async ({ platform }: GatewayHub, times: { warn: number; due: number }): Promise<string> => {
  const inMs = (ms: number) => new Date(platform.effects.nowMs() + ms).toISOString();
  const said = letter(creditor, who.endocrinology);
  const asked = {
    ...said,
    receiver: { ...said.receiver, gln: debtor },
    subject: markers.subject,
    texts: [[markers.text]],
    patient: { ...said.patient, cpr: markers.cpr, surname: markers.surname },
  };
  const record: CaseRecord = {
    version: 1,
    caseId: newId(),
    family: "advice",
    facts: [{ type: "AdviceAsked", ...{ letter: asked, attachments: [] } }],
    deliveries: [],
    clocks: [
      {
        change: "started",
        ...{ clockId, agreement: "ADVICE-MSG-CLINIC", agreementVersion: 1, debtor, creditor },
        ...{ at: inMs(0), warnAt: inMs(times.warn), due: inMs(times.due) },
      },
    ],
    meta: {
      ...{ no: 1, at: inMs(0), commandId: newId(), commandType: "advice.ask", digest: "x" },
      ...{ actor: creditor, outcome: "accepted", status: "asked", parties: [creditor, debtor] },
    },
  };
  await platform.journal.append(record, 0);
  return record.caseId;
};
/** The debtor has answered: its clock stops, too late. */
const settle = async ({ platform }: GatewayHub, caseId: string): Promise<void> => {
  const last = (await platform.journal.load(caseId)).at(-1);
  if (last === undefined) throw new Error("There is no such case.");
  const at = platform.effects.now();
  const { meta, ...record } = last.record;
  const answered: CaseRecord = {
    ...record,
    ...{ facts: [], deliveries: [], alarms: [] },
    clocks: [{ change: "stopped", clockId, at, inTime: false }],
    meta: { ...meta, no: meta.no + 1, at, commandId: newId(), actor: debtor },
  };
  expect(await platform.journal.append(answered, last.seq)).toMatchObject({ kind: "appended" });
};
const recordsOf = ({ platform }: GatewayHub, caseId: string) =>
  platform.journal.load(caseId).then((all) => all.map(({ record }) => record));
const factsOf = async (hub: GatewayHub, caseId: string) =>
  (await recordsOf(hub, caseId)).flatMap(({ facts }) => facts.map(({ type }) => type)).slice(1);
const toldIn = async (hub: GatewayHub, caseId: string) =>
  (await recordsOf(hub, caseId)).flatMap(({ deliveries }) =>
    deliveries.flatMap((d) => (d.change === "owed" ? [`${d.standard} ${d.documentType} ${d.to}`] : [])),
  );
const until = (hub: GatewayHub, caseId: string, type: string) =>
  eventually(async () => (await factsOf(hub, caseId)).includes(type) || undefined, type);
/** Long enough for what would be told again to have been: what rang is left alone for five seconds. */
const aWhile = () => sleep(6_500);

describe("what is urgent", () => {
  let two: Two;
  let hub: GatewayHub;
  const steps: EscalationStep[] = [
    { to: "team", on: "warning", urgent: true, ...words },
    { to: "phone", urgent: true, ...words },
    { to: "operations", urgent: true, ...words },
  ];
  beforeAll(async () => {
    two = await startTwo(steps);
    ({ hub } = two);
  }, 60_000);
  afterAll(() => two.stop());

  const told = [
    `fhir CareCommunication ${debtor}`,
    `json ClockBreached ${creditor}`,
    `oioxml XDIS91 ${operations}`,
  ];

  test("is told once to each, in its own standard, with two hubs that watch the clock", async () => {
    const caseIds = await Promise.all(Array.from({ length: 5 }, () => opened(hub, { warn: 300, due: 800 })));
    for (const caseId of caseIds) await until(hub, caseId, "ClockBreached");
    await aWhile();
    for (const caseId of caseIds) {
      expect(await factsOf(hub, caseId)).toEqual(["ClockWarned", "ClockBreached"]);
      expect(await toldIn(hub, caseId)).toEqual(told);
    }
  });

  test("is not told again by an index that was emptied, nor when the services start again", async () => {
    const caseId = await opened(hub, { warn: 0, due: 500 });
    await until(hub, caseId, "ClockBreached");
    await hub.platform.redis.flushall();
    const again = [startWorklist(two.other), startAgreement(two.other)];
    await aWhile();
    for (const part of again) await part.stop();
    expect(await toldIn(hub, caseId)).toEqual(told);
  });

  test("is fetched by its receiver, also by one that is no party to the case, and tells nothing of the citizen", async () => {
    const caseId = await opened(hub, { warn: 0, due: 300 });
    await until(hub, caseId, "ClockBreached");
    const fetched = [];
    for (const gln of [debtor, creditor, operations]) {
      const [item] = await hub.inboxOf(gln, caseId);
      const answer = await (await hub.as(gln)).get(`/v1/inbox/${item?.deliveryId ?? ""}`);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain(caseId);
      expect(markersIn(answer.text)).toEqual([]);
      fetched.push(answer);
    }
    const [fhir, json, oioxml] = fetched;
    expect(fhir?.text).toContain("Svarfrist nærmer sig");
    expect((JSON.parse(json?.text ?? "") as JsonDelivery).fact).toMatchObject({
      type: "ClockBreached",
      steps: [{ to: "phone", organisation: creditor }, { to: "operations" }],
    });
    expect(oioxml?.bytes.toString("latin1")).toContain("For sent siden");
    const marked = (await recordsOf(hub, caseId)).flatMap(({ deliveries }) => deliveries);
    expect(marked.filter(({ change }) => change === "fetched")).toHaveLength(3);
    expect((await (await hub.as(operations)).get(`/v1/cases/${caseId}`)).status).toBe(404);
  });
});

describe("what is not urgent", () => {
  let two: Two;
  let hub: GatewayHub;
  /** Friday at 7:57 in Denmark. The practice opens at 8; half a minute goes by in a second. */
  const pace = { from: "2026-11-27T06:57:00.000Z", speed: 30 };
  beforeAll(async () => {
    two = await startTwo([{ to: "phone", ...words }], pace);
    ({ hub } = two);
  }, 60_000);
  afterAll(() => two.stop());

  test("is told in one message when its receiver opens, without what was settled meanwhile", async () => {
    const times = { warn: 3_000, due: 6_000 };
    const late = await Promise.all(Array.from({ length: 4 }, () => opened(hub, times)));
    const [settled = "", ...open] = late;
    for (const caseId of late) await until(hub, caseId, "ClockBreached");
    await settle(hub, settled);
    expect((await toldIn(hub, open[0] ?? "")).length).toBe(0);
    const digest = caseIdFor(creditor, "digest:2026-11-27");
    await hub.platform.redis.flushall();
    const tellings = () =>
      recordsOf(hub, digest).then((records) =>
        records
          .flatMap(({ facts }) => facts.filter(isDigestFact))
          .flatMap((fact) => (fact.type === "DigestTold" ? [fact] : [])),
      );
    const told = await eventually(
      async () => ((await tellings()).length > 0 ? tellings() : undefined),
      "the digest",
    );
    await aWhile();
    expect(await tellings()).toEqual(told);
    expect(told.flatMap(({ items }) => items.map(({ caseId }) => caseId)).toSorted()).toEqual(
      open.toSorted(),
    );
    expect(await toldIn(hub, digest)).toEqual([`json DigestTold ${creditor}`]);
    const [item] = await hub.inboxOf(creditor, digest);
    const answer = await (await hub.as(creditor)).get(`/v1/inbox/${item?.deliveryId ?? ""}`);
    expect(answer.status).toBe(200);
    expect(markersIn(answer.text)).toEqual([]);
  }, 90_000);
});
