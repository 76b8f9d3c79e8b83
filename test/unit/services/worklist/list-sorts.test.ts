import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { ListSort } from "../../../../contracts/messages/case-list.ts";
import { createWorklistHandler } from "../../../../services/worklist/handler.ts";
import { memoryPorts, projected } from "../../../support/memory-index.ts";
import { createMemoryJournal } from "../../../support/memory-journal.ts";
import { who } from "../../../support/region-view.ts";
import { createWorklistCases, ids, type WorklistCases } from "../../../support/worklist-cases.ts";
import {
  everyPage,
  listAsked,
  madeCases,
  now,
  recordsOf,
  wholeList,
} from "../../../support/worklist-sorts.ts";

describe("every order of every list", () => {
  it("page by page is the whole list sorted, however many share a time, a unit or a citizen", async () => {
    await fc.assert(
      fc.asyncProperty(madeCases, listAsked, async (made, asked) => {
        const records = recordsOf(made);
        const ports = memoryPorts(projected(records), createMemoryJournal(), { now: () => now });
        const found = await everyPage(createWorklistHandler(ports), asked);
        expect(found).toEqual(wholeList(asked, records));
      }),
      { numRuns: 200 },
    );
  }, 30_000);
});

describe("what a whole waits for", () => {
  it("is what its units wait for, though another unit has nothing to do with the case", async () => {
    // Both the unit and the practice are to act, the unit first.
    const awaits = [
      { by: 1, due: 0 },
      { by: 0, due: 1 },
    ];
    const records = recordsOf([
      {
        opener: 0,
        others: [1],
        opened: 0,
        course: [{ awaits, closed: false, changed: 0, status: "asked" }],
      },
    ]);
    const ports = memoryPorts(projected(records), createMemoryJournal(), { now: () => now });
    for (const sort of ListSort.options) {
      const asked = { list: "sent", sort, viewer: who.hospital, limit: 5, status: undefined } as const;
      expect([sort, await everyPage(createWorklistHandler(ports), asked)]).toEqual([
        sort,
        records.map(({ caseId }) => caseId),
      ]);
    }
  });
});

describe("a sort", () => {
  let cases: WorklistCases["cases"];
  let ask: WorklistCases["ask"];
  let say: WorklistCases["say"];
  let list: WorklistCases["list"];
  let answer: WorklistCases["answer"];
  beforeEach(() => {
    ({ cases, ask, say, list, answer } = createWorklistCases());
  });
  const patient = { cpr: "0404650010", surname: "Prøve" };

  /** Opened first to last, due last to first, changed in the order middle, last, first. */
  const three = async (): Promise<Record<"first" | "middle" | "last", string>> => {
    cases.at("2026-11-23 10:00");
    const first = await ask("M-1", { patient });
    cases.at("2026-11-23 10:05");
    const middle = await ask("M-2", { patient });
    cases.at("2026-11-23 10:10");
    const last = await ask("M-3", { patient, priority: "high" });
    for (const [time, caseId] of [
      ["11:00", middle],
      ["11:05", last],
      ["11:10", first],
    ] as const) {
      cases.at(`2026-11-23 ${time}`);
      await say("requestInformation", who.endocrinology, { caseId });
    }
    return { first, middle, last };
  };

  it.each([
    ["expected", who.practice],
    ["cases", who.practice],
    ["cases", who.endocrinology],
    ["sent", who.endocrinology],
    ["ofPatient", who.practice],
  ] as const)("of %s is by opening or by the latest change, either way round", async (type, viewer) => {
    const { first, middle, last } = await three();
    const of = type === "ofPatient" ? { patient: { cpr: patient.cpr } } : {};
    const sorted = async (sort: string) => ids(await list(type, viewer, { ...of, sort }));
    expect(await sorted("opened")).toEqual([first, middle, last]);
    expect(await sorted("-opened")).toEqual([last, middle, first]);
    expect(await sorted("changed")).toEqual([middle, last, first]);
    expect(await sorted("-changed")).toEqual([first, last, middle]);
  });

  it("that is not named is by due time in what is open, and by the latest change in every case", async () => {
    await three();
    const usual = { expected: "due", sent: "due", overdue: "due", cases: "-changed" };
    const later = { now: () => "2027-06-01T00:00:00.000Z" };
    for (const [type, sort] of Object.entries(usual))
      for (const viewer of [who.practice, who.hospital])
        expect([type, ids(await list(type, viewer, {}, later))]).toEqual([
          type,
          ids(await list(type, viewer, { sort }, later)),
        ]);
    const citizen = { patient: { cpr: patient.cpr } };
    expect(ids(await list("ofPatient", who.practice, citizen))).toEqual(
      ids(await list("ofPatient", who.practice, { ...citizen, sort: "-changed" })),
    );
  });

  it("by due time puts what has none after the rest, and turned round before it", async () => {
    const due = await ask("M-1", { patient });
    const answered = await ask("M-2", { patient });
    await say("answer", who.endocrinology, { caseId: answered });
    for (const [type, payload] of [
      ["cases", {}],
      ["ofPatient", { patient: { cpr: patient.cpr } }],
    ] as const) {
      expect(ids(await list(type, who.practice, { ...payload, sort: "due" }))).toEqual([due, answered]);
      expect(ids(await list(type, who.practice, { ...payload, sort: "-due" }))).toEqual([answered, due]);
    }
  });

  it("of what is late shows the same cases as by due time", async () => {
    const { first, middle, last } = await three();
    for (const caseId of [first, middle, last]) await say("giveInformation", who.practice, { caseId });
    const fresh = await ask("M-4", { patient });
    const later = { now: () => "2026-11-27T12:00:00.000Z" };
    cases.at("2026-11-27 12:00");
    const soon = await ask("M-5", { patient });
    for (const sort of ListSort.options) {
      const late = ids(await list("overdue", who.endocrinology, { sort }, later));
      expect([sort, late.toSorted()]).toEqual([sort, [first, middle, last, fresh].toSorted()]);
      expect(late).not.toContain(soon);
    }
  });

  it("goes on by its own cursor, and is refused with the cursor of another", async () => {
    await three();
    const citizen = { patient: { cpr: patient.cpr } };
    for (const [type, more] of [
      ["expected", {}],
      ["cases", {}],
      ["ofPatient", citizen],
    ] as const)
      for (const sort of ListSort.options) {
        const { next } = await list(type, who.practice, { ...more, sort, limit: 1 });
        expect(next?.startsWith(`${sort}_`)).toBe(true);
        for (const other of ListSort.options) {
          const reply = await answer(type, who.practice, { ...more, sort: other, cursor: next });
          expect([sort, other, reply.status]).toEqual([sort, other, sort === other ? "ok" : "refused"]);
        }
      }
  });

  it("of a whole shows a case that one unit waits in and another owes something in once in each list", async () => {
    const caseId = await ask("M-1");
    await say("redirect", who.endocrinology, { caseId, to: { gln: who.cardiology }, reason: "x" });
    for (const type of ["expected", "cases"])
      for (const sort of ListSort.options)
        expect([type, sort, ids(await list(type, who.hospital, { sort }))]).toEqual([type, sort, [caseId]]);
  });
});
