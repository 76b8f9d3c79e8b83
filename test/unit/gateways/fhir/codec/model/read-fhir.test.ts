import { describe, expect, it } from "vitest";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import { json, patientXml } from "../../../../../support/fhir-model.ts";

const documents = {
  xml: patientXml('<active value="true"/>'),
  json: json({ resourceType: "Patient", active: true }),
};
const read = (format: "xml" | "json", mediaType?: string) => {
  const document = readFhir(documents[format], mediaType);
  return document.ok ? [document.format, ...document.warnings.map(({ code }) => code)] : [];
};

describe("a document of FHIR", () => {
  it("is the same resource in either format", () => {
    expect([readFhir(documents.xml), readFhir(documents.json)]).toMatchObject([
      { ok: true, resource: { resourceType: "Patient", active: true }, format: "xml" },
      { ok: true, resource: { resourceType: "Patient", active: true }, format: "json" },
    ]);
  });

  it.each([
    ...[
      "application/fhir+xml",
      "application/fhir+xml; charset=utf-8; fhirVersion=4.0",
      "Application/FHIR+XML",
    ],
    ...["text/xml", "application/xml;q=1", "application/octet-stream", "", undefined],
  ])("of media type %s may be XML", (mediaType) => {
    expect(read("xml", mediaType)).toEqual(["xml"]);
  });

  it.each(["application/fhir+json", "application/json", "text/json"])(
    "of media type %s is XML if its bytes are, with a warning",
    (mediaType) => {
      expect(read("xml", mediaType)).toEqual(["xml", "format-differs"]);
      expect(read("json", mediaType)).toEqual(["json"]);
    },
  );

  it("with an error is refused with what is right of it, for saying to whom", () => {
    const document = {
      resourceType: "Bundle",
      type: "message",
      timestamp: "i går",
      entry: [{ resource: { resourceType: "Patient", id: "a" } }],
    };
    expect(readFhir(json(document))).toMatchObject({
      ok: false,
      format: "json",
      problems: [{ code: "date-format", path: "Bundle.timestamp" }],
      partial: { type: "message", entry: [{ resource: { id: "a" } }] },
    });
  });
});
