import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClockCalendars } from "../../../../../contracts/clock-calendar.ts";
import { ClockDefinition } from "../../../../../contracts/clock-definition.ts";
import { ClockEvents } from "../../../../../contracts/clock-events.ts";
import { clockOf } from "../../../../../services/case/clock/clock-of.ts";
import { days, dueLocal, living, local, minutes, openMinutes } from "../../../../support/clock-life.ts";

type Said = [event: string, at: string, more?: object];
const monday: Said = ["started", "2026-11-23 10:00"];

describe("a pause", () => {
  it("over a weekend moves opening minutes by the open ones, and working days by none", () => {
    const pause: Said[] = [
      ["paused", "2026-11-21 10:00"],
      ["resumed", "2026-11-22 20:00"],
    ];
    const friday: Said = ["started", "2026-11-20 16:30"];
    expect(dueLocal(living({ limit: openMinutes(60) }, [friday, ...pause]))).toBe("2026-11-23 09:30");
    expect(dueLocal(living({ limit: days(1) }, [friday, ...pause]))).toBe("2026-11-23 17:00");
  });

  it("when it was overdue already gives nothing back", () => {
    const clock = living({ limit: days(1) }, [
      monday,
      ["paused", "2026-11-25 09:00"],
      ["resumed", "2026-11-27 09:00"],
      ["stopped", "2026-11-27 10:00"],
    ]);
    expect(dueLocal(clock)).toBe("2026-11-24 17:00");
    expect(clock).toMatchObject({
      status: "stopped",
      stoppedInTime: false,
      breachedAt: local("2026-11-24 17:00"),
    });
  });

  it("at the due time of the day gives until the next closing time, since nobody can answer while waiting", () => {
    const clock = living({ limit: days(1) }, [
      monday,
      ["paused", "2026-11-24 16:59"],
      ["resumed", "2026-11-24 18:00"],
    ]);
    expect(dueLocal(clock)).toBe("2026-11-25 17:00");
    expect(clock.trace.days.map(({ why }) => why)).toEqual(["start", "closedInPause", "counted"]);
  });

  it("does not end by an answer that comes meanwhile: it is as timely as one given when the pause began", () => {
    const clock = living({ limit: days(1) }, [
      monday,
      ["paused", "2026-11-24 10:00"],
      ["stopped", "2026-12-24 10:00"],
    ]);
    expect(clock).toMatchObject({ status: "stopped", stoppedInTime: true });
  });
});

describe("an answer", () => {
  it.each([
    ["2026-11-24 17:00", true],
    ["2026-11-24 17:00:00.001", false],
  ])("at %s, when it is due at 17:00, is in time: %s", (at, inTime) => {
    expect(living({ limit: days(1) }, [monday, ["stopped", at]]).stoppedInTime).toBe(inTime);
  });

  it("that happened in time and is heard of late counts by when it happened, and was not known before", () => {
    const events: Said[] = [monday, ["stopped", "2026-11-24 16:50", { heard: "2026-11-24T18:20" }]];
    expect(living({ limit: days(1) }, events, { at: "2026-11-24 18:00" })).toMatchObject({
      status: "breached",
    });
    expect(living({ limit: days(1) }, events, { at: "2026-11-24 18:20" })).toMatchObject({
      status: "stopped",
      stoppedInTime: true,
      breached: false,
    });
  });

  it("that is sent keeps no agreement that is measured to reading", () => {
    const events: Said[] = [
      monday,
      ["stopped", "2026-11-23 12:00"],
      ["stopped", "2026-11-25 09:00", { reached: "reading" }],
    ];
    expect(living({ limit: days(1), measuredTo: "reading" }, events)).toMatchObject({ stoppedInTime: false });
    expect(living({ limit: days(1), measuredTo: "delivery" }, events)).toMatchObject({ stoppedInTime: true });
  });
});

