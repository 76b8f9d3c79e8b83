import { describe, expect, it } from "vitest";
import { CommandReply } from "../../../../contracts/envelope.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { replyOf } from "../../../../services/case/reply.ts";
import { asking, createTestCases, question } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

const recordOf = async (to: string): Promise<CaseRecord> => {
  const cases = createTestCases();
  await cases.send({ type: "advice.ask", by: who.practice, payload: question("M-1", { to: { gln: to } }) });
  const [record] = cases.records();
  if (record === undefined) throw new Error("Nothing was recorded.");
  return record;
};

describe("the answer to a command", () => {
  it("is a function of its record alone: what was answered is what the record answers", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    const replies = [];
    for (const order of [
      { type: "advice.requestInformation", by: who.endocrinology, payload: { caseId, text: "?" } },
      { type: "advice.answer", by: who.practice, payload: { caseId, text: "!" } },
      { type: "advice.giveInformation", by: who.practice, payload: { caseId, text: "!" } },
      { type: "delivery.markFetched", by: who.practice, payload: { deliveryId: `${caseId}.2.0` } },
      {
        type: "delivery.settle",
        by: who.endocrinology,
        payload: { deliveryId: `${caseId}.4.0`, outcome: "positive" },
      },
      { type: "advice.answer", by: who.endocrinology, payload: { caseId, text: "!" } },
    ])
      replies.push(await cases.send(order));
    const recorded = replies.filter((reply) => "at" in reply);
    expect(cases.records(caseId).slice(1).map(replyOf)).toEqual(recorded);
    for (const reply of recorded) expect(CommandReply.parse(reply)).toEqual(reply);
  });

  it("tells the last time that something falls due, of starting and resuming clocks", async () => {
    const record = await recordOf(who.endocrinology);
    const due = "2026-12-24T15:00:00.000Z";
    const resumed = {
      change: "resumed",
      clockId: "ADVICE-MSG.1",
      at: record.meta.at,
      warnAt: due,
      due,
    } as const;
    expect(replyOf({ ...record, clocks: [...record.clocks, resumed] })).toMatchObject({ due });
    expect(replyOf({ ...record, clocks: [] })).not.toHaveProperty("due");
  });

  it("does not count the clock of a receipt, which is the receiving system's affair", async () => {
    const record = await recordOf(who.hospital);
    expect(record.clocks).toMatchObject([{ agreement: "RECEIPT" }]);
    expect(replyOf(record)).toMatchObject({ status: "accepted", clocks: [] });
    expect(replyOf(record)).not.toHaveProperty("due");
  });

  it("to a refused command is its refusal, with every problem and when it was", async () => {
    const record = await recordOf(who.nobody);
    expect(replyOf(record)).toEqual({
      status: "refused",
      code: "receiver-unknown",
      problems: record.meta.problems,
      duplicate: false,
      caseId: record.caseId,
      at: record.meta.at,
    });
    const { refusal: _r, problems: _p, ...meta } = record.meta;
    expect(replyOf({ ...record, meta })).toMatchObject({ code: "message-invalid", problems: [] });
  });
});
