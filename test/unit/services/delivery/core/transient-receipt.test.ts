import { describe, expect, it } from "vitest";
import { defaultReceiptRules } from "../../../../../contracts/codes/receipt-rules.ts";
import { type Owed, owedQuestion } from "../../../../support/delivery-given.ts";
import { who } from "../../../../support/region-view.ts";

const fault = { outcome: "transient", code: "MSG_Mailbox_Out_Of_Operation" };

/** A question that its receiver has fetched, and answered with a technical fault a quarter past ten. */
const faulty = async (): Promise<Owed> => {
  const owed = await owedQuestion();
  owed.cases.at("2026-11-23 10:15");
  await owed.fetch();
  await owed.receipt(1, { ...fault, text: "Prøv igen senere" });
  return owed;
};

describe("a receipt that tells of a technical fault at the receiver", () => {
  it("fails the delivery for now, with the receiver's code and words", async () => {
    const owed = await faulty();
    expect(owed.status()).toBe("failedForNow");
    expect(owed.changes().at(-1)).toMatchObject({
      change: "failedForNow",
      to: who.endocrinology,
      by: who.endocrinology,
      code: "MSG_Mailbox_Out_Of_Operation",
      text: "Prøv igen senere",
    });
  });

  it("is told to the sender at once, as what it is", async () => {
    const owed = await faulty();
    expect(owed.expected()).toContain("followUpDelivery");
    expect(owed.undelivered()).toMatchObject([
      { deliveryId: owed.deliveryId, why: "technical-fault", code: "MSG_Mailbox_Out_Of_Operation" },
    ]);
  });

  it("does not stop the clock of the receipt: another answer follows", async () => {
    const owed = await faulty();
    const { clocks } = owed.cases.state(owed.caseId);
    expect(clocks["RECEIPT.1.0"]).toMatchObject({ status: "running" });
  });

  it("has the document sent again when its time has come, in a new envelope", async () => {
    const owed = await faulty();
    expect(owed.alarm()).toBe("2026-11-23T09:45:00.000Z");
    owed.cases.at("2026-11-23 10:45");
    await owed.ring();
    expect(owed.changes().at(-1)).toMatchObject({ change: "resent", by: "hub", sending: 2 });
    expect(owed.status()).toBe("waiting");
    expect(owed.undelivered()).toBeUndefined();
  });

  it("may be sent again by a person at once, and be seen to by one", async () => {
    const resent = await faulty();
    expect(await resent.resend()).toMatchObject({ status: "accepted" });
    expect(resent.status()).toBe("waiting");
    const handled = await faulty();
    expect(await handled.handle()).toMatchObject({ status: "accepted" });
    expect([handled.alarm(), handled.undelivered()]).toEqual([undefined, undefined]);
  });

  it.each([
    ["positive", "acknowledged"],
    ["negative", "failed"],
  ] as const)("is overridden by what comes next: %s", async (outcome, stands) => {
    const owed = await faulty();
    expect(await owed.receipt(1, { outcome })).toMatchObject({ status: "accepted" });
    expect(owed.status()).toBe(stands);
    expect(owed.alarm()).toBeUndefined();
    expect(owed.cases.state(owed.caseId).clocks["RECEIPT.1.0"]?.status).not.toBe("running");
  });

  it.each(["positive", "negative"] as const)("comes too late after one that is %s", async (outcome) => {
    const owed = await owedQuestion();
    await owed.fetch();
    await owed.receipt(1, { outcome });
    const before = owed.status();
    expect(await owed.receipt(1, fault)).toMatchObject({ status: "ignored", reason: `already-${before}` });
    expect(owed.status()).toBe(before);
  });

  it("twice is recorded once; after a new sending it is news again", async () => {
    const owed = await faulty();
    expect(await owed.receipt(1, fault)).toMatchObject({ status: "ignored", reason: "already-failedForNow" });
    await owed.resend();
    await owed.fetch();
    expect(await owed.receipt(2, fault)).toMatchObject({ status: "accepted" });
    expect(owed.changes().filter(({ change }) => change === "failedForNow")).toHaveLength(2);
  });

  it("each time, until the tries are used up, leaves it to a person, and says why", async () => {
    const owed = await faulty();
    for (let sending = 2; sending <= defaultReceiptRules.resends + 1; sending++) {
      owed.cases.at(`2026-11-23 1${String(sending)}:00`);
      await owed.ring();
      await owed.fetch();
      await owed.receipt(sending, fault);
    }
    owed.cases.at("2026-11-23 18:00");
    await owed.ring();
    expect(owed.status()).toBe("unconfirmed");
    expect(owed.undelivered()).toMatchObject([{ why: "technical-fault" }]);
    expect(await owed.receipt(1, { outcome: "positive" })).toMatchObject({ status: "accepted" });
    expect(owed.status()).toBe("acknowledged");
  });

  it("is not taken back by the receipt of its envelope, which says only that it arrived", async () => {
    const owed = await faulty();
    expect(await owed.receipt(1, { outcome: "positive", level: "envelope" })).toMatchObject({
      status: "ignored",
      reason: "already-failedForNow",
    });
  });

  it("is not a VANS operator's to say", async () => {
    const owed = await owedQuestion();
    await owed.fetch();
    expect(await owed.receipt(1, { ...fault, level: "operator" }, who.cardiology)).toMatchObject({
      status: "refused",
      code: "delivery-unknown",
    });
    expect(owed.status()).toBe("fetched");
  });
});
