import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { effectsAt } from "../../../infra/effects.ts";

const from = "2026-11-23T07:00:00.000Z";

test("time at a pace begins where it was told to, and goes so many times as fast once it hurries", async () => {
  const paced = effectsAt({ from, speed: 36_000 });
  await sleep(50);
  expect(paced.nowMs() - Date.parse(from)).toBeLessThan(10_000);
  paced.hurry();
  const before = paced.nowMs();
  await sleep(50);
  expect(paced.nowMs() - before).toBeGreaterThanOrEqual(49 * 36_000);
  expect(Math.abs(Date.parse(paced.now()) - paced.nowMs())).toBeLessThan(600_000);
});

test("without a pace it is the true time, and nothing hurries it", () => {
  const before = Date.now();
  const { now, nowMs, hurry } = effectsAt(undefined);
  hurry();
  expect(nowMs()).toBeGreaterThanOrEqual(before);
  expect(Date.parse(now())).toBeLessThanOrEqual(Date.now());
});
