import { beforeEach, describe, expect, it } from "vitest";
import { vansIdsOf } from "../../../../../contracts/derived-ids.ts";
import { local } from "../../../../support/clock-given.ts";
import { type Owed, owedQuestion } from "../../../../support/delivery-given.ts";
import { changed, organisation, regionWith, who } from "../../../../support/region-view.ts";

const operator = "DKVANSTEST";
const { channels } = organisation(who.endocrinology);
const overVans = channels.map((channel) => ({ ...channel, envelope: "vans" as const, operator }));
const directory = regionWith(changed(who.endocrinology, { channels: overVans }));

let owed: Owed;
beforeEach(async () => {
  owed = await owedQuestion(directory);
});

describe("a VANS operator on the way", () => {
  const refused = { outcome: "negative", level: "operator", code: "ukendt_lokationsnummer", text: "Ukendt" };

  it("says that a document went no further, and its sender is told", async () => {
    expect(await owed.receipt(1, refused, operator)).toMatchObject({ status: "accepted" });
    expect(owed.changes()).toEqual([
      {
        change: "failed",
        deliveryId: owed.deliveryId,
        to: who.endocrinology,
        at: local("2026-11-23 10:15"),
        by: operator,
        code: "ukendt_lokationsnummer",
        text: "Ukendt",
      },
    ]);
    expect(owed.expected()).toEqual(["followUpDelivery"]);
  });

  it("cannot say that a document was taken: it does not know", async () => {
    expect(await owed.receipt(1, { level: "operator" }, operator)).toMatchObject({
      status: "ignored",
      reason: "passed-on",
    });
    expect(owed.status()).toBe("waiting");
  });

  it("of another way, or of none, finds no such document and leaves no trace", async () => {
    for (const stranger of ["DKANDEN", who.cardiology, who.practice])
      expect(await owed.receipt(1, refused, stranger)).toMatchObject({
        status: "refused",
        code: "delivery-unknown",
      });
    expect(owed.cases.records(owed.caseId)).toHaveLength(1);
  });

  it("comes too late when the receiver has said yes", async () => {
    await owed.receipt(1);
    expect(await owed.receipt(1, refused, operator)).toMatchObject({ reason: "already-acknowledged" });
  });
});

describe("the receipt of an envelope", () => {
  const positive = { level: "envelope" };

  it("says that the document is there: its own receipt is awaited from then on", async () => {
    await owed.receipt(1, positive);
    expect(owed.changes()).toMatchObject([{ change: "fetched", by: who.endocrinology }]);
    expect(owed.alarm()).toBe(local("2026-11-23 10:45"));
    await owed.receipt(1, { outcome: "negative", code: "syntaksfejl" });
    expect(owed.status()).toBe("failed");
  });

  it("twice changes nothing", async () => {
    await owed.receipt(1, positive);
    expect(await owed.receipt(1, positive)).toMatchObject({ status: "ignored", reason: "already-fetched" });
  });

  it("is all that comes where no other is expected", async () => {
    const silent = overVans.map((channel) => ({ ...channel, sendsReceipts: false }));
    owed = await owedQuestion(regionWith(changed(who.endocrinology, { channels: silent })));
    await owed.receipt(1, positive);
    expect(owed.status()).toBe("acknowledged");
  });

  it("that is negative is final", async () => {
    await owed.receipt(1, { level: "envelope", outcome: "negative" });
    expect(owed.status()).toBe("failed");
  });

  it("finds its delivery by the message when it names an envelope that nobody knows", async () => {
    const { message } = vansIdsOf(owed.deliveryId, 1);
    owed.cases.envelopeIs((id) => (id === message ? owed.deliveryId : undefined));
    const named = { level: "envelope", originalEnvelopeId: "epic394319568", originalMessageId: message };
    expect(await owed.receipt(1, named)).toMatchObject({ status: "accepted", caseId: owed.caseId });
  });

  it("of neither an envelope nor a message that is known is refused", async () => {
    owed.cases.envelopeIs(() => undefined);
    const named = { originalEnvelopeId: "a", originalMessageId: "b" };
    expect(await owed.receipt(1, named)).toMatchObject({ code: "delivery-unknown" });
  });
});

describe("a document for a receiver over VANS", () => {
  it("is owed in an envelope", () => {
    const [record] = owed.cases.records(owed.caseId);
    expect(record?.deliveries).toMatchObject([{ change: "owed", envelope: "vans" }]);
  });
});
