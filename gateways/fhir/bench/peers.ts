import type * as FastXml from "fast-xml-parser";
import type * as FhirPackage from "fhir";
import type * as Saxes from "saxes";
import type { FhirFormat } from "../codec/model/read-fhir.ts";

/** The readers that the codec is measured beside. Those for developers only are left out where they are not installed. */

/** Reads the text that it was made for. */
type Reader = (text: string) => unknown;
export interface Peers {
  readonly xml: ReadonlyMap<string, Reader>;
  readonly json: ReadonlyMap<string, Reader>;
  /** What is left out. */
  readonly missing: readonly string[];
}

/** XML to JSON by the npm package `fhir`, which checks nothing of a message. */
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

const fhirReader = ({ Fhir }: typeof FhirPackage): Reader => {
  const fhir = new Fhir();
  return (text) => fhir.xmlToJson(text);
};

type Find = (name: string) => Promise<unknown>;

/** `find`: a package by its name, where it is installed. */
export const findPeers = async (find: Find): Promise<Peers> => {
  const [saxes, fast, fhir] = [await find("saxes"), await find("fast-xml-parser"), await find("fhir")];
  const xml: [string, Reader | undefined][] = [
    ["saxes", isSaxes(saxes) ? saxesReader(saxes) : undefined],
    ["fast-xml-parser", isFastXml(fast) ? fastXmlReader(fast) : undefined],
    [fhirPackage, isFhirPackage(fhir) ? fhirReader(fhir) : undefined],
  ];
  return {
    xml: new Map(xml.flatMap(([name, reader]) => (reader === undefined ? [] : [[name, reader]]))),
    json: new Map([["JSON.parse", (text: string): unknown => JSON.parse(text)]]),
    missing: xml.flatMap(([name, reader]) => (reader === undefined ? [name] : [])),
  };
};

/** The same bytes, as a string, which each of them begins with. */
export const peersOf = (peers: Peers, format: FhirFormat, bytes: Uint8Array): Map<string, () => void> => {
  const readers = [...peers[format]];
  return new Map(readers.map(([name, read]) => [name, () => void read(Buffer.from(bytes).toString())]));
};
