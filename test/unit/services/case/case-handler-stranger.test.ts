import { beforeEach, describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { asking, createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases();
});
const answer = (caseId: string) => ({
  type: "advice.answer",
  by: who.endocrinology,
  payload: { caseId, text: "Ja" },
});

describe("to whoever is no party", () => {
  const unknown = { status: "refused", code: "case-unknown", duplicate: false };

  it("a case does not exist, and nothing is written", async () => {
    const { caseId } = await asking(cases);
    for (const by of [who.otherPractice, who.cardiology, who.hospital, who.nobody, "operator"])
      expect(await cases.send({ ...answer(caseId), by })).toMatchObject(unknown);
    expect(cases.records()).toHaveLength(1);
  });

  it("it looks the same as a case that never was", async () => {
    const { caseId } = await asking(cases);
    const here = await cases.send({ ...answer(caseId), by: who.otherPractice });
    const nowhere = await cases.send({ ...answer(caseIdFor("a", "b")), by: who.otherPractice });
    expect(here).toEqual(nowhere);
    expect(here).not.toHaveProperty("caseId");
  });

  it("the id of a party's command tells nothing", async () => {
    const { caseId } = await asking(cases);
    expect(await cases.send({ ...answer(caseId), by: who.otherPractice, id: "ask-1" })).toMatchObject(
      unknown,
    );
  });

  it("a case that another opened by a refused message does not exist either", async () => {
    await cases.send({
      type: "advice.ask",
      by: who.practice,
      payload: question("M-2", { to: { gln: who.nobody } }),
    });
    expect(await cases.send(answer(caseIdFor(who.practice, "M-2")))).toMatchObject(unknown);
    expect(cases.records()).toHaveLength(1);
  });
});
