import { beforeEach, describe, expect, it } from "vitest";
import type { EscalationStep } from "../../../../contracts/agreement.ts";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { type ClockNotice, isNoticeFact, NoticeFact } from "../../../../contracts/notices.ts";
import { CaseRecord } from "../../../../contracts/record.ts";
import { patient } from "../../../support/advice-given.ts";
import { asking, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { changed, oioxmlTaking, regionWith, who } from "../../../support/region-view.ts";

const words = { da: "Sig til.", en: "Say so." };
const clockId = "ADVICE-MSG.1";
const steps = (...escalation: EscalationStep[]) => ({
  agreements: agreements.map((one) => (one.id === "ADVICE-MSG" ? { ...one, escalation } : one)),
});
/** Asked on Monday at 10:15: warns on Wednesday at 16:00, late after Thursday at 16:00. */
const warning = "2026-11-25 16:00";
const breach = "2026-11-26 16:01";

let cases: TestCases;
let caseId: string;
const start = async (escalation: EscalationStep[], more: Parameters<typeof createTestCases>[0] = {}) => {
  cases = createTestCases({ ...steps(...escalation), ...more });
  ({ caseId } = await asking(cases));
};
const ringAt = async (at: string) => {
  cases.at(at);
  await cases.ring(caseId, clockId);
  return cases.records(caseId).at(-1) as CaseRecord;
};
const ringAlarm = (alarmId: string) =>
  cases.send({ type: "clock.ring", by: "hub", payload: { caseId, alarmId } });
const say = (verb: string, by: string, rest: object = { text: "Ja" }) =>
  cases.send({ type: `advice.${verb}`, by, payload: { caseId, ...rest } });
const noticesIn = (record: CaseRecord | undefined) =>
  (record?.facts ?? []).filter(isNoticeFact) as ClockNotice[];
const toldIn = (record: CaseRecord | undefined) =>
  record?.deliveries.flatMap((d) => (d.change === "owed" ? [d.to] : []));

describe("a clock that runs out", () => {
  const both: EscalationStep[] = [
    { to: "team", on: "warning", urgent: true, ...words },
    { to: "practice", urgent: true, ...words },
    { to: "phone", urgent: true, ...words },
    { to: "nextInLine", urgent: true, ...words },
    { to: "operations", urgent: true, ...words },
  ];

  it("is told of in the record in which it warns and breaches, to those whom the agreement names", async () => {
    await start(both, { operations: who.region });
    const warned = await ringAt(warning);
    expect(warned.clocks).toMatchObject([{ change: "warned" }]);
    expect(noticesIn(warned)).toMatchObject([
      {
        type: "ClockWarned",
        clockId,
        agreement: "ADVICE-MSG",
        agreementVersion: 1,
        due: local("2026-11-26 16:00"),
      },
    ]);
    expect(toldIn(warned)).toEqual([who.endocrinology]);
    const breached = await ringAt(breach);
    expect(noticesIn(breached).map(({ type }) => type)).toEqual(["ClockBreached"]);
    expect(toldIn(breached)).toEqual([who.practice, who.hospital, who.region]);
    expect(CaseRecord.safeParse(breached).error).toBeUndefined();
    expect(NoticeFact.safeParse(breached.facts[0]).error).toBeUndefined();
  });

  it("tells each once, whom several steps mean and however often it rings", async () => {
    await start(both, { operations: who.region });
    await ringAt(warning);
    await ringAt(breach);
    for (let n = 0; n < 3; n++) await ringAt(breach);
    const told = cases
      .records(caseId)
      .slice(1)
      .flatMap((record) => toldIn(record) ?? []);
    expect(told).toEqual([who.endocrinology, who.practice, who.hospital, who.region]);
  });

  it("expects no receipt for it: a notice that nobody acknowledges starts no clock", async () => {
    await start(both);
    const breached = await ringAt(breach);
    const { deliveries, clocks } = await ringAt(breach);
    expect(
      [...breached.deliveries, ...deliveries].filter((d) => d.change === "owed" && d.receiptExpected),
    ).toEqual([]);
    expect([...breached.clocks, ...clocks].filter(({ change }) => change === "started")).toEqual([]);
  });

  it("has the number to ring: who owes the answer, and for it who waits", async () => {
    await start([
      { to: "team", urgent: true, ...words },
      { to: "phone", urgent: true, ...words },
    ]);
    const phones = (step: ClockNotice["steps"][number]) => [step.to, step.phone];
    await ringAt(warning);
    const [notice] = noticesIn(await ringAt(breach));
    expect(notice?.steps.map(phones)).toEqual([
      ["team", { of: who.practice, number: "20109001" }],
      ["phone", { of: who.endocrinology, number: "90000011" }],
    ]);
  });

  it("names nobody where there is nobody: operations that were not set, told in the record alone", async () => {
    await start([{ to: "operations", urgent: true, ...words }]);
    await ringAt(warning);
    const breached = await ringAt(breach);
    expect(toldIn(breached)).toEqual([]);
    expect(noticesIn(breached)[0]?.steps).toEqual([{ step: 0, to: "operations", urgent: true, ...words }]);
  });

  it("notes who has no way in for it, and tells the others", async () => {
    const deaf = changed(who.hospital, { channels: oioxmlTaking("XDIS20") });
    await start(
      [
        { to: "nextInLine", urgent: true, ...words },
        { to: "phone", urgent: true, ...words },
      ],
      { directory: regionWith(deaf) },
    );
    await ringAt(warning);
    const breached = await ringAt(breach);
    expect(toldIn(breached)).toEqual([who.practice]);
    expect(breached.meta.problems).toMatchObject([{ code: "not-told" }]);
  });

  it("is told of also when it is a late question back that shows the breach", async () => {
    await start([{ to: "phone", urgent: true, ...words }]);
    cases.at(breach);
    await say("requestInformation", who.endocrinology);
    const record = cases.records(caseId).at(-1);
    expect(record?.facts.map(({ type }) => type)).toEqual(["InformationRequested", "ClockBreached"]);
    expect(toldIn(record)).toEqual([who.practice, who.practice]);
    const fact = record?.deliveries.flatMap((d) => (d.change === "owed" ? [d.fact] : []));
    expect(fact).toEqual([0, 1]);
    expect(new Set(record?.deliveries.map(({ deliveryId }) => deliveryId)).size).toBe(
      record?.deliveries.length,
    );
    // The next command reads the notice back.
    expect(await say("giveInformation", who.practice)).toMatchObject({ status: "accepted" });
  });

  it("is told of at each of several warnings", async () => {
    const warnAt = [1, 2].map((days) => ({ kind: "workingDays" as const, days }));
    const escalation: EscalationStep[] = [{ to: "team", on: "warning", urgent: true, ...words }];
    cases = createTestCases({
      agreements: agreements.map((one) => (one.id === "ADVICE-MSG" ? { ...one, warnAt, escalation } : one)),
    });
    ({ caseId } = await asking(cases));
    for (const at of ["2026-11-24 16:00", warning, warning]) await ringAt(at);
    const told = cases.records(caseId).slice(1);
    expect(told.flatMap((record) => noticesIn(record).map(({ type }) => type))).toEqual([
      "ClockWarned",
      "ClockWarned",
    ]);
    expect(told.flatMap((record) => toldIn(record))).toEqual([who.endocrinology, who.endocrinology]);
  });

  it("tells nothing of the citizen", async () => {
    await start(both, { operations: who.region });
    const records = [await ringAt(warning), await ringAt(breach)];
    const told = JSON.stringify(records.map(({ facts, deliveries }) => [facts, deliveries]));
    for (const text of [patient.cpr, patient.surname, patient.givenName, "TSH", "Hvad nu?"])
      expect(told).not.toContain(text);
  });
});

describe("a step some time after the breach", () => {
  const later: EscalationStep[] = [
    { to: "team", urgent: true, ...words },
    { to: "nextInLine", urgent: true, after: { kind: "workingDays", days: 1 }, ...words },
  ];
  const alarmId = `notice.1.${clockId}`;
  beforeEach(async () => {
    await start(later);
    await ringAt(warning);
    await ringAt(breach);
  });

  it("waits for its time, and is then told once", async () => {
    expect(cases.state(caseId).alarms).toEqual({ [alarmId]: local("2026-11-27 16:00") });
    cases.at("2026-11-27 15:59");
    expect(await ringAlarm(alarmId)).toMatchObject({ status: "ignored", reason: "not-due" });
    cases.at("2026-11-27 16:00");
    expect(await ringAlarm(alarmId)).toMatchObject({ status: "accepted", facts: ["ClockEscalated"] });
    expect(toldIn(cases.records(caseId).at(-1))).toEqual([who.hospital]);
    expect(await ringAlarm(alarmId)).toMatchObject({ status: "ignored" });
    expect(cases.state(caseId).alarms).toEqual({});
  });

  it("is gone when the answer came", async () => {
    await say("answer", who.endocrinology, { text: "Ja" });
    expect(cases.state(caseId).clocks[clockId]?.status).not.toBe("running");
    expect(cases.state(caseId).alarms).toEqual({});
    cases.at("2026-11-27 16:00");
    expect(await ringAlarm(alarmId)).toMatchObject({ status: "ignored" });
  });

  it("stands still while the debtor waits for an answer itself, and is counted anew from then", async () => {
    cases.at("2026-11-27 10:00");
    await say("requestInformation", who.endocrinology);
    expect(cases.state(caseId).alarms[alarmId]).toBe("9999-12-31T23:59:59.000Z");
    cases.at("2026-11-30 09:00");
    await say("giveInformation", who.practice);
    expect(cases.state(caseId).alarms[alarmId]).toBe(local("2026-12-01 16:00"));
  });
});
