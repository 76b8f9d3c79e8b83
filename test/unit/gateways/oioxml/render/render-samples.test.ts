import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { readMedComXml } from "../../../../../gateways/oioxml/codec/medcom-xml.ts";
import { elementLabels } from "../../../../../gateways/oioxml/render/labels/elements.ts";
import { bytesIn } from "../../../../../gateways/oioxml/render/part.ts";
import { renderDocument } from "../../../../../gateways/oioxml/render/render-document.ts";
import type { XmlElement } from "../../../../../gateways/xml/read-xml.ts";
import { attributeOf, elementsOf, pageTree, textsOf, toldBy } from "../../../../support/rendered-page.ts";

const folders = [
  "../shared/oioxml/samples/golden",
  "../shared/oioxml/samples/schema-generated",
  "contracts/examples/oioxml",
  "contracts/examples/demo",
];
for (const folder of folders)
  if (!existsSync(folder)) process.stderr.write(`Skipping pages of MedCom's samples: no ${folder}\n`);
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith(".xml"));

const treeOf = (bytes: Uint8Array): XmlElement => {
  const reading = readMedComXml(bytes);
  if (!reading.ok) throw new Error(reading.code);
  return reading.root;
};

/** What a document says, and what the document that it carries says. */
const allTexts = (bytes: Uint8Array): string[] => {
  const root = treeOf(bytes);
  const data = elementsOf(root).find(({ local }) => local === "Data");
  if (data === undefined) return textsOf(root);
  return [...textsOf(root), ...allTexts(bytesIn(data) ?? new Uint8Array())];
};

const levelsOf = (page: string): number[] =>
  elementsOf(pageTree(page))
    .filter(({ local }) => /^h[1-6]$/.test(local))
    .map(({ local }) => Number(local.slice(1)));

describe.each(files)("the page of %s", (file) => {
  const bytes = readFileSync(file);
  const pages = { da: renderDocument(bytes, "da"), en: renderDocument(bytes, "en") };

  it("tells every value of the document, in both languages", () => {
    const texts = allTexts(bytes);
    expect(texts.length).toBeGreaterThan(10);
    for (const page of Object.values(pages)) {
      const told = toldBy(page);
      expect(texts.filter((text) => !told.includes(text))).toEqual([]);
    }
  });

  it("says its language, has headings in order and tables with headers, and holds nothing that runs or is fetched", () => {
    for (const [language, page] of Object.entries(pages)) {
      const tree = pageTree(page);
      const elements = elementsOf(tree);
      expect(attributeOf(tree, "lang")).toBe(language);
      const levels = levelsOf(page);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
      for (const table of elements.filter(({ local }) => local === "table"))
        expect(elementsOf(table).some(({ local }) => local === "th")).toBe(true);
      const active = /^(script|iframe|object|embed|form|input|link|img|svg|base)$/;
      expect(elements.filter(({ local }) => active.test(local))).toEqual([]);
      const names = elements.flatMap(({ attributes }) => attributes.map(({ local }) => local));
      expect(names.filter((name) => /^(on.*|style|src)$/.test(name))).toEqual([]);
    }
  });
});

/** Any letter at all: elements that are known and that are not, in any order and depth, holding any text. */
const name = fc.oneof(
  fc.constantFrom(...[...elementLabels.keys()].filter((key) => !key.includes("/"))),
  fc.constantFrom("Ukendt", "Break", "Bold", "FixedFont", "constructor"),
);
const text = fc
  .string({ unit: "binary", maxLength: 20 })
  .map((raw) => raw.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/g, "").replace(/[&<>"]/g, "§"));
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, fc.array(tie("content"), { maxLength: 6 }), fc.boolean())
    .map(([tag, inner, marked]) => `<${tag}${marked ? ' mark="m&lt;1"' : ""}>${inner.join("")}</${tag}>`),
  content: fc.oneof({ depthSize: "small", withCrossShrink: true }, text, tie("element")),
}));

const root = fc.constantFrom(
  "HospitalReferral",
  "DischargeLetter",
  "NegativeReceipt",
  "BinaryLetter",
  "Andet",
);

describe("the page of any document", () => {
  property.prop([fc.array(element, { maxLength: 5 }), root], { numRuns: 150 })(
    "is well-formed, and tells every text and every attribute",
    (elements, tag) => {
      const xml = `<Emessage xmlns="http://rep.oio.dk/medcom.dk/xml/schemas/2018/08/06/"><${tag}>${elements.join("")}</${tag}></Emessage>`;
      const bytes = Buffer.from(xml);
      const told = toldBy(renderDocument(bytes, "da"));
      // XML may hold a delete character, a page may not.
      const texts = textsOf(treeOf(bytes)).map((one) => one.replaceAll("\u007f", "\ufffd"));
      expect(texts.filter((one) => !told.includes(one))).toEqual([]);
    },
    60_000,
  );

  property.prop([fc.uint8Array({ maxLength: 200 })])("is a page whatever the bytes are", (bytes) => {
    expect(toldBy(renderDocument(bytes, "en"))).toContain("The document cannot be taken");
  });
});
