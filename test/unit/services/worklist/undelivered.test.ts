import { beforeEach, describe, expect, it } from "vitest";
import { caseEvent } from "../../../../services/worklist/core/case-event.ts";
import { viewOf } from "../../../../services/worklist/core/case-view.ts";
import { local } from "../../../support/clock-given.ts";
import { kindOf, who } from "../../../support/region-view.ts";
import { createWorklistCases, ids, type WorklistCases } from "../../../support/worklist-cases.ts";

let cases: WorklistCases["cases"];
let say: WorklistCases["say"];
let list: WorklistCases["list"];
let caseId: string;
/** The answer to the practice closes the case; its system cannot take it. */
beforeEach(async () => {
  const given = createWorklistCases();
  ({ cases, say, list } = given);
  caseId = await given.ask("M-1");
  await say("answer", who.endocrinology, { caseId });
  const payload = { deliveryId: `${caseId}.2.0`, outcome: "negative", code: "syntaksfejl", text: "Nej" };
  await cases.send({ type: "delivery.settle", by: who.practice, payload });
});
const aMinuteLater = { now: () => local("2026-11-23 10:16") };
const lists = async (gln: string) => ({
  expected: ids(await list("expected", gln, {}, aMinuteLater)),
  sent: ids(await list("sent", gln, {}, aMinuteLater)),
  overdue: ids(await list("overdue", gln, {}, aMinuteLater)),
});

describe("a document that was refused in a case that is closed", () => {
  it("is expected to be followed up by its sender, and is late; nobody else waits for that", async () => {
    expect(await lists(who.endocrinology)).toEqual({ expected: [caseId], sent: [], overdue: [caseId] });
    expect(await lists(who.practice)).toEqual({ expected: [], sent: [], overdue: [] });
  });

  it("leaves the list when a person has seen to it", async () => {
    const payload = { caseId, deliveryId: `${caseId}.2.0` };
    await cases.send({ type: "delivery.handle", by: who.endocrinology, payload });
    expect((await lists(who.endocrinology)).expected).toEqual([]);
  });

  it("is told in the case with the receiver's code and words, and to those who watch as failed", () => {
    const records = cases.records(caseId);
    const view = viewOf(caseId, records, kindOf);
    expect(view?.deliveries.at(-1)).toMatchObject({
      status: "failed",
      sendings: 1,
      code: "syntaksfejl",
      text: "Nej",
    });
    expect(view?.card?.closed).toBe(true);
    const last = records.at(-1);
    if (last === undefined) throw new Error("no record");
    expect(caseEvent(last).deliveries).toEqual([
      { deliveryId: `${caseId}.2.0`, to: who.practice, status: "failed" },
    ]);
  });
});

describe("a change that is nothing to its receiver", () => {
  it("is not told on as one of its deliveries", async () => {
    const payload = { caseId, deliveryId: `${caseId}.2.0` };
    await cases.send({ type: "delivery.handle", by: who.endocrinology, payload });
    const last = cases.records(caseId).at(-1);
    if (last === undefined) throw new Error("no record");
    expect(last.deliveries).toMatchObject([{ change: "handled" }]);
    expect(caseEvent(last).deliveries).toEqual([]);
  });
});
