import { expect, it } from "vitest";
import {
  changeText,
  countText,
  durationText,
  monthBefore,
  monthsUpTo,
  monthText,
  percentText,
} from "../../../../../../gateways/http/pages/report/numbers.ts";

it.each([
  [0, "0", "0"],
  [999, "999", "999"],
  [1234, "1.234", "1,234"],
  [1_234_567, "1.234.567", "1,234,567"],
])("writes the count %i as %s in Danish and %s in English", (count, da, en) => {
  expect([countText(count, "da"), countText(count, "en")]).toEqual([da, en]);
});

it("writes shares with one decimal, a comma and a space in Danish", () => {
  expect(percentText(88.1, "da")).toBe("88,1\u00a0%");
  expect(percentText(100, "en")).toBe("100.0%");
});

it.each([
  [90, 91.25, "+1,3"],
  [91.2, 90, "−1,2"],
  [90, 90.04, "±0,0"],
])("tells the change from %d to %d as %s", (from, to, text) => {
  expect(changeText(from, to, "da")).toBe(text);
});

it.each([
  [0, "0\u00a0min.", "0\u00a0min"],
  [59, "59\u00a0min.", "59\u00a0min"],
  [60, "1\u00a0t.", "1\u00a0h"],
  [312, "5\u00a0t. 12\u00a0min.", "5\u00a0h 12\u00a0min"],
  [2879, "47\u00a0t. 59\u00a0min.", "47\u00a0h 59\u00a0min"],
  [2880, "2,0\u00a0døgn", "2.0\u00a0days"],
  [4608, "3,2\u00a0døgn", "3.2\u00a0days"],
])("writes %i minutes as %s and %s", (minutes, da, en) => {
  expect([durationText(minutes, "da"), durationText(minutes, "en")]).toEqual([da, en]);
});

it("counts months over the turn of a year", () => {
  expect(monthBefore("2026-01", 1)).toBe("2025-12");
  expect(monthBefore("2026-10", 11)).toBe("2025-11");
  expect(monthsUpTo("2026-02", 4)).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  expect(monthText("2026-10", "da")).toBe("oktober 2026");
  expect(monthText("2026-10", "en")).toBe("October 2026");
});
