import { describe, expect, it } from "vitest";
import { printXml } from "../../../../../../gateways/fhir/codec/model/print-xml.ts";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import { readXml } from "../../../../../../gateways/fhir/codec/model/read-xml.ts";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { patientXml, resourceIn, said } from "../../../../../support/fhir-model.ts";

const read = (inner: string): FhirResource => resourceIn(readFhir(patientXml(inner)));
const problems = (inner: string): string[] => said(patientXml(inner));

describe("FHIR's XML", () => {
  it("is the value that JSON is: elements that repeat are arrays, numbers are as written, choices have their type", () => {
    const inner =
      '<id value="a"/><active value="true"/><name><given value="x"/></name><deceasedDateTime value="2026"/>' +
      '<multipleBirthInteger value="2"/><photo><data value="AA=="/><size value="1"/></photo>';
    expect(read(inner)).toEqual({
      resourceType: "Patient",
      id: "a",
      active: true,
      name: [{ given: ["x"] }],
      deceasedDateTime: "2026",
      multipleBirthInteger: { numeral: "2" },
      photo: [{ data: Buffer.from([0]), size: { numeral: "1" } }],
    });
  });

  it("has the id and the extensions of a primitive beside it, at its place when it repeats", () => {
    const extension = '<extension url="u"><valueBoolean value="false"/></extension>';
    expect(read(`<birthDate id="b" value="2026">${extension}</birthDate>`)).toEqual({
      resourceType: "Patient",
      birthDate: "2026",
      _birthDate: { id: "b", extension: [{ url: "u", valueBoolean: false }] },
    });
    expect(
      read(`<name><given value="a"/><given>${extension}</given><given value="c"/></name>`)["name"],
    ).toEqual([
      { given: ["a", null, "c"], _given: [null, { extension: [{ url: "u", valueBoolean: false }] }, null] },
    ]);
    expect(read(`<name><given>${extension}</given></name>`)["name"]).toEqual([
      { _given: [{ extension: [{ url: "u", valueBoolean: false }] }] },
    ]);
  });

  it("contains resources, one in each place", () => {
    const inner = "<contained><Basic><id value='a'/><code id='x'/></Basic></contained>";
    expect(read(inner + inner)["contained"]).toEqual([
      { resourceType: "Basic", id: "a", code: { id: "x" } },
      { resourceType: "Basic", id: "a", code: { id: "x" } },
    ]);
    expect(problems("<contained/>")).toEqual(["element-empty Patient.contained[0]"]);
    expect(problems("<contained>x<Patient/><Patient/></contained>")).toEqual([
      "text-unexpected Patient.contained[0]",
      "element-repeated Patient.contained[0]",
    ]);
    expect(problems("<contained extra='1'><Coding/></contained>")).toEqual([
      "attribute-unknown Patient.contained[0].@extra",
      "resource-type-unknown Patient.contained[0]",
    ]);
  });

  it("is read out of order, with a warning, and an element that comes back is one more of it", () => {
    const inner =
      '<name><family value="f"/><given value="a"/></name><active value="true"/><name><text value="t"/></name>';
    expect(problems(inner)).toEqual(["element-order Patient.active"]);
    expect(read(inner)["name"]).toEqual([{ family: "f", given: ["a"] }, { text: "t" }]);
  });

  it("has ids and an extension's URL as attributes, and a resource's id as an element", () => {
    expect(problems('<name><id value="a"/><text value="x"/></name>')).toEqual([
      "element-unknown Patient.name[0].id",
    ]);
    expect(problems('<extension><url value="a"/><valueCode value="x"/></extension>')).toEqual([
      "element-unknown Patient.extension[0].url",
      "element-missing Patient.extension[0].url",
    ]);
    expect(said(Buffer.from('<Patient xmlns="http://hl7.org/fhir" id="a"/>'))).toEqual([
      "attribute-unknown Patient.@id",
    ]);
    expect(problems('<name value="x"><text value="x"/></name>')).toEqual([
      "attribute-unknown Patient.name[0].@value",
    ]);
    expect(problems('<active xmlns:p="urn:p" p:value="true" value="true"/>')).toEqual([
      "attribute-unknown Patient.active.@value",
    ]);
  });

  it("says of a value what is wrong with it, once", () => {
    expect(problems('<active value="1"/><birthDate value=""/><language/>')).toEqual([
      "type-wrong Patient.active",
      "element-empty Patient.birthDate",
      "element-order Patient.language",
      "element-empty Patient.language",
    ]);
    expect(problems('<link><other id="a"/><type value=" x"/></link>')).toEqual([
      "value-format Patient.link[0].type",
    ]);
  });

  it("is in the namespace of FHIR, under whatever prefix", () => {
    const document =
      '<f:Patient xmlns:f="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"><f:active value="true"/></f:Patient>';
    expect(readFhir(Buffer.from(document))).toEqual({
      ok: true,
      format: "xml",
      warnings: [],
      resource: { resourceType: "Patient", active: true },
    });
    expect(said(Buffer.from("<Patient/>"))).toEqual(["namespace-wrong Resource"]);
    expect(problems('<text><status value="generated"/><div>x</div></text>')).toEqual([
      "narrative-malformed Patient.text.div",
    ]);
    expect(problems('<o:name xmlns:o="urn:other"><text value="a"/></o:name>')).toEqual([
      "namespace-wrong Patient.name[0]",
    ]);
  });

  it("is UTF-8", () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><Patient xmlns="http://hl7.org/fhir"/>',
    );
    expect(said(latin)).toEqual(["encoding-unknown Resource"]);
    expect(
      said(Buffer.from("\ufeff<?xml version='1.0' encoding='utf-8'?><Patient xmlns='http://hl7.org/fhir'/>")),
    ).toEqual([]);
  });

  it("keeps the breaks of a line, and prints them as references", () => {
    const resource = { resourceType: "Patient", name: [{ text: 'a\nb\r\n\t"<&>æ\u00a0😀' }] };
    const document = printXml(resource);
    expect(Buffer.from(document).toString()).toContain(
      '<text value="a&#xA;b&#xD;&#xA;&#x9;&quot;&lt;&amp;&gt;æ\u00a0😀"/>',
    );
    expect(readXml(document)).toEqual({ ok: true, resource, warnings: [] });
  });

  it("has a whole number without its sign, for JSON has none", () => {
    expect(read('<multipleBirthInteger value="+2"/>')["multipleBirthInteger"]).toEqual({ numeral: "2" });
  });
});
