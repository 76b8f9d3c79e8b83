import { expect, test } from "vitest";
import { IndicatorsQuery } from "../../../../contracts/messages/indicators.ts";
import { indicatorSteps } from "../../../../services/agreement/core/indicators/answer.ts";
import type { Counted } from "../../../../services/agreement/core/indicators/cells.ts";
import type { ClockRow } from "../../../../services/agreement/core/indicators/clock-row.ts";
import { allAtOnce, eachRow, type Steps } from "../../../../services/agreement/core/indicators/steps.ts";
import { inSlices } from "../../../../services/agreement/slices.ts";
import { regionView, who } from "../../../support/region-view.ts";

/** A clock by which each step takes so long. */
const ticking = (stepMs: number) => {
  let now = 0;
  let breaths = 0;
  return {
    ports: {
      nowMs: () => (now += stepMs),
      breathe: () => {
        breaths++;
        return Promise.resolve();
      },
    },
    breaths: () => breaths,
  };
};

const clocks: Counted<ClockRow>[] = Array.from({ length: 20_000 }, (_, i) => ({
  count: 1,
  row: {
    agreement: ["ADVICE-MSG", "REF-NOTICE", "TOBS-MSG"][i % 3] ?? "",
    debtor: i % 2 === 0 ? who.cardiology : who.endocrinology,
    creditor: who.practice,
    family: "advice",
    kind: "specialist",
    speciality: "",
    priority: "",
    tier: "",
    month: `2026-${String(1 + (i % 12)).padStart(2, "0")}`,
    first: true,
    firstOfDebtor: true,
    outcome: i % 7 === 0 ? "late" : "inTime",
    reason: i % 7 === 0 ? "answered-late" : "",
    minutes: i % 900,
    days: 0,
    pausedMinutes: 0,
    paused: false,
  },
}));
const steps = () =>
  indicatorSteps(
    { clocks, figures: [], asOf: "2027-01-01T12:00:00.000Z" },
    IndicatorsQuery.parse({ from: "2026-01", to: "2026-12", groupBy: ["agreement"] }),
    { directory: regionView, agreement: () => undefined },
  );

test("the indicators of many rows are answered in many steps, and come to what they come to at once", async () => {
  const { ports, breaths } = ticking(11);
  expect(await inSlices(steps(), ports)).toEqual(allAtOnce(steps()));
  // Each row is looked at more than once, and never are more than 500 looked at in one step.
  expect(breaths()).toBeGreaterThan((2 * clocks.length) / 500);
});

test("a reckoning that is done before the slice is over lets nobody else in between", async () => {
  const { ports, breaths } = ticking(0);
  await inSlices(steps(), ports);
  expect(breaths()).toBe(0);
});

test("what throws in a step throws in its slices", async () => {
  const failing = (): Steps<undefined> =>
    eachRow(clocks, () => {
      throw new Error("unreadable");
    });
  await expect(inSlices(failing(), ticking(11).ports)).rejects.toThrow("unreadable");
});
