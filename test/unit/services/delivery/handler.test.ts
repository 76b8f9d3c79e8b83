import { beforeEach, describe, expect, it } from "vitest";
import { envelopeIdOf } from "../../../../contracts/derived-ids.ts";
import { asking, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
let caseId: string;
let deliveryId: string;
beforeEach(async () => {
  cases = createTestCases();
  ({ caseId } = await asking(cases));
  deliveryId = `${caseId}.1.0`;
});

const unit = who.endocrinology;
const settle = (outcome: "positive" | "negative", rest: object = {}, by: string = unit) =>
  cases.send({ type: "delivery.settle", by, payload: { deliveryId, outcome, ...rest } });
const fetch = (by: string = unit, id?: string) =>
  cases.send({
    type: "delivery.markFetched",
    by,
    payload: { deliveryId },
    ...(id === undefined ? {} : { id }),
  });
const status = () => cases.state(caseId).deliveries[deliveryId]?.status;
const lastDeliveries = () => cases.records(caseId).at(-1)?.deliveries;

describe("a document taken out of the inbox", () => {
  it("is recorded as fetched, by whom and when; the case stands where it stood", async () => {
    cases.at("2026-11-23 10:20");
    expect(await fetch()).toMatchObject({ status: "accepted", facts: [], recordNo: 2 });
    expect(lastDeliveries()).toEqual([
      { change: "fetched", deliveryId, at: local("2026-11-23 10:20"), by: unit },
    ]);
    expect(cases.records(caseId).at(-1)?.meta).toMatchObject({
      status: "asked",
      commandType: "delivery.markFetched",
    });
    expect(status()).toBe("fetched");
  });

  it("twice is recorded once", async () => {
    await fetch();
    expect(await fetch()).toMatchObject({ status: "ignored", reason: "already-fetched", caseId });
    expect(cases.records(caseId)).toHaveLength(2);
  });

  it("twice by the same command has the same answer", async () => {
    const first = await fetch(unit, "f-1");
    expect(await fetch(unit, "f-1")).toEqual({ ...first, duplicate: true });
  });

  it("may be taken though a receipt has come before", async () => {
    await settle("positive");
    expect(await fetch()).toMatchObject({ status: "ignored", reason: "already-acknowledged" });
  });
});

describe("a receipt", () => {
  it("that is positive acknowledges the delivery", async () => {
    await settle("positive");
    expect(lastDeliveries()).toMatchObject([
      { change: "acknowledged", deliveryId, by: unit, how: "receipt" },
    ]);
    expect(status()).toBe("acknowledged");
  });

  it("that is negative fails it, with the receiver's code, or that none was given", async () => {
    await settle("negative", { code: "problem_med_version", text: "Nej tak" });
    expect(lastDeliveries()).toMatchObject([
      { change: "failed", deliveryId, by: unit, code: "problem_med_version" },
    ]);
    cases = createTestCases();
    await asking(cases);
    await settle("negative");
    expect(lastDeliveries()).toMatchObject([{ change: "failed", code: "unspecified" }]);
  });

  it("comes before or after the document is fetched", async () => {
    await fetch();
    expect(await settle("positive")).toMatchObject({ status: "accepted" });
    expect(status()).toBe("acknowledged");
  });

  it.each([
    ["positive", "negative", "acknowledged"],
    ["negative", "positive", "failed"],
    ["positive", "positive", "acknowledged"],
  ] as const)("is final when it is the first: %s, then %s", async (first, second, stands) => {
    await settle(first);
    expect(await settle(second)).toMatchObject({ status: "ignored", reason: `already-${stands}` });
    expect(status()).toBe(stands);
    expect(cases.records(caseId)).toHaveLength(2);
  });

  it("after the receiver has acted changes nothing: it has read", async () => {
    await cases.send({ type: "advice.answer", by: unit, payload: { caseId, text: "Ja" } });
    expect(await settle("negative")).toMatchObject({ status: "ignored", reason: "already-acknowledged" });
  });
});

describe("only the receiver settles a delivery", () => {
  it("not the sender, who is told that there is no such document in its inbox", async () => {
    expect(await settle("positive", {}, who.practice)).toMatchObject({
      status: "refused",
      code: "delivery-unknown",
    });
    expect(await fetch(who.practice)).toMatchObject({ status: "refused", code: "delivery-unknown" });
    expect(status()).toBe("waiting");
  });

  it("not whoever is no party: to it there is no such case, and nothing is written", async () => {
    expect(await settle("positive", {}, who.cardiology)).toMatchObject({
      status: "refused",
      code: "case-unknown",
    });
    expect(cases.records(caseId)).toHaveLength(1);
  });

  it("not one that was never owed, nor of a case that never was, nor by another name", async () => {
    for (const unknown of [`${caseId}.1.9`, `${caseId}.7.0`])
      expect(
        await cases.send({
          type: "delivery.settle",
          by: unit,
          payload: { deliveryId: unknown, outcome: "positive" },
        }),
      ).toMatchObject({ code: "delivery-unknown" });
    const nowhere = "00000000-0000-5000-8000-000000000000.1.0";
    expect(
      await cases.send({ type: "delivery.markFetched", by: unit, payload: { deliveryId: nowhere } }),
    ).toMatchObject({
      code: "case-unknown",
    });
    for (const odd of ["", "x", `${caseId}.1`, "constructor", `${caseId}.1.0.0`])
      expect(
        await cases.send({ type: "delivery.markFetched", by: unit, payload: { deliveryId: odd } }),
      ).toMatchObject({
        code: "delivery-unknown",
      });
  });
});

describe("a receipt of a standard", () => {
  const receipt = (rest: object = {}) =>
    cases.send({
      type: "delivery.receiveReceipt",
      by: unit,
      payload: { originalEnvelopeId: envelopeIdOf(deliveryId), outcome: "positive", ...rest },
    });

  it("finds its delivery by the number that the hub printed on the envelope", async () => {
    cases.envelopeIs((id) => (id === envelopeIdOf(deliveryId) ? deliveryId : undefined));
    expect(await receipt()).toMatchObject({ status: "accepted", caseId });
    expect(status()).toBe("acknowledged");
  });

  it("of a number that nobody printed is refused, without a record", async () => {
    expect(await receipt({ originalEnvelopeId: "KUVERT1" })).toMatchObject({
      status: "refused",
      code: "delivery-unknown",
    });
    expect(cases.records()).toHaveLength(1);
  });

  it("that fits no schema is refused, without a record", async () => {
    expect(await receipt({ outcome: "maybe" })).toMatchObject({ code: "message-invalid" });
  });
});
