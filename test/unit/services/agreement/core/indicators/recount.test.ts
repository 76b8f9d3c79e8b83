import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseRecord } from "../../../../../../contracts/record.ts";
import { monthsKey } from "../../../../../../services/agreement/core/indicators/cells.ts";
import { createComparison } from "../../../../../../services/agreement/core/indicators/differences.ts";
import { allAtOnce } from "../../../../../../services/agreement/core/indicators/steps.ts";
import { createCountingProjector } from "../../../../../../services/agreement/indicators/projector.ts";
import { readMonths, tallySteps } from "../../../../../../services/agreement/indicators/query.ts";
import { CheckpointMoved } from "../../../../../../services/case/projector.ts";
import { lifeOfCase, numbersFrom } from "../../../../../support/counted-lives.ts";
import { howOften } from "../../../../../support/how-often.ts";
import { type MemoryCounts, memoryCounts } from "../../../../../support/memory-counts.ts";

const asOf = "2026-09-01T12:00:00.000Z";
const cases = 14;
const streamNames = ["A", "B", "C"];

/** Cases in streams, each stream in an order of its own in which the records of a case stay in order. */
const journalOf = (random: () => number): Map<string, CaseRecord[]> => {
  const streams = new Map(streamNames.map((name) => [name, [] as CaseRecord[]]));
  const left = Array.from({ length: cases }, (_, i) => ({
    stream: streamNames[Math.floor(random() * streamNames.length)] ?? "A",
    records: lifeOfCase(random, `case-${String(i)}`),
  }));
  for (;;) {
    const waiting = left.filter(({ records }) => records.length > 0);
    const next = waiting[Math.floor(random() * waiting.length)];
    const record = next?.records.shift();
    if (next === undefined || record === undefined) return streams;
    streams.get(next.stream)?.push(record);
  }
};

/** Counts every stream in runs of any length, in any order, with runs that come twice and an index that is emptied. */
const countAll = async (random: () => number, streams: Map<string, CaseRecord[]>): Promise<MemoryCounts> => {
  const counts = memoryCounts(() => [...streams.values()].flat());
  let projector = createCountingProjector(counts.ports);
  const open = () => Promise.all(streamNames.map((name) => projector.position(name)));
  let at = await open();
  let emptied = 0;
  while (streamNames.some((name, i) => (at[i] ?? 0) < (streams.get(name)?.length ?? 0))) {
    const i = Math.floor(random() * streamNames.length);
    const name = streamNames[i] ?? "A";
    const again = random() < 0.2 ? Math.floor(random() * 4) : 0;
    const from = Math.max(0, (at[i] ?? 0) - again);
    const run = (streams.get(name) ?? []).slice(from, from + 1 + Math.floor(random() * 9));
    const batch = run.map((record, n) => ({ seq: from + n + 1, record: () => record }));
    if (batch.length === 0) continue;
    await projector.apply(name, batch).catch((error: unknown) => {
      expect(error).toBeInstanceOf(CheckpointMoved);
    });
    if (random() < 0.02 && emptied < 2) {
      emptied += 1;
      await counts.ports.wipe();
      projector = createCountingProjector(counts.ports);
    }
    at = await open();
  }
  return counts;
};

const kept = async ({ read }: MemoryCounts) => {
  const { members } = await read({ streams: [], set: monthsKey, hashes: [] });
  const { hashes } = await readMonths({ read }, { streams: [], months: members });
  return allAtOnce(tallySteps(members, hashes, asOf));
};

describe("incremental counting and recounting", () => {
  it("find the same for random lives, in any order of streams, with runs that come twice and an emptied index", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = numbersFrom(seed);
        const streams = journalOf(random);
        const comparison = createComparison();
        comparison.keep(await kept(await countAll(random, streams)));
        const all = [...streams.values()].flat();
        for (const caseId of new Set(all.map((record) => record.caseId)))
          comparison.recount(
            all.filter((record) => record.caseId === caseId),
            asOf,
          );
        expect(comparison.result().differences).toEqual([]);
      }),
      { numRuns: howOften("SEKTORBRO_RECOUNT_RUNS", { short: 50, long: 150 }) },
    );
  }, 120_000);

  it("tell of a row that is kept and was never there, and of one that is missing", () => {
    const [first] = [lifeOfCase(numbersFrom(7), "a"), lifeOfCase(numbersFrom(8), "b")];
    const comparison = createComparison();
    comparison.recount(first, asOf);
    const { clocks, figures, differences } = comparison.result();
    expect(clocks + figures).toBeGreaterThan(0);
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.every(({ kept: had, recounted }) => had === 0 && recounted > 0)).toBe(true);
  });
});
