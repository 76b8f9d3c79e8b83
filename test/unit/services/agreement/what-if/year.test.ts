import { expect, it } from "vitest";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { trialOf, triedOn } from "../../../../support/what-if-cases.ts";
import { liveAYear } from "../../../../support/year/live-a-year.ts";

it("agrees with what the journal of a year recorded of the clocks of every family", async () => {
  const records: CaseRecord[] = [];
  const { hub, end } = await liveAYear({
    year: 2026,
    share: 0.00006,
    seed: "what-if",
    onRecord: (record) => {
      records.push(record);
    },
  });
  const directory = hub.view;
  const own = new Set(directory.all().map(({ gln }) => gln));
  const asOf = new Date(Date.parse(end) - 60_000).toISOString();
  const year = { from: "2026-01-01", to: "2026-12-31", on: "2026-12-31", directory, own };
  const { recorded, changed, promises } = await triedOn(records, trialOf(asOf, year));
  expect(recorded).toMatchObject({ differing: 0, due: 0, late: 0, warned: 0 });
  expect(changed).toEqual({ worse: 0, better: 0, cases: [] });
  expect(recorded.clocks).toBeGreaterThan(200);
  expect(promises.length).toBeGreaterThan(10);
}, 120_000);
