import { describe, expect, test } from "vitest";
import type { DeliveryChange } from "../../../../../contracts/deliveries.ts";
import type { CommandReply } from "../../../../../contracts/envelope.ts";
import { owingOf } from "../../../../../contracts/readdressed.ts";
import { operator } from "../../../../../services/case/hub-actor.ts";
import { deadLetterOfDelivery } from "../../../../../services/delivery/core/dead-letter.ts";
import { type Owed, owedQuestion } from "../../../../support/delivery-given.ts";
import { who } from "../../../../support/region-view.ts";

type SendTo = (to: object, by?: string, rest?: object) => Promise<CommandReply>;
type Refused = Owed & { sendTo: SendTo; owedSince: () => DeliveryChange[] };

/** A question that its department's system would not take. */
const refusedQuestion = async (): Promise<Refused> => {
  const owed = await owedQuestion();
  const { cases, caseId, deliveryId } = owed;
  await owed.fetch();
  await owed.settle({ outcome: "negative", code: "ukendt_lokationsnummer" });
  return {
    ...owed,
    sendTo: (to, by = who.practice, rest = {}) =>
      cases.send({ type: "delivery.resend", by, payload: { caseId, deliveryId, to, ...rest } }),
    owedSince: () =>
      cases
        .records(caseId)
        .slice(1)
        .flatMap(({ deliveries }) => deliveries)
        .filter(({ change }) => change === "owed"),
  };
};

describe("a refused document that is sent to another address", () => {
  test("is owed there as a delivery of its own, and the one before is seen to", async () => {
    const given = await refusedQuestion();
    const reply = await given.sendTo({ gln: who.cardiology }, who.practice, { reason: "Forkert afdeling" });
    expect(reply.status).toBe("accepted");
    expect(given.owedSince()).toMatchObject([
      {
        deliveryId: `${given.caseId}.4.0`,
        to: who.cardiology,
        from: who.practice,
        again: { of: given.deliveryId, address: { gln: who.cardiology } },
      },
    ]);
    expect(given.changes().at(-1)).toMatchObject({
      change: "handled",
      by: who.practice,
      reason: "Forkert afdeling",
      as: `${given.caseId}.4.0`,
    });
    expect(given.undelivered() ?? []).toEqual([]);
    expect(given.expected()).not.toContain("followUpDelivery");
    expect(given.cases.state(given.caseId).parties).toContain(who.cardiology);
  });

  test("says what it said, to its new receiver by name; the record of the first stays as it was", async () => {
    const given = await refusedQuestion();
    await given.sendTo({ gln: who.cardiology });
    const records = given.cases.records(given.caseId);
    const before = JSON.stringify(records[0]);
    const owing = owingOf(records, `${given.caseId}.4.0`);
    const [fact] = owing?.record.facts ?? [];
    expect(fact).toMatchObject({ type: "AdviceAsked", letter: { receiver: { gln: who.cardiology } } });
    expect(fact).toMatchObject({ letter: { sender: { gln: who.practice } } });
    expect(owing?.record.meta.no).toBe(1);
    expect(JSON.stringify(records[0])).toBe(before);
    expect(records[0]?.facts[0]).toMatchObject({ letter: { receiver: { gln: who.endocrinology } } });
  });

  test("goes on from there to a third, still as the first record says it", async () => {
    const given = await refusedQuestion();
    await given.sendTo({ gln: who.cardiology });
    const { cases, caseId } = given;
    const second = `${caseId}.4.0`;
    const refusal = { deliveryId: second, outcome: "negative", code: "ukendt_lokationsnummer" };
    await cases.send({ type: "delivery.settle", by: who.cardiology, payload: refusal });
    const to = { gln: who.cardiologyClinic };
    const payload = { caseId, deliveryId: second, to };
    const reply = await cases.send({ type: "delivery.resend", by: who.practice, payload });
    expect(reply.status).toBe("accepted");
    const last = given.owedSince().at(-1);
    expect(last).toMatchObject({ to: who.cardiologyClinic, again: { of: given.deliveryId } });
    const owing = owingOf(cases.records(caseId), last?.deliveryId ?? "");
    expect(owing?.record.facts).toMatchObject([{ type: "AdviceAsked" }]);
  });

  test.each([
    ["nobody", { gln: "5790000999998" }, "receiver-unknown"],
    ["one without such a way in", { gln: who.cardiology, transport: "webhook" }, "receiver-cannot-receive"],
    ["where it was refused", { gln: who.endocrinology }, "wrong-state"],
  ])("not to %s", async (_, to, code) => {
    const given = await refusedQuestion();
    expect(await given.sendTo(to)).toMatchObject({ status: "refused", code });
    expect(given.owedSince()).toEqual([]);
  });

  test("by whoever runs the hub, in that name; by nobody else but its sender", async () => {
    const given = await refusedQuestion();
    expect(await given.sendTo({ gln: who.cardiology }, who.endocrinology)).toMatchObject({
      status: "refused",
    });
    expect(await given.sendTo({ gln: who.cardiology }, who.otherPractice)).toMatchObject({
      status: "refused",
      code: "case-unknown",
    });
    expect(given.owedSince()).toEqual([]);
    const reply = await given.sendTo({ gln: who.cardiology }, operator, { person: "drift@example.org" });
    expect(reply.status).toBe("accepted");
    expect(given.changes().at(-1)).toMatchObject({ by: "operator", person: "drift@example.org" });
  });

  test("not when nothing is wrong with it", async () => {
    const owed = await owedQuestion();
    const payload = { caseId: owed.caseId, deliveryId: owed.deliveryId, to: { gln: who.cardiology } };
    const reply = await owed.cases.send({ type: "delivery.resend", by: who.practice, payload });
    expect(reply).toMatchObject({ status: "ignored", reason: "not-undelivered" });
  });

  test("its promise of a receipt ends, and the new delivery has one of its own", async () => {
    const given = await refusedQuestion();
    await given.sendTo({ gln: who.cardiology });
    const clocks = given.cases.state(given.caseId).clocks;
    expect(clocks["RECEIPT.1.0"]?.status).not.toBe("running");
    expect(clocks["RECEIPT.4.0"]?.status).toBe("running");
  });
});

describe("a delivery as a dead letter", () => {
  test("is none as long as nothing went wrong", async () => {
    const owed = await owedQuestion();
    await owed.fetch();
    expect(deadLetterOfDelivery(owed.cases.records(owed.caseId), owed.deliveryId)).toBeUndefined();
  });

  test("tells every change, and what it was sent again as", async () => {
    const given = await refusedQuestion();
    const letter = () => deadLetterOfDelivery(given.cases.records(given.caseId), given.deliveryId);
    expect(letter()).toMatchObject({ kind: "failed", state: "open", code: "ukendt_lokationsnummer" });
    await given.sendTo({ gln: who.cardiology });
    expect(letter()).toMatchObject({ state: "sent-again" });
    expect(letter()?.history.map(({ what }) => what)).toEqual(["owed", "fetched", "failed", "handled"]);
    expect(letter()?.history.at(-1)).toMatchObject({ as: `${given.caseId}.4.0` });
  });

  test("is closed by who has seen to it, and stays to be found", async () => {
    const given = await refusedQuestion();
    const { cases, caseId, deliveryId } = given;
    const payload = { caseId, deliveryId, reason: "Ringet" };
    await cases.send({ type: "delivery.handle", by: who.practice, payload });
    const letter = deadLetterOfDelivery(cases.records(caseId), deliveryId);
    expect([letter?.state, letter?.history.at(-1)]).toMatchObject(["closed", { reason: "Ringet" }]);
  });
});
