import { expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { afterFailure } from "../../../../infra/nats/intake-patience.ts";

/** How long a document rests after each of its failures, until it is put aside or has rested often enough to know. */
const rests = (error: unknown, crowded: boolean): number[] => {
  const found: number[] = [];
  for (let tries = 1; tries < 100; tries++) {
    const next = afterFailure({ error, tries }, crowded);
    if (next === "aside") return found;
    found.push(next.restMs);
  }
  return found;
};
const secondsOf = (found: readonly number[]): number => found.reduce((sum, ms) => sum + ms, 0) / 1_000;

test("a document rests for a second three times, and then longer each time, up to a minute", () => {
  expect(rests(new Error("unreadable"), false)).toEqual([
    1_000, 1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000,
  ]);
});

test("what is away is waited for as long as it takes while there are places, and for longer than an election when there are none", () => {
  const away = new Fault("index-unavailable");
  expect(rests(away, false)).toHaveLength(99);
  expect(secondsOf(rests(away, true))).toBeGreaterThan(30);
});

test("one that the hub breaks on gives up its place within seconds when others want it", () => {
  expect(secondsOf(rests(new Error("unreadable"), true))).toBeLessThan(3);
});

test("a fault that nobody may take for nothing done is put aside in minutes, for a person to look at", () => {
  const seconds = secondsOf(rests(new Fault("record-unreadable"), false));
  expect([seconds > 60, seconds < 300]).toEqual([true, true]);
});
