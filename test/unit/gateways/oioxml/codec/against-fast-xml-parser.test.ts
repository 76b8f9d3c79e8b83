import { readdirSync, readFileSync } from "node:fs";
import { XMLParser } from "fast-xml-parser";
import { XmlDocument } from "libxml2-wasm";
import { describe, expect, test } from "vitest";
import { readMedComXml } from "../../../../../gateways/oioxml/codec/medcom-xml.ts";
import { endBase64 } from "../../../../../gateways/xml/base64.ts";
import { decodeText } from "../../../../../gateways/xml/decode-text.ts";
import type { XmlElement } from "../../../../../gateways/xml/read-xml.ts";
import { samplesPresent } from "../../../../support/oioxml-samples.ts";

/** A tree that both readers can be told in: local names, text, and no attributes that only speak of namespaces. */
type Tree = { name: string; attributes: Record<string, string>; content: (Tree | string)[] };

const ours = (element: XmlElement): Tree => ({
  name: element.local,
  attributes: Object.fromEntries(element.attributes.map((a) => [a.local, a.value])),
  content:
    element.base64 === undefined
      ? element.content.map((part) => (typeof part === "string" ? part : ours(part)))
      : [`${base64Lines}${Buffer.from(endBase64(element.base64) ?? []).toString("base64")}`],
});

/** Large base64 is in our tree as its bytes, and in theirs as lines of text: both are told as one line. */
const base64Lines = "base64: ";
const told = (tree: Tree, beside: Tree): Tree => ({
  ...tree,
  content: tree.content.map((part, at) => {
    const other = beside.content[at];
    if (typeof part !== "string") return typeof other === "object" ? told(part, other) : part;
    return typeof other === "string" && other.startsWith(base64Lines)
      ? `${base64Lines}${part.replace(/\s+/g, "")}`
      : part;
  }),
});

/** One node of `preserveOrder`: `#text`, or an element's name with its children, and `:@` with its attributes. */
type Ordered = Record<string, unknown>;

const isNamespaceTalk = (name: string): boolean => name.startsWith("xmlns") || name.startsWith("xsi:");
const localOf = (name: string): string => name.slice(name.indexOf(":") + 1);

const joined = (parts: (Tree | string)[]): (Tree | string)[] => {
  const all: (Tree | string)[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === "string" && typeof last === "string") all.splice(-1, 1, last + part);
    else if (part !== "") all.push(part);
  }
  return all;
};

const theirs = (node: Ordered): Tree | string => {
  if ("#text" in node) return String(node["#text"]);
  const [name = "", children] = Object.entries(node).find(([key]) => key !== ":@") ?? [];
  const attributes = Object.entries((node[":@"] ?? {}) as Record<string, string>);
  return {
    name: localOf(name),
    attributes: Object.fromEntries(
      attributes.filter(([key]) => !isNamespaceTalk(key)).map(([key, value]) => [localOf(key), value]),
    ),
    content: joined((children as Ordered[]).map(theirs)),
  };
};

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  // It reads references by number only together with HTML's entities, which well-formed documents here have none of.
  htmlEntities: true,
});

const theirTree = (bytes: Uint8Array): Tree => {
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new Error("not text");
  const [root] = (parser.parse(decoded.text) as Ordered[]).filter((node) => !("#text" in node));
  const tree = root === undefined ? "" : theirs(root);
  if (typeof tree === "string") throw new Error("no root");
  return tree;
};
const ourTree = (bytes: Uint8Array): Tree => {
  const reading = readMedComXml(bytes);
  if (!reading.ok) throw new Error(reading.code);
  return ours(reading.root);
};

/** fast-xml-parser reads broken documents too, so a third reader says which are whole. */
const validate = (bytes: Uint8Array): void => {
  XmlDocument.fromBuffer(bytes).dispose();
};

const expectSameTree = (file: string): void => {
  const bytes = readFileSync(file);
  validate(bytes);
  const our = ourTree(bytes);
  expect(our).toEqual(told(theirTree(bytes), our));
};
const xmlFilesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".xml"))
    .map((name) => `${folder}/${name}`);

describe("our tree of a document is the tree that fast-xml-parser makes of it", () => {
  test.each(xmlFilesIn("contracts/examples/oioxml"))("%s", expectSameTree);

  const golden = readdirSync("test/golden/oioxml")
    .filter((name) => name !== "truncated")
    .flatMap((name) => xmlFilesIn(`test/golden/oioxml/${name}`));
  test.each(golden)("%s", expectSameTree);

  describe.runIf(samplesPresent)("MedCom's samples", () => {
    const folders = ["golden", "schema-generated"].map((name) => `../shared/oioxml/samples/${name}`);
    test.each(samplesPresent ? folders.flatMap(xmlFilesIn) : [])("%s", expectSameTree);
  });

  test("references, CDATA, comments and blanks", () => {
    const xml =
      '<?xml version="1.0"?><!-- a --><a x="1 &lt; 2">\n <b>  &amp;&#230;&#xE5;&quot;&apos;&gt; </b><![CDATA[<c>&]]> d<e/>\t</a>';
    expect(ourTree(Buffer.from(xml))).toEqual(theirTree(Buffer.from(xml)));
  });
});

describe("what is not well-formed is refused", () => {
  test.each([
    ["truncated", readFileSync("test/golden/oioxml/truncated/in.xml")],
    ["crossed tags", Buffer.from("<a><b></a></b>")],
    ["two roots", Buffer.from("<a/><b/>")],
    ["a duplicate attribute", Buffer.from('<a b="1" b="2"/>')],
  ])("%s", (_, bytes) => {
    expect(() => {
      validate(bytes);
    }).toThrow();
    expect(readMedComXml(bytes).ok).toBe(false);
  });
});
