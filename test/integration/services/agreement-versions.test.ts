import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClockChange } from "../../../contracts/clocks.ts";
import type {
  AgreementReasons,
  AgreementsInForce,
  AgreementVersions,
} from "../../../contracts/messages/agreement.ts";
import { openPlatform, type Platform } from "../../../infra/platform.ts";
import { loadAgreements } from "../../../services/agreement/main.ts";
import { localDateOf } from "../../../services/case/clock-zone.ts";
import { likeAgreement } from "../../support/agreement-sets.ts";
import { eventually } from "../../support/eventually.ts";
import { who } from "../../support/region-view.ts";
import { runLog } from "../../support/run-log.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
/** A second process of the hub: what one puts, the other must bind by. */
let other: Platform;
const open = (): Promise<Platform> =>
  openPlatform({
    natsUrl: hub.nats.url,
    redisUrl: hub.redis.path,
    layout: { streams: 4, replicas: 1 },
    log: runLog(),
  });
beforeAll(async () => {
  hub = await startTestHub();
  await loadAgreements(hub.platform, undefined);
  other = await open();
});
afterAll(async () => {
  await other.close();
  await hub[Symbol.asyncDispose]();
});

const today = localDateOf(new Date().toISOString());
const ofId = (agreement: ReturnType<typeof likeAgreement>) => ({ id: agreement.id, agreement });
const put = (agreement: ReturnType<typeof likeAgreement>, sender = "operator") =>
  hub.command("agreement.putVersion", sender, { ...ofId(agreement), changedBy: "Driften" });
const ask = async (messageId: string): Promise<string> => {
  const reply = await hub.command("advice.ask", who.practice, {
    messageId,
    to: { gln: who.endocrinology },
    patient: { cpr: "0101010101", surname: "Eksempel" },
    subject: "TSH",
    question: "Hvad gør vi?",
  });
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply.caseId;
};
const clocksOf = async (caseId: string): Promise<ClockChange[]> =>
  (await hub.platform.journal.load(caseId))
    .flatMap(({ record }) => record.clocks)
    .filter(({ clockId }) => !clockId.startsWith("RECEIPT"));
const versionOf = async (caseId: string) => {
  const started = (await clocksOf(caseId)).find((clock) => clock.change === "started");
  return started?.change === "started" ? [started.agreement, started.agreementVersion] : undefined;
};
const queried = async <T>(type: string, payload: unknown): Promise<T> => {
  const reply = await hub.query<T>(type, who.practice, payload);
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};

const two = { kind: "workingDays", days: 2 } as const;
const one = { kind: "workingDays", days: 1 } as const;
const second = likeAgreement("ADVICE-MSG", { version: 2, validFrom: today, limit: two, warnAt: one });
let before: string;

