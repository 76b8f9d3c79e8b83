import { describe, expect, it } from "vitest";
import type { DeliveryChange } from "../../../../../contracts/deliveries.ts";
import { NoteUndelivered } from "../../../../../contracts/messages/advice.ts";
import { NotePassedOn } from "../../../../../contracts/messages/attachment.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { notePassedOn } from "../../../../../services/coordination/core/note-passed-on.ts";
import { tellUndelivered } from "../../../../../services/coordination/core/tell-undelivered.ts";
import type { History } from "../../../../../services/coordination/core/workflow.ts";
import { caseId, letter, now, otherCaseId, photoObject, scan } from "../../../../support/advice-given.ts";
import { who } from "../../../../support/region-view.ts";

const third = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
type Of = { no: number; facts?: object[]; deliveries?: DeliveryChange[]; family?: string };
const record = ({ no, facts = [], deliveries = [], family = "advice" }: Of): CaseRecord =>
  ({
    version: 1,
    caseId,
    family,
    facts,
    deliveries,
    clocks: [],
    meta: { no, at: now },
  }) as unknown as CaseRecord;
const history = (...records: CaseRecord[]) => records as unknown as History;

const joined = (attachmentCaseId: string, ...objects: object[]) => ({
  type: "AttachmentsJoined",
  ...{ attachmentCaseId, sender: who.practice, objects },
});
const passedOn = (...attachments: object[]) => ({
  type: "LetterPassedOn",
  ...{ heldAs: "attachments.1.0", because: "complete", attachments },
  letter: letter(who.practice, who.endocrinology),
});

describe("a letter that went on with its attachments", () => {
  it("tells each attachment letter which of its objects went, also when both came with the same record", () => {
    const orders = notePassedOn.ordersOf(
      history(
        record({ no: 1 }),
        record({ no: 2, facts: [joined(otherCaseId, scan)] }),
        record({ no: 3, facts: [joined(third, photoObject), passedOn(scan, photoObject)] }),
      ),
      [],
    );
    expect(orders).toEqual([
      {
        type: "attachment.notePassedOn",
        payload: { caseId: otherCaseId, letterCaseId: caseId, objectIds: [scan.objectId] },
      },
      {
        type: "attachment.notePassedOn",
        payload: { caseId: third, letterCaseId: caseId, objectIds: [photoObject.objectId] },
      },
    ]);
    for (const { payload } of orders) expect(NotePassedOn.safeParse(payload).success).toBe(true);
  });

  it("tells none of what did not go with it", () => {
    const late = record({ no: 3, facts: [passedOn()] });
    expect(notePassedOn.ordersOf(history(record({ no: 2, facts: [joined(third, scan)] }), late), [])).toEqual(
      [],
    );
    expect(notePassedOn.concerns(late)).toBe(true);
    expect(notePassedOn.concerns(record({ no: 3, facts: [passedOn()], family: "referral" }))).toBe(false);
  });
});

const deliveryId = (n: number): string => `${caseId}.1.${String(n)}`;
const owed = (n: number, documentType: string): DeliveryChange => ({
  ...{ change: "owed", deliveryId: deliveryId(n), to: who.endocrinology, from: who.practice },
  ...{ standard: "oioxml", transport: "inbox", documentType, fact: 0, receiptExpected: true },
});
const asked = record({
  no: 1,
  facts: [
    { type: "AdviceAsked", letter: letter(who.practice, who.endocrinology), attachments: [photoObject] },
  ],
  deliveries: [owed(0, "XDIS91"), owed(1, "XBIN01")],
});
const failed = (no: number, n: number, why: { code: string; text?: string } = { code: "syntaksfejl" }) =>
  record({
    no,
    deliveries: [{ change: "failed", deliveryId: deliveryId(n), at: now, by: who.endocrinology, ...why }],
  });
const unconfirmed = (no: number, n: number) =>
  record({
    no,
    deliveries: [
      {
        ...{ change: "unconfirmed", deliveryId: deliveryId(n), to: who.endocrinology },
        ...{ at: now, by: "hub", why: "no-receipt" },
      },
    ],
  });
const order = (why: string, reason?: string) => ({
  type: "advice.noteUndelivered",
  payload: {
    ...{ caseId, by: who.practice, to: who.endocrinology, authorised: "2026-11-23T10:14", why },
    ...(reason === undefined ? {} : { reason }),
  },
});

describe("a letter that did not surely arrive", () => {
  it("is told to its sender once, though letter and attachments are two documents, with the receiver's words or code", () => {
    expect(tellUndelivered.ordersOf(history(asked, failed(2, 1)), [])).toEqual([
      order("refused", "syntaksfejl"),
    ]);
    const said = { code: "syntaksfejl", text: "Kan ikke åbnes" };
    const [first] = tellUndelivered.ordersOf(history(asked, failed(2, 0, said)), []);
    expect(first).toEqual(order("refused", "Kan ikke åbnes"));
    expect(NoteUndelivered.safeParse(first?.payload).success).toBe(true);
    expect(tellUndelivered.ordersOf(history(asked, failed(2, 0), failed(3, 1)), [])).toEqual([]);
  });

  it("is told as refused also after nobody knew, and as unknown once", () => {
    expect(tellUndelivered.ordersOf(history(asked, unconfirmed(2, 0)), [])).toEqual([order("no-receipt")]);
    expect(tellUndelivered.ordersOf(history(asked, unconfirmed(2, 0), unconfirmed(3, 1)), [])).toEqual([]);
    expect(tellUndelivered.ordersOf(history(asked, unconfirmed(2, 0), failed(3, 0)), [])).toEqual([
      order("refused", "syntaksfejl"),
    ]);
  });

  it("is not told of when it is itself what tells of a failure, or no letter", () => {
    const of = (fact: object) => ({ ...asked, facts: [fact] }) as unknown as CaseRecord;
    const notice = of({ type: "LetterNotDelivered", letter: letter(who.endocrinology, who.practice) });
    expect(tellUndelivered.ordersOf(history(notice, failed(2, 0)), [])).toEqual([]);
    expect(
      tellUndelivered.ordersOf(history(of({ type: "CorrespondenceHandled" }), failed(2, 0)), []),
    ).toEqual([]);
    expect(tellUndelivered.concerns({ ...failed(2, 0), family: "referral" })).toBe(false);
  });
});
