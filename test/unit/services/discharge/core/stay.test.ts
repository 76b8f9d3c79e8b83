import { describe, expect, it } from "vitest";
import {
  admitted,
  assess,
  cancel,
  clocksOf,
  correct,
  discharged,
  factsOf,
  hubAsks,
  notify,
  on,
  onCase,
  parties,
  run,
  runAsked,
  runOn,
  stayOf,
  toldOf,
  warningsOf,
} from "../../../../support/discharge-given.ts";

const { hospital, ward, otherWard, elsewhere, practice, municipality } = parties;

describe("a stay", () => {
  it("is opened by an admission, told to municipality and practice", () => {
    const after = run(admitted);
    expect(after.state.status).toBe("admitted");
    expect(factsOf(after)).toEqual(["StayEventReported"]);
    expect(toldOf(after, "StayEventReported")).toEqual([practice, municipality]);
    expect(after.common.parties).toEqual([hospital, ward, practice, municipality]);
  });

  it.each(["fri 09:31", "fri 20:00", "sun 08:00"])(
    "has its municipality owe a report 24 hours after the admission was told, when the hub asks at %s",
    (time) => {
      const after = hubAsks(run(admitted), on(time));
      expect(factsOf(after)).toEqual(["AdmissionReportRequested"]);
      expect(toldOf(after, "AdmissionReportRequested")).toEqual([municipality]);
      expect(clocksOf(after)).toEqual(["ADM-REPORT running 2026-11-21T09:31"]);
      expect(hubAsks(after, on(time)).decision).toEqual({ kind: "ignore", reason: "asked-before" });
    },
  );

  it("that is over, or has its report, when the hub comes to ask is not asked for one", () => {
    const ignored = { kind: "ignore", reason: "not-needed" };
    const asking = { by: "hub", at: on("mon 12:00"), command: onCase("discharge.requestAdmissionReport") };
    expect(run(admitted, discharged, asking).decision).toEqual(ignored);
    const report = onCase("discharge.sendAdmissionReport", { text: "Pleje" });
    const sent = { by: municipality, at: on("fri 10:00"), command: report };
    expect(run(admitted, sent, asking).decision).toEqual(ignored);
  });

  it("that begins again has a clock of its own from then, also when the hub asks for the first one last", () => {
    const again = { at: on("tue 08:01"), command: notify("admitted", on("tue 08:00")) };
    const late = hubAsks(run(admitted, discharged, again), on("tue 09:00"));
    expect(clocksOf(late).at(-1)).toBe("ADM-REPORT running 2026-11-25T08:01");
    const prompt = runAsked(admitted, discharged, again);
    expect(clocksOf(prompt).filter((line) => line.startsWith("ADM"))).toEqual([
      "ADM-REPORT cancelled 2026-11-21T09:31",
      "ADM-REPORT running 2026-11-25T08:01",
    ]);
  });

  it("is asked for a report from when its first message made one needed, not from a correction of it", () => {
    const { messageId } = admitted.command.payload as { messageId: string };
    const corrected = run(admitted, { at: on("fri 18:00"), command: correct(messageId, on("fri 08:00")) });
    expect(clocksOf(hubAsks(corrected, on("fri 18:01")))).toEqual(["ADM-REPORT running 2026-11-21T09:31"]);
  });

  it("of an acute ambulant patient is told to the municipality, and not to the practice", () => {
    const after = run({ at: on("fri 09:31"), command: notify("acute-ambulant", on("fri 09:30")) });
    expect(after.state.status).toBe("acuteAmbulant");
    expect(toldOf(after, "StayEventReported")).toEqual([municipality]);
    expect(after.common.parties).not.toContain(practice);
    const then = runOn(after, { at: on("fri 12:00"), command: notify("admitted", on("fri 12:00")) });
    expect(then.state.status).toBe("admitted");
    expect(factsOf(then)).toEqual(["StayEventReported"]);
    expect(then.common.parties).toContain(practice);
  });

  it("goes on during a leave: the report is not asked for again, and nothing restarts", () => {
    const onLeave = run(admitted, { at: on("sat 10:00"), command: notify("leave-started", on("sat 10:00")) });
    expect(onLeave.state.status).toBe("onLeave");
    const back = runOn(onLeave, { at: on("sun 18:00"), command: notify("leave-ended", on("sun 18:00")) });
    expect(back.state.status).toBe("admitted");
    expect(stayOf(back).position.admittedAt).toBe(on("fri 09:30"));
    expect(factsOf(back)).toEqual(["StayEventReported"]);
    const asked = hubAsks(back, on("sun 18:01")).facts.map(({ type }) => type);
    expect(asked.filter((type) => type === "AdmissionReportRequested")).toHaveLength(1);
  });

  it("that comes by transfer within the region asks for no report, from another region it does", () => {
    const at = on("fri 09:31");
    const from = (gln: string) => notify("transferred", on("fri 09:30"), { from: gln });
    expect(runAsked({ at, command: from(elsewhere) }).decision).toMatchObject({ reason: "not-needed" });
    expect(factsOf(runAsked({ at, command: from("5790000999998") }))).toEqual(["AdmissionReportRequested"]);
  });

  it("asks for a report or not as the sender says, whatever the rule", () => {
    const at = on("fri 09:31");
    const command = notify("admitted", on("fri 09:30"), { wantsReport: false });
    expect(runAsked({ at, command }).decision).toMatchObject({ reason: "not-needed" });
  });

  it("ends when another hospital has admitted the patient, as the hub finds", () => {
    const noted = onCase("discharge.noteTransfer", {
      messageId: "hub-1",
      occurredAt: on("sat 12:00"),
      department: elsewhere,
    });
    const after = runOn(runAsked(admitted), { by: "hub", at: on("sat 12:05"), command: noted });
    expect(after.state.status).toBe("transferred");
    expect(factsOf(after)).toContain("AdmissionReportNotNeeded");
    expect(after.common.card).toMatchObject({ closed: true, awaits: [] });
  });

  it("is as it was before an event that is cancelled", () => {
    const { messageId } = discharged.command.payload as { messageId: string };
    const after = runOn(run(admitted, discharged), { at: on("mon 11:00"), command: cancel(messageId) });
    expect(after.state.status).toBe("admitted");
    expect(factsOf(after)).toContain("DischargeUndone");
    expect(clocksOf(after).filter((line) => /EPI.*running/.test(line))).toEqual([]);
    expect(clocksOf(after).filter((line) => /EPI.*cancelled/.test(line))).toHaveLength(4);
  });

  it("keeps its clocks to a discharge that is corrected: they run from the right time", () => {
    const { messageId } = discharged.command.payload as { messageId: string };
    const after = runOn(run(admitted, discharged), {
      at: on("tue 08:00"),
      command: correct(messageId, on("sat 10:00")),
    });
    expect(stayOf(after).position.dischargedAt).toBe(on("sat 10:00"));
    // A Saturday's discharge is due on Monday, the next working day of a ward that is closed on Fridays.
    expect(clocksOf(after).filter((line) => /EPI.*running/.test(line))[0]).toContain("2026-11-23T15:30");
  });

  it("waits with a correction and a cancellation for the event that they are about", () => {
    const early = run({ at: on("fri 09:31"), command: cancel("admitted x") });
    expect(early.state.status).toBe("cancelled");
    const late = runOn(early, {
      at: on("fri 09:35"),
      command: notify("admitted", on("fri 09:30"), { messageId: "admitted x" }),
    });
    expect(late.state.status).toBe("cancelled");
    expect(factsOf(late)).toEqual(["StayEventReported"]);
  });

  it("with ids that are names of every object is a stay like any other", () => {
    const odd = notify("admitted", on("fri 09:30"), { messageId: "constructor" });
    const after = run(
      { at: on("fri 09:31"), command: odd },
      { at: on("fri 09:40"), command: cancel("__proto__") },
    );
    expect(after.state.status).toBe("admitted");
  });

  it("moves between wards, and each ward that had the patient acts for the hospital", () => {
    const after = run(admitted, {
      at: on("sat 10:00"),
      command: notify("transferred", on("sat 10:00"), { department: otherWard, from: ward }),
    });
    expect(after.state.status).toBe("admitted");
    expect(stayOf(after).position).toMatchObject({ ward: otherWard, admittedAt: on("fri 09:30") });
    const ticked = onCase("discharge.tick", { item: "medication", status: "done", person: "A. Testlund" });
    for (const by of [ward, otherWard, hospital])
      expect(runOn(after, { by, at: on("sun 10:00"), command: ticked }).decision.kind).toBe("record");
  });
});