describe("a version that is put while the hub runs", () => {
  test("is what new clocks start under, and a running clock keeps its own", async () => {
    before = await ask("V-1");
    expect(await put(second)).toMatchObject({ status: "accepted", duplicate: false, recordNo: 2 });
    const after = await ask("V-2");
    expect([await versionOf(before), await versionOf(after)]).toEqual([
      ["ADVICE-MSG", 1],
      ["ADVICE-MSG", 2],
    ]);
    await hub.command("advice.requestInformation", who.endocrinology, {
      caseId: before,
      text: "Hvad er T4?",
    });
    await hub.command("advice.giveInformation", who.practice, { caseId: before, text: "T4 er 12" });
    const [started, , resumed] = await clocksOf(before);
    // Paused and resumed within a day, under its own three days: due when it was due.
    expect(resumed).toMatchObject({ change: "resumed", due: (started as { due: string }).due });
  });

  test("is in force in every process of the hub", async () => {
    await eventually(
      () =>
        Promise.resolve(
          other.agreements.clocks().some(({ id, version }) => id === "ADVICE-MSG" && version === 2),
        ),
      "the version in the other process",
    );
  });

  test("is the same when it is put again, and refused with other content", async () => {
    expect(await put(second)).toMatchObject({ status: "accepted", duplicate: true });
    expect(await put({ ...second, warnAt: two })).toMatchObject({
      status: "refused",
      code: "content-differs",
    });
  });

  test("is put by operators alone", async () => {
    expect(await put({ ...second, version: 3 }, who.practice)).toMatchObject({ code: "operator-only" });
  });

  test("is refused with every problem that the whole set has with it, and then nothing is changed", async () => {
    const wrong = likeAgreement("ADVICE-MSG", {
      version: 7,
      validFrom: "2026-01-01",
      startsOn: ["Nothing"],
      warnAt: { kind: "workingDays", days: 9 },
      parties: { debtor: { organisations: [who.nobody] } },
    });
    const reply = await put(wrong);
    const told = reply.status === "refused" ? reply.problems.map(({ path, code }) => [path, code]) : [];
    expect(told).toEqual(
      expect.arrayContaining([
        ["agreement.version", "version-skipped"],
        ["agreement.validFrom", "starts-in-past"],
        ["agreement.startsOn.0", "fact-unknown"],
        ["agreement.warnAt", "warns-too-late"],
        ["agreement.parties.debtor.organisations.0", "organisation-unknown"],
      ]),
    );
    const { versions } = await queried<AgreementVersions>("agreement.show", { id: "ADVICE-MSG" });
    expect(versions.map(({ agreement }) => agreement.version)).toEqual([2, 1]);
  });

  test("tells who put it and when, and what it replaced", async () => {
    const { versions } = await queried<AgreementVersions>("agreement.show", { id: "ADVICE-MSG" });
    expect(versions).toMatchObject([
      { status: "in-force", set: "operator", changedBy: "Driften" },
      { status: "replaced", set: "sektorbro-default" },
    ]);
  });

  test("of one unit's own goes before the general one, and why is told", async () => {
    const own = likeAgreement("ADVICE-MSG", {
      id: "ADVICE-MSG-ENDO",
      validFrom: today,
      parties: { debtor: { organisations: [who.endocrinology] } },
      limit: one,
      warnAt: { kind: "openingMinutes", minutes: 120 },
    });
    expect(await put(own)).toMatchObject({ status: "accepted" });
    expect(await versionOf(await ask("V-3"))).toEqual(["ADVICE-MSG-ENDO", 1]);
    const asked = { family: "advice", kind: "specialist", from: who.practice, to: who.endocrinology };
    const why = await queried<AgreementReasons>("agreement.why", { ...asked, promise: "ADVICE-MSG" });
    expect(why.promises[0]).toMatchObject({
      agreement: { id: "ADVICE-MSG-ENDO" },
      why: [
        { id: "ADVICE-MSG", version: 1, code: "replaced" },
        { id: "ADVICE-MSG", version: 2, code: "less-specific", measure: "debtor" },
        { id: "ADVICE-MSG-ENDO", version: 1, binds: true },
      ],
    });
    const listed = await queried<AgreementsInForce>("agreement.list", { family: "advice" });
    expect(listed.agreements.map(({ id, version }) => `${id} ${String(version)}`)).toEqual(
      expect.arrayContaining(["ADVICE-MSG 2", "ADVICE-MSG-ENDO 1", "COR-ROUTINE 1", "GP-PHONE 1"]),
    );
  });

  test("put by two at the same time is put once", async () => {
    const next = likeAgreement("COR-ROUTINE", { version: 2, validFrom: today, limit: two, warnAt: one });
    const replies = await Promise.all([put(next), put({ ...next, targetShare: 90 })]);
    expect(
      replies.map((reply) => (reply.status === "refused" ? reply.code : reply.status)).toSorted(),
    ).toEqual(["accepted", "content-differs"]);
  });
});

describe("what was agreed on", () => {
  test("is there after the servers lost everything that is in memory, and running clocks keep their versions", async () => {
    await hub.platform.redis.flushall();
    await hub.nats.restart();
    const again = await open();
    await loadAgreements(again, undefined);
    const put = again.agreements.book().kept.filter(({ set }) => set === "operator");
    expect(put.map(({ agreement: { id, version } }) => `${id} ${String(version)}`).toSorted()).toEqual([
      "ADVICE-MSG 2",
      "ADVICE-MSG-ENDO 1",
      "COR-ROUTINE 2",
    ]);
    expect(again.agreements.clocks().filter(({ id }) => id === "ADVICE-MSG")).toHaveLength(2);
    await again.close();
    await eventually(async () => {
      const reply = await hub.command(
        "advice.answer",
        who.endocrinology,
        { caseId: before, text: "Vent og se." },
        "a-1",
      );
      return reply.status === "accepted" ? reply : undefined;
    }, "the answer");
    expect((await clocksOf(before)).at(-1)).toMatchObject({
      clockId: "ADVICE-MSG.1",
      change: "stopped",
      inTime: true,
    });
    expect(await versionOf(await ask("V-4"))).toEqual(["ADVICE-MSG-ENDO", 1]);
  });
});
