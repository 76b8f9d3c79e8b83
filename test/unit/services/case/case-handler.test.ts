import { beforeEach, describe, expect, it } from "vitest";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { caseIdFor, sha256 } from "../../../../infra/ids.ts";
import { accepted, asking, createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { changed, regionWith, who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases();
});
const answer = (caseId: string, text = "Ja") => ({
  type: "advice.answer",
  by: who.endocrinology,
  payload: { caseId, text },
});

describe("a command that is accepted", () => {
  it("is answered with its case, its time, its facts and when the answer is due", async () => {
    expect(await asking(cases)).toEqual({
      status: "accepted",
      caseId: caseIdFor(who.practice, "M-1"),
      recordNo: 1,
      at: "2026-11-23T09:15:00.000Z",
      duplicate: false,
      due: "2026-11-26T15:00:00.000Z",
      clocks: [
        {
          agreement: "ADVICE-MSG",
          status: "running",
          debtor: who.endocrinology,
          due: "2026-11-26T15:00:00.000Z",
        },
      ],
      facts: ["AdviceAsked"],
    });
  });

  it("is one record, whose parties are the asker and the unit", async () => {
    const { caseId } = await asking(cases);
    expect(cases.records()).toHaveLength(1);
    expect(cases.records(caseId)[0]).toMatchObject({
      version: 1,
      family: "advice",
      meta: {
        no: 1,
        commandId: "ask-1",
        commandType: "advice.ask",
        actor: who.practice,
        outcome: "accepted",
        status: "asked",
        parties: [who.practice, who.endocrinology],
      },
    });
  });

  it("keeps where it came from: the original document, the correlation and the cause", async () => {
    const envelope = { version: 1, time: "2026-11-23T09:15:00.000Z", sender: who.practice } as const;
    const from = { intake: "doc-1", correlation: "c-1", causation: "b-1" };
    await cases.send({ type: "advice.ask", by: who.practice, payload: question("M-0"), intake: "doc-1" });
    expect(cases.records()[0]?.meta).toMatchObject({ intake: "doc-1" });
    expect(cases.records()[0]?.meta).not.toHaveProperty("causation");
    const { createAdviceHandler } = await import("../../../../services/advice/handler.ts");
    const handle = createAdviceHandler({
      ...cases.ports,
      caseIdFor,
      indexDigest: sha256,
      findThread: () => Promise.resolve({}),
    });
    await handle({ ...envelope, ...from, id: "i", type: "advice.ask", payload: question("M-9") });
    expect(cases.records()[1]?.meta).toMatchObject(from);
  });

  it("is numbered after the records before it", async () => {
    const { caseId } = await asking(cases);
    expect(accepted(await cases.send(answer(caseId))).recordNo).toBe(2);
    expect(cases.records(caseId).map(({ meta }) => meta.no)).toEqual([1, 2]);
  });
});

