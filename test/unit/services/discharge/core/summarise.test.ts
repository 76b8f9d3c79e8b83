import { describe, expect, it } from "vitest";
import {
  admitted,
  assess,
  clocksOf,
  discharged,
  marked,
  notify,
  on,
  onCase,
  openClocks,
  parties,
  run,
  runOn,
  stayOf,
  summary,
  toldOf,
  underResponsibility,
  warningsOf,
} from "../../../../support/discharge-given.ts";

const { hospital, ward, practice } = parties;
const until = on("thu2 10:00");
const statement = { extendedResponsibility: { until, phone: "90000047" } };
const at = on("mon 11:00");

describe("a discharge summary", () => {
  it("stops its own clock, and goes to the practice", () => {
    const after = runOn(run(admitted, discharged), { at, command: summary() });
    expect(after.state.status).toBe("summarySent");
    expect(toldOf(after, "SummarySent")).toEqual([practice]);
    expect(clocksOf(after).find((line) => line.includes("EPI-DISCHARGE summary"))).toContain(" met ");
  });

  it.each([
    ["akut", "2026-11-23T16:00"],
    ["subakut", "2026-11-24T16:00"],
    ["rutine", "2026-11-26T16:00"],
  ])("marked %s is to be reviewed by %s", (priority, due) => {
    const after = runOn(run(admitted, discharged), { at, command: summary(marked(priority)) });
    expect(clocksOf(after).at(-1)).toBe(`EPI-REVIEW-${priority.toUpperCase()} running ${due}`);
    expect(after.common.card).toMatchObject({ urgency: priority });
    expect(after.common.card?.awaits).toContainEqual(
      expect.objectContaining({ who: practice, act: "review-summary" }),
    );
  });

  it("without a mark starts no clock", () => {
    const after = runOn(run(admitted, discharged), { at, command: summary() });
    expect(openClocks(after, "EPI-REVIEW")).toBe(0);
  });

  it("may be there before the patient leaves: then nothing is owed for it", () => {
    const after = run(admitted, { at: on("mon 09:00"), command: summary() }, discharged);
    expect(after.state.status).toBe("summarySent");
    expect(warningsOf(after)).toHaveLength(3);
  });

  const problemsWith = (change: object) => {
    const { decision } = runOn(underResponsibility(), { at, command: summary(change) });
    return decision.kind === "refuse"
      ? [decision.code, ...decision.problems.map(({ code }) => code)]
      : [decision.kind];
  };

  it("of a patient under extended responsibility says so, until when, and which number to phone", () => {
    expect(problemsWith({})).toEqual(["summary-incomplete", "responsibility-missing"]);
    expect(problemsWith({ extendedResponsibility: {} })).toEqual([
      "summary-incomplete",
      "responsibility-until-missing",
      "responsibility-phone-missing",
    ]);
    expect(problemsWith({ extendedResponsibility: { until: on("wed 10:00"), phone: "90000047" } })).toEqual([
      "summary-incomplete",
      "responsibility-until-differs",
    ]);
    expect(problemsWith(statement)).toEqual(["record"]);
  });

  it("may not claim responsibility that does not apply", () => {
    const short = run(
      admitted,
      { at: on("mon 09:00"), command: assess({ municipalNursing: false }) },
      discharged,
    );
    expect(runOn(short, { at, command: summary(statement) }).decision).toMatchObject({
      code: "summary-incomplete",
      problems: [{ code: "responsibility-does-not-apply" }],
    });
  });

  it("that was sent before responsibility was decided is worth a look when it does not say so", () => {
    const early = run(
      admitted,
      { at: on("mon 09:00"), command: summary() },
      { at: on("mon 09:30"), command: assess() },
    );
    expect(warningsOf(runOn(early, discharged))).toContain("summary-lacks-responsibility");
  });

  it("needs a practice: one that nobody has named is named by the summary", () => {
    const without = { practice: undefined };
    const stay = run({ at: on("fri 09:31"), command: notify("admitted", on("fri 09:30"), without) });
    expect(runOn(stay, { at: on("fri 12:00"), command: summary() }).decision).toMatchObject({
      problems: [{ path: "practice", code: "practice-missing" }],
    });
    const named = runOn(stay, { at: on("fri 12:00"), command: summary({ practice }) });
    expect(toldOf(named, "SummarySent")).toEqual([practice]);
  });

  it("with a medicine list from before FMK was updated is taken with a warning", () => {
    const listed = summary({ medicineList: "Furosemid" });
    expect(warningsOf(runOn(run(admitted), { at, command: listed }))).toEqual(["fmk-not-updated"]);
    const ticked = onCase("discharge.tick", { item: "medication", status: "done", person: "A. Testlund" });
    expect(warningsOf(runOn(run(admitted), { at, command: ticked }, { at, command: listed }))).toEqual([]);
  });

  const sent = () => runOn(run(admitted, discharged), { at, command: summary(marked()) });
  const correction = (change: object) => {
    const { payload } = summary({ summaryId: "epi-2", ...change });
    return onCase("discharge.correctSummary", { ...payload, corrects: "epi-1", resume: "Rettet." });
  };

  it("that is corrected is reviewed anew, with one clock by its new mark", () => {
    const after = runOn(sent(), { at: on("mon 12:00"), command: correction(marked("akut")) });
    expect(clocksOf(after).filter((line) => line.startsWith("EPI-REVIEW"))).toEqual([
      "EPI-REVIEW-SUBAKUT cancelled 2026-11-24T16:00",
      "EPI-REVIEW-AKUT running 2026-11-23T16:00",
    ]);
  });

  it("that is cancelled is owed again", () => {
    const gone = onCase("discharge.cancelSummary", { summaryId: "epi-1", reason: "Forkert patient" });
    const after = runOn(sent(), { at: on("mon 12:00"), command: gone });
    expect(after.state.status).toBe("discharged");
    expect(openClocks(after, "EPI-REVIEW")).toBe(0);
    expect(stayOf(after).owed.items.summary).toBe(on("mon 10:00"));
  });

  it("is in force once, under an id of its own, and only the one in force is corrected, cancelled or reviewed", () => {
    const refused = (command: ReturnType<typeof summary>, by: string = hospital) =>
      runOn(sent(), { by, at: on("mon 12:00"), command }).decision;
    expect(refused(summary({ summaryId: "epi-2" }))).toMatchObject({ code: "wrong-state" });
    expect(refused(correction({ summaryId: "epi-1" }))).toMatchObject({ code: "content-differs" });
    expect(refused(onCase("discharge.cancelSummary", { summaryId: "epi-9", reason: "x" }))).toMatchObject({
      code: "wrong-state",
    });
    const review = onCase("discharge.review", {
      summaryId: "epi-9",
      reviewer: "D. Testgaard",
      verdict: "agrees",
    });
    expect(refused(review, practice)).toMatchObject({
      code: "wrong-state",
      problems: [{ path: "summaryId" }],
    });
  });

  it("is reviewed by the practice, whose disagreement is kept and told to the ward", () => {
    const command = onCase("discharge.review", {
      summaryId: "epi-1",
      reviewer: "Læge D. Testgaard",
      verdict: "disagrees",
      note: "Kalium er målt i går.",
    });
    const after = runOn(sent(), { by: practice, at: on("mon 15:00"), command });
    expect(after.state.status).toBe("reviewed");
    expect(toldOf(after, "SummaryReviewed")).toEqual([ward]);
    expect(clocksOf(after).at(-1)).toContain("EPI-REVIEW-SUBAKUT met");
  });
});
