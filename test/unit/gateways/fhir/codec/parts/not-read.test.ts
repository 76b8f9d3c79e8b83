import { describe, expect, it } from "vitest";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { notReadIn } from "../../../../../../gateways/fhir/codec/parts/not-read.ts";
import { openMessage } from "../../../../../../gateways/fhir/codec/parts/open-message.ts";
import { partsSaid } from "../../../../../../gateways/fhir/codec/parts/parts-said.ts";
import { many, reference, value } from "../../../../../../gateways/fhir/codec/parts/said.ts";
import { withEntry, withValue } from "../../../../../support/fhir-bundle-edit.ts";
import { fhirParties, hospitalNotification } from "../../../../../support/fhir-bundles.ts";

const message = ["source.endpoint", "destination[0].endpoint"].reduce((bundle, path, at) => {
  const { sor } = at === 0 ? fhirParties.department : fhirParties.municipality;
  return withValue(bundle, `MessageHeader.${path}`, `https://sor2.sum.dsdn.dk/#id=${sor}`);
}, hospitalNotification());
const Encounter = {
  status: value,
  class: many({ system: value, code: value }),
  subject: reference,
  episodeOfCare: many({ identifier: many({ system: value, value }) }),
  period: many({ start: value, end: value }),
  serviceProvider: reference,
};
const pathsOf = (bundle: FhirResource): string[] =>
  notReadIn(openMessage(bundle), { ...partsSaid, Encounter }).map(({ path }) => path);

describe("what a message says beyond its typed form", () => {
  it("is nothing where the tables know every element", () => {
    expect(pathsOf(message)).toEqual([]);
  });

  it.each([
    ["Patient.telecom", [{ rank: "90000001" }], "Bundle.entry[1].resource.telecom[0].rank"],
    ["Patient.address", [{ line: ["Å 1"], country: "DK" }], "Bundle.entry[1].resource.address[0].country"],
    ["Patient.birthDate", "1965-01-01", "Bundle.entry[1].resource.birthDate"],
    [
      "Patient.identifier[1]",
      { system: "http://example.org/no", value: "7" },
      "Bundle.entry[1].resource.identifier[1]",
    ],
    ["Patient.name[1]", { use: "nickname", given: ["Gidde"] }, "Bundle.entry[1].resource.name[1]"],
    ["Organization[0].partOf", { reference: "Organization/x" }, "Bundle.entry[3].resource.partOf"],
    [
      "Organization[0].telecom",
      [{ system: "email", value: "a@b.dk" }],
      "Bundle.entry[3].resource.telecom[0]",
    ],
    ["Bundle.signature", { data: "AA" }, "Bundle.signature"],
    ["Bundle.entry[1].request", { method: "POST" }, "Bundle.entry[1].request"],
    [
      "MessageHeader.extension",
      [{ url: "http://example.org/more", valueBoolean: true }],
      "Bundle.entry[0].resource.extension[0]",
    ],
    ["MessageHeader.source.name", "System", "Bundle.entry[0].resource.source.name"],
    [
      "MessageHeader.source.endpoint",
      "https://sor2.sum.dsdn.dk/#id=999",
      "Bundle.entry[0].resource.source.endpoint",
    ],
  ])("tells of %s by its path alone", (place, what, path) => {
    const notes = notReadIn(openMessage(withValue(message, place, what)), { ...partsSaid, Encounter });
    expect(notes.map((note) => note.path)).toEqual([path]);
    expect(notes.every(({ text }) => / \/ /.test(text) && !/90000001|Gidde/.test(text))).toBe(true);
  });

  it("is a resource that nothing refers to", () => {
    const extra: FhirResource = { resourceType: "Organization", id: "extra", name: "Ekstra" };
    expect(pathsOf(withEntry(message, extra))).toEqual(["Bundle.entry[6].resource"]);
  });

  it("is a resource of a type that the message has none of, though something refers to it", () => {
    const location: FhirResource = { resourceType: "Location", id: "ward" };
    const bundle = withValue(withEntry(message, location), "Encounter.location", [
      { location: { reference: "Location/ward" } },
    ]);
    expect(pathsOf(bundle)).toEqual(["Bundle.entry[2].resource.location[0]", "Bundle.entry[6].resource"]);
  });
});
