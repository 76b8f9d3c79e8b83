import { expect, test } from "vitest";
import { type Blows, faultText, planOf } from "../../chaos/plan.ts";
import { seededRandom } from "../../support/load.ts";

const blows: Blows = {
  victims: ["hub-0", "nats"],
  hows: ["kill", "pause"],
  gapMs: [50, 500],
  forMs: [0, 100],
};

test("one seed is one plan", () => {
  expect(planOf(blows, 20, seededRandom(7))).toEqual(planOf(blows, 20, seededRandom(7)));
  expect(planOf(blows, 20, seededRandom(7))).not.toEqual(planOf(blows, 20, seededRandom(8)));
});

test("every victim is struck in every way equally often, within the times that were asked for", () => {
  const plan = planOf(blows, 20, seededRandom(7));
  const struck = plan.map(({ victim, how }) => `${how} ${victim}`);
  for (const pair of ["kill hub-0", "pause hub-0", "kill nats", "pause nats"])
    expect(struck.filter((one) => one === pair)).toHaveLength(5);
  expect(plan.every(({ afterMs, forMs }) => afterMs >= 50 && afterMs <= 500 && forMs <= 100)).toBe(true);
});

test("a blow is told in words, so that a run can be followed", () => {
  const fault = { no: 3, afterMs: 120, victim: "nats", how: "kill", forMs: 40 };
  expect(faultText(fault)).toBe("3: after 120 ms kill nats for 40 ms");
});
