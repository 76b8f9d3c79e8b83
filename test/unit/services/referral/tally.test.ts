import { beforeEach, describe, expect, it } from "vitest";
import { createPatternsHandler } from "../../../../services/referral/handler.ts";
import { createTally, type Tally } from "../../../../services/referral/tally.ts";
import { now } from "../../../support/advice-given.ts";
import { happened, otherCaseId } from "../../../support/referral-given.ts";
import { recordOf } from "../../../support/referral-records.ts";
import { regionView, who } from "../../../support/region-view.ts";

const f = happened("hospital");
let tally: Tally;
beforeEach(() => {
  tally = createTally();
});
const outcomes = () => tally.all().map(({ row, count }) => [row.outcome, count]);

describe("the tally", () => {
  it("counts a referral once, from sent to concluded", () => {
    tally.count(recordOf(1, [f.sent]));
    expect(outcomes()).toEqual([["open", 1]]);
    tally.count(recordOf(2, [f.accepted]));
    tally.count(recordOf(2, [f.accepted]));
    tally.count(recordOf(3, [f.concluded]));
    expect(outcomes()).toEqual([["concluded", 1]]);
  });

  it("keeps cases that ended alike as one number", () => {
    for (const caseId of [otherCaseId, otherCaseId.replace(/^1/, "2")]) {
      tally.count(recordOf(1, [f.sent], { caseId }));
      tally.count(recordOf(2, [f.withdrawn], { caseId }));
    }
    expect(outcomes()).toEqual([["withdrawn", 2]]);
  });

  it("counts no receipt that comes after the end, no refusal, and no other family", () => {
    tally.count(recordOf(1, [f.sent]));
    tally.count(recordOf(2, [f.withdrawn]));
    tally.count(recordOf(3, []));
    tally.count(recordOf(1, [], { caseId: otherCaseId, outcome: "refused" }));
    tally.count(recordOf(1, [f.sent], { caseId: otherCaseId, family: "booking" }));
    expect(outcomes()).toEqual([["withdrawn", 1]]);
  });
});

describe("a question about patterns", () => {
  const ask = (payload: object) =>
    createPatternsHandler({ directory: regionView, counted: tally.all })({
      id: "q",
      type: "referral.patterns",
      version: 1,
      time: now,
      sender: who.practice,
      payload,
    });

  it("is answered for who asks", async () => {
    for (let i = 0; i < 6; i++)
      tally.count(recordOf(1, [f.sent], { caseId: otherCaseId.replace(/^1/, String(i)) }));
    expect(await ask({ from: "2026-11", to: "2026-11", groupBy: ["kind"] })).toEqual({
      status: "ok",
      value: {
        from: "2026-11",
        to: "2026-11",
        groupBy: ["kind"],
        groups: [{ by: { kind: "hospital" }, count: 6, noShows: 0 }],
      },
    });
  });

  it("that is none is refused", async () => {
    expect(await ask({ from: "2026-12", to: "2026-11" })).toEqual({
      status: "refused",
      code: "message-invalid",
    });
  });

  it("waits while the journal is still being counted: half a count is a wrong one", async () => {
    const unready = createPatternsHandler({ directory: regionView, counted: () => undefined });
    const envelope = { id: "q", type: "referral.patterns", version: 1, time: now, sender: who.practice };
    expect(await unready({ ...envelope, payload: { from: "2026-11", to: "2026-11" } })).toEqual({
      status: "failed",
      code: "service-unavailable",
    });
  });
});