describe("the care plan", () => {
  const plan = onCase("discharge.plan", { date: "2026-11-23" });
  const before = [admitted, { at: on("sat 09:00"), command: assess() }];

  it("is due at twelve on the day of discharge, once need and day are known", () => {
    const after = run(...before, { at: on("sun 09:00"), command: plan });
    expect(factsOf(after)).toEqual(["DischargePlanned", "CarePlanAwaited"]);
    expect(clocksOf(after).at(-1)).toBe("CARE-PLAN running 2026-11-23T12:00");
    const sent = runOn(after, {
      at: on("mon 11:59"),
      command: onCase("discharge.sendCarePlan", { text: "Pleje" }),
    });
    expect(clocksOf(sent).at(-1)).toBe("CARE-PLAN met 2026-11-23T12:00");
    expect(toldOf(sent, "CarePlanSent")).toEqual([municipality]);
    const update = runOn(sent, {
      at: on("mon 12:30"),
      command: onCase("discharge.sendCarePlan", { text: "Nyt" }),
    });
    expect(update.facts.at(-1)).toMatchObject({ type: "CarePlanSent", update: true });
  });

  it("is due at twelve also on the day that has an hour more", () => {
    const early = run(
      { at: "2026-10-22T08:00:00.000Z", command: notify("admitted", "2026-10-22T08:00:00.000Z") },
      { at: "2026-10-23T08:00:00.000Z", command: assess() },
      { at: "2026-10-23T08:00:00.000Z", command: onCase("discharge.plan", { date: "2026-10-25" }) },
    );
    expect(clocksOf(early).at(-1)).toBe("CARE-PLAN running 2026-10-25T12:00");
  });

  it("is not needed after a short stay, without municipal care, or when the ward says so", () => {
    const withPlan = (change: object) =>
      factsOf(
        run(
          admitted,
          { at: on("sat 09:00"), command: assess(change) },
          { at: on("sat 09:01"), command: plan },
        ),
      );
    expect(withPlan({ municipalCare: false })).toEqual(["DischargePlanned"]);
    const short = run(
      admitted,
      { at: on("fri 20:00"), command: assess() },
      {
        at: on("sat 09:00"),
        command: notify("discharged", on("sat 09:00")),
      },
    );
    expect(stayOf(short).owed.carePlan).toBeUndefined();
    const dropped = run(
      ...before,
      { at: on("sun 09:00"), command: plan },
      {
        at: on("sun 10:00"),
        command: onCase("discharge.tick", { item: "care-plan", status: "not-needed", person: "A" }),
      },
    );
    expect(factsOf(dropped)).toEqual(["ChecklistItemNoted", "CarePlanNotAwaited"]);
  });

  it("that is too late for noon warns to phone", () => {
    const after = run(...before, { at: on("mon 13:00"), command: notify("discharged", on("mon 12:59")) });
    expect(warningsOf(after)).toContain("care-plan-late");
  });
});
