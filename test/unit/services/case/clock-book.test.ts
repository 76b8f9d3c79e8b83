import { describe, expect, it } from "vitest";
import {
  cancelClock,
  evolveClock,
  fireClock,
  isOpenClock,
  pauseClock,
  resumeClock,
  startClock,
  stopClock,
  summaryOf,
  timerOf,
} from "../../../../services/case/clock-book.ts";
import { nineToFive } from "../../../support/clock-arbitraries.ts";
import {
  advice,
  agreementOf,
  asked,
  change,
  clockId,
  due,
  given,
  local,
  warnAt,
} from "../../../support/clock-given.ts";

describe("a clock that has started", () => {
  it("knows its agreement, its parties and its times from the start", () => {
    expect(asked).toEqual({
      change: "started",
      clockId: "ADVICE-MSG.1",
      agreement: "ADVICE-MSG",
      agreementVersion: 1,
      debtor: "5790000200016",
      creditor: "5790000100019",
      calendar: { openingHours: nineToFive.openingHours },
      at: "2026-11-23T09:15:00.000Z",
      warnAt,
      due,
    });
    expect(given()).toMatchObject({ status: "running", warnAt, due, given: [], breached: false });
  });

  it("keeps the delivery whose receipt it waits for", () => {
    const receipt = startClock(agreementOf("RECEIPT"), {
      clockId: "RECEIPT.1.0",
      debtor: "5790000200016",
      creditor: "5790000100019",
      at: local("2026-11-23 10:15"),
      hours: nineToFive,
      deliveryId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0",
    });
    expect(receipt).toMatchObject({ warnAt: local("2026-11-23 10:25"), due: local("2026-11-23 10:30") });
    const paused = evolveClock(evolveClock(undefined, receipt), {
      change: "paused",
      clockId: "RECEIPT.1.0",
      at: local("2026-11-23 10:16"),
      reason: "test",
    });
    expect(paused.deliveryId).toBe("5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0");
  });

  it("is not started again by the same change", () => {
    expect(evolveClock(given(change.warned), asked)).toEqual(given(change.warned));
  });

  it("that never started is a broken journal", () => {
    expect(() => evolveClock(undefined, change.warned)).toThrow("never started");
  });
});

describe("a running clock", () => {
  it("warns first, and breaches when the warning was given", () => {
    expect(timerOf(given())).toEqual({ at: warnAt, kind: "warn" });
    expect(timerOf(given(change.warned))).toEqual({ at: due, kind: "breach" });
  });

  it("fires nothing before its time", () => {
    expect(fireClock(given(), local("2026-11-25 16:59"))).toBeUndefined();
    expect(fireClock(given(change.warned), local("2026-11-26 16:59"))).toBeUndefined();
  });

  it("warns at its time, and breaches once its time is past", () => {
    expect(fireClock(given(), warnAt)).toEqual(change.warned);
    expect(fireClock(given(change.warned), due)).toBeUndefined();
    const after = local("2026-11-26 17:00:00.001");
    expect(fireClock(given(change.warned), after)).toEqual({ ...change.breached, at: after });
  });

  it("warns and then breaches, one a call, when both are past", () => {
    const now = local("2026-12-01 08:00");
    const first = fireClock(given(), now);
    expect(first).toEqual({ change: "warned", clockId, at: now });
    const second = fireClock(given(change.warned), now);
    expect(second).toEqual({ change: "breached", clockId, at: now });
    expect(fireClock(given(change.warned, change.breached), now)).toBeUndefined();
  });

  it("warns no later than it breaches, even under limits in the wrong order", () => {
    const state = { ...given(), warnAt: local("2026-11-30 17:00") };
    expect(timerOf(state)).toEqual({ at: due, kind: "warn" });
  });

  it("is met by an answer before it is due", () => {
    expect(stopClock(given(), local("2026-11-26 16:59"))).toEqual(change.stoppedOn("2026-11-26 16:59", true));
    expect(given(change.stoppedOn("2026-11-26 16:59", true))).toMatchObject({
      status: "met",
      breached: false,
    });
  });

  it("is met by an answer at the very instant at which it is due", () => {
    expect(stopClock(given(), due)).toMatchObject({ inTime: true });
  });

  it("is not met by an answer after it was due, though no timer has fired", () => {
    expect(stopClock(given(), local("2026-11-26 17:00:00.001"))).toMatchObject({ inTime: false });
    expect(given(change.stoppedOn("2026-11-26 17:01", false))).toMatchObject({
      status: "breached",
      breached: true,
    });
  });

  it("is not resumed, having no pause", () => {
    expect(resumeClock(given(), { at: due, agreement: advice, hours: nineToFive })).toBeUndefined();
  });

  it("can be cancelled", () => {
    expect(cancelClock(given(), due, "AdviceWithdrawn")).toEqual(change.cancelled);
    expect(given(change.cancelled)).toMatchObject({ status: "cancelled", reason: "AdviceWithdrawn" });
  });
});

