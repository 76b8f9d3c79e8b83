import { beforeAll, describe, expect, it } from "vitest";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { who } from "../../../../support/region-view.ts";
import { trialOf, triedOn, withAgreement } from "../../../../support/what-if-cases.ts";
import { twoWeeks } from "../../../../support/what-if-story.ts";

let records: CaseRecord[];
beforeAll(async () => {
  records = await twoWeeks();
});

const february = { from: "2026-02-01", to: "2026-02-28", on: "2026-02-28" };
const asOf = "2026-03-01T12:00:00.000Z";
const twoDays = withAgreement("ADVICE-MSG", {
  version: 2,
  limit: { kind: "workingDays", days: 2 },
  warnAt: { kind: "workingDays", days: 1 },
});
const fridays = {
  calendars: [],
  use: [{ kinds: ["department" as const], closes: [{ days: [5], at: "12:00" }] }],
};
const of = (promise: string, debtor: string) => (row: { promise: string; debtor: string }) =>
  row.promise === promise && row.debtor === debtor;

describe("two working days instead of three", () => {
  it("tells by party what would have been late and warned of, beside what was", async () => {
    const { parties, answers } = await triedOn(records, trialOf(asOf, { ...february, tried: twoDays }));
    expect(parties.find(of("ADVICE-MSG", who.endocrinology))).toMatchObject({
      name: "Regionshospitalet Nordfjord, Endokrinologisk Afd.",
      now: { clocks: 6, inTime: 5, late: 1, lateOpen: 0, open: 0, warned: 4 },
      tried: { clocks: 6, inTime: 2, late: 4, lateOpen: 0, open: 0, warned: 4 },
    });
    expect(parties.find(of("ADVICE-MSG", who.cardiology))).toMatchObject({
      now: { inTime: 1, late: 0 },
      tried: { inTime: 0, late: 1 },
    });
    expect((answers.tried?.late ?? 0) - (answers.now?.late ?? 0)).toBe(4);
  });

  it("names the cases that change sides to those who are a party", async () => {
    const { changed } = await triedOn(records, trialOf(asOf, { ...february, tried: twoDays }));
    expect(changed).toMatchObject({ worse: 4, better: 0 });
    expect(
      changed.cases?.every(({ change, promise }) => change === "worse" && promise === "ADVICE-MSG"),
    ).toBe(true);
    const ids = new Set(records.map(({ caseId }) => caseId));
    expect(changed.cases?.every(({ caseId }) => ids.has(caseId))).toBe(true);
  });

  it("names both versions", async () => {
    const { promises } = await triedOn(records, trialOf(asOf, { ...february, tried: twoDays }));
    expect(promises.find(({ promise }) => promise === "ADVICE-MSG")?.agreements).toEqual({
      now: ["ADVICE-MSG v1"],
      tried: ["ADVICE-MSG v2"],
    });
  });
});

describe("Friday afternoon closed", () => {
  it("makes late what came after noon on the Friday on which it was due", async () => {
    const trial = trialOf(asOf, { ...february, calendars: fridays });
    const { parties, changed } = await triedOn(records, trial);
    expect(parties.find(of("ADVICE-MSG", who.endocrinology))).toMatchObject({
      now: { inTime: 5, late: 1 },
      tried: { inTime: 4, late: 2 },
    });
    expect(changed.cases).toMatchObject([
      { change: "worse", due: { now: "2026-02-06T15:00:00.000Z", tried: "2026-02-06T11:00:00.000Z" } },
    ]);
  });

  it("for one organisation leaves the others as they are", async () => {
    const calendars = {
      calendars: [],
      use: [{ organisations: [who.cardiology], closes: [{ days: [5], at: "12:00" }] }],
    };
    const { changed } = await triedOn(records, trialOf(asOf, { ...february, calendars }));
    expect(changed).toMatchObject({ worse: 0, better: 0 });
  });

  it("for a hospital holds for its departments", async () => {
    const calendars = {
      calendars: [],
      use: [{ organisations: [who.hospital], closes: [{ days: [5], at: "12:00" }] }],
    };
    const { changed } = await triedOn(records, trialOf(asOf, { ...february, calendars }));
    expect(changed).toMatchObject({ worse: 1, better: 0 });
  });
});

describe("what cannot be said", () => {
  it("is told: promises that nobody was given in the period", async () => {
    const { notTried, promises } = await triedOn(records, trialOf(asOf, february));
    expect(notTried).toContain("IMG-DIRECT");
    expect(notTried.filter((id) => promises.some(({ promise }) => promise === id))).toEqual([]);
  });

  it("is told of clocks from before the matter was recorded, which are judged by their promise", async () => {
    const old = records.map((record) => ({
      ...record,
      clocks: record.clocks.map((change) => {
        if (change.change !== "started") return change;
        const { matter: _matter, ...rest } = change;
        return rest;
      }),
    }));
    const tried = trialOf(asOf, { ...february, tried: twoDays });
    const [before, after] = [await triedOn(old, tried), await triedOn(records, tried)];
    expect(before.withoutMatter).toBe(before.recorded.clocks);
    expect({ ...before, withoutMatter: 0 }).toEqual(after);
  });

  it("is told of clocks whose agreement is unknown, and they are in no figure", async () => {
    const known = twoDays.filter(({ id }) => id !== "ADVICE-MSG");
    const { unknown, promises } = await triedOn(records, trialOf(asOf, { ...february, known }));
    expect(unknown).toBe(7);
    expect(promises.some(({ promise }) => promise === "ADVICE-MSG")).toBe(false);
  });

  it("is told of clocks that the tried set gives no time to", async () => {
    const tried = twoDays.filter(({ id }) => id !== "ADVICE-MSG");
    const { promises } = await triedOn(records, trialOf(asOf, { ...february, tried }));
    expect(promises.find(({ promise }) => promise === "ADVICE-MSG")).toMatchObject({
      now: { clocks: 7, unbound: 0 },
      tried: { clocks: 0, unbound: 7 },
    });
  });

  it("is told where the journal says otherwise", async () => {
    const first = records.findIndex(({ facts }) => facts.some(({ type }) => type === "AdviceAnswered"));
    const other = records.map((record, i) =>
      i === first
        ? {
            ...record,
            clocks: record.clocks.map((change) =>
              change.change === "stopped" ? { ...change, inTime: false } : change,
            ),
          }
        : record,
    );
    const { recorded } = await triedOn(other, trialOf(asOf, february));
    const { recorded: asItWas } = await triedOn(records, trialOf(asOf, february));
    expect(recorded.late).toBe(asItWas.late + 1);
  });
});

describe("what is told to those who are no party", () => {
  it("has no cases, and no group of fewer than five or that would give one away", async () => {
    const { own: _own, ...all } = trialOf(asOf, { ...february, tried: twoDays });
    const { scope, parties, promises, changed } = await triedOn(records, all);
    expect(scope).toBe("all");
    expect(changed).toEqual({ worse: null, better: 0 });
    expect(parties.filter(({ promise }) => promise === "ADVICE-MSG").map(({ now }) => now)).toEqual([
      null,
      null,
    ]);
    expect(promises.every(({ now }) => now === null || now.clocks >= 5)).toBe(true);
  });
});
