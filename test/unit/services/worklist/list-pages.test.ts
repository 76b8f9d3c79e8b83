import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { CaseList, type CaseListItem } from "../../../../contracts/messages/case-list.ts";
import { CaseRecord } from "../../../../contracts/record.ts";
import { createWorklistHandler } from "../../../../services/worklist/handler.ts";
import { now } from "../../../support/advice-given.ts";
import { memoryPorts, projected } from "../../../support/memory-index.ts";
import { who } from "../../../support/region-view.ts";
import { createWorklistCases, ids, type WorklistCases } from "../../../support/worklist-cases.ts";

let cases: WorklistCases["cases"];
let ask: WorklistCases["ask"];
let answer: WorklistCases["answer"];
let list: WorklistCases["list"];
beforeEach(() => {
  ({ cases, ask, answer, list } = createWorklistCases());
});

describe("filters and pages", () => {
  it("each filter that is given must fit; dates are Danish and both included", async () => {
    cases.at("2026-11-24 00:30");
    const caseId = await ask("M-1", { priority: "high" });
    const found = async (filter: object) => ids(await list("cases", who.practice, filter));
    for (const filter of [
      { family: "advice" },
      { kind: "specialist" },
      { status: "asked" },
      { urgency: "high" },
      { from: "2026-11-24", to: "2026-11-24" },
      {},
    ])
      expect([filter, await found(filter)]).toEqual([filter, [caseId]]);
    for (const filter of [
      { family: "booking" },
      { kind: "other" },
      { status: "answered" },
      { urgency: "akut" },
      { to: "2026-11-23" },
      { from: "2026-11-25" },
      { family: "advice", status: "answered" },
    ])
      expect([filter, await found(filter)]).toEqual([filter, []]);
  });

  it("what is no cursor and what fits no schema is refused", async () => {
    for (const payload of [{ cursor: "x" }, { limit: 0 }, { family: "x" }, { after: "x" }])
      expect(await answer("expected", who.practice, payload)).toEqual({
        status: "refused",
        code: "message-invalid",
      });
  });

  /** Records of many cases between a practice and units of one hospital, many of them due at the same instant. */
  const record = ([n, due, unit]: [number, number, number]): CaseRecord => {
    const caseId = `00000000-0000-5000-8000-${String(n).padStart(12, "0")}`;
    const gln = [who.endocrinology, who.cardiology][unit] ?? "";
    const awaits = [
      {
        who: gln,
        act: "answer",
        overdue: false,
        ...(due === 0 ? {} : { due: `2026-12-0${due}T10:00:00.000Z` }),
      },
    ];
    const parties = [who.practice, gln];
    const card = { kind: "specialist", opener: who.practice, awaits, closed: false, links: [], parties };
    return CaseRecord.parse({
      version: 1,
      caseId,
      family: "advice",
      facts: [],
      deliveries: [],
      clocks: [],
      meta: {
        no: 1,
        at: now,
        commandId: `c${n}`,
        commandType: "advice.ask",
        digest: "",
        actor: who.practice,
        outcome: "accepted",
        status: n % 3 === 0 ? "asked" : "reopened",
        parties,
        card,
      },
    });
  };
  const paged = async (records: CaseRecord[], viewer: string, query: { limit: number; status?: string }) => {
    const handle = createWorklistHandler(memoryPorts(projected(records), cases.journal));
    const items: CaseListItem[] = [];
    let cursor: string | undefined;
    for (let n = 0; n < 500; n++) {
      const payload = { ...query, ...(cursor === undefined ? {} : { cursor }) };
      const reply = await handle({
        id: "q",
        type: "worklist.expected",
        version: 1,
        time: now,
        sender: viewer,
        payload,
      });
      if (reply.status !== "ok") throw new Error(reply.code);
      const page = CaseList.parse(reply.value);
      expect(page.items.length).toBeLessThanOrEqual(query.limit);
      items.push(...page.items);
      if (page.next === undefined) return items;
      cursor = page.next;
    }
    throw new Error("The pages do not end.");
  };

  it("page by page everything stands once and in order, however many share a due time or a unit", async () => {
    const some = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 1 })), { maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 60 }), fc.boolean(), async (made, limit, filtered) => {
        const records = made.map(([due, unit], n) => record([n, due, unit]));
        const items = await paged(records, who.hospital, { limit, ...(filtered ? { status: "asked" } : {}) });
        const wanted = records.filter(({ meta }) => !filtered || meta.status === "asked");
        const due = (of: { awaits: { due?: string | undefined }[] }) => of.awaits[0]?.due ?? "9999";
        expect(items.map(({ caseId }) => caseId).toSorted()).toEqual(wanted.map((r) => r.caseId).toSorted());
        expect(items.map(due)).toEqual(items.map(due).toSorted());
      }),
      { numRuns: 60 },
    );
  });
});
