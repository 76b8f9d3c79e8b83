import { describe, expect, it } from "vitest";
import type { CommandReply } from "../../../../../contracts/envelope.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { convertAdvice } from "../../../../../services/coordination/core/convert-advice.ts";
import { envelopeParts, type History } from "../../../../../services/coordination/core/workflow.ts";
import { accepted, asking, createTestCases } from "../../../../support/case-given.ts";
import { who } from "../../../../support/region-view.ts";

const converted = async () => {
  const cases = createTestCases();
  const { caseId } = await asking(cases, { mayConvert: true });
  const text = "Set i ambulatoriet bør overvejes.";
  accepted(await cases.send({ type: "advice.convert", by: who.endocrinology, payload: { caseId, text } }));
  return { cases, caseId, history: cases.records(caseId) as unknown as History & CaseRecord[] };
};

describe("a question that a specialist converted", () => {
  it("becomes a referral from the asker to the unit, with the question and what the specialist wrote", async () => {
    const { caseId, history } = await converted();
    const [order, ...more] = convertAdvice.ordersOf(history, []);
    expect(more).toEqual([]);
    expect(order).toMatchObject({
      type: "referral.openFromAdvice",
      payload: {
        messageId: `advice:${caseId}`,
        adviceCaseId: caseId,
        from: who.practice,
        to: who.endocrinology,
        subject: "TSH",
        patient: { surname: "Prøvesen" },
        texts: [["Hvad nu?"], ["Set i ambulatoriet bør overvejes."]],
      },
    });
  });

  it("sets nothing off before, and nothing twice", async () => {
    const { history } = await converted();
    expect(history.map((record) => convertAdvice.concerns(record))).toEqual([false, true]);
    expect(JSON.stringify(convertAdvice.ordersOf(history, []))).toBe(
      JSON.stringify(convertAdvice.ordersOf(history, [])),
    );
  });

  it("tells the question which referral it became, or why there is none", async () => {
    const { caseId, history } = await converted();
    const [order] = convertAdvice.ordersOf(history, []);
    const referralCaseId = "3d2c6a7b-6f0a-5d1f-9f55-8c905f0b3c1e";
    const reply = { status: "accepted", caseId: referralCaseId } as Extract<
      CommandReply,
      { status: "accepted" }
    >;
    expect(order?.answered?.(reply)).toEqual({
      type: "advice.noteConversion",
      payload: { caseId, referralCaseId },
    });
    const refused: CommandReply = {
      status: "refused",
      code: "receiver-cannot-receive",
      problems: [],
      duplicate: false,
    };
    expect(order?.answered?.(refused)).toEqual({
      type: "advice.noteConversion",
      payload: { caseId, refusal: "receiver-cannot-receive" },
    });
    expect(order?.answered?.({ status: "ignored", reason: "own-case" })).toBeUndefined();
  });
});

describe("an order of a rule", () => {
  it("is named by its rule and its occasion, in the chain of the occasion", async () => {
    const { caseId, history } = await converted();
    expect(envelopeParts("convert-advice", history[1] as CaseRecord, "0.0")).toEqual({
      id: `convert-advice:${caseId}:2:0.0`,
      correlation: caseId,
      causation: `${caseId}.2`,
    });
  });
});

describe("what becomes of a conversion", () => {
  const noting = (payload: object, by: string = "hub") => ({ type: "advice.noteConversion", by, payload });

  it("is noted on the question, with a link to the referral", async () => {
    const { cases, caseId } = await converted();
    const referralCaseId = "3d2c6a7b-6f0a-5d1f-9f55-8c905f0b3c1e";
    expect(accepted(await cases.send(noting({ caseId, referralCaseId }))).facts).toEqual(["ReferralMade"]);
    expect(cases.state(caseId)).toMatchObject({
      status: "converted",
      card: { closed: true, links: [{ caseId: referralCaseId, relation: "convertedTo" }] },
    });
  });

  it("makes the unit answer after all when no referral could be made, with a new due time", async () => {
    const { cases, caseId } = await converted();
    const reply = accepted(await cases.send(noting({ caseId, refusal: "receiver-cannot-receive" })));
    expect(reply.facts).toEqual(["ConversionFailed"]);
    expect(reply.due).toBeDefined();
    expect(cases.state(caseId)).toMatchObject({
      status: "asked",
      card: { closed: false, awaits: [{ who: who.endocrinology, act: "answer", due: reply.due }] },
    });
  });

  it("is for the hub alone to note", async () => {
    const { cases, caseId } = await converted();
    const reply = await cases.send(noting({ caseId, refusal: "wrong-state" }, who.endocrinology));
    expect(reply).toMatchObject({ status: "refused", code: "not-your-turn" });
  });

  it("is nothing to a question that is not converted", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    expect(await cases.send(noting({ caseId, refusal: "wrong-state" }))).toMatchObject({ status: "ignored" });
  });
});
