import { describe, expect, it } from "vitest";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { evolveCase, noCase } from "../../../../services/case/case-state.ts";
import { caseId, now } from "../../../support/advice-given.ts";
import { asking, createTestCases } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

const record = (
  change: Omit<Partial<CaseRecord>, "meta"> & { meta?: Partial<CaseRecord["meta"]> } = {},
): CaseRecord => ({
  version: 1,
  caseId,
  family: "advice",
  facts: [],
  deliveries: [],
  clocks: [],
  ...change,
  meta: {
    no: 1,
    at: now,
    commandId: "c-1",
    commandType: "advice.ask",
    digest: "d",
    actor: who.practice,
    outcome: "accepted",
    status: "asked",
    ...change.meta,
  },
});
const owed = {
  change: "owed",
  deliveryId: `${caseId}.1.0`,
  to: who.endocrinology,
  from: who.practice,
  standard: "oioxml",
  transport: "inbox",
  documentType: "XDIS91",
  fact: 0,
  receiptExpected: true,
} as const;

describe("what is known of a case", () => {
  it("is nothing before its first record", () => {
    expect(noCase(caseId)).toMatchObject({
      no: 0,
      family: undefined,
      status: "unknown",
      parties: [],
      commands: {},
    });
  });

  it("gathers its parties, each once, and keeps them", () => {
    const state = [
      record({ meta: { parties: [who.practice, who.endocrinology] } }),
      record({ meta: { no: 2, parties: [who.cardiology, who.practice] } }),
      record({ meta: { no: 3 } }),
    ].reduce(evolveCase, noCase(caseId));
    expect(state.parties).toEqual([who.practice, who.endocrinology, who.cardiology]);
    expect(state.no).toBe(3);
  });

  it("knows each command by its id, with its digest and its first answer", () => {
    const state = evolveCase(noCase(caseId), record());
    expect(state.commands["c-1"]).toMatchObject({
      digest: "d",
      reply: { status: "accepted", duplicate: false },
    });
  });

  it("follows a delivery from owed to settled", () => {
    const change = (kind: "fetched" | "acknowledged" | "failed") =>
      record({
        deliveries: [
          {
            change: kind,
            deliveryId: owed.deliveryId,
            at: now,
            by: who.endocrinology,
            how: "receipt",
            code: "x",
          },
        ],
      });
    const statusAfter = (...records: CaseRecord[]) =>
      [record({ deliveries: [owed] }), ...records].reduce(evolveCase, noCase(caseId)).deliveries[
        owed.deliveryId
      ]?.status;
    expect(statusAfter()).toBe("waiting");
    expect(statusAfter(change("fetched"))).toBe("fetched");
    expect(statusAfter(change("fetched"), change("acknowledged"))).toBe("acknowledged");
    expect(statusAfter(change("failed"))).toBe("failed");
  });

  it("knows no delivery that was never owed", () => {
    const state = evolveCase(
      noCase(caseId),
      record({
        deliveries: [{ change: "fetched", deliveryId: owed.deliveryId, at: now, by: who.endocrinology }],
      }),
    );
    expect(state.deliveries).toEqual({});
  });

  it("is the same after it was written down and read again", async () => {
    const cases = createTestCases();
    const { caseId: id } = await asking(cases);
    await cases.send({ type: "advice.answer", by: who.endocrinology, payload: { caseId: id, text: "Ja" } });
    const state = cases.state(id);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
