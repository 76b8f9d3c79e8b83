import { beforeEach, describe, expect, it } from "vitest";
import type { EscalationStep } from "../../../../contracts/agreement.ts";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { DigestFact, isDigestFact } from "../../../../contracts/messages/digest.ts";
import { CaseRecord } from "../../../../contracts/record.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { patient } from "../../../support/advice-given.ts";
import { accepted, createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { changed, regionWith, who } from "../../../support/region-view.ts";

const words = { da: "Sig til.", en: "Say so." };
const clockId = "ADVICE-MSG.1";
const alarmId = `notice.0.${clockId}`;
const breach = "2026-11-26 16:01";
const digestOf = (gln: string, date: string) => caseIdFor(gln, `digest:${date}`);

let cases: TestCases;
const start = (...escalation: EscalationStep[]) => {
  cases = createTestCases({
    agreements: agreements.map((one) => (one.id === "ADVICE-MSG" ? { ...one, escalation } : one)),
  });
};
const ask = async (messageId: string): Promise<string> => {
  const payload = question(messageId);
  return accepted(await cases.send({ type: "advice.ask", by: who.practice, payload })).caseId;
};
const breachOf = async (caseId: string) => {
  cases.at(breach);
  await cases.ring(caseId, clockId);
  await cases.ring(caseId, clockId);
};
const ring = (type: string, caseId: string, alarm: string) =>
  cases.send({ type, by: "hub", payload: { caseId, alarmId: alarm } });
const answer = (caseId: string) =>
  cases.send({ type: "advice.answer", by: who.endocrinology, payload: { caseId, text: "Ja" } });
const toldIn = (digest: string) =>
  cases
    .records(digest)
    .flatMap(({ facts }) => facts.filter(isDigestFact))
    .flatMap((fact) => (fact.type === "DigestTold" ? [fact] : []));
const deliveriesOf = (digest: string) =>
  cases.records(digest).flatMap(({ deliveries }) => deliveries.filter((d) => d.change === "owed"));

describe("what is not urgent", () => {
  // The practice is told on Friday at 8: the breach comes on Thursday when it has just closed.
  const friday = digestOf(who.practice, "2026-11-27");
  let first: string;
  let second: string;
  beforeEach(async () => {
    start({ to: "phone", ...words });
    [first, second] = [await ask("M-1"), await ask("M-2")];
    await breachOf(first);
    await breachOf(second);
  });

  it("waits for the day of its receiver", () => {
    for (const caseId of [first, second]) {
      expect(cases.records(caseId).at(-1)?.deliveries).toEqual([]);
      expect(cases.state(caseId).alarms).toEqual({ [alarmId]: local("2026-11-27 08:00") });
    }
  });

  it("is told in one message, with case, phone and since when", async () => {
    cases.at("2026-11-27 08:00");
    for (const caseId of [first, second])
      expect(await ring("clock.ring", caseId, alarmId)).toMatchObject({ facts: ["NoticeGathered"] });
    expect(cases.state(friday).alarms).toEqual({ digest: "2026-11-27T07:00:30.000Z" });
    cases.at("2026-11-27 08:01");
    expect(await ring("digest.ring", friday, "digest")).toMatchObject({ status: "accepted" });
    const [told] = toldIn(friday);
    expect(told?.items.map(({ caseId }) => caseId)).toEqual([first, second]);
    expect(told?.items[0]).toMatchObject({
      agreement: "ADVICE-MSG",
      state: "late",
      due: local("2026-11-26 16:00"),
      step: { phone: { of: who.endocrinology, number: "90000011" } },
    });
    expect(deliveriesOf(friday)).toMatchObject([{ to: who.practice, receiptExpected: false }]);
    for (const record of cases.records(friday)) {
      expect(CaseRecord.safeParse(record).error).toBeUndefined();
      for (const fact of record.facts) expect(DigestFact.safeParse(fact).error).toBeUndefined();
    }
  });

  it("is told once, however often each rings", async () => {
    cases.at("2026-11-27 08:00");
    await Promise.all([first, second, first, second].map((id) => ring("clock.ring", id, alarmId)));
    cases.at("2026-11-27 08:01");
    await Promise.all([1, 2, 3].map(() => ring("digest.ring", friday, "digest")));
    expect(deliveriesOf(friday)).toHaveLength(1);
    expect(toldIn(friday).flatMap(({ items }) => items)).toHaveLength(2);
    const gathered = cases
      .records()
      .flatMap(({ facts }) => facts.filter(({ type }) => type === "NoticeGathered"));
    expect(gathered).toHaveLength(2);
  });

  it("is gathered also when the hub ended between the digest and the case", async () => {
    cases.at("2026-11-27 08:00");
    // The item is in the digest, and its case never heard of it.
    const { journal } = cases;
    journal.befall("none", "full", "full", "full", "full", "full", "full", "full", "full");
    await expect(ring("clock.ring", first, alarmId)).rejects.toThrow();
    expect(cases.state(first).alarms[alarmId]).toBeDefined();
    cases.at("2026-11-27 08:01");
    await ring("clock.ring", first, alarmId);
    await ring("digest.ring", friday, "digest");
    expect(toldIn(friday).flatMap(({ items }) => items.map(({ caseId }) => caseId))).toEqual([first]);
  });

  it("is not told when it was settled before the digest", async () => {
    await answer(first);
    expect(cases.state(first).alarms).toEqual({});
    cases.at("2026-11-27 08:00");
    await ring("clock.ring", first, alarmId);
    await ring("clock.ring", second, alarmId);
    await answer(second);
    cases.at("2026-11-27 08:01");
    await ring("digest.ring", friday, "digest");
    expect(toldIn(friday)).toMatchObject([{ items: [], settled: [`${second}/${alarmId}`] }]);
    expect(deliveriesOf(friday)).toEqual([]);
    expect(cases.state(friday).alarms).toEqual({});
  });

  it("is told the next morning by a hub that was away all day", async () => {
    cases.at("2026-11-27 22:00");
    await ring("clock.ring", first, alarmId);
    const monday = digestOf(who.practice, "2026-11-30");
    expect(cases.state(monday).alarms).toEqual({ digest: "2026-11-30T07:00:30.000Z" });
    expect(cases.records(friday)).toEqual([]);
  });

  it("goes in a second message when it comes after the day's digest was told", async () => {
    cases.at("2026-11-27 08:00");
    await ring("clock.ring", first, alarmId);
    cases.at("2026-11-27 08:01");
    await ring("digest.ring", friday, "digest");
    await ring("clock.ring", second, alarmId);
    cases.at("2026-11-27 08:02");
    await ring("digest.ring", friday, "digest");
    expect(toldIn(friday).map(({ items }) => items.map(({ caseId }) => caseId))).toEqual([[first], [second]]);
  });

  it("tells nothing of the citizen", async () => {
    cases.at("2026-11-27 08:00");
    await ring("clock.ring", first, alarmId);
    cases.at("2026-11-27 08:01");
    await ring("digest.ring", friday, "digest");
    const told = JSON.stringify(cases.records(friday));
    for (const text of [patient.cpr, patient.surname, patient.givenName, "TSH", "Hvad nu?"])
      expect(told).not.toContain(text);
  });
});

describe("a warning that is not urgent", () => {
  const warnedAt = async (at: string) => {
    const caseId = await ask("M-1");
    cases.at(at);
    await cases.ring(caseId, clockId);
    return cases.records(caseId).at(-1);
  };
  const soon = { to: "phone", on: "warning", ...words } as const;

  it("is told in the digest that comes before the breach", async () => {
    start(soon);
    const record = await warnedAt("2026-11-25 16:00");
    expect(record?.deliveries).toEqual([]);
    expect(record?.alarms).toEqual([{ change: "set", alarmId, at: local("2026-11-26 08:00") }]);
  });

  it("is told at once where its receiver is open, when the next digest would come after the breach", async () => {
    start(soon);
    const record = await warnedAt("2026-11-26 09:00");
    expect(record?.deliveries).toMatchObject([{ change: "owed", to: who.practice }]);
    expect(record?.alarms).toBeUndefined();
  });
});

describe("the time of a digest", () => {
  it("is the organisation's own where the directory has one", async () => {
    const own = changed(who.practice, { digestAt: "13:00" });
    cases = createTestCases({
      directory: regionWith(own),
      agreements: agreements.map((one) =>
        one.id === "ADVICE-MSG" ? { ...one, escalation: [{ to: "phone", ...words }] } : one,
      ),
    });
    const caseId = await ask("M-1");
    await breachOf(caseId);
    expect(cases.state(caseId).alarms).toEqual({ [alarmId]: local("2026-11-27 13:00") });
  });
});
