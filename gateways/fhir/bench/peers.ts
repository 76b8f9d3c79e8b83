import type * as FastXml from "fast-xml-parser";
import type * as FhirPackage from "fhir";
import type * as Saxes from "saxes";
import type { FhirFormat } from "../codec/model/read-fhir.ts";

/** The readers that the codec is measured beside. Those for developers only are left out where they are not installed. */

/** Reads the text that it was made for. */
type Reader = (text: string) => unknown;
/** The names of those that are installed, by what they read. */
export interface Peers {
  readonly xml: readonly string[];
  readonly json: readonly string[];
  /** What is left out. */
  readonly missing: readonly string[];
}

/** XML to JSON and JSON to XML by the npm package `fhir`, which checks nothing of a message. */
export const fhirPackage = "fhir";

const has = (found: unknown, name: string): boolean =>
  typeof found === "object" && found !== null && name in found;
const isFastXml = (found: unknown): found is typeof FastXml => has(found, "XMLParser");
const isFhirPackage = (found: unknown): found is typeof FhirPackage => has(found, "Fhir");
const isSaxes = (found: unknown): found is typeof Saxes => has(found, "SaxesParser");

interface Node {
  readonly name: string;
  readonly attributes: unknown;
  readonly children: (Node | string)[];
}

/** Strict, with namespaces, and a tree of what was read: the least that a reader of messages begins with. */
const saxesReader =
  ({ SaxesParser }: typeof Saxes): Reader =>
  (text) => {
    const parser = new SaxesParser({ xmlns: true });
    const top: Node = { name: "", attributes: {}, children: [] };
    const open = [top];
    parser.on("opentag", ({ name, attributes }) => {
      const node: Node = { name, attributes, children: [] };
      open.at(-1)?.children.push(node);
      open.push(node);
    });
    parser.on("text", (part) => open.at(-1)?.children.push(part));
    parser.on("closetag", () => open.pop());
    parser.write(text).close();
    return top;
  };

/** As a reader of messages must set it: with attributes, and elements in their order. */
const fastXmlReader = ({ XMLParser }: typeof FastXml): Reader => {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    parseTagValue: false,
    parseAttributeValue: false,
  });
  return (text) => {
    const tree: unknown = parser.parse(text);
    return tree;
  };
};

const fhirReader = ({ Fhir }: typeof FhirPackage, format: FhirFormat): Reader => {
  const fhir = new Fhir();
  return format === "xml" ? (text) => fhir.xmlToJson(text) : (text) => fhir.jsonToXml(text);
};

/** Part of the engine: what nothing that is written in JavaScript can be as fast as. */
export const engine = "JSON.parse";

/** The reader that a package has of a format; `undefined` when it has none. `found`: the package, where it is installed. */
export const readerOf = (name: string, format: FhirFormat, found: unknown): Reader | undefined => {
  if (name === fhirPackage && isFhirPackage(found)) return fhirReader(found, format);
  if (format === "json") return name === engine ? (text): unknown => JSON.parse(text) : undefined;
  if (name === "saxes" && isSaxes(found)) return saxesReader(found);
  return name === "fast-xml-parser" && isFastXml(found) ? fastXmlReader(found) : undefined;
};

type Find = (name: string) => Promise<unknown>;

/** `find`: a package by its name, where it is installed. */
export const findPeers = async (find: Find): Promise<Peers> => {
  const names = ["saxes", "fast-xml-parser", fhirPackage];
  const found = await Promise.all(names.map(async (name) => [name, await find(name)] as const));
  const of = (format: FhirFormat): string[] =>
    found.flatMap(([name, one]) => (readerOf(name, format, one) === undefined ? [] : [name]));
  const xml = of("xml");
  return { xml, json: [engine, ...of("json")], missing: names.filter((name) => !xml.includes(name)) };
};
