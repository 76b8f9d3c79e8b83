import fc from "fast-check";
import { expect, it } from "vitest";
import { anyLives, live, trialOf, triedOn } from "../../../../support/what-if-cases.ts";

it("says of the same set what the journal recorded, clock by clock, and changes nothing", async () => {
  let clocks = 0;
  let late = 0;
  await fc.assert(
    fc.asyncProperty(anyLives, async (lives) => {
      const { records, asOf } = await live(lives);
      const result = await triedOn(records, trialOf(asOf));
      expect(result.recorded).toMatchObject({ differing: 0, due: 0, late: 0, warned: 0 });
      expect(result.promises.map(({ tried }) => tried)).toEqual(result.promises.map(({ now }) => now));
      expect(result.changed).toEqual({ worse: 0, better: 0, cases: [] });
      clocks += result.recorded.clocks;
      late += result.answers.now?.late ?? 0;
    }),
    { numRuns: 150 },
  );
  // The lives are worth it: clocks ran, and some of them late.
  expect(clocks).toBeGreaterThan(300);
  expect(late).toBeGreaterThan(10);
}, 120_000);
