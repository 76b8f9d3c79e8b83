import { describe, expect, it } from "vitest";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirElement, FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { contentDigestOf } from "../../../../../gateways/fhir/reliable/content-digest.ts";
import {
  acknowledgement,
  careCommunication,
  homeCareObservation,
  hospitalNotification,
} from "../../../../support/fhir-bundles.ts";

const messages = [
  ["HospitalNotification", hospitalNotification()],
  ["CareCommunication", careCommunication()],
  ["HomeCareObservation", homeCareObservation()],
  ["Acknowledgement", acknowledgement()],
] as const;

const entriesOf = (bundle: FhirResource): FhirElement[] => bundle["entry"] as FhirElement[];
const withEntries = (bundle: FhirResource, change: (entries: FhirElement[]) => FhirElement[]) => ({
  ...bundle,
  entry: change(entriesOf(bundle)),
});
const withResources = (bundle: FhirResource, change: (resource: FhirResource) => FhirResource) =>
  withEntries(bundle, (entries) =>
    entries.map((entry) => ({ ...entry, resource: change(entry["resource"] as FhirResource) })),
  );

/** Sent again as MedCom says: a new bundle, and every time of the sending renewed. */
const resent = (bundle: FhirResource): FhirResource => ({
  ...withResources(bundle, (resource) =>
    resource.resourceType === "Provenance"
      ? { ...resource, occurredDateTime: "2027-01-01T00:00:00Z", recorded: "2027-01-02T00:00:00Z" }
      : resource,
  ),
  id: "B-again",
  timestamp: "2027-01-01T00:00:00Z",
});

describe.each(messages)("what a %s says", (_, bundle) => {
  const digest = contentDigestOf(bundle);
  const inFormat = (format: "xml" | "json"): FhirResource => {
    const document = readFhir(printFhir(bundle, format));
    if (!document.ok) throw new Error("unreadable");
    return document.resource;
  };

  it("is the same when it is sent again", () => {
    expect(contentDigestOf(resent(bundle))).toBe(digest);
  });

  it("is the same in both formats", () => {
    expect([contentDigestOf(inFormat("xml")), contentDigestOf(inFormat("json"))]).toEqual([digest, digest]);
  });

  it("is the same in whatever order its parts are written", () => {
    const turned = withResources(
      withEntries(bundle, (entries) => [...entries.slice(0, 1), ...entries.slice(1).toReversed()]),
      (resource) => Object.fromEntries(Object.entries(resource).toReversed()) as FhirResource,
    );
    expect(contentDigestOf(turned)).toBe(digest);
  });

  it("is the same whatever its narratives and profiles are", () => {
    const bare = withResources(bundle, ({ text: _text, meta, ...rest }) => {
      const { profile: _profile, ...said } = meta as FhirElement;
      return { ...rest, meta: { ...said, versionId: "2" } };
    });
    expect(contentDigestOf(bare)).toBe(digest);
  });

  it("is another with any resource changed or gone", () => {
    const changed = entriesOf(bundle).flatMap((entry, at) => {
      const resource = entry["resource"] as FhirResource;
      const other = { ...entry, resource: { ...resource, language: "da" } };
      return [
        withEntries(bundle, (entries) => entries.toSpliced(at, 1, other)),
        withEntries(bundle, (entries) => entries.toSpliced(at, 1)),
      ];
    });
    const digests = changed.map(contentDigestOf);
    expect(new Set([digest, ...digests]).size).toBe(changed.length + 1);
  });
});

describe("what an observation says", () => {
  it.each([
    ["a value", { values: [{ code: "NPU21692", value: "93", unit: "1/min" }] }],
    ["a digit that changes no number", { values: [{ code: "NPU21692", value: "92.0", unit: "1/min" }] }],
    ["a comment", { conclusion: "Andet" }],
    ["a refusal that it is shared", { restricted: true }],
    ["what is done with it", { activity: "modified-message" as const }],
  ])("is another with %s changed", (_, wish) => {
    const usual = { values: [{ code: "NPU21692", value: "92", unit: "1/min" }] };
    const [before, after] = [usual, { ...usual, ...wish }].map((one) =>
      contentDigestOf(homeCareObservation(one)),
    );
    expect(after).not.toBe(before);
  });

  it("is another with other bytes in an attachment", () => {
    const of = (text: string): string =>
      contentDigestOf({
        resourceType: "Bundle",
        entry: [{ resource: { resourceType: "Media", content: { data: Buffer.from(text) } } }],
      });
    expect([of("one"), of("one") === of("two")]).toEqual([of("one"), false]);
  });
});
