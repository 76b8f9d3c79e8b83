import { describe, expect, test } from "vitest";
import type { ClockChange } from "../../../../contracts/clocks.ts";
import { clocksKey, owedKey } from "../../../../contracts/index-keys.ts";
import { type OwedItem, type OwedPage, OwedQuery } from "../../../../contracts/messages/owed.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { listOwed } from "../../../../services/worklist/owed.ts";
import { memoryPorts, projected } from "../../../support/memory-index.ts";
import { createMemoryJournal } from "../../../support/memory-journal.ts";
import { who } from "../../../support/region-view.ts";

const start = Date.parse("2026-11-23T09:00:00.000Z");
const minute = (n: number): string => new Date(start + n * 60_000).toISOString();
const now = minute(500);

type Given = {
  n: number;
  debtor?: string;
  creditor?: string;
  due: number;
  no?: number;
  changes?: ClockChange[];
  awaits?: CaseRecord["meta"]["card"];
};
const clockId = "ADVICE-MSG.1";
const started = ({ debtor = who.endocrinology, creditor = who.practice, due }: Given): ClockChange => ({
  change: "started",
  clockId,
  agreement: "ADVICE-MSG",
  agreementVersion: 1,
  debtor,
  creditor,
  at: minute(0),
  warnAt: minute(due),
  due: minute(due),
});
const recordOf = (given: Given): CaseRecord => {
  const { n, debtor = who.endocrinology, creditor = who.practice, due, no = 1, changes } = given;
  return {
    version: 1,
    caseId: caseIdFor(creditor, `M-${n}`),
    family: n % 2 === 0 ? "advice" : "referral",
    facts: [],
    deliveries: [],
    clocks: changes ?? [started(given)],
    meta: {
      no,
      at: minute(0),
      commandId: `M-${n}-${no}`,
      commandType: "advice.ask",
      digest: "",
      actor: creditor,
      outcome: "accepted",
      status: "asked",
      card: {
        kind: "specialist",
        opener: creditor,
        awaits: [{ who: debtor, act: "answer", due: minute(due), overdue: false }],
        closed: false,
        links: [],
        parties: [creditor, debtor],
        openedAt: minute(0),
      },
    },
  };
};

const asked = (records: readonly CaseRecord[], viewer: string, query: object = {}): Promise<OwedPage> =>
  listOwed(
    memoryPorts(projected(records), createMemoryJournal(), { now: () => now }),
    viewer,
    OwedQuery.parse(query),
  );

const dues = ({ items }: { items: OwedItem[] }): number[] =>
  items.map(({ due }) => (Date.parse(due ?? "") - start) / 60_000);

/** Hundreds, many due at the same time, as at a closing hour. */
const many = Array.from({ length: 300 }, (_, n) =>
  recordOf({
    n,
    due: Math.floor(((n * 7_919) % 300) / 50) * 200,
    creditor: n % 3 === 0 ? who.otherPractice : who.practice,
  }),
);

const manyPorts = memoryPorts(projected(many), createMemoryJournal(), { now: () => now });
const pageOfMany = (viewer: string, query: object): Promise<OwedPage> =>
  listOwed(manyPorts, viewer, OwedQuery.parse(query));

