import { expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { afterFailure, counts } from "../../../../infra/nats/intake-patience.ts";

/** How long a document rests after each of its failures, until it is put aside or has rested often enough to know. */
const rests = (error: unknown, { crowded = false, away = false } = {}): number[] => {
  const found: number[] = [];
  let counted = 0;
  for (let tries = 1; tries < 100; tries++) {
    if (counts(error, away)) counted += 1;
    const next = afterFailure({ error, tries, counted }, crowded);
    if (next === "aside") return found;
    found.push(next.restMs);
  }
  return found;
};
const secondsOf = (found: readonly number[]): number => found.reduce((sum, ms) => sum + ms, 0) / 1_000;

test("a document rests for a second three times, and then longer each time, up to a minute", () => {
  expect(rests(new Error("unreadable"))).toEqual([
    1_000, 1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000,
  ]);
});

test.each([
  "index-unavailable",
  "journal-unavailable",
  "journal-timeout",
  "journal-full",
  "service-unavailable",
] as const)(
  "%s is waited for as long as it lasts, also where others want for places, and looked for every ten seconds",
  (code) => {
    const crowded = rests(new Fault(code), { crowded: true });
    expect(crowded).toHaveLength(99);
    expect(secondsOf(crowded)).toBeGreaterThan(900);
    expect(Math.max(...crowded)).toBe(10_000);
  },
);

test("what breaks while something is away tells nothing of the document, whatever it says: a crowded outage makes no dead letters", () => {
  expect(rests(new Error("Connection is closed."), { crowded: true, away: true })).toHaveLength(99);
  expect(rests(new Fault("internal-error"), { crowded: true, away: true })).toHaveLength(99);
});

test("one that the hub breaks on gives up its place within seconds when others want it", () => {
  expect(secondsOf(rests(new Error("unreadable"), { crowded: true }))).toBeLessThan(3);
});

test("a fault that nobody may take for nothing done is put aside in minutes, for a person to look at", () => {
  const seconds = secondsOf(rests(new Fault("record-unreadable")));
  expect([seconds > 60, seconds < 300]).toEqual([true, true]);
});
