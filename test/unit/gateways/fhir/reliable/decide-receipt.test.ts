import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Acknowledgement, AcknowledgementCode } from "../../../../../contracts/fhir/acknowledgement.ts";
import { answerAgain } from "../../../../../gateways/fhir/reliable/answer-again.ts";
import {
  decideReceipt,
  type Remark,
  remembered,
  type Seen,
  type SeenMessage,
} from "../../../../../gateways/fhir/reliable/decide-receipt.ts";
import { type Arriving, messageKey } from "../../../../../gateways/fhir/reliable/message-key.ts";
import { answer } from "../../../../support/fhir-answers.ts";

const arriving = (change: Partial<Arriving> = {}): Arriving => ({
  kind: "HospitalNotification",
  senderGln: "5790000200016",
  messageId: "M-1",
  bundleId: "B-1",
  digest: "content-1",
  ...change,
});
const seenWith = (code: AcknowledgementCode | undefined, change: Partial<SeenMessage> = {}): Seen => ({
  message: {
    digest: "content-1",
    bundleIds: ["B-1"],
    ...(code === undefined ? {} : { answer: answer(code) }),
    ...change,
  },
});

describe("the receiver's table (guide to FHIR, section 8.1)", () => {
  it("new message, new bundle: it is processed", () => {
    expect(decideReceipt({}, arriving())).toEqual({ do: "process" });
  });

  it.each([
    ["ok", "B-1"],
    ["ok", "B-2"],
    ["fatal-error", "B-1"],
    ["fatal-error", "B-2"],
  ] as const)(
    "seen and answered %s, in the bundle %s: not processed, the same answer again",
    (code, bundleId) => {
      expect(decideReceipt(seenWith(code), arriving({ bundleId }))).toEqual({
        do: "answerAgain",
        answer: answer(code),
        remark: "duplicate",
      });
    },
  );

  it("new message in a bundle that was used before: refused, and it is told why", () => {
    expect(decideReceipt({ bundleOf: "M-0" }, arriving())).toEqual({
      do: "refuse",
      details: "MSG_DUPLICATE_ID",
      remark: "bundle-id-reused",
    });
  });

  it.each(["ok", "fatal-error", "transient-error"] as const)(
    "seen and answered %s, with other content: the first result stands, and it is told in the log",
    (code) => {
      expect(decideReceipt(seenWith(code), arriving({ digest: "content-2" }))).toEqual({
        do: "answerAgain",
        answer: answer(code),
        remark: "other-content",
      });
    },
  );

  it("seen when its receiver had a fault: it is tried again, and a final answer may follow", () => {
    expect(decideReceipt(seenWith("transient-error"), arriving())).toEqual({
      do: "process",
      remark: "fault-cured",
    });
  });

  it.each([
    ["content-1", "duplicate"],
    ["content-2", "other-content"],
  ] as const)("seen and not answered yet: a copy with %s waits for the first", (digest, remark: Remark) => {
    expect(decideReceipt(seenWith(undefined), arriving({ digest }))).toEqual({ do: "wait", remark });
  });

  it("an answer that comes twice is ignored, and no answer is ever answered", () => {
    const kind = "Acknowledgement";
    expect(decideReceipt({}, arriving({ kind }))).toEqual({ do: "process" });
    expect(decideReceipt(seenWith(undefined), arriving({ kind }))).toEqual({
      do: "ignore",
      remark: "duplicate",
    });
    expect(decideReceipt({ bundleOf: "M-0" }, arriving({ kind }))).toEqual({
      do: "ignore",
      remark: "bundle-id-reused",
    });
  });

  it("the same id from another sender is another message", () => {
    const keys = ["5790000200016", "5790000210022"].map((senderGln) =>
      messageKey({ senderGln, messageId: "M-1" }),
    );
    expect(new Set(keys).size).toBe(2);
  });
});

describe("an answer that is sent again", () => {
  it("says the same under the same id, in a new bundle, with the times of its sending renewed", () => {
    const first = answer("fatal-error");
    const now = "2026-11-23T12:00:00+01:00";
    const again = answerAgain(first, { bundleId: "B-ack-2", now });
    expect(again).toEqual({
      ...first,
      bundleId: "B-ack-2",
      created: now,
      history: [first.history[0], { ...first.history[1], occurred: now }],
    });
  });
});

