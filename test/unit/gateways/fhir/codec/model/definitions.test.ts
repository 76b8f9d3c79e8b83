import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import {
  contentOf,
  type FhirType,
  resourceTypeNamed,
  typeNamed,
  typeNames,
} from "../../../../../../gateways/fhir/codec/model/definitions.ts";
import { fhirDefinitionsText } from "../../../../../../infra/setup/write-fhir-definitions.ts";

const named = (name: string): FhirType => {
  const type = typeNamed(name);
  if (type === undefined) throw new Error(name);
  return type;
};

/** Every structure that can be reached from a type. */
const reached = (): FhirType[] => {
  const found = new Map<string, FhirType>();
  const visit = (type: FhirType): void => {
    if (found.has(type.name)) return;
    found.set(type.name, type);
    for (const property of type.properties.values())
      if (property.kind === "complex") visit(contentOf(property));
  };
  for (const name of typeNames()) visit(named(name));
  return [...found.values()];
};

describe("the definitions of FHIR R4", () => {
  it("are those of the package they are written from (else: npx tsx infra/setup/write-fhir-definitions.ts)", async () => {
    const file = await readFile("gateways/fhir/codec/model/r4-structures.ts", "utf8");
    expect(file).toBe(await fhirDefinitionsText());
    expect(file.length).toBeLessThan(300_000);
  });

  it("are of all 146 resource types and 39 data types, and every type that one names is there", () => {
    const types = typeNames().map(named);
    expect(types.filter(({ isResource }) => isResource)).toHaveLength(146);
    expect(types.filter(({ isResource }) => !isResource)).toHaveLength(39);
    expect(reached().length).toBeGreaterThan(600);
  });

  it("have no element that could be taken for a number of the model, or for what every object has", () => {
    const reserved = ["numeral", "resourceType", ...Object.getOwnPropertyNames(Object.prototype)];
    const taken = reached().flatMap(({ name, properties }) =>
      [...properties.keys()]
        .filter((key) => reserved.includes(key) || key.startsWith("_"))
        .map((key) => [name, key]),
    );
    // Not the type of a resource, and of none that carries one.
    expect(taken).toEqual([["ExampleScenario.instance", "resourceType"]]);
  });

  it("give elements in their order, with those of the base before their own", () => {
    expect([...named("Bundle").properties.keys()]).toEqual([
      ...["id", "meta", "implicitRules", "language", "identifier", "type", "timestamp", "total", "link"],
      ...["entry", "signature"],
    ]);
    expect([...named("Bundle.entry").properties.keys()].slice(0, 6)).toEqual([
      ...["id", "extension", "modifierExtension", "link", "fullUrl", "resource"],
    ]);
    expect([...named("Timing.repeat").properties.keys()].slice(0, 4)).toEqual([
      ...["id", "extension", "boundsDuration", "boundsRange"],
    ]);
  });

  it("say what repeats, what is required, what is a choice and what is an attribute in XML", () => {
    const { properties, required } = named("Patient");
    expect(properties.get("name")).toMatchObject({ repeats: true, kind: "complex", type: "HumanName" });
    expect(properties.get("deceasedDateTime")).toMatchObject({ choice: "deceased", repeats: false });
    expect(properties.get("deceasedBoolean")?.order).toBe(properties.get("deceasedDateTime")?.order);
    expect(required).toEqual([]);
    expect(named("MessageHeader").required.map(([first]) => first?.choice ?? first?.name)).toEqual([
      ...["event", "source"],
    ]);
    expect(named("Extension").properties.get("url")).toMatchObject({ isAttribute: true, type: "uri" });
    expect(named("Extension").properties.size).toBe(3 + 50);
    expect([properties, named("Coding").properties].map((all) => all.get("id")?.isAttribute)).toEqual([
      ...[false, true],
    ]);
  });

  it("lead from an element to the content of another, also where the package loses that", () => {
    const link = named("Bundle.entry").properties.get("link");
    expect(link && contentOf(link)).toBe(named("Bundle.link"));
    const adjudication = named("ClaimResponse").properties.get("adjudication");
    expect(adjudication && contentOf(adjudication)).toBe(named("ClaimResponse.item.adjudication"));
  });

  it("know no other name, and no data type as a resource", () => {
    const names = ["Nothing", "Bundle.nothing", "__proto__", "constructor", "", "Resource", "string"];
    expect(names.map(typeNamed)).toEqual(names.map(() => undefined));
    expect(["Patient", "Coding", "Bundle.entry"].map((name) => resourceTypeNamed(name)?.name)).toEqual([
      ...["Patient", undefined, undefined],
    ]);
  });
});
