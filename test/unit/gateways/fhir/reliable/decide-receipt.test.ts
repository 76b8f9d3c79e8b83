import { describe, expect, it } from "vitest";
import { answerAgain } from "../../../../../gateways/fhir/reliable/answer-again.ts";
import { decideReceipt } from "../../../../../gateways/fhir/reliable/decide-receipt.ts";
import { answer } from "../../../../support/fhir-answers.ts";

const first = { digest: "content-1", what: "was answered" };

describe("the receiver's table (guide to FHIR, section 8.1)", () => {
  it("new message, new bundle: it is processed", () => {
    expect(decideReceipt({ first: undefined, bundleReused: false, digest: "content-1" })).toEqual({
      do: "process",
    });
  });

  it.each([
    ["its own bundle or a new one", false],
    ["a bundle that was another message's", true],
  ])("seen message in %s: not processed, the same answer again", (_, bundleReused) => {
    expect(decideReceipt({ first, bundleReused, digest: "content-1" })).toEqual({
      do: "answer-again",
      first,
    });
  });

  it.each([false, true])("seen message with other content, bundle reused %s: the first stands", (reused) => {
    expect(decideReceipt({ first, bundleReused: reused, digest: "content-2" })).toEqual({
      do: "keep-first",
      first,
    });
  });

  it("new message in a bundle that was used before: refused, and it is told why", () => {
    expect(decideReceipt({ first: undefined, bundleReused: true, digest: "content-1" })).toEqual({
      do: "refuse",
      details: "MSG_DUPLICATE_ID",
    });
  });
});

describe("an answer that is sent again", () => {
  it("says the same under the same id, in a new bundle, with the times of its sending renewed", () => {
    const before = answer("fatal-error");
    const now = "2026-11-23T12:00:00+01:00";
    const again = answerAgain(before, { bundleId: "B-ack-2", now });
    expect(again).toEqual({
      ...before,
      bundleId: "B-ack-2",
      created: now,
      history: [before.history[0], { ...before.history[1], occurred: now }],
    });
  });
});
