import { beforeEach, describe, expect, it } from "vitest";
import { asking, createTestCases, type TestCases } from "../../../../support/case-given.ts";
import { local } from "../../../../support/clock-given.ts";
import { who } from "../../../../support/region-view.ts";

let cases: TestCases;
let caseId: string;
const clockId = "ADVICE-MSG.1";
beforeEach(async () => {
  cases = createTestCases();
  ({ caseId } = await asking(cases));
});
const notDue = { status: "ignored", reason: "not-due" };
const say = (verb: string, by: string, rest: object = { text: "Ja" }) =>
  cases.send({ type: `advice.${verb}`, by, payload: { caseId, ...rest } });
const lastClocks = () => cases.records(caseId).at(-1)?.clocks;

describe("a clock that rings", () => {
  it("warns when it is time, and breaches once it was due, each in a record of the hub's own", async () => {
    cases.at("2026-11-25 16:00");
    expect(await cases.ring(caseId, clockId)).toMatchObject({
      status: "accepted",
      facts: ["ClockWarned"],
    });
    expect(lastClocks()).toEqual([{ change: "warned", clockId, at: local("2026-11-25 16:00") }]);
    cases.at("2026-11-26 16:00");
    expect(await cases.ring(caseId, clockId)).toMatchObject(notDue);
    cases.at("2026-11-26 16:01");
    await cases.ring(caseId, clockId);
    expect(lastClocks()).toEqual([{ change: "breached", clockId, at: local("2026-11-26 16:01") }]);
    expect(cases.records(caseId).at(-1)).toMatchObject({
      deliveries: [],
      meta: { actor: "hub", status: "asked" },
    });
  });

  it("does each once, however often it rings", async () => {
    cases.at("2026-11-27 10:00");
    const rings = [];
    for (let n = 0; n < 4; n++) rings.push((await cases.ring(caseId, clockId)).status);
    expect(rings).toEqual(["accepted", "accepted", "ignored", "ignored"]);
    const fired = cases.records(caseId).flatMap(({ clocks }) => clocks.map(({ change }) => change));
    expect(fired.filter((change) => change === "warned" || change === "breached")).toEqual([
      "warned",
      "breached",
    ]);
  });

  it("before its time does nothing", async () => {
    cases.at("2026-11-25 15:59");
    expect(await cases.ring(caseId, clockId)).toMatchObject(notDue);
    expect(cases.records(caseId)).toHaveLength(1);
  });

  it("does nothing while it is paused, however late", async () => {
    await say("requestInformation", who.endocrinology);
    cases.at("2027-11-25 16:00");
    expect(await cases.ring(caseId, clockId)).toMatchObject(notDue);
  });

  it("rings by its new times after a pause", async () => {
    await say("requestInformation", who.endocrinology);
    cases.at("2026-11-25 10:00");
    await say("giveInformation", who.practice);
    cases.at("2026-11-26 16:00");
    expect(await cases.ring(caseId, clockId)).toMatchObject(notDue);
    cases.at("2026-11-27 16:00");
    expect(await cases.ring(caseId, clockId)).toMatchObject({ status: "accepted" });
  });

  it.each([
    ["met", "answer", who.endocrinology, { text: "Ja" }],
    ["cancelled", "withdraw", who.practice, { reason: "Løst" }],
  ])("does nothing when it is %s", async (...[, verb, by, rest]) => {
    await say(verb, by, rest);
    cases.at("2026-12-24 10:00");
    expect(await cases.ring(caseId, clockId)).toMatchObject(notDue);
  });

  it("that nobody knows does nothing, and a case that nobody knows does not exist", async () => {
    cases.at("2026-12-24 10:00");
    expect(await cases.ring(caseId, "ADVICE-MSG.7")).toMatchObject(notDue);
    expect(await cases.ring("00000000-0000-5000-8000-000000000000", clockId)).toMatchObject({
      code: "case-unknown",
    });
  });

  it("may be that of a receipt", async () => {
    cases.at("2026-11-23 10:25");
    await cases.ring(caseId, "RECEIPT.1.0");
    cases.at("2026-11-23 10:31");
    await cases.ring(caseId, "RECEIPT.1.0");
    const fired = cases
      .records(caseId)
      .flatMap(({ clocks }) => clocks.map(({ change, clockId: id }) => [id, change]));
    expect(fired.slice(2)).toEqual([
      ["RECEIPT.1.0", "warned"],
      ["RECEIPT.1.0", "breached"],
    ]);
  });

  it("leaves the case as it is for its parties: an answer that is late is an answer", async () => {
    cases.at("2026-11-27 10:00");
    await cases.ring(caseId, clockId);
    await cases.ring(caseId, clockId);
    expect(await say("answer", who.endocrinology)).toMatchObject({ status: "accepted" });
    expect(lastClocks()?.[0]).toMatchObject({ change: "stopped", clockId, inTime: false });
  });
});
