import { expect, it } from "vitest";
import { answersOf, proveYear, reportOf } from "../support/year/prove-year.ts";
import { toldYear } from "../support/year/tell-year.ts";

/** Of a region of 1.3 million citizens; the long form takes more (`test/support/year/main.ts`). */
const share = 0.0006;
const waitMs = 600_000;

it(
  "after a year of a region every figure equals a recount, and every explained clock says what was recorded",
  async () => {
    const proven = await proveYear({ year: 2026, share, seed: "a year" });
    process.stdout.write(`${toldYear(proven, share).join("\n")}\n`);
    const { lived, recounted, explained } = proven;
    expect(recounted.differences).toEqual([]);
    expect(explained.wrong).toEqual([]);

    // Something happened of everything, so that equal is not two times nothing.
    expect(Object.values(lived.begun).every((count) => count > 0)).toBe(true);
    expect(recounted.clocks).toBeGreaterThan(5_000);
    expect(recounted.figures).toBeGreaterThan(500);
    expect(explained.clocks).toBeGreaterThan(400);
    expect(explained.warned).toBeGreaterThan(50);
    expect(explained.breached).toBeGreaterThan(10);

    // The lives are those of people who mostly do what they may.
    const refused = [...lived.hub.counts.refused.values()].reduce((sum, count) => sum + count, 0);
    expect(refused).toBeLessThan(lived.hub.counts.records / 200);

    // The month of the report is counted in the year that it is a part of.
    const answers = await answersOf(proven, "2026-10");
    const { total: month } = answers.month;
    const { total: year } = answers.year;
    if (month.hidden || year.hidden) throw new Error("A month of a thousand cases is hidden.");
    expect(year.trend?.find((one) => one.month === "2026-10")).toMatchObject({ clocks: month.clocks });
    expect(month.clocks).toBeLessThan(year.clocks / 5);

    const report = await reportOf(proven, "2026-10");
    expect(report).toContain("oktober 2026");
    expect(report).toContain("Svar på specialistrådgivning");
  },
  waitMs,
);
