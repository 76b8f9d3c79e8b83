import fc from "fast-check";
import { expect, it } from "vitest";
import { anyLives, live, trialOf, triedOn, withAgreement } from "../../../../support/what-if-cases.ts";

const days = (count: number) => ({
  limit: { kind: "workingDays" as const, days: count },
  warnAt: { kind: "workingDays" as const, days: Math.max(0, count - 1) },
});

it("a shorter limit never makes fewer late, and a longer one never more", async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(anyLives, fc.nat(6), async (lives, count) => {
      const { records, asOf } = await live(lives);
      const tried = withAgreement("ADVICE-MSG", days(count));
      const { answers, changed: sides } = await triedOn(records, trialOf(asOf, { tried }));
      const [worse, better] = [sides.worse ?? 0, sides.better ?? 0];
      const late = (side: typeof answers.now): number => side?.late ?? 0;
      expect(late(answers.tried) - late(answers.now)).toBe(worse - better);
      if (count <= 3) expect(better).toBe(0);
      if (count >= 3) expect(worse).toBe(0);
      changed += worse + better;
    }),
    { numRuns: 150 },
  );
  // Worth it: some clocks do change sides.
  expect(changed).toBeGreaterThan(5);
}, 120_000);
