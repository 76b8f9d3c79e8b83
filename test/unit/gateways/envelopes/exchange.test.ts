import { describe, expect, test } from "vitest";
import {
  type ExchangeVerdict,
  exchangeRefusal,
  type Knowledge,
  verdictOf,
} from "../../../../gateways/envelopes/exchange.ts";

describe("what an envelope's two identifiers mean", () => {
  const rows: [message: Knowledge, envelope: Knowledge, ExchangeVerdict][] = [
    ["new", "new", "process"],
    ["same", "same", "answer-again"],
    ["same", "new", "answer-again"],
    ["new", "other", "envelope-reused"],
    ["same", "other", "envelope-reused"],
    ["other", "other", "envelope-reused"],
    ["other", "new", "content-differs"],
    ["other", "same", "content-differs"],
    // Told of the envelope, and then the hub died before it told of the message.
    ["new", "same", "answer-again"],
  ];
  test.each(rows)("message %s, envelope %s: %s", (message, envelope, verdict) => {
    expect(verdictOf(envelope, message)).toBe(verdict);
  });
});

describe("an envelope that is refused for its identifiers", () => {
  test.each(
    (["envelope-reused", "content-differs"] as const).flatMap((code) =>
      (["vans", "sbdh"] as const).map((kind) => [code, kind] as const),
    ),
  )("%s of %s is told with its place and no value", (code, kind) => {
    const { problems } = exchangeRefusal(code, kind);
    expect(problems).toMatchObject([{ code, severity: "error" }]);
    expect(JSON.stringify(problems)).not.toMatch(/\d{4}/);
  });
});
