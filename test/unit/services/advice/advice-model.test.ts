import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommandReply } from "../../../../contracts/envelope.ts";
import { moves } from "../../../../services/advice/core/moves.ts";
import { isOpenClock } from "../../../../services/case/clock-book.ts";
import { createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

const actors = [who.practice, who.endocrinology, who.cardiology, who.otherPractice] as const;
const words = { text: "Tak" };
const payloads: Record<keyof typeof moves, object> = {
  "advice.requestInformation": words,
  "advice.giveInformation": words,
  "advice.answer": words,
  "advice.convert": words,
  "advice.redirect": { to: { gln: who.cardiology }, reason: "Hører til hos jer" },
  "advice.decline": words,
  "advice.withdraw": { reason: "Løst" },
  "advice.askFollowUp": words,
  "advice.markHandled": {},
};
const turns = Object.keys(moves) as (keyof typeof moves)[];

type Step = { turn: keyof typeof moves; by: string; days: number };
const anyStep: fc.Arbitrary<Step> = fc.record({
  turn: fc.constantFrom(...turns),
  by: fc.constantFrom(...actors),
  days: fc.integer({ min: 0, max: 3 }),
});

const clockOf = (cases: TestCases, caseId: string) =>
  Object.values(cases.state(caseId).clocks).filter(
    (clock) => clock.deliveryId === undefined && isOpenClock(clock),
  );

/** What is true of a question after anything that anybody did to it. */
const holds = (cases: TestCases, caseId: string, unit: string): void => {
  const { status, card } = cases.state(caseId);
  const open = clockOf(cases, caseId);
  const asks = status === "asked" || status === "reopened";
  expect(card?.closed).toBe(card?.awaits.length === 0);
  expect(card?.awaits.map((one) => one.who)).toEqual(
    asks ? [unit] : status === "informationRequested" ? [who.practice] : [],
  );
  expect(open.map((clock) => clock.debtor)).toEqual(asks || status === "informationRequested" ? [unit] : []);
  expect(open.every((clock) => (clock.status === "paused") === (status === "informationRequested"))).toBe(
    true,
  );
};

const told = (cases: TestCases, caseId: string, by: string): boolean =>
  (cases.records(caseId).at(-1)?.deliveries ?? []).some((d) => d.change === "owed" && d.to !== by);

describe("a question, whatever its parties do in whatever order", () => {
  it("is always with exactly one party while it is open, and its clock runs against that one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 14 }), async (steps) => {
        const cases = createTestCases();
        const opened = await cases.send({
          type: "advice.ask",
          by: who.practice,
          payload: question("M-1", { mayConvert: true }),
        });
        if (opened.status !== "accepted") throw new Error("It was not asked.");
        const { caseId } = opened;
        let unit: string = who.endocrinology;
        let day = 23;
        for (const { turn, by, days } of steps) {
          day = Math.min(30, day + days);
          cases.at(`2026-11-${String(day)} 10:00`);
          const before = cases.state(caseId).status;
          const reply: CommandReply = await cases.send({
            type: turn,
            by,
            payload: { caseId, ...payloads[turn] },
          });
          const role = by === unit ? "unit" : by === who.practice ? "asker" : "nobody";
          if (reply.status === "accepted") {
            expect(moves[turn].by).toContain(role);
            expect(moves[turn].when).toContain(before);
            expect(moves[turn].leadsTo).toContain(cases.state(caseId).status);
            expect(told(cases, caseId, by)).toBe(true);
            if (turn === "advice.redirect") unit = who.cardiology;
          } else expect(cases.state(caseId).status).toBe(before);
          holds(cases, caseId, unit);
        }
      }),
      { numRuns: 150 },
    );
  });
});
