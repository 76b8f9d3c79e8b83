import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClockChange } from "../../../../contracts/clocks.ts";
import {
  type ClockState,
  cancelClock,
  evolveClock,
  fireClock,
  isOpenClock,
  pauseClock,
  resumeClock,
  stopClock,
  summaryOf,
  timerOf,
} from "../../../../services/case/clock-book.ts";
import { nineToFive } from "../../../support/clock-arbitraries.ts";
import { advice, asked, change, given, local } from "../../../support/clock-given.ts";

describe("a clock that has ended", () => {
  const ended = [
    given(change.stoppedOn("2026-11-24 09:00", true)),
    given(change.warned, change.breached, change.stoppedOn("2026-11-27 09:00", false)),
    given(change.cancelled),
  ];

  it.each(ended)("as $status changes no more", (state) => {
    const later = local("2026-12-01 08:00");
    expect(isOpenClock(state)).toBe(false);
    expect(timerOf(state)).toBeUndefined();
    expect(fireClock(state, later)).toBeUndefined();
    expect(pauseClock(state, later, "late")).toBeUndefined();
    expect(stopClock(state, later)).toBeUndefined();
    expect(cancelClock(state, later, "late")).toBeUndefined();
    expect(evolveClock(state, change.breached)).toBe(state);
    expect(summaryOf(state)).toEqual({
      agreement: "ADVICE-MSG",
      status: state.status,
      debtor: "5790000200016",
    });
  });
});

describe("over any course of events", () => {
  type Step = "wait" | "pause" | "resume" | "stop" | "cancel";
  const steps = fc.array(
    fc.record({
      step: fc.constantFrom<Step>("wait", "wait", "pause", "resume", "stop", "cancel"),
      minutes: fc.integer({ min: 0, max: 3 * 24 * 60 }),
    }),
    { maxLength: 20 },
  );
  const changeFor = (state: ClockState, step: Step, at: string): ClockChange | undefined => {
    if (step === "wait") return fireClock(state, at);
    if (step === "pause") return pauseClock(state, at, "test");
    if (step === "resume") return resumeClock(state, { at, agreement: advice, hours: nineToFive });
    return step === "stop" ? stopClock(state, at) : cancelClock(state, at, "test");
  };

  it("a clock warns and breaches at most once, in that order, and ends at most once", () => {
    fc.assert(
      fc.property(steps, (course) => {
        let state = given();
        let ms = Date.parse(asked.at);
        const seen: string[] = [];
        for (const { step, minutes } of course) {
          ms += minutes * 60_000;
          const happened = changeFor(state, step, new Date(ms).toISOString());
          if (happened === undefined) continue;
          seen.push(happened.change);
          const wasPaused = state.status === "paused";
          expect(wasPaused && ["warned", "breached", "paused"].includes(happened.change)).toBe(false);
          state = evolveClock(state, happened);
        }
        const times = (name: string) => seen.filter((each) => each === name).length;
        expect([times("warned"), times("breached")].every((n) => n <= 1)).toBe(true);
        expect(times("breached") === 0 || seen.indexOf("warned") < seen.indexOf("breached")).toBe(true);
        expect(times("stopped") + times("cancelled")).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
