import { beforeEach, describe, expect, it } from "vitest";
import { accepted, asking, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
let caseId: string;
beforeEach(async () => {
  cases = createTestCases();
  ({ caseId } = await asking(cases));
});

const say = (verb: string, by: string, rest: object = { text: "Ja" }) =>
  cases.send({ type: `advice.${verb}`, by, payload: { caseId, ...rest } });
/** Three more records: a question back, its answer, and the answer to the question. */
const longer = async (): Promise<void> => {
  await say("requestInformation", who.endocrinology);
  await say("giveInformation", who.practice);
  await say("requestInformation", who.endocrinology);
};
const redirect = () => say("redirect", who.endocrinology, { to: { gln: who.cardiology }, reason: "Hjertet" });

describe("what is remembered of a case", () => {
  it("begins with the fourth record: a replay of fewer is as quick", async () => {
    await say("requestInformation", who.endocrinology);
    await say("giveInformation", who.practice);
    expect(cases.snapshots.size).toBe(0);
    await say("answer", who.endocrinology);
    expect([...cases.snapshots.keys()]).toEqual([caseId]);
  });

  it("spares a look at the journal", async () => {
    await longer();
    const before = cases.journal.asked.load;
    expect(accepted(await say("giveInformation", who.practice)).recordNo).toBe(5);
    expect(cases.journal.asked.load).toBe(before);
  });

  it("is the state that the journal tells", async () => {
    await longer();
    const { common } = JSON.parse(cases.snapshots.get(caseId) ?? "{}") as { common: unknown };
    expect(common).toEqual(JSON.parse(JSON.stringify(cases.state(caseId))));
  });

  it("tells a command that it has seen, without a look", async () => {
    await longer();
    const before = { ...cases.journal.asked };
    const again = await cases.send({
      type: "advice.answer",
      by: who.endocrinology,
      payload: { caseId, text: "Ja" },
      id: "a-1",
    });
    const twice = await cases.send({
      type: "advice.answer",
      by: who.endocrinology,
      payload: { caseId, text: "Ja" },
      id: "a-1",
    });
    expect(twice).toEqual({ ...again, duplicate: true });
    expect(cases.journal.asked).toEqual({ append: before.append + 1, load: before.load });
  });
});

describe("a remembered state that is old", () => {
  const goBackTo = (old: string | undefined): void => {
    if (old === undefined) throw new Error("Nothing was remembered.");
    cases.snapshots.set(caseId, old);
  };

  it("is found out by the journal, and the command is decided again on the case as it is", async () => {
    await longer();
    const old = cases.snapshots.get(caseId);
    await say("giveInformation", who.practice);
    goBackTo(old);
    expect(await say("giveInformation", who.practice)).toMatchObject({
      status: "refused",
      code: "wrong-state",
    });
    goBackTo(old);
    expect(accepted(await say("answer", who.endocrinology)).recordNo).toBe(7);
    expect(cases.records(caseId).map(({ meta }) => meta.no)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("does not answer a repeated command as if it were new", async () => {
    await longer();
    const old = cases.snapshots.get(caseId);
    const order = {
      type: "advice.answer",
      by: who.endocrinology,
      payload: { caseId, text: "Ja" },
      id: "a-1",
    };
    const first = await cases.send(order);
    goBackTo(old);
    expect(await cases.send(order)).toEqual({ ...first, duplicate: true });
  });

  it("does not shut out a unit that has become a party since", async () => {
    await longer();
    const old = cases.snapshots.get(caseId);
    await redirect();
    goBackTo(old);
    expect(await say("answer", who.cardiology)).toMatchObject({
      status: "accepted",
      facts: ["AdviceAnswered"],
    });
  });

  it("does not let in who is no party", async () => {
    await longer();
    expect(await say("answer", who.cardiology)).toMatchObject({ code: "case-unknown" });
  });
});

describe("a remembered state that cannot be used", () => {
  it.each([
    ["of another version", JSON.stringify({ version: 0, seq: 9, common: {}, own: {} })],
    ["that is no state", JSON.stringify("asked")],
    ["that is nothing", "null"],
  ])("%s is not used", async (_which, text) => {
    cases.snapshots.set(caseId, text);
    expect(accepted(await say("answer", who.endocrinology)).recordNo).toBe(2);
  });
});

describe("who does not look at what is remembered", () => {
  it("a command that may open its case writes first, and looks only at a conflict", async () => {
    expect(cases.journal.asked).toEqual({ append: 1, load: 0 });
    await asking(cases);
    expect(cases.journal.asked).toEqual({ append: 2, load: 1 });
  });

  it("the services of all cases, which read no facts, neither use a snapshot nor make one", async () => {
    await longer();
    const kept = cases.snapshots.get(caseId);
    const [asked] = cases.records(caseId);
    const owed = asked?.deliveries[0]?.deliveryId ?? "";
    cases.at("2026-11-25 17:00");
    await cases.ring(caseId, "ADVICE-MSG.1");
    await cases.send({ type: "delivery.markFetched", by: who.endocrinology, payload: { deliveryId: owed } });
    expect(cases.snapshots.get(caseId)).toBe(kept);
  });
});