describe("a start", () => {
  it.each([
    ["before opening", "2026-11-23 06:00", "2026-11-23 09:30"],
    ["in the evening", "2026-11-23 21:00", "2026-11-24 09:30"],
    ["on a holiday", "2026-12-25 12:00", "2026-12-28 09:30"],
  ])("outside hours, %s, counts from the next opening", (_, start, due) => {
    expect(dueLocal(living({ limit: openMinutes(30) }, [["started", start]]))).toBe(due);
  });

  it("in the evening counts as that day for working days", () => {
    expect(dueLocal(living({ limit: days(1) }, [["started", "2026-11-23 21:00"]]))).toBe("2026-11-24 17:00");
  });

  it("in the hour that daylight saving skips is an hour later", () => {
    const clock = living({ limit: minutes(60) }, [["started", "2026-03-29 02:30"]]);
    expect([clock.started, clock.due]).toEqual(["2026-03-29T01:30:00.000Z", "2026-03-29T02:30:00.000Z"]);
    expect(clock.trace.steps[0]).toMatchObject({ step: "started", wallClock: "skipped" });
  });

  it("in the hour that comes twice is in the first of the two, unless it has its offset", () => {
    const first = living({ limit: minutes(60) }, [["started", "2026-10-25 02:30"]]);
    expect(first.started).toBe("2026-10-25T00:30:00.000Z");
    expect(first.trace.steps[0]).toMatchObject({ wallClock: "repeated" });
    const second = living({ limit: minutes(60) }, [["started", "2026-10-25 02:30+01:00"]]);
    expect([second.started, second.due]).toEqual(["2026-10-25T01:30:00.000Z", "2026-10-25T02:30:00.000Z"]);
  });

  it("that is corrected to an earlier time moves the due time back, also into the past", () => {
    const events: Said[] = [
      monday,
      ["paused", "2026-11-23 12:00"],
      ["resumed", "2026-11-24 09:00"],
      ["startMoved", "2026-11-25 09:00", { to: "2026-11-20T09:00" }],
    ];
    expect(dueLocal(living({ limit: days(1) }, events, { at: "2026-11-24 12:00" }))).toBe("2026-11-25 17:00");
    const clock = living({ limit: days(1) }, events, { at: "2026-11-25 12:00" });
    expect(dueLocal(clock)).toBe("2026-11-24 17:00");
    expect(clock).toMatchObject({ status: "breached", started: local("2026-11-20 09:00") });
  });

  it("that is corrected to a later time, into a pause, begins paused", () => {
    const clock = living({ limit: openMinutes(60) }, [
      monday,
      ["paused", "2026-11-23 11:00"],
      ["resumed", "2026-11-23 13:00"],
      ["startMoved", "2026-11-23 14:00", { to: "2026-11-23T12:00" }],
    ]);
    expect(dueLocal(clock)).toBe("2026-11-23 14:00");
    expect(clock.pausedMinutes).toBe(60);
  });
});

describe("a case that is opened again after a breach", () => {
  const events: Said[] = [monday, ["stopped", "2026-11-26 10:00"], ["reopened", "2026-11-27 10:00"]];
  it("has a new clock with the whole time, and the old one was late", () => {
    const clock = living({ limit: days(1), onReopen: "restart" }, events, { at: "2026-11-27 12:00" });
    expect(clock).toMatchObject({ status: "running", breached: false, due: local("2026-11-30 17:00") });
    expect(clock.trace.runs).toMatchObject([{ status: "stopped", stoppedInTime: false }]);
  });
  it("or goes on late", () => {
    const clock = living({ limit: days(1), onReopen: "continue" }, events, { at: "2026-11-27 12:00" });
    expect(clock).toMatchObject({ status: "breached", due: local("2026-11-24 17:00") });
  });
});

