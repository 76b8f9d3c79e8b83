import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HomeCareObservation } from "../../../../../contracts/fhir/home-care-observation.ts";
import { readHomeCareObservation } from "../../../../../gateways/fhir/codec/home-care-observation.ts";
import { contentOf } from "../../../../../gateways/fhir/reliable/message-key.ts";
import { homeCareObservation } from "../../../../support/fhir-bundles.ts";
import { anyHomeCareObservation } from "../../../../support/fhir-home-care-arbitraries.ts";

/** Sent again as MedCom says: a new bundle, and every time of the sending renewed. */
const resent = (message: HomeCareObservation): HomeCareObservation => ({
  ...message,
  bundleId: "B-again",
  created: "2027-01-01T00:00:00Z",
  history: message.history.map((step) => ({
    ...step,
    occurred: "2027-01-01T00:00:00Z",
    ...(step.recorded === undefined ? {} : { recorded: "2027-01-02T00:00:00Z" }),
  })),
});

describe("what a message says", () => {
  it("is the same when it is sent again", () => {
    fc.assert(
      fc.property(anyHomeCareObservation, (message) => {
        expect(contentOf(resent(message))).toBe(contentOf(message));
      }),
    );
  });

  it("is the same in whatever order its parts are written", () => {
    const { message } = readHomeCareObservation(homeCareObservation());
    const turned = Object.fromEntries(Object.entries(message).toReversed()) as HomeCareObservation;
    expect(contentOf(turned)).toBe(contentOf(message));
  });

  it.each([
    ["a value", { values: [{ code: "NPU21692", value: "93", unit: "1/min" }] }],
    ["a digit that changes no number", { values: [{ code: "NPU21692", value: "92.0", unit: "1/min" }] }],
    ["a comment", { conclusion: "Andet" }],
    ["a refusal that it is shared", { restricted: true }],
    [
      "when it was measured",
      { values: [{ code: "NPU21692", value: "92", unit: "1/min", at: "2026-11-23T09:51:00+01:00" }] },
    ],
    ["what is done with it", { activity: "modified-message" as const }],
  ])("is another with %s changed", (_, wish) => {
    const usual = { values: [{ code: "NPU21692", value: "92", unit: "1/min" }] };
    const [before, after] = [usual, { ...usual, ...wish }].map((one) =>
      contentOf(readHomeCareObservation(homeCareObservation(one)).message),
    );
    expect(after).not.toBe(before);
  });

  it("is another with other bytes in an attachment", () => {
    const { message } = readHomeCareObservation(homeCareObservation());
    const digests = ["sha256-a", "sha256-b"].map((digest) => contentOf(message, new Map([["p-1", digest]])));
    expect(new Set([...digests, contentOf(message)]).size).toBe(3);
  });
});
