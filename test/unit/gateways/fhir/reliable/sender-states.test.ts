import { describe, expect, it } from "vitest";
import { answersKeptDays, defaultReceiptRules } from "../../../../../contracts/codes/receipt-rules.ts";
import type { AcknowledgementCode } from "../../../../../contracts/fhir/acknowledgement.ts";
import { ReceiveReceipt } from "../../../../../contracts/messages/delivery.ts";
import { readAcknowledgement } from "../../../../../gateways/fhir/codec/acknowledgement.ts";
import { issueOf } from "../../../../../gateways/fhir/reliable/issues.ts";
import { answerOrder, correlate } from "../../../../../gateways/fhir/reliable/read-answer.ts";
import { type Owed, owedQuestion } from "../../../../support/delivery-given.ts";
import { answer, correspondent } from "../../../../support/fhir-answers.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";
import { who } from "../../../../support/region-view.ts";

const messageId = "b8f0b2a2-4a3e-4a54-9d1e-0a4f3f6f0001";
const receiver = correspondent(who.endocrinology, "Endokrinologisk");

/** A message that the hub sent, and its receiver has: what it is answered with goes the way that a gateway takes. */
const sent = async () => {
  const owed = await owedQuestion();
  owed.cases.envelopeIs((id) => (id === messageId ? owed.deliveryId : undefined));
  owed.cases.at("2026-11-23 10:15");
  await owed.fetch();
  let copies = 0;
  const answers = (code: AcknowledgementCode, change: object = {}) => {
    const issues = code === "ok" ? [] : [issueOf("MSG_Mailbox_Out_Of_Operation")];
    const one = answer(code, {
      messageId: `A-${code}`,
      sender: receiver,
      about: messageId,
      history: [],
      issues,
      ...change,
    });
    const { id, type, sender, payload } = answerOrder(one);
    copies++;
    return owed.cases.send({
      type,
      by: sender,
      payload,
      id: `${id}${copies > 1 && "copy" in change ? `-${String(copies)}` : ""}`,
    });
  };
  return { owed, answers };
};
const lastOf = (owed: Owed) => owed.changes().at(-1);

describe("the sender's states (guide to FHIR, section 8.2)", () => {
  it("sent: it is awaited, and looked after when its time has come", async () => {
    const { owed } = await sent();
    expect([owed.status(), owed.alarm()]).toEqual(["fetched", "2026-11-23T09:45:00.000Z"]);
  });

  it("ok: acknowledged", async () => {
    const { owed, answers } = await sent();
    await answers("ok");
    expect([owed.status(), owed.undelivered()]).toEqual(["acknowledged", undefined]);
  });

  it("fatal-error: in error, a person is told with the receiver's own words, and it is not sent again", async () => {
    const { owed, answers } = await sent();
    await answers("fatal-error", { issues: [issueOf("MSG_VALUESET_VALUE_UNKNOWN")] });
    expect(lastOf(owed)).toMatchObject({
      change: "failed",
      code: "MSG_VALUESET_VALUE_UNKNOWN",
      text: "Værdien findes ikke i værdisættet.",
    });
    expect(owed.undelivered()).toMatchObject([{ why: "refused" }]);
    expect(await owed.resend()).toMatchObject({ status: "refused", code: "wrong-state" });
  });

  it("transient-error: failed for now, a person is told that it is technical, and it is sent again", async () => {
    const { owed, answers } = await sent();
    await answers("transient-error");
    expect(owed.status()).toBe("failedForNow");
    expect(owed.undelivered()).toMatchObject([{ why: "technical-fault" }]);
    owed.cases.at("2026-11-23 10:45");
    await owed.ring();
    expect(lastOf(owed)).toMatchObject({ change: "resent", sending: 2 });
  });

  it.each([
    ["ok", "acknowledged"],
    ["fatal-error", "failed"],
  ] as const)("transient-error and then %s: the latest stands", async (code, status) => {
    const { owed, answers } = await sent();
    await answers("transient-error");
    expect(await answers(code)).toMatchObject({ status: "accepted" });
    expect(owed.status()).toBe(status);
  });

  it("no answer in time: sent again, in a new envelope", async () => {
    const { owed } = await sent();
    owed.cases.at("2026-11-23 10:45");
    await owed.ring();
    expect(lastOf(owed)).toMatchObject({ change: "resent", by: "hub", sending: 2 });
  });

  it("no answer, and the resends are used up: a person is told", async () => {
    const { owed } = await sent();
    for (let hour = 11; hour <= 11 + defaultReceiptRules.resends; hour++) {
      owed.cases.at(`2026-11-23 ${String(hour)}:00`);
      await owed.fetch();
      owed.cases.at(`2026-11-23 ${String(hour)}:30`);
      await owed.ring();
    }
    expect(owed.undelivered()).toMatchObject([{ why: "no-receipt" }]);
  });

  it.each(["ok", "fatal-error", "transient-error"] as const)(
    "acknowledged, and then %s: it is ignored",
    async (code) => {
      const { owed, answers } = await sent();
      await answers("ok");
      const later = await answers(code, { messageId: "A-2" });
      expect(later).toMatchObject({ status: "ignored", reason: "already-acknowledged" });
      expect(owed.status()).toBe("acknowledged");
    },
  );

  it("a second copy of an answer is the same command: it has the first's answer", async () => {
    const { answers } = await sent();
    const first = await answers("ok", { bundleId: "B-1" });
    expect(await answers("ok", { bundleId: "B-1" })).toEqual({ ...first, duplicate: true });
  });

  it("an answer about a message that was never sent changes nothing, and is told in the log alone", async () => {
    const { owed, answers } = await sent();
    expect(await answers("ok", { about: "unknown" })).toMatchObject({
      status: "refused",
      code: "delivery-unknown",
    });
    expect(owed.status()).toBe("fetched");
  });

  it("an answer of another than the receiver changes nothing", async () => {
    const { owed, answers } = await sent();
    await answers("ok", { sender: correspondent(who.cardiology, "En anden") });
    expect(owed.status()).toBe("fetched");
  });
});