type Sent = { sender: string; message: string; bundle: string; content: string; result: AcknowledgementCode };

/** A receiver as the decisions make it: what it remembers, what it took in, and every answer that it gave. */
const createReceiver = () => {
  const messages = new Map<string, SeenMessage>();
  const bundles = new Map<string, string>();
  const answers = new Map<string, Acknowledgement[]>();
  const taken = new Map<string, string[]>();
  const give = (key: string, one: Acknowledgement): void => {
    answers.set(key, [...(answers.get(key) ?? []), one]);
  };
  const processed = (key: string, { message, content, result }: Sent): Acknowledgement => {
    if (result === "ok") taken.set(key, [...(taken.get(key) ?? []), content]);
    return answer(result, { about: message });
  };
  const receive = (sent: Sent): void => {
    const { sender, message, bundle, content } = sent;
    const one = arriving({ senderGln: sender, messageId: message, bundleId: bundle, digest: content });
    const key = messageKey(one);
    const usedBy = bundles.get(`${sender}:${bundle}`);
    const before = messages.get(key);
    const decision = decideReceipt(
      {
        ...(before === undefined ? {} : { message: before }),
        ...(usedBy === undefined || usedBy === message ? {} : { bundleOf: usedBy }),
      },
      one,
    );
    if (usedBy === undefined) bundles.set(`${sender}:${bundle}`, message);
    if (decision.do === "ignore" || decision.do === "wait") return;
    if (decision.do === "answerAgain") {
      messages.set(key, remembered(before, one));
      give(key, answerAgain(decision.answer, { bundleId: `again-${bundle}`, now: "2026-11-23T12:00:00Z" }));
      return;
    }
    const said = decision.do === "process" ? processed(key, sent) : answer("fatal-error", { about: message });
    messages.set(key, remembered(before, one, said));
    give(key, said);
  };
  return { receive, answers, taken, messages };
};

describe("whatever comes, in any order and how often it may", () => {
  const sent: fc.Arbitrary<Sent> = fc.record({
    sender: fc.constantFrom("5790000200016", "5790000210022"),
    message: fc.constantFrom("M-1", "M-2", "M-3"),
    bundle: fc.constantFrom("B-1", "B-2", "B-3", "B-4"),
    content: fc.constantFrom("content-1", "content-1", "content-2"),
    result: fc.constantFrom<AcknowledgementCode>("ok", "fatal-error", "transient-error"),
  });
  const traffic = fc.array(sent, { maxLength: 60 });
  const played = (messages: readonly Sent[]) => {
    const receiver = createReceiver();
    for (const one of messages) receiver.receive(one);
    return receiver;
  };

  it("the first final answer to a message is the last word: it never flips", () => {
    fc.assert(
      fc.property(traffic, (messages) => {
        for (const answers of played(messages).answers.values()) {
          const codes = answers.map(({ code }) => code);
          const final = codes.findIndex((code) => code !== "transient-error");
          expect(new Set(final < 0 ? [] : codes.slice(final)).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("a message is taken once at most, and only in its first content", () => {
    fc.assert(
      fc.property(traffic, (messages) => {
        const { taken } = played(messages);
        for (const [key, contents] of taken) {
          const first = messages.find(
            ({ sender, message }) => messageKey({ senderGln: sender, messageId: message }) === key,
          );
          expect(contents).toEqual([first?.content]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("every copy is answered, and what is kept of a message is its last answer", () => {
    fc.assert(
      fc.property(traffic, (messages) => {
        const { answers, messages: kept } = played(messages);
        for (const [key, { answer: last, bundleIds }] of kept) {
          const copies = messages.filter(
            ({ sender, message }) => messageKey({ senderGln: sender, messageId: message }) === key,
          );
          expect(answers.get(key)).toHaveLength(copies.length);
          expect(last?.code).toBe(answers.get(key)?.at(-1)?.code);
          expect(new Set(bundleIds)).toEqual(new Set(copies.map(({ bundle }) => bundle)));
        }
      }),
      { numRuns: 200 },
    );
  });
});
