import { describe, expect, it } from "vitest";
import { dischargeCore } from "../../../../../services/discharge/core/decide.ts";
import {
  clocksOf,
  factsOf,
  lone,
  marked,
  on,
  onCase,
  parties,
  patient,
  type Run,
  run,
  runOn,
  toldOf,
} from "../../../../support/discharge-given.ts";
import { who } from "../../../../support/region-view.ts";

const { hospital, ward, practice, municipality } = parties;
const sent = { at: on("mon 11:00"), command: lone() };
const sentMarked = (priority?: string) => ({ at: on("mon 11:00"), command: lone(marked(priority)) });
const corrected = (change: object = {}) => ({
  at: on("tue 09:00"),
  command: lone({ status: "corrected", summaryId: "epi-2", ...change }),
});
const reviewed = (change: object = {}) => ({
  by: practice,
  at: on("mon 12:00"),
  command: onCase("discharge.review", {
    summaryId: "epi-1",
    reviewer: "D. Testgaard",
    verdict: "agrees",
    ...change,
  }),
});
const cardOf = ({ state }: Run) => dischargeCore.cardOf?.(state);

describe("a summary whose stay nobody told of", () => {
  it("is kept and told to its practice, and waits for nobody when it is not marked", () => {
    const after = run(sent);
    expect(factsOf(after)).toEqual(["LoneSummaryReceived"]);
    expect(toldOf(after, "LoneSummaryReceived")).toEqual([practice]);
    expect(after.state.status).toBe("loneSummary");
    expect(clocksOf(after)).toEqual([]);
    expect(cardOf(after)).toMatchObject({ kind: "summary", opener: hospital, awaits: [], closed: true });
    expect(after.common.parties.toSorted()).toEqual([hospital, practice].toSorted());
  });

  it.each([
    ["akut", "EPI-REVIEW-AKUT running 2026-11-23T16:00"],
    ["subakut", "EPI-REVIEW-SUBAKUT running 2026-11-24T16:00"],
    ["rutine", "EPI-REVIEW-RUTINE running 2026-11-26T16:00"],
  ])("is owed a review by the practice when it is marked %s", (priority, clock) => {
    const after = run(sentMarked(priority));
    expect(factsOf(after)).toEqual(["LoneSummaryReceived", "ReviewAwaited"]);
    expect(clocksOf(after)).toEqual([clock]);
    expect(after.common.clocks[`${clock.split(" ")[0] ?? ""}.1`]).toMatchObject({
      debtor: practice,
      creditor: hospital,
    });
    expect(cardOf(after)).toMatchObject({
      awaits: [{ who: practice, act: "review-summary" }],
      closed: false,
      urgency: priority,
    });
  });

  it("is owed no review by a receiver who is no practice, and reaches it all the same", () => {
    const after = run({
      at: on("mon 11:00"),
      command: lone({ ...marked("akut"), practice: who.endocrinology }),
    });
    expect(factsOf(after)).toEqual(["LoneSummaryReceived"]);
    expect(toldOf(after, "LoneSummaryReceived")).toEqual([who.endocrinology]);
    expect(cardOf(after)).toMatchObject({ awaits: [], closed: true });
  });

  it("is read by the practice, and its hospital is told", () => {
    const after = runOn(run(sentMarked()), reviewed({ verdict: "disagrees", note: "Taget i går." }));
    expect(factsOf(after)).toEqual(["SummaryReviewed"]);
    expect(toldOf(after, "SummaryReviewed")).toEqual([hospital]);
    expect(after.state.status).toBe("loneReviewed");
    expect(clocksOf(after)).toEqual(["EPI-REVIEW-SUBAKUT met 2026-11-24T16:00"]);
    expect(cardOf(after)).toMatchObject({ awaits: [], closed: true });
  });

  it("may be read though nobody waits for it", () => {
    expect(runOn(run(sent), reviewed()).state.status).toBe("loneReviewed");
  });

  it("is reviewed by the number that is in force alone", () => {
    const after = runOn(run(sent, corrected()), { ...reviewed(), at: on("tue 10:00") });
    expect(after.decision).toMatchObject({ kind: "refuse", code: "wrong-state" });
  });
});

describe("the correction of such a summary", () => {
  it("comes in its place, and a review is owed anew from then", () => {
    const after = run(sentMarked("rutine"), corrected(marked("akut")));
    expect(factsOf(after)).toEqual(["LoneSummaryReceived", "ReviewNotAwaited", "ReviewAwaited"]);
    expect(clocksOf(after)).toEqual([
      "EPI-REVIEW-RUTINE cancelled 2026-11-26T16:00",
      "EPI-REVIEW-AKUT running 2026-11-24T16:00",
    ]);
    expect(cardOf(after)).toMatchObject({ urgency: "akut", closed: false });
  });

  it("that is not marked ends what was owed", () => {
    const after = run(sentMarked("rutine"), corrected());
    expect(factsOf(after)).toEqual(["LoneSummaryReceived", "ReviewNotAwaited"]);
    expect(cardOf(after)).toMatchObject({ awaits: [], closed: true });
  });

  it("is to be read again, after the first was", () => {
    const after = runOn(run(sentMarked()), reviewed(), corrected(marked()));
    expect(factsOf(after)).toEqual(["LoneSummaryReceived", "ReviewAwaited"]);
    expect(after.state.status).toBe("loneSummary");
  });

  it("that overtook the first is not undone by it", () => {
    const overtaken = run({ ...corrected(marked()), at: on("mon 10:00") }, sent);
    expect(overtaken.decision).toEqual({ kind: "ignore", reason: "superseded" });
    expect(overtaken.state).toMatchObject({ summaryId: "epi-2", priority: "subakut" });
  });

  it.each([
    ["an id that was used", { summaryId: "epi-1" }, "summaryId"],
    ["another practice", { practice: who.endocrinology }, "practice"],
    ["another citizen", { patient: { ...patient, cpr: "0107560106" } }, "patient"],
  ])("with %s is refused", (_, change, path) => {
    const after = run(sent, corrected(change));
    expect(after.decision).toMatchObject({ kind: "refuse", code: "content-differs", problems: [{ path }] });
  });

  it("is what another summary under the same number must say that it is", () => {
    const again = run(sent, { at: on("mon 12:00"), command: lone({ summaryId: "epi-2" }) });
    expect(again.decision).toMatchObject({
      kind: "refuse",
      code: "content-differs",
      problems: [{ path: "messageId" }],
    });
  });
});

describe("a summary alone is refused", () => {
  it("from whoever is no hospital", () => {
    for (const by of [practice, municipality])
      expect(run({ ...sent, by }).decision).toMatchObject({ kind: "refuse", code: "not-your-turn" });
    expect(run({ ...sent, by: ward }).decision.kind).toBe("record");
  });

  it("to a receiver that nobody knows", () => {
    const decision = run({ at: sent.at, command: lone({ practice: "5790000999950" }) }).decision;
    expect(decision).toMatchObject({
      kind: "refuse",
      code: "receiver-unknown",
      problems: [{ path: "practice" }],
    });
  });

  it("with everything that is wrong told at once", () => {
    const decision = run({
      at: sent.at,
      by: practice,
      command: lone({ practice: "5790000999950" }),
    }).decision;
    expect(decision).toMatchObject({
      code: "not-your-turn",
      problems: [{ path: "sender" }, { path: "practice" }],
    });
  });
});