describe("a paused clock", () => {
  const paused = given(change.pausedOn("2026-11-24 09:00"));

  it("keeps its times, and the reason why it waits", () => {
    expect(pauseClock(given(), local("2026-11-24 09:00"), "InformationRequested")).toEqual(
      change.pausedOn("2026-11-24 09:00"),
    );
    expect(paused).toMatchObject({
      status: "paused",
      pausedAt: local("2026-11-24 09:00"),
      reason: "InformationRequested",
      warnAt,
      due,
    });
  });

  it("never fires, and shows no due time", () => {
    expect(timerOf(paused)).toBeUndefined();
    expect(fireClock(paused, local("2027-11-26 17:00"))).toBeUndefined();
    expect(summaryOf(paused)).toEqual({ agreement: "ADVICE-MSG", status: "paused", debtor: "5790000200016" });
  });

  it("is not paused again", () => {
    expect(pauseClock(paused, due, "again")).toBeUndefined();
  });

  it("resumes with its due and warning times worked out anew", () => {
    const at = local("2026-11-26 09:00");
    expect(resumeClock(paused, { at, agreement: advice, hours: nineToFive })).toEqual({
      change: "resumed",
      clockId,
      at,
      warnAt: local("2026-11-27 17:00"),
      due: local("2026-11-30 17:00"),
    });
  });

  it("runs again when it has resumed", () => {
    const resumed = given(
      change.pausedOn("2026-11-24 09:00"),
      change.resumedOn("2026-11-26 09:00", "2026-11-30 17:00"),
    );
    expect(resumed).toMatchObject({ status: "running", due: local("2026-11-30 17:00") });
    expect(resumed).not.toHaveProperty("pausedAt");
  });

  it("does not warn a second time after it has resumed", () => {
    const resumed = given(
      change.warned,
      change.pausedOn("2026-11-26 09:00"),
      change.resumedOn("2026-11-27 09:00", "2026-11-27 17:00"),
    );
    expect(timerOf(resumed)).toEqual({ at: local("2026-11-27 17:00"), kind: "breach" });
  });

  it("is met by an answer given meanwhile, however late", () => {
    expect(stopClock(paused, local("2027-01-04 09:00"))).toMatchObject({ inTime: true });
  });

  it("has breached when the pause came too late", () => {
    const late = given(change.warned, change.pausedOn("2026-11-27 09:00"));
    expect(late).toMatchObject({ status: "paused", breached: true });
    expect(stopClock(late, local("2026-11-27 10:00"))).toMatchObject({ inTime: false });
  });
});

describe("a breached clock", () => {
  const breached = given(change.warned, change.breached);

  it("runs on until it is stopped, never in time", () => {
    expect(isOpenClock(breached)).toBe(true);
    expect(summaryOf(breached)).toEqual({
      agreement: "ADVICE-MSG",
      status: "breached",
      debtor: "5790000200016",
      due,
    });
    expect(stopClock(breached, local("2026-11-30 09:00"))).toMatchObject({ inTime: false });
  });

  it("has no timer left", () => {
    expect(timerOf(breached)).toBeUndefined();
  });

  it("can be paused and resumed, and has breached all the same", () => {
    const resumed = given(
      change.warned,
      change.breached,
      change.pausedOn("2026-11-27 09:00"),
      change.resumedOn("2026-11-30 09:00", "2026-12-01 17:00"),
    );
    expect(resumed).toMatchObject({ status: "breached", breached: true, due: local("2026-12-01 17:00") });
    expect(timerOf(resumed)).toBeUndefined();
    expect(stopClock(resumed, local("2026-11-30 10:00"))).toMatchObject({ inTime: false });
  });
});