describe("pages of what is owed", () => {
  test.each([3, 7, 50, 499])("of %i hold every row once, what is due first first", async (limit) => {
    const rows: OwedItem[] = [];
    let cursor: string | undefined;
    do {
      const page: OwedPage = await pageOfMany(who.hospital, { limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      rows.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(rows).toHaveLength(300);
    expect(new Set(rows.map(({ caseId }) => caseId)).size).toBe(300);
    expect(dues({ items: rows })).toEqual(dues({ items: rows }).toSorted((a, b) => a - b));
  });

  test("filtered by party, family and lateness hold those that fit, and no other", async () => {
    const all = async (query: object): Promise<OwedItem[]> => {
      const rows: OwedItem[] = [];
      let cursor: string | undefined;
      do {
        const page: OwedPage = await pageOfMany(who.endocrinology, { ...query, cursor });
        rows.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return rows;
    };
    const rows = await all({});
    expect(await all({ with: who.otherPractice })).toEqual(
      rows.filter(({ creditor }) => creditor?.gln === who.otherPractice),
    );
    expect(await all({ family: "referral" })).toEqual(rows.filter(({ family }) => family === "referral"));
    expect(await all({ overdue: true })).toEqual(rows.filter(({ overdue }) => overdue));
    expect(await all({ overdue: false })).toEqual(rows.filter(({ overdue }) => !overdue));
    expect(await all({ side: "waits" })).toEqual([]);
    expect(await all({ agreement: "RECEIPT" })).toEqual([]);
  });
});

describe("who sees what is owed", () => {
  const one = [recordOf({ n: 1, due: 100 })];
  test("debtor, creditor, the hospital of a unit and whoever runs the hub see it, and nobody else", async () => {
    for (const viewer of [who.endocrinology, who.practice, who.hospital, "operator"])
      expect((await asked(one, viewer)).items, viewer).toHaveLength(1);
    for (const viewer of [who.otherPractice, who.otherHospital, who.nobody])
      expect((await asked(one, viewer)).items, viewer).toEqual([]);
  });

  test("each side sees it on its own", async () => {
    expect((await asked(one, who.endocrinology, { side: "owes" })).items).toHaveLength(1);
    expect((await asked(one, who.endocrinology, { side: "waits" })).items).toEqual([]);
    expect((await asked(one, who.practice, { side: "waits" })).items).toHaveLength(1);
    expect((await asked(one, who.practice, { side: "owes" })).items).toEqual([]);
  });

  test("what one unit of a hospital owes another stands there once", async () => {
    const inside = [recordOf({ n: 1, due: 100, creditor: who.cardiology })];
    expect((await asked(inside, who.hospital)).items).toHaveLength(1);
  });
});

describe("a row", () => {
  test("at the due instant is in time, and late in the next minute", async () => {
    const [at] = (await asked([recordOf({ n: 1, due: 500 })], who.practice)).items;
    expect(at).toMatchObject({ overdue: false, due: minute(500), since: minute(0) });
    const [after] = (await asked([recordOf({ n: 1, due: 490 })], who.practice)).items;
    expect(after).toMatchObject({ overdue: true, overdueMinutes: 10 });
  });

  const life = (...changes: ClockChange[]): CaseRecord[] => [
    recordOf({ n: 1, due: 100 }),
    ...changes.map((change, i) => recordOf({ n: 1, due: 100, no: i + 2, changes: [change] })),
  ];
  const paused: ClockChange = { change: "paused", clockId, at: minute(50), reason: "InformationRequested" };

  test("of a paused clock has no due time, stands last, and tells since when", async () => {
    const records = [...life(paused), recordOf({ n: 2, due: 100_000 })];
    const { items } = await asked(records, who.practice);
    expect(items.map(({ due, pausedSince }) => [due, pausedSince])).toEqual([
      [minute(100_000), undefined],
      [undefined, minute(50)],
    ]);
  });

  test("of a resumed clock has its new due time", async () => {
    const resumed: ClockChange = {
      change: "resumed",
      clockId,
      at: minute(60),
      warnAt: minute(200),
      due: minute(300),
    };
    const { items } = await asked(life(paused, resumed), who.practice);
    expect(items).toMatchObject([{ due: minute(300), overdue: true }]);
    expect(items[0]).not.toHaveProperty("pausedSince");
  });

  test("of a clock that ended is gone, for every party, and leaves nothing in the index", () => {
    const ends: ClockChange[] = [
      { change: "stopped", clockId, at: minute(60), inTime: true },
      { change: "cancelled", clockId, at: minute(60), reason: "AdviceWithdrawn" },
    ];
    for (const end of ends) {
      const records = life(paused, end);
      const kept = projected(records);
      const members = [who.endocrinology, who.practice].flatMap((gln) => [...(kept.get(owedKey(gln)) ?? [])]);
      expect(members).toEqual([]);
      expect(kept.has(clocksKey(records[0]?.caseId ?? ""))).toBe(false);
    }
  });

  test("of a clock that goes on when its case is opened again is there again, with whose it is", async () => {
    const again = {
      debtor: who.endocrinology,
      creditor: who.practice,
      agreementVersion: 1,
      since: minute(0),
    };
    const { items } = await asked(
      life(
        { change: "stopped", clockId, at: minute(60), inTime: true },
        {
          change: "rescheduled",
          clockId,
          at: minute(70),
          why: "reopened",
          warnAt: minute(550),
          due: minute(600),
          rings: ["warn", "breach"],
          again,
        },
      ),
      who.practice,
    );
    expect(items).toMatchObject([{ due: minute(600), since: minute(0), debtor: { gln: who.endocrinology } }]);
  });

  test("warned or breached it is owed all the same", async () => {
    const { items } = await asked(
      life({ change: "warned", clockId, at: minute(90) }, { change: "breached", clockId, at: minute(101) }),
      who.practice,
    );
    expect(items).toMatchObject([{ due: minute(100), overdue: true, overdueMinutes: 400 }]);
  });
});
