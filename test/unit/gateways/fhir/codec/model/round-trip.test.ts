import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printFhir } from "../../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { type FhirFormat, readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { resourcesOfType } from "../../../../../support/fhir-model-arbitraries.ts";

/** Those of the messages, and those with most of what R4 can do: open choices, content elsewhere, bytes, resources inside. */
const types = [
  ...["Bundle", "MessageHeader", "Patient", "Encounter", "Communication", "Provenance", "Organization"],
  ...["Observation", "DiagnosticReport", "OperationOutcome", "PractitionerRole", "Practitioner", "CareTeam"],
  ...["Media", "Binary", "Parameters", "Questionnaire", "ServiceRequest", "ValueSet", "StructureDefinition"],
  ...["Contract", "ClaimResponse", "Medication", "Task", "Composition", "DocumentReference", "Invoice"],
];

const through = (resource: FhirResource, formats: readonly FhirFormat[]): FhirResource =>
  formats.reduce((value, format) => {
    const document = readFhir(printFhir(value, format));
    if (!document.ok || document.warnings.length > 0) throw new Error(JSON.stringify(document));
    expect(document.format).toBe(format);
    return document.resource;
  }, resource);

const text = (resource: FhirResource, format: FhirFormat): string =>
  Buffer.from(printFhir(resource, format)).toString();

describe.each(types)("a %s of everything that its definition allows", (type) => {
  it("is the same after XML and JSON, and after JSON and XML, to the byte", () => {
    fc.assert(
      fc.property(resourcesOfType(type), (resource) => {
        const before = [text(resource, "xml"), text(resource, "json")];
        for (const formats of [
          ["xml", "json"],
          ["json", "xml"],
        ] as const) {
          const after = through(resource, formats);
          expect(after).toEqual(resource);
          expect([text(after, "xml"), text(after, "json")]).toEqual(before);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("the order of a resource", () => {
  it("is that of the definition in XML, whatever it is in the model", () => {
    fc.assert(
      fc.property(resourcesOfType("Patient"), (resource) => {
        const reversed = {
          resourceType: "Patient",
          ...Object.fromEntries(Object.entries(resource).reverse()),
        };
        expect(text(reversed, "xml")).toBe(text(resource, "xml"));
      }),
    );
  });
});
