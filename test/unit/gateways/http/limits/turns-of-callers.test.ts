import { expect, test } from "vitest";
import { createTake } from "../../../../../gateways/http/limits/turns-of-callers.ts";

const [one, other] = ["5790000100019", "5790000200016"];

test("a caller has a burst of five seconds, then as many as it may on the long run; others are not touched", () => {
  const take = createTake({ requestsPerSecond: 10 });
  const now = 1_000_000;
  const first = Array.from({ length: 60 }, () => take(one, now));
  expect(first.filter((waitMs) => waitMs === 0)).toHaveLength(50);
  expect(first[59]).toBeGreaterThan(0);
  expect(take(other, now)).toBe(0);
  const later = Array.from({ length: 20 }, () => take(one, now + 1_000));
  expect(later.filter((waitMs) => waitMs === 0)).toHaveLength(10);
});

test("whoever waits as long as it was told has a turn", () => {
  const take = createTake({ requestsPerSecond: 3 });
  let now = 0;
  for (let i = 0; i < 200; i++) {
    const waitMs = take(one, now);
    if (waitMs > 0) {
      now += Math.ceil(waitMs);
      expect(take(one, now)).toBe(0);
    }
  }
  expect(now).toBeGreaterThan(60_000);
});

test("a clock that is set back takes no turns away, and 0 is no limit", () => {
  const take = createTake({ requestsPerSecond: 1 });
  expect([take(one, 10_000), take(one, 5_000), take(one, 5_000)]).toEqual([0, 0, 0]);
  const free = createTake({ requestsPerSecond: 0 });
  expect(Array.from({ length: 1_000 }, () => free(one, 0)).every((waitMs) => waitMs === 0)).toBe(true);
});
