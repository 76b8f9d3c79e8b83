import { describe, expect, test } from "vitest";
import { endBase64 } from "../../../../gateways/xml/base64.ts";
import { defaultLimits, readXml, type XmlElement } from "../../../../gateways/xml/read-xml.ts";
import type { Base64Elements } from "../../../../gateways/xml/xml-tree.ts";

const holders: Base64Elements = new Map([["data", { holds: "attachment", attribute: "value" }]]);
/** What is text of a document is little; base64 is none of it. */
const limits = { ...defaultLimits, maxTextLength: 10_000 };

/** Bytes that look random and are the same in every run. */
const noise = (size: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 7919) >> (i % 13)));
const large = noise(150_000);
const small = noise(300);
const digits = large.toString("base64");
const inLines = (end: string): string => digits.replace(/.{76}(?=.)/g, `$&${end}`);

const read = (xml: string): ReturnType<typeof readXml> => readXml(Buffer.from(xml), limits, holders);
const rootOf = (xml: string): XmlElement => {
  const reading = read(xml);
  if (!reading.ok) throw new Error(reading.code);
  return reading.root;
};
const first = (root: XmlElement): XmlElement => {
  const [element] = root.content.filter((part) => typeof part !== "string");
  if (element === undefined) throw new Error("no element");
  return element;
};
const bytesOf = ({ base64 }: XmlElement): Buffer | undefined => {
  const bytes = base64 === undefined ? undefined : endBase64(base64);
  return bytes === undefined ? undefined : Buffer.from(bytes);
};

describe("large base64 in the attribute that holds it", () => {
  test.each([
    ["in one line", `<data value="${digits}"/>`],
    ["in single quotes", `<data value='${digits}'/>`],
    ["in lines", `<data value="${inLines("\n")}"/>`],
    ["in lines as Windows ends them", `<data value="${inLines("\r\n")}"/>`],
    ["with references for line breaks", `<data value="${inLines("&#10;")}"/>`],
    ["with blanks around the sign and in the tag", `<data\n value =\r\n "${digits}"\n />`],
    ["in a tag that has an end tag", `<data value="${digits}"></data>`],
    ["in an element with a prefix", `<f:data xmlns:f="urn:f" value="${digits}"/>`],
  ])("%s is read as its bytes, and is no string", (name, xml) => {
    // What has references in it is read as a string first, and is text in hand for as long.
    const allowed = name.includes("references") ? defaultLimits : limits;
    const reading = readXml(Buffer.from(`<a>${xml}<b/></a>`), allowed, holders);
    const element = first(reading.ok ? reading.root : rootOf("<nothing/>"));
    expect(bytesOf(element)?.equals(large)).toBe(true);
    expect(element).toMatchObject({ local: "data", attributes: [], content: [] });
  });
  test("other attributes of its tag are kept, before it and behind it", () => {
    const element = first(
      rootOf(`<a><data id='1 value="' value="${digits}" type="x"/>${" ".repeat(5_000)}</a>`),
    );
    expect(bytesOf(element)?.equals(large)).toBe(true);
    expect(element.attributes).toEqual([
      { uri: "", local: "id", value: '1 value="' },
      { uri: "", local: "type", value: "x" },
    ]);
  });
  test("several in one document are each their own", () => {
    const root = rootOf(
      `<a>${[large, large.subarray(7), large.subarray(70)].map((b) => `<data value="${b.toString("base64")}"/>\n`).join("")}</a>`,
    );
    const found = root.content.flatMap((part) => (typeof part === "string" ? [] : [bytesOf(part)?.length]));
    expect(found).toEqual([150_000, 149_993, 149_930]);
  });
  test.each([
    ["a character of another alphabet", digits.replace("A", "*")],
    ["one digit too few", noise(150_000).toString("base64").slice(0, -3)],
    ["padding in the middle", digits.replace(/^.{40000}/, "$&==")],
  ])("%s makes it malformed", (_, value) => {
    const element = first(rootOf(`<a><data value="${value}"/></a>`));
    expect(element.base64).toBeDefined();
    expect(bytesOf(element)).toBeUndefined();
  });
  test("a small one stays a string, in a small document and in a large one", () => {
    const value = small.toString("base64");
    const padding = "<!-- c -->".repeat(10_000);
    for (const behind of ["", padding])
      expect(first(rootOf(`<a><data value="${value}"/>${behind}</a>`))).toEqual({
        uri: "",
        local: "data",
        attributes: [{ uri: "", local: "value", value }],
        content: [],
      });
  });
  test.each([
    ["another attribute of the element", `<data url="${digits}"/>`],
    ["an attribute with a prefix", `<data xmlns:p="u" p:value="${digits}"/>`],
    ["another element", `<text value="${digits}"/>`],
  ])("%s is text, and too much of it", (_, xml) => {
    expect(read(`<a>${xml}</a>`)).toMatchObject({ ok: false, code: "document-too-large", line: 1 });
    const reading = readXml(Buffer.from(`<a>${xml}</a>`), defaultLimits, holders);
    const element = first(reading.ok ? reading.root : rootOf("<nothing/>"));
    expect(element.attributes.map(({ value }) => value)).toEqual([digits]);
  });
  test("what looks like it in a comment, an instruction or CDATA is none", () => {
    const tag = `<data value="${digits}"/>`;
    for (const [xml, content] of [
      [`<!--${tag}--><?x ${tag}?>`, []],
      [`<![CDATA[${tag}]]>`, [tag]],
    ] as const) {
      const reading = readXml(Buffer.from(`<a>${xml}</a>`), defaultLimits, holders);
      expect(reading.ok ? reading.root.content : reading.code).toEqual(content);
    }
  });
  test("what XML forbids around it is malformed, in the line where it stands", () => {
    const broken = [`<data value="${inLines("\n")}"x="1"/>`, `<data value="${inLines("\n")}" value=""/>`];
    for (const xml of broken)
      expect(read(`<a>\n${xml}</a>`)).toMatchObject({
        ok: false,
        code: "xml-malformed",
        line: 2 + inLines("\n").split("\n").length - 1,
      });
    expect(read(`<a><data value="${digits}`)).toMatchObject({ ok: false });
    expect(read(`<a><data value="${digits}<"/></a>`)).toMatchObject({ ok: false });
  });
});

describe("the limits of attachments in attributes", () => {
  const attached = (size: number): Buffer =>
    Buffer.from(`<a>${`<data value="${noise(size).toString("base64")}"/>`.repeat(3)}</a>`);
  test.each([10, 100_000])("of %i bytes each may be as large as is allowed, and no larger", (size) => {
    const allowed = { ...limits, maxAttachmentBytes: size };
    expect(readXml(attached(size), allowed, holders).ok).toBe(true);
    expect(readXml(attached(size), { ...allowed, maxAttachmentBytes: size - 1 }, holders)).toMatchObject({
      code: "document-too-large",
    });
  });
  test("there may be as many as are allowed, and no more", () => {
    expect(readXml(attached(10), { ...limits, maxAttachments: 3 }, holders).ok).toBe(true);
    expect(readXml(attached(10), { ...limits, maxAttachments: 2 }, holders)).toMatchObject({
      code: "document-too-large",
    });
  });
});