describe("two cases that are merged", () => {
  const other = (start: string) => ({ from: "case 2", events: [{ event: "started", at: start }] });
  it("are due when the first of the two was", () => {
    const first = living({ limit: days(3) }, [
      monday,
      ["merged", "2026-11-24 10:00", other("2026-11-20T10:00")],
    ]);
    expect([dueLocal(first), first.started]).toEqual(["2026-11-25 17:00", local("2026-11-20 10:00")]);
    const second = living({ limit: days(3) }, [
      monday,
      ["merged", "2026-11-24 10:00", other("2026-11-24T09:00")],
    ]);
    expect(dueLocal(second)).toBe("2026-11-26 17:00");
  });
});

describe("an agreement that ends under a running clock", () => {
  const events: Said[] = [monday, ["agreementEnded", "2026-11-24 00:00"]];
  it("leaves it running, since it was promised", () => {
    expect(living({ limit: days(3) }, events, { at: "2026-11-25 12:00" })).toMatchObject({
      status: "running",
      due: local("2026-11-26 17:00"),
    });
  });
  it("or cancels it where it says so", () => {
    expect(living({ limit: days(3), onEnd: "cancel" }, events)).toMatchObject({ status: "cancelled" });
  });
});

const script = `
import { living, days } from "./test/support/clock-life.ts";
const clock = living({ limit: days(1), warnAt: { kind: "openingMinutes", minutes: 60 } }, [["started", "2026-10-23 16:30"]]);
process.stdout.write(JSON.stringify(clock));`;

describe("a server whose time zone is not Danish", () => {
  it.each(["Pacific/Auckland", "America/Los_Angeles", "UTC"])(
    "in %s comes to the same",
    { timeout: 60_000 },
    (zone) => {
      const out = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
        env: { ...process.env, TZ: zone },
        encoding: "utf8",
      });
      const here = living({ limit: days(1), warnAt: openMinutes(60) }, [["started", "2026-10-23 16:30"]]);
      expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(here)));
      expect(dueLocal(here)).toBe("2026-10-26 17:00");
    },
  );
});

describe("the same events", () => {
  it("come to the same clock in any order", () => {
    const events = ClockEvents.parse({
      events: [
        { event: "started", at: "2026-11-20T16:30" },
        { event: "paused", at: "2026-11-23T10:00", reason: "asked back" },
        { event: "resumed", at: "2026-11-24T10:00" },
        { event: "limitsChanged", at: "2026-11-24T11:00", limit: openMinutes(300) },
        { event: "paused", at: "2026-11-24T12:00", reason: "asked back" },
        { event: "resumed", at: "2026-11-24T13:00" },
        { event: "startMoved", at: "2026-11-24T14:00", to: "2026-11-20T15:00" },
        { event: "stopped", at: "2026-11-24T15:00", heard: "2026-11-25T09:00" },
        { event: "reopened", at: "2026-11-26T09:00" },
      ],
    }).events;
    const definition = ClockDefinition.parse({
      id: "TEST",
      limit: days(3),
      onChange: "recompute",
      onReopen: "continue",
    });
    const calendars = ClockCalendars.parse({});
    const at = (shuffled: typeof events) =>
      clockOf(definition, calendars, { events: shuffled, asOf: local("2026-11-26 10:00") });
    const expected = at(events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(at(shuffled)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("that do not fit are passed over, each with its reason", () => {
    const clock = living({ limit: days(3) }, [
      ["resumed", "2026-11-23 09:00"],
      monday,
      ["started", "2026-11-23 11:00"],
      ["resumed", "2026-11-23 12:00"],
      ["reopened", "2026-11-23 13:00"],
      ["paused", "2026-11-23 14:00"],
      ["paused", "2026-11-23 15:00"],
      ["cancelled", "2026-11-23 16:00", { reason: "withdrawn" }],
      ["stopped", "2026-11-24 10:00"],
    ]);
    expect(clock.status).toBe("cancelled");
    expect(clock.trace.steps.flatMap((step) => (step.step === "ignored" ? [step.why] : []))).toEqual([
      "notStarted",
      "alreadyStarted",
      "notPaused",
      "notOver",
      "alreadyPaused",
      "over",
    ]);
  });
});
