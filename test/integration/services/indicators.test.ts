import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Indicators } from "../../../contracts/messages/indicators.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { loadAgreements } from "../../../services/agreement/main.ts";
import { eventually } from "../../support/eventually.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";
import { type LivedYear, liveAYear } from "../../support/year/live-a-year.ts";

// Half a year of some hundred citizens, lived through with the cores of all five families, in the journal of a running hub.
const end = "2026-07-01T00:00:00.000Z";
let hub: TestHub;
let year: LivedYear;
beforeAll(async () => {
  hub = await startTestHub();
  await loadAgreements(hub.platform, undefined);
  const records: CaseRecord[] = [];
  year = await liveAYear({
    year: 2026,
    share: 0.0003,
    seed: "indicators",
    onRecord: (record) => {
      if (record.meta.at < end) records.push(record);
    },
  });
  const file = { format: "sektorbro-directory", version: 1, organisations: year.region.organisations };
  const imported = await hub.command("directory.import", "operator", { file });
  if (imported.status !== "accepted") throw new Error(JSON.stringify(imported));
  // Case after case: where the hub rings what a case owes before it is whole, it goes on as the hub wrote it.
  const last = new Map<string, number | undefined>();
  for (const record of records.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1))) {
    const { caseId } = record;
    const before = last.has(caseId) ? last.get(caseId) : 0;
    if (before === undefined) continue;
    const done = await hub.platform.journal.append(record, before);
    last.set(caseId, done.kind === "conflict" ? undefined : done.seq);
  }
}, 240_000);
afterAll(() => hub[Symbol.asyncDispose]());

const halfYear = { from: "2026-01", to: "2026-06" };
const ask = async (viewer: string, payload: object): Promise<Indicators> => {
  const reply = await hub.query("agreement.indicators", viewer, payload);
  if (reply.status !== "ok") throw new Error(reply.code);
  return Indicators.parse(reply.value);
};
const asked = (viewer: string, payload: object): Promise<Indicators> =>
  eventually(() => ask(viewer, payload), "the indicators", 60_000);
/** Without when it was asked, to the minute of which the open ones are counted. */
const steady = ({ asOf: _asOf, ...found }: Indicators): string =>
  JSON.stringify(found, (name, value: unknown) =>
    ["longestOpenHours", "pausedShare"].includes(name) ? undefined : value,
  );
const recounted = async () =>
  (await hub.platform.bus.ask(commandSubject("indicators.recount"), {}, 120_000)) as {
    equal: boolean;
    clocks: number;
    figures: number;
    differences: unknown[];
  };

describe("indicators of a running hub", () => {
  test("are of every family, and equal a recount of the journal by other code", async () => {
    const found = await asked("operator", { ...halfYear, groupBy: ["family"] });
    const told = [...found.rows, ...found.figures].map(({ by }) => by["family"]);
    expect(told).toEqual(
      expect.arrayContaining(["advice", "booking", "discharge", "observation", "referral"]),
    );
    const result = await recounted();
    expect(result.differences).toEqual([]);
    expect(result.equal).toBe(true);
    expect(result.clocks).toBeGreaterThan(200);
    expect(result.figures).toBeGreaterThan(20);
  }, 240_000);

  test("tell the parts of a total that add up to it", async () => {
    const { total } = await asked("operator", halfYear);
    if (total.hidden) throw new Error("hidden");
    const { clocks, decided, open, cancelled, inTime, breached, trend } = total;
    expect(clocks).toBeGreaterThan(200);
    expect(decided + open + cancelled).toBe(clocks);
    expect((inTime ?? 0) + (breached ?? 0)).toBe(decided);
    expect(trend).toHaveLength(6);
    const months = trend?.map((month) => (month.hidden ? 0 : month.clocks)) ?? [];
    expect(months.reduce((sum, count) => sum + count, 0)).toBe(clocks);
  });

  test("hide small groups, and others with them that a total would give away", async () => {
    const found = await asked("operator", { ...halfYear, groupBy: ["agreement", "organisation"] });
    const { rows, total } = found;
    if (total.hidden) throw new Error("hidden");
    const shown = rows.flatMap((row) => (row.hidden ? [] : [row]));
    const hidden = rows.filter((row) => row.hidden);
    expect(hidden.length).toBeGreaterThan(1);
    expect(shown.every(({ cases }) => cases >= 5)).toBe(true);
    const rest = total.clocks - shown.reduce((sum, { clocks }) => sum + clocks, 0);
    expect(rest).toBeGreaterThanOrEqual(5);
    expect(hidden.every((row) => Object.keys(row).toSorted().join() === "by,hidden,names")).toBe(true);
  });

  test("tell an organisation what it owed or was promised, and nobody else's", async () => {
    const all = await asked("operator", { ...halfYear, groupBy: ["organisation"] });
    const busiest = all.rows
      .flatMap((row) => (row.hidden ? [] : [row]))
      .toSorted((a, b) => b.clocks - a.clocks)[0];
    const gln = busiest?.by["organisation"] ?? "";
    const own = await asked(gln, { ...halfYear, organisation: gln });
    expect(own.organisation).toBe(gln);
    expect(own.total).toMatchObject({ hidden: false, clocks: busiest?.clocks });
    const nobody = await asked("5790000999998", halfYear);
    expect(nobody.total).toMatchObject({ hidden: false, clocks: 0 });
    expect(nobody.rows).toEqual([]);
  }, 120_000);

  test("are made again by themselves when Redis was emptied, and are the same to the byte", async () => {
    const query = { ...halfYear, groupBy: ["agreement", "organisation"] };
    const before = steady(await asked("operator", query));
    await hub.platform.redis.flushall();
    const after = await eventually(
      async () => {
        const found = steady(await ask("operator", query));
        if (found !== before) throw new Error("not yet");
        return found;
      },
      "the same indicators",
      120_000,
    );
    expect(after).toBe(before);
    expect((await recounted()).equal).toBe(true);
  }, 240_000);
});
