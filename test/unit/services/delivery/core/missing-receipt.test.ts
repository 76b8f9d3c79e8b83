import { beforeEach, describe, expect, it } from "vitest";
import { local } from "../../../../support/clock-given.ts";
import { type Owed, owedQuestion } from "../../../../support/delivery-given.ts";
import { changed, organisation, regionWith, who } from "../../../../support/region-view.ts";

let owed: Owed;
beforeEach(async () => {
  owed = await owedQuestion();
});
const at = (time: string, day = "23"): void => {
  owed.cases.at(`2026-11-${day} ${time}`);
};
const kinds = (): string[] => owed.changes().map(({ change }) => change);

/** Fetched at 10:20 and never receipted: the times at which the hub looks, and the receiver fetches. */
const unanswered = async (sendings: number): Promise<void> => {
  at("10:20");
  await owed.fetch();
  for (let n = 1; n < sendings; n++) {
    at(`${String(10 + n)}:00`);
    await owed.ring();
    at(`${String(10 + n)}:20`);
    await owed.fetch();
  }
};
const givenUp = async (): Promise<void> => {
  await unanswered(4);
  at("14:00");
  await owed.ring();
};

describe("a document that was fetched and gets no receipt", () => {
  it("is looked after 30 minutes after it was fetched, and not before", async () => {
    at("10:20");
    await owed.fetch();
    expect(owed.alarm()).toBe(local("2026-11-23 10:50"));
    at("10:49");
    expect(await owed.ring()).toMatchObject({ status: "ignored", reason: "not-due" });
    at("10:50");
    expect(await owed.ring()).toMatchObject({ status: "accepted" });
    expect(owed.changes().at(-1)).toEqual({
      change: "resent",
      deliveryId: owed.deliveryId,
      to: who.endocrinology,
      at: local("2026-11-23 10:50"),
      by: "hub",
      sending: 2,
    });
    expect(owed.status()).toBe("waiting");
  });

  it("is sent three times more, each in its own time, and then a person is told", async () => {
    await givenUp();
    expect(kinds()).toEqual([
      "fetched",
      "resent",
      "fetched",
      "resent",
      "fetched",
      "resent",
      "fetched",
      "unconfirmed",
    ]);
    expect(owed.undelivered()).toEqual([
      {
        deliveryId: owed.deliveryId,
        from: who.practice,
        to: who.endocrinology,
        documentType: "XDIS91",
        why: "no-receipt",
      },
    ]);
    expect(owed.expected()).toEqual(["followUpDelivery"]);
    expect(owed.cases.state(owed.caseId).card?.awaits).toContainEqual({
      who: who.practice,
      act: "followUpDelivery",
      due: local("2026-11-23 14:00"),
      overdue: true,
    });
    expect(owed.alarm()).toBeUndefined();
  });

  it("changes nothing of what the case itself expects", async () => {
    const before = owed.cases.state(owed.caseId).card?.awaits;
    await givenUp();
    await owed.settle();
    expect(owed.cases.state(owed.caseId).card?.awaits).toEqual(before);
  });

  it("is given up on when a sending that was its second is never fetched: it was in hand once", async () => {
    at("10:20");
    await owed.fetch();
    at("10:50");
    await owed.ring();
    expect(owed.alarm()).toBe(local("2026-11-24 10:50"));
    at("10:50", "24");
    await owed.ring();
    expect(owed.changes().at(-1)).toMatchObject({ change: "unconfirmed", why: "no-receipt" });
  });

  it.each([1, 2, 3, 4])(
    "is settled by a receipt for its sending %i, after all were sent",
    async (sending) => {
      await unanswered(4);
      expect(await owed.receipt(sending)).toMatchObject({ status: "accepted" });
      expect(owed.status()).toBe("acknowledged");
      expect(owed.alarm()).toBeUndefined();
    },
  );

  it.each([1, 4])("is settled by a receipt for its sending %i, after it was given up on", async (sending) => {
    await givenUp();
    expect(await owed.receipt(sending)).toMatchObject({ status: "accepted" });
    expect(owed.undelivered()).toBeUndefined();
    expect(owed.expected()).toEqual([]);
  });

  it("is read when its receiver acts on the case, and is looked after no more", async () => {
    await unanswered(2);
    const { caseId, cases } = owed;
    await cases.send({ type: "advice.answer", by: who.endocrinology, payload: { caseId, text: "Ja" } });
    expect(owed.status()).toBe("acknowledged");
    expect(owed.alarm()).toBeUndefined();
    at("23:00");
    expect(await owed.ring()).toMatchObject({ reason: "not-due" });
  });

  it("is not waited for where no receipt is expected", async () => {
    const { channels } = organisation(who.endocrinology);
    const silent = channels.map((channel) => ({ ...channel, sendsReceipts: false }));
    owed = await owedQuestion(regionWith(changed(who.endocrinology, { channels: silent })));
    await owed.fetch();
    expect(owed.alarm()).toBeUndefined();
  });
});

