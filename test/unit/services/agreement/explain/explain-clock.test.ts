import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../../contracts/agreement.ts";
import { localDateTimeOf } from "../../../../../services/case/clock-zone.ts";
import { anyHours } from "../../../../support/clock-arbitraries.ts";
import { local } from "../../../../support/clock-given.ts";
import { endo, type HubClocks, hubClocks, promise } from "../../../../support/hub-clocks.ts";

const limit = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((days) => ({ kind: "workingDays", days }) as const),
  fc.integer({ min: 1, max: 900 }).map((minutes) => ({ kind: "openingMinutes", minutes }) as const),
  fc.integer({ min: 1, max: 5_000 }).map((minutes) => ({ kind: "elapsed", minutes }) as const),
  fc.integer({ min: 0, max: 6 }).map((days) => ({ kind: "calendarDays", days }) as const),
  fc.constantFrom("same" as const, "next" as const).map((day) => ({ kind: "sameOrNextDay", day }) as const),
  fc.constant({ kind: "readingWindow", cutoff: "14:30", by: "15:00" } as const),
  fc.integer({ min: 0, max: 2 }).map((days) => ({ kind: "timeOfDay", at: "12:00", days }) as const),
);

const terms: fc.Arbitrary<Partial<Agreement>> = fc.record({
  limit,
  warnAt: fc.oneof(limit, fc.array(limit, { minLength: 1, maxLength: 3 })),
  calendar: fc.constantFrom("clock", "everyDay", "workingDays", "debtorHours"),
  measuredTo: fc.constantFrom("delivery", "reading"),
  onReopen: fc.constantFrom("restart", "continue"),
  onChange: fc.constantFrom("keep", "recompute"),
});

/** What may come next, and how long after the last: some is not allowed then, and is refused. */
const happening = fc.record({
  what: fc.constantFrom(
    "requestInformation",
    "giveInformation",
    "answer",
    "askFollowUp",
    "withdraw",
    "ring",
    "hours",
    "version",
  ),
  // Often at one very instant: then it happened in the order of the records.
  minutes: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 4_000 }) },
  ),
  hours: anyHours,
  terms,
});

const lives = fc.record({
  from: fc.constantFrom(
    "2026-11-20 16:30",
    "2026-03-27 10:00",
    "2026-10-23 15:00",
    "2026-12-22 09:00",
    "2026-04-01 12:00",
  ),
  hours: anyHours,
  terms,
  happenings: fc.array(happening, { minLength: 1, maxLength: 9 }),
});
type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never;
type Next = Life["happenings"][number];

const commands: Readonly<Record<string, string>> = { requestInformation: endo, answer: endo };

const happen = async (
  hub: HubClocks,
  caseId: string,
  { what, hours, terms: other, at, version }: Next & { at: string; version: number },
) => {
  const { cases } = hub;
  cases.at(at);
  if (what === "ring") {
    for (const { clockId } of Object.values(cases.state(caseId).clocks)) await cases.ring(caseId, clockId);
    return;
  }
  if (what === "hours" || what === "version") {
    const { openingHours, closingDays } = hours;
    if (what === "hours")
      hub.change(endo, { openingHours: [...openingHours], closingDays: [...closingDays] });
    else hub.agree(promise({ ...other, version, validFrom: "2026-01-01" }));
    await hub.recount(at, caseId, what === "version" ? [{ id: "ADVICE-MSG", version }] : []);
    return;
  }
  const payload = { caseId, text: "Nyt.", reason: "Løst.", outcome: "advice" };
  const { text: _text, ...withdrawal } = payload;
  await cases.send({
    type: `advice.${what}`,
    by: commands[what] ?? "5790000100019",
    payload: what === "withdraw" ? { caseId, reason: withdrawal.reason } : payload,
  });
};

/** So many minutes later, on a Danish wall clock. */
const later = (at: string, minutes: number): string =>
  localDateTimeOf(new Date(Date.parse(local(at)) + minutes * 60_000).toISOString()).replace("T", " ");

const lived = async ({
  from,
  hours,
  terms: first,
  happenings,
}: Life): Promise<{ hub: HubClocks; caseId: string; count: number }> => {
  const hub = hubClocks(promise(first));
  hub.change(endo, { openingHours: [...hours.openingHours], closingDays: [...hours.closingDays] });
  const caseId = await hub.ask(from);
  let at: string = from;
  for (const [i, next] of happenings.entries()) {
    at = later(at, next.minutes);
    await happen(hub, caseId, { ...next, at, version: i + 2 });
  }
  const clocks = Object.values(hub.cases.state(caseId).clocks).filter(
    ({ deliveryId }) => deliveryId === undefined,
  );
  return { hub, caseId, count: clocks.length };
};

describe("a clock that is explained", () => {
  it("comes to the times that its case's records hold, whatever happened", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const { hub, caseId, count } = await lived(life);
        for (let which = 0; which < count; which++) {
          const { recorded, clock } = hub.explain(caseId, which);
          expect(clock.due).toBe(recorded.due);
          expect(clock.warnAt).toEqual(recorded.warnings ?? [recorded.warnAt]);
          if (recorded.status === "met")
            expect(clock).toMatchObject({ status: "stopped", stoppedInTime: true });
          if (recorded.status === "cancelled" || recorded.status === "paused")
            expect(clock.status).toBe(recorded.status);
          if (recorded.status === "breached" && recorded.stoppedAt !== undefined)
            expect(clock).toMatchObject({ status: "stopped", stoppedInTime: false });
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
