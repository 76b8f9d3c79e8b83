import { describe, expect, it } from "vitest";
import {
  admitted,
  clocksOf,
  discharged,
  factsOf,
  notify,
  on,
  onCase,
  parties,
  run,
  runAsked,
  runOn,
  stayOf,
  summary,
  toldOf,
  warningsOf,
} from "../../../../support/discharge-given.ts";
import { who } from "../../../../support/region-view.ts";

const { hospital, ward, elsewhere, practice, municipality } = parties;

describe("a message on a stay", () => {
  const refusal = (change: object, by: string = hospital) => {
    const { decision } = run({
      by,
      at: on("fri 09:31"),
      command: notify("admitted", on("fri 09:30"), change),
    });
    return decision.kind === "refuse"
      ? [decision.code, ...decision.problems.map(({ path, code }) => `${path} ${code}`)]
      : [decision.kind];
  };

  it("is refused with every problem at once", () => {
    expect(
      refusal({
        municipality: who.outOfHours,
        practice: ward,
        department: elsewhere,
        occurredAt: on("sat 09:00"),
      }),
    ).toEqual([
      "message-invalid",
      "municipality receiver-unknown",
      "practice receiver-unknown",
      "occurredAt occurs-in-future",
      "department unit-elsewhere",
    ]);
  });

  it("is refused by what is wrong, when it is one thing", () => {
    expect(refusal({ department: elsewhere })[0]).toBe("unit-elsewhere");
    expect(refusal({ department: "5790000999998" })[0]).toBe("receiver-unknown");
    expect(refusal({}, practice)).toEqual(["not-your-turn", "sender not-your-turn"]);
    expect(refusal({}, "5790000999998")[0]).toBe("sender-unknown");
  });

  it("about another citizen or municipality than the stay is refused", () => {
    const other = notify("discharged", on("mon 10:00"), {
      patient: { cpr: "0101010101", surname: "Eksempel" },
    });
    expect(runOn(run(admitted), { at: on("mon 10:01"), command: other }).decision).toMatchObject({
      kind: "refuse",
      code: "stay-differs",
      problems: [{ path: "patient.cpr" }],
    });
    const moved = notify("discharged", on("mon 10:00"), { municipality: who.municipality });
    expect(runOn(run(admitted), { at: on("mon 10:01"), command: moved }).decision).toMatchObject({
      code: "stay-differs",
      problems: [{ path: "municipality" }],
    });
  });

  it("that was told before is ignored, and its id with another event is refused", () => {
    expect(runOn(run(admitted), admitted).decision).toEqual({ kind: "ignore", reason: "told-before" });
    const again = notify("discharged", on("fri 09:30"), {
      messageId: (admitted.command.payload as { messageId: string }).messageId,
    });
    expect(runOn(run(admitted), { at: on("fri 10:00"), command: again }).decision).toMatchObject({
      kind: "refuse",
      code: "content-differs",
    });
  });

  it("that comes late is taken, with a warning", () => {
    expect(warningsOf(run({ ...admitted, at: on("fri 09:36") }))).toEqual(["notified-late"]);
    expect(warningsOf(run({ ...admitted, at: on("fri 09:35") }))).toEqual([]);
  });
});

describe("a discharge", () => {
  it("warns of each thing that is not ready, and starts a clock for each until the next working day", () => {
    const after = runOn(runAsked(admitted), discharged);
    expect(warningsOf(after)).toEqual(Array(4).fill("not-ready-at-discharge"));
    expect(clocksOf(after).slice(1)).toEqual(
      ["summary", "treatment-plan", "medication", "prescriptions"].map(
        (item) => `EPI-DISCHARGE ${item} running 2026-11-24T15:30`,
      ),
    );
    expect(factsOf(after)).toContain("AdmissionReportNotNeeded");
  });

  it("owes no more than the summary after an acute ambulant visit", () => {
    const after = run(
      { at: on("mon 08:00"), command: notify("acute-ambulant", on("mon 08:00")) },
      discharged,
    );
    expect(Object.keys(stayOf(after).owed.items)).toEqual(["summary"]);
  });

  const tick = (item: string, status: string) =>
    onCase("discharge.tick", { item, status, person: "Reservelæge A. Testlund" });
  const at = on("mon 11:00");

  it("has one clock stopped by each item that is done, and cancelled by one that is not needed", () => {
    const after = runOn(
      runAsked(admitted, discharged),
      { at, command: tick("medication", "done") },
      { at, command: tick("prescriptions", "not-needed") },
      { at, command: tick("rehabilitation-plan", "needed") },
    );
    expect(
      clocksOf(after)
        .slice(1)
        .map((line) => line.split(" ").slice(1, 3).join(" ")),
    ).toEqual([
      "summary running",
      "treatment-plan running",
      "medication met",
      "prescriptions cancelled",
      "rehabilitation-plan running",
    ]);
    expect(stayOf(after).checklist.medication).toMatchObject({ status: "done", by: hospital, at });
  });

  it("is complete when the last item is there, and practice and municipality are told", () => {
    const after = runOn(
      runAsked(admitted, discharged),
      { at, command: tick("medication", "done") },
      { at, command: tick("prescriptions", "done") },
      { at, command: tick("treatment-plan", "done") },
      { at, command: summary() },
    );
    expect(toldOf(after, "ChecklistCompleted")).toEqual([practice, municipality]);
    expect(
      clocksOf(after)
        .slice(1)
        .every((line) => line.includes(" met ")),
    ).toBe(true);
    expect(after.common.card).toMatchObject({ closed: true, awaits: [] });
  });

  it("does not take a tick for what is done by sending it", () => {
    for (const item of ["summary", "care-plan"])
      expect(runOn(run(admitted), { at, command: tick(item, "done") }).decision).toMatchObject({
        code: "wrong-state",
        problems: [{ path: "item" }],
      });
  });
});
