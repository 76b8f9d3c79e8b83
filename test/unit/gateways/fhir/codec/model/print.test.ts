import { describe, expect, it } from "vitest";
import { printFhir } from "../../../../../../gateways/fhir/codec/model/print-fhir.ts";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";

const text = (resource: FhirResource, format: "xml" | "json"): string =>
  Buffer.from(printFhir(resource, format)).toString();
const patient = (rest: object): FhirResource => ({ resourceType: "Patient", ...rest });

describe("printing", () => {
  it("puts elements in the order of their definition in XML, and as they are in JSON", () => {
    const resource = patient({ name: [{ given: ["b"], family: "a" }], active: true, _active: { id: "x" } });
    expect(text(resource, "xml")).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Patient xmlns="http://hl7.org/fhir"><active id="x" value="true"/>' +
        '<name><family value="a"/><given value="b"/></name></Patient>',
    );
    expect(text(resource, "json")).toBe(
      '{"resourceType":"Patient","name":[{"given":["b"],"family":"a"}],"active":true,"_active":{"id":"x"}}',
    );
  });

  it("leaves out what is undefined", () => {
    const resource = patient({ active: undefined, name: [{ text: "a", family: undefined }] });
    expect(text(resource, "json")).toBe('{"resourceType":"Patient","name":[{"text":"a"}]}');
    expect(text(resource, "xml")).toContain('fhir"><name><text value="a"/></name></Patient>');
  });

  it("says of a character that no document can hold that it was there", () => {
    for (const format of ["xml", "json"] as const)
      expect(text(patient({ name: [{ text: "a\u0000b\ud800c" }] }), format)).toContain('"a\ufffdb\ufffdc"');
  });

  it.each([
    ["an element that its type does not have", patient({ nothing: "a" })],
    ["an element of a data type that it does not have", patient({ name: [{ cpr: "a" }] })],
    ["text for an element", patient({ name: ["a"] })],
    ["an element for text", patient({ language: { id: "a" } })],
    ["no resource in the place of one", patient({ contained: [{ id: "a" }] })],
    ["a resource that R4 does not have", { resourceType: "Nothing" }],
    ["a narrative that is no XHTML", patient({ text: { status: "generated", div: "<p>" } })],
    ["a narrative that runs", patient({ text: { status: "generated", div: "<div onclick='x()'/>" } })],
  ])("of XML gives nobody %s", (_, resource) => {
    expect(() => printFhir(resource, "xml")).toThrow(/^(not of|no resource type)/);
  });
});
