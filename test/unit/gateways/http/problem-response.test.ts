import { expect, test } from "vitest";
import { type ErrorCode, errorCodes, isErrorCode } from "../../../../contracts/errors.ts";
import { knownCode, statusOf } from "../../../../gateways/http/problem-response.ts";

const codes = Object.keys(errorCodes).filter(isErrorCode);

test("a code that is a fault is 503 behind the gateway, and a code that is not never is", () => {
  for (const code of codes) {
    // Who asks too often may come back as well, but nothing of ours failed.
    const isFault = errorCodes[code].fate !== "park" && code !== "too-many-requests";
    expect([code, statusOf(code, "command") === 503]).toEqual([code, isFault]);
    expect([code, statusOf(code, "document") === 503]).toEqual([code, isFault]);
  }
});

test("a document is refused as 422, but as 403 for who may send it", () => {
  const refused = codes.filter((code) => errorCodes[code].fate === "park");
  const forbidden = refused.filter((code) => statusOf(code, "document") === 403);
  expect(forbidden).toEqual([
    "sender-not-authorised",
    "role-not-allowed",
    "assurance-too-low",
    "emergency-over",
    "operator-only",
  ]);
  for (const code of refused) expect([403, 422]).toContain(statusOf(code, "document"));
});

test("malformed is 400 and misfitting is 422", () => {
  expect(statusOf("message-invalid", "request")).toBe(400);
  expect(statusOf("message-invalid", "command")).toBe(422);
});

test("a code of another release is taken for the one that is known", () => {
  const otherwise: ErrorCode = "internal-error";
  expect(knownCode("code-of-tomorrow", otherwise)).toBe(otherwise);
  expect(knownCode(undefined, otherwise)).toBe(otherwise);
  expect(knownCode("toString", otherwise)).toBe(otherwise);
  expect(knownCode("wrong-state", otherwise)).toBe("wrong-state");
});