describe("which message an answer is about", () => {
  it("is what it says; the history agrees", () => {
    expect(correlate(answer())).toEqual({ about: "M-1", otherwise: undefined, mismatch: false });
  });

  it("is what the history says where the hub knows no message of the other id", async () => {
    const { owed, answers } = await sent();
    const { history } = answer("ok");
    const otherwise = history.map((step) =>
      step.messageId === "A-1"
        ? { ...step, messageId: "A-ok", earlier: { kind: "message" as const, messageId } }
        : step,
    );
    expect(await answers("ok", { about: "another", history: otherwise })).toMatchObject({
      status: "accepted",
    });
    expect(owed.status()).toBe("acknowledged");
  });

  it.runIf(samplesIn("acknowledgement").length > 0)(
    "disagrees in MedCom's own transient-error, and that is told",
    () => {
      const { message } = readAcknowledgement(sampleOf("acknowledgement/xml/ACK_IG_transient-error.xml"));
      expect(correlate(message)).toEqual({
        about: "53128d9b-cede-4c7f-8904-809eab322d7d",
        otherwise: "42cb9200-f421-4d08-8391-7d51a2503cb4",
        mismatch: true,
      });
      expect(answerOrder(message)).toMatchObject({
        mismatch: true,
        payload: {
          originalEnvelopeId: "53128d9b-cede-4c7f-8904-809eab322d7d",
          originalMessageId: "42cb9200-f421-4d08-8391-7d51a2503cb4",
          outcome: "transient",
          code: "MSG_Mailbox_Out_Of_Operation",
        },
      });
    },
  );

  it("is a command that its contract takes, whatever was answered", () => {
    for (const code of ["ok", "fatal-error", "transient-error"] as const) {
      const issues = Array.from({ length: 1000 }, () => ({
        ...issueOf("MSG_BAD_SYNTAX"),
        text: "x".repeat(4000),
      }));
      expect(ReceiveReceipt.safeParse(answerOrder(answer(code, { issues })).payload).error).toBeUndefined();
    }
  });
});

describe("the numbers (guide to FHIR, section 8.3)", () => {
  it("are those that most sources name: half an hour, and three resends at most", () => {
    expect(defaultReceiptRules).toMatchObject({ receiptSeconds: 30 * 60, resends: 3 });
  });

  it("keep an answer longer than any sender may go on sending, and for the three months of the conversion service", () => {
    const longest = 120 * 60 * (defaultReceiptRules.resends + 1);
    expect(answersKeptDays * 86_400).toBeGreaterThan(longest);
    expect(answersKeptDays).toBeGreaterThanOrEqual(31 + 31 + 30);
  });
});
