import { expect, test } from "vitest";
import { parseMetrics } from "../../../../contracts/prometheus-text.ts";
import { growthBy, levelOf, quantileOf, type Reading, rateOf } from "../../../../gateways/cli/top-figures.ts";
import { topText } from "../../../../gateways/cli/top-text.ts";
import { createMetrics } from "../../../../infra/observability/metrics.ts";

const reading = (atMs: number, text: string): Reading => ({ atMs, samples: parseMetrics(text) });

const before = reading(
  0,
  `# HELP sektorbro_records_total Records.
sektorbro_records_total{family="advice"} 10
sektorbro_records_total{family="referral"} 5
t_bucket{le="0.1"} 4
t_bucket{le="1"} 4
t_bucket{le="+Inf"} 4
sektorbro_push_receivers{state="open"} 1`,
);
const now = reading(
  2_000,
  `sektorbro_records_total{family="advice"} 30
sektorbro_records_total{family="referral"} 5
t_bucket{le="0.1"} 54
t_bucket{le="1"} 104
t_bucket{le="+Inf"} 104
sektorbro_push_receivers{state="open"} 2
sektorbro_ready 1
sektorbro_durable 1
sektorbro_refusing{code="journal-full"} 1
sektorbro_timers{state="late"} 3`,
);

test("what the hub's own registry writes is read back", async () => {
  const metrics = createMetrics();
  metrics.took("sektorbro_write_seconds", 0.004, { store: "case", outcome: "written" });
  const samples = parseMetrics(await metrics.text());
  metrics.stop();
  expect(levelOf({ atMs: 0, samples }, "sektorbro_write_seconds_count", { store: "case" })).toBe(1);
  expect(samples.filter(({ value }) => Number.isNaN(value))).toEqual([]);
});

test("rates are those of the time between the two looks", () => {
  expect(rateOf({ before, now }, "sektorbro_records_total")).toBe(10);
  expect(growthBy({ before, now }, "sektorbro_records_total", "family")).toEqual(new Map([["advice", 20]]));
});

test("a hub that was started anew counts from nothing", () => {
  expect(rateOf({ before: now, now: { ...before, atMs: 4_000 } }, "sektorbro_records_total")).toBe(7.5);
});

test("quantiles are of what happened between, evenly spread within a bucket", () => {
  expect(quantileOf({ before, now }, { name: "t", share: 0.5 })).toBeCloseTo(0.1, 9);
  expect(quantileOf({ before, now }, { name: "t", share: 0.75 })).toBeCloseTo(0.55, 9);
  expect(quantileOf({ before: now, now }, { name: "t", share: 0.5 })).toBeUndefined();
});

test("what presses stands in the first line, what is late in capitals, in either language", () => {
  const told = (language: "da" | "en"): string =>
    topText({ before, now }, { heading: "Sektorbro", language, live: false });
  expect(told("da")).toMatch(/^Sektorbro {3}tager imod {3}AFSENDERE BEDES VENTE: journal-full/);
  expect(told("da")).toContain("3 FOR SENT VARSLET");
  expect(told("da")).toContain("2 VÆK");
  expect(told("en")).toMatch(/journal, a second +10 {2}advice 10$/m);
  expect(told("en")).toContain("2 AWAY");
});
