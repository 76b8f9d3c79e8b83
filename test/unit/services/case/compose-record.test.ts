import { describe, expect, it } from "vitest";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { CaseRecord } from "../../../../contracts/record.ts";
import { evolveCase, noCase } from "../../../../services/case/case-state.ts";
import {
  acceptanceRecord,
  type Circumstances,
  refusalRecord,
} from "../../../../services/case/compose-record.ts";
import { refuse } from "../../../../services/case/decision.ts";
import { caseId, letter, now, photoObject } from "../../../support/advice-given.ts";
import { regionView, who } from "../../../support/region-view.ts";

const circumstances: Circumstances = {
  family: "advice",
  caseId,
  before: noCase(caseId),
  envelope: { id: "c-1", type: "advice.ask", version: 1, time: now, sender: who.practice, payload: {} },
  digest: "d-1",
  at: now,
  agreements,
  directory: regionView,
};
const decided = {
  kind: "record" as const,
  facts: [
    { type: "AdviceAsked", attachments: [photoObject], letter: letter(who.practice, who.endocrinology) },
  ],
  tell: [{ to: who.endocrinology, from: who.practice, fact: 0 }],
  parties: [who.practice, who.endocrinology],
  owing: [{ kind: "specialist", debtor: who.endocrinology, creditor: who.practice }],
};
const asked = { status: "asked", card: undefined };
const refusal = refuse("wrong-state", "caseId", "No.");
if (refusal.kind !== "refuse") throw new Error("It is no refusal.");

describe("the record of an acceptance", () => {
  it("holds facts, deliveries and clocks together: accepted without its deadline cannot exist", () => {
    const record = acceptanceRecord(circumstances, decided, asked);
    expect(CaseRecord.safeParse(record).error).toBeUndefined();
    expect(record.deliveries.map((d) => d.deliveryId)).toEqual([`${caseId}.1.0`, `${caseId}.1.1`]);
    expect(record.clocks.map((c) => c.clockId)).toEqual(["ADVICE-MSG.1", "RECEIPT.1.0", "RECEIPT.1.1"]);
    expect(record.meta).toEqual({
      no: 1,
      at: now,
      commandId: "c-1",
      commandType: "advice.ask",
      digest: "d-1",
      actor: who.practice,
      outcome: "accepted",
      status: "asked",
      parties: [who.practice, who.endocrinology],
    });
  });

  it("holds what the hub itself finds of deliveries and clocks", () => {
    const fetched = { change: "fetched", deliveryId: `${caseId}.1.0`, at: now, by: who.practice } as const;
    const warned = { change: "warned", clockId: "ADVICE-MSG.1", at: now } as const;
    const found = { kind: "record" as const, facts: [], tell: [], deliveries: [fetched], clocks: [warned] };
    const before = evolveCase(noCase(caseId), acceptanceRecord(circumstances, decided, asked));
    const record = acceptanceRecord({ ...circumstances, before }, found, asked);
    expect(record).toMatchObject({ deliveries: [fetched], clocks: [warned] });
    expect(record.meta).not.toHaveProperty("parties");
  });

  it("starts no clock for an answer that no fact of it begins", () => {
    const record = acceptanceRecord(
      circumstances,
      {
        ...decided,
        facts: [{ type: "LetterAdded", attachments: [], letter: letter(who.practice, who.endocrinology) }],
      },
      asked,
    );
    expect(record.clocks.map((c) => c.clockId)).toEqual(["RECEIPT.1.0"]);
  });
});

describe("the record of a refusal", () => {
  it("tells why, holds no facts, and makes its opener a party who may see it again", () => {
    const record = refusalRecord(circumstances, refusal);
    expect(CaseRecord.safeParse(record).error).toBeUndefined();
    expect(record).toMatchObject({
      facts: [],
      deliveries: [],
      clocks: [],
      meta: { outcome: "refused", refusal: "wrong-state", status: "refused", parties: [who.practice] },
    });
    expect(record.meta.problems).toHaveLength(1);
  });

  it("on a case that is open changes neither its status nor its parties", () => {
    const open = { ...noCase(caseId), no: 3, status: "answered", parties: [who.practice] };
    const record = refusalRecord({ ...circumstances, before: open }, refusal);
    expect(record.meta).toMatchObject({ no: 4, status: "answered" });
    expect(record.meta).not.toHaveProperty("parties");
  });
});
