import { describe, expect, it } from "vitest";
import {
  all,
  at,
  elementAt,
  elementsAt,
  elementsOf,
  extensionOf,
  isBytes,
  isElement,
  isNumeral,
  isResource,
  resourceOf,
  resourcesOf,
  textAt,
  textOf,
  textsAt,
  valuesOf,
} from "../../../../../../gateways/fhir/codec/model/navigate.ts";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";

const header: FhirResource = {
  resourceType: "MessageHeader",
  eventCoding: { system: "urn:prøve", code: "care-communication-message" },
  destination: [
    { extension: [{ url: "http://prøve/use", valueCode: "primary" }] },
    { receiver: { reference: "Organization/b" }, name: "B" },
    { receiver: { reference: "Organization/c" } },
  ],
};
const bundle: FhirResource = {
  resourceType: "Bundle",
  total: { numeral: "1.10" },
  entry: [
    { fullUrl: "urn:a", resource: header },
    { fullUrl: "urn:b" },
    {
      resource: {
        resourceType: "Patient",
        active: true,
        name: [{ given: ["Prøve", null], _given: [null, { id: "g" }] }],
        photo: [{ data: new Uint8Array([1]) }],
      },
    },
  ],
};

describe("finding one's way in a resource", () => {
  it("every kind of value is told from the others", () => {
    const values = ["text", true, { numeral: "1" }, new Uint8Array([1]), { id: "a" }, ["a"], null, undefined];
    expect(values.map(isElement)).toEqual([false, false, false, false, true, false, false, false]);
    expect(values.map(isNumeral)).toEqual([false, false, true, false, false, false, false, false]);
    expect(values.map(isBytes)).toEqual([false, false, false, true, false, false, false, false]);
    expect([header, { id: "a" }, "Bundle"].map(isResource)).toEqual([true, false, false]);
  });

  it("one is an array of one, and a place that only an extension fills is no value", () => {
    expect(valuesOf("a")).toEqual(["a"]);
    expect(valuesOf(["a", null, "b"])).toEqual(["a", "b"]);
    expect(valuesOf(undefined)).toEqual([]);
    expect(elementsOf({ id: "a" })).toEqual([{ id: "a" }]);
    expect(elementsOf([{ id: "a" }, null, "text"])).toEqual([{ id: "a" }]);
  });

  it("text is a string, or a number as it was written, and of an array the first", () => {
    expect(textOf("a")).toBe("a");
    expect(textOf({ numeral: "1.10" })).toBe("1.10");
    expect(textOf([null, "b"])).toBe("b");
    expect(textOf(true)).toBeUndefined();
    expect(textOf({ id: "a" })).toBeUndefined();
  });

  it("a path leads through elements and arrays, to all values or to the first that it reaches", () => {
    expect(all(header, "destination.receiver.reference")).toEqual(["Organization/b", "Organization/c"]);
    expect(at(header, "destination.receiver.reference")).toBe("Organization/b");
    expect(textAt(header, "eventCoding.code")).toBe("care-communication-message");
    expect(textAt(bundle, "total")).toBe("1.10");
    expect(textsAt(bundle, "entry.resource.name.given")).toEqual(["Prøve"]);
    expect(elementAt(bundle, "entry.resource.name._given")).toEqual({ id: "g" });
    expect(elementsAt(header, "destination.receiver")).toHaveLength(2);
    expect(at(bundle, "entry.resource.active")).toBe(true);
  });

  it("a path that leads nowhere gives nothing", () => {
    expect(at(header, "eventCoding.code.further")).toBeUndefined();
    expect(at(header, "nameOfNothing")).toBeUndefined();
    expect(all(undefined, "a")).toEqual([]);
    expect(elementAt(header, "eventCoding.code")).toBeUndefined();
  });

  it("an extension is found by its URL", () => {
    expect(textAt(extensionOf(elementAt(header, "destination"), "http://prøve/use"), "valueCode")).toBe(
      "primary",
    );
    expect(extensionOf(header, "http://prøve/use")).toBeUndefined();
  });

  it("the resources of a Bundle are those of its entries, all or of one type", () => {
    const [first, second] = elementsOf(bundle["entry"]);
    expect(resourceOf(first)).toBe(header);
    expect(resourceOf(second)).toBeUndefined();
    expect(resourcesOf(bundle).map((resource) => resource.resourceType)).toEqual([
      "MessageHeader",
      "Patient",
    ]);
    expect(resourcesOf(bundle, "Patient")).toHaveLength(1);
  });
});
