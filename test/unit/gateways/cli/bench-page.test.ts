import { expect, test } from "vitest";
import { type BenchFigures, benchPage } from "../../../../gateways/cli/bench/bench-page.ts";
import { runFor } from "../../../../gateways/cli/bench/measure.ts";

const figures = (connections: number, perSecond: number, rawPerSecond: number): BenchFigures => ({
  bench: "advice over NATS",
  perSecond,
  rawPerSecond,
  ratio: perSecond / rawPerSecond,
  cpuMsPerMessage: 0.5,
  connections,
  fsync: "always",
  bytes: 592,
  journalStreams: 4,
  rawAsJournalPerSecond: 2 * rawPerSecond,
  ratioAsJournal: perSecond / rawPerSecond / 2,
  answeredMs: { p50: 1.5, p99: 12.25 },
  rounds: 3,
  spans: {
    perSecond: { min: perSecond - 10, max: perSecond + 10 },
    rawPerSecond: { min: rawPerSecond, max: rawPerSecond },
    ratio: { min: 0.2, max: 0.3 },
    cpuMsPerMessage: { min: 0.4, max: 0.6 },
  },
});
const machine = {
  date: "2026-11-23",
  cores: 2,
  processor: "A processor",
  memoryGb: 8,
  versions: "Node 20.20.2, nats-server 2.10.29",
};

test("the page tells each figure beside its limit, on what it was measured, and draws it", () => {
  const page = benchPage([figures(1, 250, 1_000), figures(16, 1_000, 4_000)], machine);
  expect(page).toContain("2 cores (A processor), 8 GB, Node 20.20.2, nats-server 2.10.29");
  expect(page).toContain(
    "| advice over NATS, 1  | 250 (240, 260)         | 1000         | 0.25 (0.20, 0.30)",
  );
  expect(page).toContain("| 1.5, 12.3 ");
  expect(page).toContain('x-axis "callers" [1, 16]');
  expect(page).toContain('y-axis "messages a second" 0 --> 4000\n  bar [1000, 4000]\n  bar [250, 1000]');
  expect(page.match(/```mermaid/g)).toHaveLength(1);
});

test("what is answered is counted and timed", async () => {
  const work = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  const { count, perSecond, took } = await runFor(60, 3, work);
  expect(count).toBeGreaterThan(3);
  expect(perSecond).toBeGreaterThan(0);
  expect(took.p50Ms).toBeGreaterThan(3);
  expect(took.p99Ms).toBeGreaterThanOrEqual(took.p50Ms);
});
