import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WhatIfAnswer, type WhatIfResult } from "../../../contracts/messages/what-if.ts";
import { loadAgreements } from "../../../services/agreement/main.ts";
import { likeAgreement, setWith } from "../../support/agreement-sets.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";
import { twoWeeks } from "../../support/what-if-story.ts";

let hub: TestHub;
let written = 0;
beforeAll(async () => {
  hub = await startTestHub();
  await loadAgreements(hub.platform, undefined);
  const last = new Map<string, number>();
  for (const record of await twoWeeks()) {
    const { caseId } = record;
    const done = await hub.platform.journal.append(record, last.get(caseId) ?? 0);
    if (done.kind === "conflict") throw new Error("A record was not written.");
    last.set(caseId, done.seq);
    written += 1;
  }
});
afterAll(() => hub[Symbol.asyncDispose]());

const february = { from: "2026-02-01", to: "2026-02-28" };
const ask = async (viewer: string, payload: object): Promise<WhatIfAnswer> => {
  const reply = await hub.query("agreement.whatIf", viewer, payload);
  if (reply.status !== "ok") throw new Error(reply.code);
  return WhatIfAnswer.parse(reply.value);
};
/** As a caller does: the same question until it is answered. */
const result = async (viewer: string, payload: object): Promise<WhatIfResult> => {
  for (;;) {
    const answer = await ask(viewer, payload);
    if (answer.status === "done") return answer.result;
    if (answer.status === "refused") throw new Error(JSON.stringify(answer.problems));
  }
};

const twoDays = likeAgreement("ADVICE-MSG", {
  version: 2,
  validFrom: "2027-01-01",
  limit: { kind: "workingDays", days: 2 },
  warnAt: { kind: "workingDays", days: 1 },
});
const fridays = { use: [{ kinds: ["department"], closes: [{ days: [5], at: "12:00" }] }] };
const adviceOf = ({ parties }: WhatIfResult, debtor: string) =>
  parties.find((party) => party.promise === "ADVICE-MSG" && party.debtor === debtor);

describe("what other agreements would have meant, from the journal of a hub", () => {
  test("two working days instead of three, per party", async () => {
    const found = await result(who.practice, { ...february, changes: [twoDays] });
    expect(found).toMatchObject({ scope: "own", on: "2027-01-01" });
    // The hub itself goes on writing: receipts of last winter are missing.
    expect(found.records).toBeGreaterThanOrEqual(written);
    expect(found.recorded.clocks).toBeGreaterThan(7);
    expect(adviceOf(found, who.endocrinology)).toMatchObject({
      now: { clocks: 6, late: 1 },
      tried: { clocks: 6, late: 4 },
    });
    expect(adviceOf(found, who.cardiology)).toMatchObject({ now: { late: 0 }, tried: { late: 1 } });
    expect(found.changed).toMatchObject({ worse: 4, better: 0 });
    expect(found.changed.cases).toHaveLength(4);
  });

  test("Friday afternoon closed, under the set that is in force", async () => {
    const found = await result(who.practice, { ...february, calendars: fridays });
    expect(adviceOf(found, who.endocrinology)).toMatchObject({ now: { late: 1 }, tried: { late: 2 } });
    expect(adviceOf(found, who.cardiology)).toMatchObject({ now: { late: 0 }, tried: { late: 0 } });
  });

  test("a whole set is tried as it stands when all of it has begun", async () => {
    const found = await result(who.practice, { ...february, sets: [setWith(twoDays)] });
    expect(found.on).toBe("2027-01-01");
    expect(found.changed).toMatchObject({ worse: 4, better: 0 });
    const before = await result(who.practice, { ...february, sets: [setWith(twoDays)], on: "2026-12-31" });
    expect(before.changed).toMatchObject({ worse: 0, better: 0 });
  });

  test("an organisation is told of its own clocks alone, and one that has none of nothing", async () => {
    const own = await result(who.cardiology, { ...february, changes: [twoDays] });
    expect(
      new Set(own.parties.filter(({ promise }) => promise === "ADVICE-MSG").map(({ debtor }) => debtor)),
    ).toEqual(new Set([who.cardiology]));
    const none = await result(who.otherPractice, { ...february, changes: [twoDays] });
    expect([none.parties, none.changed]).toEqual([[], { worse: 0, better: 0, cases: [] }]);
  });

  test("operators are told of all, without cases and without small groups", async () => {
    const all = await result("operator", { ...february, changes: [twoDays] });
    expect(all.scope).toBe("all");
    expect(all.answers.now?.clocks).toBeGreaterThan(7);
    expect(all.changed).toEqual({ worse: null, better: 0 });
    expect(adviceOf(all, who.cardiology)).toMatchObject({ now: null, tried: null });
  });

  test("a set that has problems is refused with all of them", async () => {
    const bad = { ...twoDays, stopsOn: ["NoSuchFact"], resumesOn: [] };
    const answer = await ask("operator", { ...february, sets: [setWith(bad)] });
    if (answer.status !== "refused") throw new Error(answer.status);
    expect(answer.problems.map(({ code }) => code).toSorted()).toEqual(["fact-unknown", "pause-without-end"]);
    expect(answer.problems.every(({ file }) => file === "sets.0")).toBe(true);
  });

  test("nothing is put in force by it", () => {
    const versions = hub.platform.agreements.clocks().filter(({ id }) => id === "ADVICE-MSG");
    expect(versions.map(({ version }) => version)).toEqual([1]);
  });
});