describe("a document that nobody fetches", () => {
  const breach = async (): Promise<void> => {
    at("10:31");
    await owed.cases.ring(owed.caseId, "RECEIPT.1.0");
    await owed.cases.ring(owed.caseId, "RECEIPT.1.0");
  };

  it("is looked after from when its receipt is overdue, waits its day, and is never sent twice", async () => {
    await breach();
    expect(owed.alarm()).toBe(local("2026-11-23 10:31"));
    await owed.ring();
    expect(kinds()).toEqual([]);
    expect(owed.alarm()).toBe(local("2026-11-24 10:15"));
    at("10:15", "24");
    await owed.ring();
    expect(owed.changes()).toMatchObject([{ change: "unconfirmed", why: "not-fetched" }]);
    expect(owed.expected()).toEqual(["followUpDelivery"]);
  });

  it("is no more followed up once it is fetched after all, and its receipt is awaited then", async () => {
    await breach();
    await owed.ring();
    at("10:15", "24");
    await owed.ring();
    at("12:00", "24");
    await owed.fetch();
    expect(owed.undelivered()).toBeUndefined();
    expect(owed.alarm()).toBe(local("2026-11-24 12:30"));
  });

  it("has no second alarm when its receipt is overdue after it was fetched", async () => {
    at("10:29");
    await owed.fetch();
    await breach();
    expect(owed.alarm()).toBe(local("2026-11-23 10:59"));
  });
});

describe("a document that its receiver refused", () => {
  const refuse = () =>
    owed.receipt(1, { outcome: "negative", code: "problem_med_version", text: "Kan ikke læses" });

  it("is shown to its sender with the receiver's code; its words stand in the record", async () => {
    await owed.fetch();
    await refuse();
    expect(owed.changes().at(-1)).toMatchObject({
      change: "failed",
      code: "problem_med_version",
      text: "Kan ikke læses",
    });
    expect(owed.undelivered()).toMatchObject([{ why: "refused", code: "problem_med_version" }]);
    expect(owed.alarm()).toBeUndefined();
  });

  it("stays refused: it is not sent again, and no later receipt takes it back", async () => {
    await refuse();
    expect(await owed.resend()).toMatchObject({ status: "refused", code: "wrong-state" });
    expect(await owed.receipt(1)).toMatchObject({ status: "ignored", reason: "already-failed" });
    expect(owed.status()).toBe("failed");
  });

  it("is followed up until a person has seen to it", async () => {
    await refuse();
    expect(owed.expected()).toEqual(["followUpDelivery"]);
    expect(await owed.handle()).toMatchObject({ status: "accepted" });
    expect(owed.expected()).toEqual([]);
    expect(owed.status()).toBe("failed");
    expect(await owed.handle()).toMatchObject({ status: "ignored", reason: "already-handled" });
  });
});

describe("a person at the sender", () => {
  it("has a document sent once more when all tries are used up, in an envelope of its own", async () => {
    await givenUp();
    at("15:00");
    expect(await owed.resend()).toMatchObject({ status: "accepted" });
    expect(owed.changes().at(-1)).toMatchObject({ change: "resent", sending: 5, by: who.practice });
    expect(owed.undelivered()).toBeUndefined();
    at("15:10");
    await owed.fetch();
    at("15:40");
    await owed.ring();
    expect(owed.changes().at(-1)).toMatchObject({ change: "unconfirmed" });
  });

  it("who has seen to it is not asked again when it goes on missing, but is when it is refused", async () => {
    at("10:30");
    await owed.cases.ring(owed.caseId, "RECEIPT.1.0");
    await owed.cases.ring(owed.caseId, "RECEIPT.1.0");
    at("11:00", "24");
    await owed.ring();
    await owed.handle();
    await owed.fetch();
    expect(owed.expected()).toEqual([]);
    await owed.receipt(1, { outcome: "negative" });
    expect(owed.expected()).toEqual(["followUpDelivery"]);
  });

  it("has nothing to do about a document on its way", async () => {
    expect(await owed.resend()).toMatchObject({ status: "ignored", reason: "not-undelivered" });
    expect(await owed.handle()).toMatchObject({ status: "ignored", reason: "not-undelivered" });
  });

  it("is one of its sender's, and of nobody else", async () => {
    await givenUp();
    for (const by of [who.endocrinology, who.cardiology]) {
      expect(await owed.resend(by)).toMatchObject({ status: "refused" });
      expect(await owed.handle(by)).toMatchObject({ status: "refused" });
    }
    expect(owed.status()).toBe("unconfirmed");
  });
});

describe("the hub alone looks after deliveries", () => {
  it("nobody else makes the time come", async () => {
    at("10:20");
    await owed.fetch();
    at("23:00");
    const { caseId, cases } = owed;
    const alarmId = "delivery.1.0";
    for (const by of [who.practice, who.endocrinology])
      expect(await cases.send({ type: "delivery.ring", by, payload: { caseId, alarmId } })).toMatchObject({
        status: "ignored",
        reason: "not-due",
      });
  });

  it("an alarm that is none of a delivery is none of its own", async () => {
    const { caseId, cases } = owed;
    const payload = { caseId, alarmId: "validity" };
    expect(await cases.send({ type: "delivery.ring", by: "hub", payload })).toMatchObject({
      code: "delivery-unknown",
    });
  });
});
