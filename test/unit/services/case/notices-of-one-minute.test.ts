import { describe, expect, it } from "vitest";
import { keeps } from "../../../../contracts/agreement.ts";
import { actWords } from "../../../../contracts/codes/act-words.ts";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { type ClockState, evolveClock, fireClock } from "../../../../services/case/clock-book.ts";
import { noticesOf } from "../../../../services/case/notices.ts";
import { admitted, discharged, on, runAsked, runOn } from "../../../support/discharge-given.ts";
import { regionView } from "../../../support/region-view.ts";

/** A patient has left, and four things are not ready: each has a clock, and all of them have the same times. */
const { common } = runOn(runAsked(admitted), discharged);
const clocks = Object.values(common.clocks).filter(({ agreement }) => keeps(agreement, "EPI-DISCHARGE"));
const at = on("tue 15:30");

const warnings = (clock: ClockState): { clock: ClockState; warned: number } => {
  let [now, warned] = [clock, 0];
  for (let change = fireClock(now, at); change?.change === "warned"; change = fireClock(now, at)) {
    now = evolveClock(now, change);
    warned++;
  }
  return { clock: now, warned };
};

describe("several warnings of a case in one minute", () => {
  it("are of several clocks: each gives each of its warnings once", () => {
    expect(clocks).toHaveLength(4);
    expect(new Set(clocks.map(({ warnAt }) => warnAt)).size).toBe(1);
    for (const clock of clocks) {
      const after = warnings(clock);
      expect(after.warned).toBe(1);
      expect(warnings(after.clock).warned).toBe(0);
    }
  });

  it("say what each of them is about", () => {
    const abouts = clocks.flatMap((clock) => {
      const change = fireClock(clock, at);
      if (change === undefined) throw new Error("It does not ring.");
      const world = { agreements, directory: regionView, at, operations: undefined };
      return noticesOf(common, { clocks: [change] }, world).facts.map(({ about }) => about);
    });
    expect(abouts.toSorted()).toEqual(["medication", "prescriptions", "summary", "treatment-plan"]);
    for (const about of abouts) expect(actWords[`make-ready-${about ?? ""}`]).toBeDefined();
  });
});