describe("the same command again", () => {
  it("gets the first answer, marked as a duplicate, and writes nothing", async () => {
    const first = await asking(cases);
    cases.at("2027-03-01 10:00");
    expect(await asking(cases)).toEqual({ ...first, duplicate: true });
    expect(cases.records()).toHaveLength(1);
  });

  it("gets it also when the case has moved on", async () => {
    const first = await asking(cases);
    await cases.send(answer(first.caseId));
    expect(await asking(cases)).toEqual({ ...first, duplicate: true });
  });

  it("is the same however its sender spelled it: defaults, the order of fields, text as runs", async () => {
    const first = await asking(cases);
    const spelled = {
      question: ["Hvad nu?"],
      priority: "routine",
      attachments: [],
      ...question("M-1", { mayConvert: false }),
    };
    const payload = Object.fromEntries(Object.entries({ ...spelled, question: ["Hvad nu?"] }).reverse());
    const again = await cases.send({ type: "advice.ask", by: who.practice, payload, id: "ask-1" });
    expect(again).toEqual({ ...first, duplicate: true });
  });

  it("with other content is refused, and the first stands", async () => {
    const { caseId } = await asking(cases);
    const other = {
      type: "advice.ask",
      by: who.practice,
      payload: question("M-1", { subject: "T4" }),
      id: "ask-1",
    };
    expect(await cases.send(other)).toMatchObject({
      status: "refused",
      code: "content-differs",
      duplicate: false,
      caseId,
    });
    expect(cases.records()).toHaveLength(1);
    expect(await asking(cases)).toMatchObject({ status: "accepted", duplicate: true });
  });

  it("as another command is refused", async () => {
    const { caseId } = await asking(cases);
    const withdrawal = {
      type: "advice.withdraw",
      by: who.practice,
      payload: { caseId, reason: "x" },
      id: "ask-1",
    };
    expect(await cases.send(withdrawal)).toMatchObject({ status: "refused", code: "content-differs" });
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "may be called %s: an id is only a name",
    async (id) => {
      const send = () => cases.send({ type: "advice.ask", by: who.practice, payload: question("M-1"), id });
      const first = accepted(await send());
      expect(first.duplicate).toBe(false);
      expect(await send()).toEqual({ ...first, duplicate: true });
      const { caseId } = first;
      const again = await cases.send({ ...answer(caseId), id: "valueOf" });
      expect(again).toMatchObject({ status: "accepted", duplicate: false });
      expect(await cases.send({ ...answer(caseId), id: "valueOf" })).toMatchObject({ duplicate: true });
    },
  );
});

describe("a refusal", () => {
  const lost = {
    type: "advice.ask",
    by: who.practice,
    payload: question("M-2", { to: { gln: who.nobody } }),
    id: "ask-2",
  };

  it("is a record without facts, and its opener is the only party", async () => {
    const reply = await cases.send(lost);
    const caseId = caseIdFor(who.practice, "M-2");
    expect(reply).toMatchObject({
      status: "refused",
      code: "receiver-unknown",
      duplicate: false,
      caseId,
      at: "2026-11-23T09:15:00.000Z",
      problems: [{ path: "to.gln", code: "receiver-unknown", severity: "error" }],
    });
    expect(cases.records(caseId)).toMatchObject([
      {
        facts: [],
        deliveries: [],
        clocks: [],
        meta: {
          no: 1,
          outcome: "refused",
          refusal: "receiver-unknown",
          status: "refused",
          parties: [who.practice],
        },
      },
    ]);
  });

  it("never flips, though the world is mended meanwhile", async () => {
    const mended = regionWith({ ...changed(who.endocrinology, {}), gln: who.nobody });
    const directory = { organisation: cases.ports.directory.organisation, all: cases.ports.directory.all };
    cases = createTestCases({ directory });
    const first = await cases.send(lost);
    Object.assign(directory, mended);
    expect(await cases.send(lost)).toEqual({ ...first, duplicate: true });
    expect(await cases.send({ ...lost, id: "ask-3" })).toMatchObject({ status: "accepted", recordNo: 2 });
  });

  it("of an open case leaves its status, and adds no parties", async () => {
    const { caseId } = await asking(cases);
    const early = await cases.send({
      type: "advice.askFollowUp",
      by: who.practice,
      payload: { caseId, text: "?" },
    });
    expect(early).toMatchObject({ status: "refused", code: "wrong-state", caseId });
    const [, second] = cases.records(caseId);
    expect(second?.meta).toMatchObject({ no: 2, outcome: "refused", status: "asked" });
    expect(second?.meta).not.toHaveProperty("parties");
  });

  it("of a message that fits no schema is no record: the bytes can never mean anything else", async () => {
    const reply = await cases.send({ type: "advice.ask", by: who.practice, payload: { messageId: "M-1" } });
    expect(reply).toMatchObject({ status: "refused", code: "message-invalid" });
    expect(await cases.send({ type: "advice.unknown", by: who.practice, payload: {} })).toMatchObject({
      code: "message-invalid",
    });
    expect(cases.records()).toEqual([]);
  });

  it("names the case of another message with the same id of its sender", async () => {
    await asking(cases);
    const other = {
      type: "advice.ask",
      by: who.practice,
      payload: question("M-1", { subject: "T4" }),
      id: "ask-9",
    };
    expect(await cases.send(other)).toMatchObject({
      status: "refused",
      code: "content-differs",
      at: "2026-11-23T09:15:00.000Z",
    });
  });
});

describe("a record that this version does not understand", () => {
  it("is a bug that is thrown, never an answer", async () => {
    const { caseId } = await asking(cases);
    const [record] = cases.records(caseId);
    const later: CaseRecord = { ...(record as CaseRecord), facts: [{ type: "AdviceDreamt" }] };
    await cases.journal.append({ ...later, meta: { ...later.meta, no: 2, commandId: "x" } }, 1);
    await expect(cases.send(answer(caseId))).rejects.toThrow();
    expect(cases.records()).toHaveLength(2);
  });
});
