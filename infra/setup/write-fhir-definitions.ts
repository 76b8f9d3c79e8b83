import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** One element as the package `fhir` has it, parsed from HL7's own StructureDefinitions of R4 (4.0.1; CC0). */
interface Property {
  readonly _name: string;
  readonly _type: string;
  readonly _multiple?: boolean | undefined;
  readonly _required?: boolean | undefined;
  readonly _choice?: string | undefined;
  readonly _properties?: readonly Property[] | undefined;
}
const Property: z.ZodType<Property> = z.lazy(() =>
  z.object({
    _name: z.string(),
    _type: z.string(),
    _multiple: z.boolean().optional(),
    _required: z.boolean().optional(),
    _choice: z.string().optional(),
    _properties: z.array(Property).optional(),
  }),
);
const Structures = z.record(z.string(), z.object({ _kind: z.string(), _properties: z.array(Property) }));

/** What every structure of a base has before its own elements; the reader of the file adds them again. */
const bases = [
  ["D", ["id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension"]],
  ["R", ["id", "meta", "implicitRules", "language"]],
  ["B", ["id", "extension", "modifierExtension"]],
  ["E", ["id", "extension"]],
] as const;
const abstractTypes = new Set(["Element", "BackboneElement", "Resource", "DomainResource"]);
/** Profiles of Quantity, which no element has as its type. */
const profiles = new Set(["MoneyQuantity", "SimpleQuantity"]);

/** What the package loses: elements of a resource itself that have the content of a deeper one, and what they stand before. */
const lost: Readonly<Record<string, readonly [next: string, element: string]>> = {
  ClaimResponse: ["total", "adjudication*=#ClaimResponse.item.adjudication"],
  ExplanationOfBenefit: ["total", "adjudication*=#ExplanationOfBenefit.item.adjudication"],
  Invoice: ["totalNet", "totalPriceComponent*=#Invoice.lineItem.priceComponent"],
  SubstanceSpecification: [
    "relationship",
    "molecularWeight*=#SubstanceSpecification.structure.isotope.molecularWeight",
  ],
};

/** Of Extension.value[x] and the others that any type will do for (R4, datatypes.html#open). */
const openTypes = 50;

/** The elements of their own that are not the JSON twins of primitives, by base. */
const split = (properties: readonly Property[]): [base: string, own: readonly Property[]] => {
  const elements = properties.filter(({ _name }) => !_name.startsWith("_"));
  for (const [base, names] of bases)
    if (names.every((name, i) => elements[i]?._name === name)) return [base, elements.slice(names.length)];
  throw new Error(`no base: ${elements.map(({ _name }) => _name).join()}`);
};

const choiceNameOf = (choice: string): string => choice.slice(choice.lastIndexOf(".") + 1);
const baseNameOf = (property: Property): string =>
  choiceNameOf((property._choice ?? property._name).replace("[x]", ""));

const contentOf = ({ _type, _properties = [] }: Property): string => {
  if (_properties.length === 0) return `=${_type}`;
  const [base, own] = split(_properties);
  return base === "B" ? `{${listOf(own)}}` : `(${listOf(own)})`;
};

const choiceOf = (types: readonly Property[]): string => {
  const name = baseNameOf(types[0] ?? { _name: "", _type: "" });
  for (const { _name, _type } of types)
    if (_name !== name + _type.charAt(0).toUpperCase() + _type.slice(1))
      throw new Error(`no choice: ${_name}`);
  return types.length === openTypes ? "[x]" : `[x]=${types.map(({ _type }) => _type).join("|")}`;
};

const elementsOf = (properties: readonly Property[]): string[] => {
  const printed: string[] = [];
  for (const [i, property] of properties.entries()) {
    const { _choice, _multiple, _required } = property;
    if (_choice !== undefined && properties[i - 1]?._choice === _choice) continue;
    const marks = (_multiple === true ? "*" : "") + (_required === true ? "!" : "");
    const types = properties.filter((other) => other._choice === _choice);
    const content = _choice === undefined ? contentOf(property) : choiceOf(types);
    printed.push(baseNameOf(property) + marks + content);
  }
  return printed;
};

const listOf = (properties: readonly Property[]): string => elementsOf(properties).join(",");

const withLost = (name: string, elements: readonly string[]): readonly string[] => {
  const [next = "", element = ""] = lost[name] ?? [];
  const before = elements.findIndex((other) => other.startsWith(`${next}=`) || other.startsWith(`${next}*`));
  if (element === "") return elements;
  if (before === -1 || elements.includes(element)) throw new Error(`not lost: ${element}`);
  return elements.toSpliced(before, 0, element);
};

const head = `/**
 * Every resource and data type of FHIR R4 (4.0.1), a line each: its base (D DomainResource, R Resource, B BackboneElement,
 * E Element) and its elements in their order. \`*\` repeats, \`!\` is required, \`[x]\` is a choice (of all types where none are named),
 * \`#\` has the content of another element, braces hold a BackboneElement, brackets an Element. Written by
 * infra/setup/write-fhir-definitions.ts from HL7's definitions, which are in the public domain (CC0).
 */
export const r4Structures = \``;

/** The text of gateways/fhir/codec/model/r4-structures.ts. @throws when the package is not there or has another form. */
export const fhirDefinitionsText = async (): Promise<string> => {
  const file = new URL("../../node_modules/fhir/profiles/types.json", import.meta.url);
  const structures = Structures.parse(JSON.parse(await readFile(file, "utf8")));
  const lines = Object.entries(structures).flatMap(([name, { _kind, _properties }]) => {
    if (_kind === "primitive-type" || abstractTypes.has(name) || profiles.has(name)) return [];
    const [base, own] = split(_properties);
    // A System.String to the package, a uri to the page of extensions (R4, extensibility.html).
    const line = withLost(name, elementsOf(own))
      .join(",")
      .replace(/^url!=string/, "url!=uri");
    return [`${name}:${base}:${line}`];
  });
  return `${head}${lines.join("\n")}\`;\n`;
};

// The test imports this file to compare; only the script writes.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL("../../gateways/fhir/codec/model/r4-structures.ts", import.meta.url);
  await writeFile(file, await fhirDefinitionsText());
  process.stdout.write("gateways/fhir/codec/model/r4-structures.ts written\n");
}
