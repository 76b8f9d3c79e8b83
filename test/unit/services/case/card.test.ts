import { describe, expect, it } from "vitest";
import { accepted, asking, createTestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { who } from "../../../support/region-view.ts";

const say = (cases: ReturnType<typeof createTestCases>, caseId: string) => (verb: string, by: string) =>
  cases.send({ type: `advice.${verb}`, by, payload: { caseId, text: "Ja" } });

describe("the card of a case", () => {
  it("tells with whom the ball is, by when, and who began", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    expect(cases.state(caseId).card).toMatchObject({
      kind: "specialist",
      opener: who.practice,
      awaits: [
        {
          ...{ who: who.endocrinology, act: "answer", due: local("2026-11-26 16:00"), overdue: false },
          ...{ warnAt: local("2026-11-25 16:00"), clockId: "ADVICE-MSG.1" },
        },
      ],
      closed: false,
      patient: { cpr: "0107364006" },
    });
  });

  it("shows no time while a clock is paused, and the ball with who is to answer", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    await say(cases, caseId)("requestInformation", who.endocrinology);
    expect(cases.state(caseId).card?.awaits).toEqual([
      { who: who.practice, act: "give-information", overdue: false },
    ]);
  });

  it("goes on telling the first warning after it was given", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    const [before] = cases.state(caseId).card?.awaits ?? [];
    cases.at("2026-11-25 16:01");
    await cases.ring(caseId, "ADVICE-MSG.1");
    expect(cases.state(caseId).clocks["ADVICE-MSG.1"]?.given).toEqual([1]);
    expect(cases.state(caseId).card?.awaits).toEqual([before]);
  });

  it("is overdue once the clock has breached, though no party did anything", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    cases.at("2026-11-26 16:01");
    await cases.ring(caseId, "ADVICE-MSG.1");
    await cases.ring(caseId, "ADVICE-MSG.1");
    expect(cases.state(caseId).card).toMatchObject({
      kind: "specialist",
      awaits: [{ who: who.endocrinology, act: "answer", overdue: true }],
    });
  });

  it("expects nothing of anybody once the case is closed", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    accepted(await say(cases, caseId)("answer", who.endocrinology));
    expect(cases.state(caseId).card).toMatchObject({ awaits: [], closed: true });
  });
});
