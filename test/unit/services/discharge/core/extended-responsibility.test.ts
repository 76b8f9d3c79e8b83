import { describe, expect, it } from "vitest";
import { responsibilityRules, rulesFor } from "../../../../../contracts/codes/responsibility.ts";
import { qualify } from "../../../../../services/discharge/core/qualify.ts";
import {
  admitted,
  assess,
  cancel,
  discharged,
  factsOf,
  on,
  onCase,
  parties,
  qualifying,
  run,
  runOn,
  stayOf,
  toldOf,
  underResponsibility,
} from "../../../../support/discharge-given.ts";

const { ward, practice, municipality } = parties;
const until = on("thu2 10:00");
const at = on("mon 11:00");
const ring = (alarmId: string) => onCase("discharge.ring", { alarmId });

describe("extended responsibility", () => {
  it("is decided at the discharge, for 72 exact hours, with every condition and its phone, and the others are told", () => {
    const after = underResponsibility();
    expect(stayOf(after).responsibility).toEqual({
      applies: true,
      rules: "RESP-72H",
      from: on("mon 10:00"),
      until,
      remindHours: 6,
      phone: "90000047",
      criteria: [
        "somatic",
        "treatment-finished",
        "stay-long-enough",
        "municipal-nursing",
        "terminal-included",
      ].map((criterion) => ({ criterion, met: true })),
    });
    expect(toldOf(after, "ResponsibilityDecided")).toEqual([practice, municipality]);
    expect(after.common.alarms).toEqual({
      "responsibility-end": until,
      "responsibility-reminder": on("thu2 04:00"),
    });
  });

  it("is the same when the assessment comes after the discharge", () => {
    const late = run(admitted, discharged, { at: on("mon 10:30"), command: assess() });
    expect(stayOf(late).responsibility).toEqual(stayOf(underResponsibility()).responsibility);
  });

  it.each([
    ["somatic", { psychiatric: true }],
    ["treatment-finished", { treatmentFinished: false }],
    ["municipal-nursing", { municipalNursing: false }],
    ["terminal-included", { terminal: true }],
  ])("does not apply without the condition %s", (criterion, change) => {
    const { responsibility } = stayOf(
      run(admitted, { at: on("mon 09:00"), command: assess(change) }, discharged),
    );
    expect(responsibility?.applies).toBe(false);
    expect(responsibility?.criteria.filter(({ met }) => !met)).toEqual([{ criterion, met: false }]);
  });

  it("needs more than 24 hours in hospital: a stay of exactly 24 is too short", () => {
    const leaving = (admittedAt: string) =>
      qualify({
        assessment: qualifying,
        admittedAt,
        dischargedAt: "2026-11-21T09:00:00.000Z",
        region: undefined,
      });
    expect(leaving("2026-11-20T09:00:00.000Z").applies).toBe(false);
    expect(leaving("2026-11-20T08:59:59.999Z").applies).toBe(true);
  });

  it("lasts 72 exact hours over both changes of the clock", () => {
    const ends = (dischargedAt: string) =>
      qualify({
        assessment: qualifying,
        admittedAt: "2026-01-01T00:00:00.000Z",
        dischargedAt,
        region: undefined,
      }).until;
    expect(ends("2027-03-26T12:00:00.000Z")).toBe("2027-03-29T12:00:00.000Z");
    expect(ends("2027-10-29T12:00:00.000Z")).toBe("2027-11-01T12:00:00.000Z");
  });

  it("follows the row of the region on the day of the discharge, and else the one for all", () => {
    const [all] = responsibilityRules;
    if (all === undefined) throw new Error("There are no rules.");
    const own = {
      ...all,
      id: "OWN-96",
      region: "5790000400010",
      hours: 96,
      terminal: true,
      validFrom: "2026-11-01",
    };
    const rows = [all, own];
    expect(rulesFor(rows, "5790000400010", "2026-11-23")?.id).toBe("OWN-96");
    expect(rulesFor(rows, "5790000400010", "2026-10-31")?.id).toBe("RESP-72H");
    expect(rulesFor(rows, undefined, "2026-11-23")?.id).toBe("RESP-72H");
    expect(rulesFor(rows, undefined, "2020-01-01")).toBeUndefined();
    const leaving = {
      assessment: { ...qualifying, terminal: true },
      admittedAt: "2026-11-20T09:00:00.000Z",
      dischargedAt: "2026-11-23T09:00:00.000Z",
      region: "5790000400010",
    };
    expect(qualify(leaving, rows)).toMatchObject({ applies: true, until: "2026-11-27T09:00:00.000Z" });
    expect(qualify(leaving, []).criteria).toEqual([{ criterion: "rules-in-force", met: false }]);
  });

  it("reminds six hours before its end, and returns at the end: practice, municipality and ward are told", () => {
    const reminded = runOn(underResponsibility(), {
      by: "hub",
      at: on("thu2 04:00"),
      command: ring("responsibility-reminder"),
    });
    expect(factsOf(reminded)).toEqual(["ResponsibilityEnding"]);
    expect(toldOf(reminded, "ResponsibilityEnding")).toEqual([ward, practice, municipality]);
    const returned = runOn(reminded, { by: "hub", at: until, command: ring("responsibility-end") });
    expect(factsOf(returned)).toEqual(["ResponsibilityReturned"]);
    expect(returned.common.alarms).toEqual({});
    expect(runOn(returned, { by: "hub", at: until, command: ring("responsibility-end") }).decision.kind).toBe(
      "ignore",
    );
  });

  it("is prolonged by the hospital alone, to a later time, and its end rings then", () => {
    const later = on("fri2 10:00");
    const extend = (to: string) =>
      onCase("discharge.extendResponsibility", { until: to, reason: "Afventer svar" });
    const after = runOn(underResponsibility(), { by: ward, at: on("tue 10:00"), command: extend(later) });
    expect(toldOf(after, "ResponsibilityExtended")).toEqual([practice, municipality]);
    expect(after.common.alarms["responsibility-end"]).toBe(later);
    expect(runOn(after, { at: on("wed 10:00"), command: extend(until) }).decision).toMatchObject({
      code: "wrong-state",
      problems: [{ path: "until" }],
    });
    expect(runOn(after, { at: later, command: extend(on("fri2 20:00")) }).decision).toMatchObject({
      code: "wrong-state",
    });
  });

  it("is suspended by a call to 112 once at a time, within its time, until the call-out ends", () => {
    const call = (calledAt: string) => onCase("discharge.suspendResponsibility", { calledAt });
    const end = (endedAt: string) => onCase("discharge.resumeResponsibility", { endedAt });
    const called = runOn(underResponsibility(), {
      by: municipality,
      at: on("tue 02:05"),
      command: call(on("tue 02:00")),
    });
    expect(toldOf(called, "ResponsibilitySuspended")).toEqual([ward, practice]);
    const refused = (run: typeof called, command: ReturnType<typeof call>) =>
      runOn(run, { by: municipality, at: on("tue 03:00"), command }).decision;
    expect(refused(called, call(on("tue 02:30")))).toMatchObject({ code: "wrong-state" });
    expect(refused(called, end(on("tue 01:00")))).toMatchObject({ problems: [{ path: "endedAt" }] });
    expect(refused(underResponsibility(), call(on("mon 09:00")))).toMatchObject({
      problems: [{ path: "calledAt" }],
    });
    expect(refused(underResponsibility(), end(on("tue 02:00")))).toMatchObject({ code: "wrong-state" });
    const ended = runOn(called, { by: municipality, at: on("tue 04:00"), command: end(on("tue 03:30")) });
    expect(stayOf(ended).suspensions).toEqual([{ from: on("tue 02:00"), to: on("tue 03:30") }]);
  });

  it("lapses with a discharge that is cancelled, and its alarms are cleared", () => {
    const { messageId } = discharged.command.payload as { messageId: string };
    const after = runOn(underResponsibility(), { at, command: cancel(messageId) });
    expect(factsOf(after)).toContain("ResponsibilityLapsed");
    expect(after.common.alarms).toEqual({});
    expect(stayOf(after).responsibility).toBeUndefined();
  });
});
