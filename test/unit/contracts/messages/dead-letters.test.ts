import { describe, expect, test } from "vitest";
import { type ErrorCode, errorCodes } from "../../../../contracts/errors.ts";
import {
  type DeadLetterStep,
  kindOfRefusal,
  stateAfterSteps,
} from "../../../../contracts/messages/dead-letters.ts";

describe("the kind of a document of which nothing was taken", () => {
  test.each([
    ["xml-malformed", "unreadable"],
    ["document-too-costly", "unreadable"],
    ["receiver-unknown", "refused"],
    ["document-invalid", "refused"],
    ["content-differs", "refused"],
    ["internal-error", "failed"],
    ["a-code-of-a-later-release", "refused"],
  ])("%s: %s", (code, kind) => {
    expect(kindOfRefusal(code)).toBe(kind);
  });

  test("is never a failure of the hub's where the code's fate is to be parked", () => {
    const codes = Object.keys(errorCodes) as ErrorCode[];
    for (const code of codes)
      expect([code, kindOfRefusal(code) === "failed"]).toEqual([code, errorCodes[code].fate !== "park"]);
  });
});

describe("what is left to do after the steps that were taken", () => {
  const acted = { at: "2026-11-23T10:00:00.000Z", commandId: "c", by: "operator" };
  const closed: DeadLetterStep = { step: "closed", ...acted };
  const corrected: DeadLetterStep = { step: "sentAgain", ...acted, as: "other", status: "refused" };
  const read = (status: "accepted" | "refused" | "ignored"): DeadLetterStep => ({
    step: "readAgain",
    ...acted,
    status,
  });
  test.each<[string, DeadLetterStep[], string]>([
    ["none", [], "open"],
    ["read again and refused again", [read("refused")], "open"],
    ["read again and taken", [read("accepted")], "sent-again"],
    ["read again, and it was a receipt that was known", [read("ignored")], "sent-again"],
    ["corrected, whatever came of the other", [corrected], "sent-again"],
    ["closed", [closed], "closed"],
    ["closed, then read again in vain", [closed, read("refused")], "closed"],
    ["closed, then corrected", [closed, corrected], "sent-again"],
    ["corrected, then closed", [corrected, closed], "closed"],
  ])("%s", (_, steps, state) => {
    expect(stateAfterSteps(steps)).toBe(state);
  });
});
