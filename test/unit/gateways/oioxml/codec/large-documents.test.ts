import { describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../../contracts/codes/document-limits.ts";
import { vansEnvelopeTable } from "../../../../../gateways/envelopes/vans/vans-envelope-table.ts";
import { base64Elements, readMedComXml } from "../../../../../gateways/oioxml/codec/medcom-xml.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import type { Group } from "../../../../../gateways/tables/element-table.ts";
import { endBase64 } from "../../../../../gateways/xml/base64.ts";
import type { XmlElement } from "../../../../../gateways/xml/read-xml.ts";
import { xbin01, xdis91 } from "../../../../support/golden-samples.ts";
import { latin1, letterIn, onlyLetter, textOf } from "../../../../support/oioxml-builders.ts";
import { inVansEnvelope, spokenVersions } from "../../../../support/oioxml-specimens.ts";

const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");
const rootOf = (bytes: Uint8Array): XmlElement => {
  const reading = readMedComXml(bytes);
  if (!reading.ok) throw new Error(reading.code);
  return reading.root;
};
const bytesIn = (element: XmlElement | string | undefined): Buffer | undefined => {
  if (typeof element !== "object" || element.base64 === undefined) return undefined;
  const bytes = endBase64(element.base64);
  return bytes === undefined ? undefined : Buffer.from(bytes);
};

/** Bytes that look random and are the same in every run. */
const noise = (size: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 7919) >> (i % 13)));
const inLines = (bytes: Uint8Array, end: string): string =>
  Buffer.from(bytes)
    .toString("base64")
    .replace(/.{76}(?=.)/g, `$&${end}`);

describe("a document that goes into the parser in pieces", () => {
  test.each(["ISO-8859-1", "windows-1252", "UTF-8"])(
    "has the same text in %s, wherever a piece ends",
    (encoding) => {
      const text = "æ€øå😀".repeat(30_000).slice(0, encoding === "UTF-8" ? 120_000 : undefined);
      const plain = encoding === "UTF-8" ? text : "æøå".repeat(50_000);
      for (const shift of ["", "a", "ab", "abc"]) {
        const xml = `<?xml version="1.0" encoding="${encoding}"?><a>${shift}${plain}</a>`;
        expect(rootOf(encoding === "UTF-8" ? utf8(xml) : latin1(xml)).content).toEqual([shift + plain]);
      }
    },
  );
  test("has its line breaks counted and made one, wherever a piece ends", () => {
    const lines = "x\r\n".repeat(60_000);
    expect(rootOf(utf8(`<a>${lines}</a>`)).content).toEqual(["x\n".repeat(60_000)]);
    expect(readMedComXml(utf8(`<a>${lines}<b></a>`))).toMatchObject({ code: "xml-malformed", line: 60_001 });
    expect(readMedComXml(utf8(`<a>${"<b/>\n".repeat(40_000)}&x;</a>`))).toMatchObject({ line: 40_001 });
  });
  test("is doubted for a byte of its last piece", () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?><a>${"<b/>".repeat(40_000)}\u0085</a>`;
    expect(readMedComXml(latin1(xml))).toMatchObject({ ok: true, doubtful: true });
  });
  test("is malformed by what a text may not hold, however long it is", () => {
    for (const bad of ["]]>", "\u0001", "&x;", "<b></c>"])
      expect(readMedComXml(utf8(`<a>${"x".repeat(90_000)}${bad}${"x".repeat(90_000)}</a>`))).toMatchObject({
        code: "xml-malformed",
      });
  });
});

describe("large base64", () => {
  const bytes = noise(150_000);
  const data = (content: string): XmlElement | string | undefined =>
    rootOf(utf8(`<a><Data>${content}</Data><b>${"x".repeat(70_000)}</b></a>`)).content[0];
  test.each([
    ["in one line", inLines(bytes, "")],
    ["in lines", inLines(bytes, "\n")],
    ["in lines as Windows ends them", inLines(bytes, "\r\n")],
    ["with references for line breaks", inLines(bytes, "&#10;")],
    ["behind blanks and a comment", `\n  <!-- bilag -->\n${inLines(bytes, "\n")}`],
    ["in CDATA", `<![CDATA[${inLines(bytes, "\n")}]]>`],
    ["with a comment inside", inLines(bytes, "").replace(/^.{40001}/, "$&<!-- midt -->")],
    ["with an instruction behind", `${inLines(bytes, "\n")}<?x y?>\n`],
  ])("%s is read as its bytes, and is no text", (_, content) => {
    const element = data(content);
    expect(bytesIn(element)?.equals(bytes)).toBe(true);
    expect(typeof element === "object" ? element.content : "").toEqual([]);
  });
  test.each([
    ["a character of another alphabet", inLines(bytes, "").replace("A", "*")],
    ["one digit too few", inLines(noise(150_000), "").slice(0, -3)],
    ["padding in the middle", inLines(bytes, "").replace(/^.{40000}/, "$&==")],
  ])("%s makes it malformed", (_, content) => {
    expect(bytesIn(data(content))).toBeUndefined();
  });
  test("every element that a table reads as base64 is known as one, and no other", () => {
    const kinds = new Map<string, Set<string>>();
    const walk = (group: Group): void => {
      for (const { element } of group.slots) {
        kinds.set(element.name, (kinds.get(element.name) ?? new Set()).add(element.content.kind));
        if (element.content.kind === "group") walk(element.content);
      }
    };
    for (const table of [vansEnvelopeTable, ...spokenVersions.map((spoken) => spoken.table)]) walk(table);
    const read = [...kinds].filter(([, of]) => of.has("base64")).map(([name]) => name);
    // EHMI's envelope is read without a table.
    expect(new Set([...read, "BinaryContent"])).toEqual(new Set(base64Elements.keys()));
    for (const name of read) expect([...(kinds.get(name) ?? [])]).toEqual(["base64"]);
  });
  test("attachments in a VANS envelope are the same bytes, in memory of their own", () => {
    const attached = [noise(90_000), noise(33_333)].map((b, i) => ({
      id: `6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f${String(i)}`,
      bytes: b,
    }));
    const letter = onlyLetter(parseDocument(inVansEnvelope(xbin01({ attached }))));
    if (letter.kind !== "attachments") throw new Error(letter.kind);
    const objects = letter.letter.objects;
    expect(objects.map((object, at) => attached[at]?.bytes.equals(object.bytes))).toEqual([true, true]);
    expect(new Set(objects.map((object) => object.bytes.buffer)).size).toBe(2);
    // Memory that is handed to another thread goes whole: what is left over of it is little.
    for (const {
      bytes: { buffer, length },
    } of objects)
      expect(buffer.byteLength).toBeLessThan(length * 1.02 + 8);
  });
  test("an attachment that is cut off refuses the letter by its path", () => {
    const whole = textOf(xbin01({ attached: [{ id: "6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f6", bytes }] }));
    const cut = latin1(whole.replace(/[^<>]{7}(?=<\/Object_Base64Encoded>)/, ""));
    expect(onlyLetter(parseDocument(cut))).toMatchObject({
      kind: "refused",
      code: "document-invalid",
      problems: [{ path: "BinaryLetter/BinaryObject[1]/Object_Base64Encoded", code: "base64-malformed" }],
    });
  });
});

describe("limits", () => {
  const limits = defaultDocumentLimits;
  const attached = (count: number, size: number): Uint8Array =>
    xbin01({
      attached: Array.from({ length: count }, (_, at) => ({
        id: `6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f${String(at)}`,
        bytes: noise(size),
      })),
    });
  test("as much text as is allowed is read, one character more is too large, in one piece or in many", () => {
    const long = (text: string): Uint8Array => xdis91({ text });
    const allowed = { ...limits, maxTextLength: 100_000 };
    const letter = letterIn(parseDocument(long("x".repeat(90_000)), allowed));
    expect(letter.texts).toEqual([["x".repeat(90_000)]]);
    for (const text of ["x".repeat(100_000), "<Break/>x".repeat(100_000).slice(0, 9 * 100_000)])
      expect(parseDocument(long(text), { ...allowed, maxElements: 1_000_000 })).toMatchObject({
        kind: "unreadable",
        code: "document-too-large",
        problems: [{ path: expect.stringMatching(/^line \d+$/) as string, code: "document-too-large" }],
        senderGln: "5790000100019",
      });
  });
  test.each([
    ["a comment", (long: string) => `<!--${long}-->`],
    ["an instruction", (long: string) => `<?x ${long}?>`],
    ["an attribute", (long: string) => `<b a="${long}"/>`],
    ["a name", (long: string) => `<${long}/>`],
    ["CDATA", (long: string) => `<![CDATA[${long}]]>`],
  ])("%s that is too long is too large, and is not read to its end", (_, make) => {
    const xml = utf8(`<a><c>${make("x".repeat(6_100_000))}</c></a>`);
    expect(readMedComXml(xml)).toMatchObject({ ok: false, code: "document-too-large", line: 1 });
  });
  test("attributes count as elements", () => {
    const attributes = (count: number): string =>
      Array.from({ length: count }, (_, i) => `a${i}=""`).join(" ");
    const few = { ...limits, maxElements: 50 };
    expect(readMedComXml(utf8(`<a ${attributes(49)}/>`), few).ok).toBe(true);
    expect(readMedComXml(utf8(`<a ${attributes(50)}/>`), few)).toMatchObject({ code: "xml-too-deep" });
  });
  test("as many attachments as are allowed are read, one more is too large", () => {
    const three = { ...limits, maxAttachments: 3 };
    expect(onlyLetter(parseDocument(attached(3, 10), three)).kind).toBe("attachments");
    expect(parseDocument(attached(4, 10), three)).toMatchObject({ code: "document-too-large" });
  });
  test.each([10, 100_000])(
    "an attachment of %i bytes may be as large as is allowed, and no larger",
    (size) => {
      expect(onlyLetter(parseDocument(attached(2, size), { ...limits, maxAttachmentBytes: size })).kind).toBe(
        "attachments",
      );
      expect(parseDocument(attached(2, size), { ...limits, maxAttachmentBytes: size - 1 })).toMatchObject({
        code: "document-too-large",
        letters: [{ version: "XB0131X" }],
      });
    },
  );
  test("a DOCTYPE is refused however much stands in it or before it, and so is a prolog without end", () => {
    const many = "<!ENTITY x 'y'>".repeat(20_000);
    expect(readMedComXml(utf8(`<!DOCTYPE a [${many}]><a/>`))).toMatchObject({ code: "xml-forbidden" });
    expect(readMedComXml(utf8(`<!--${"c".repeat(100_000)}--><!DOCTYPE a [${many}]><a/>`)).ok).toBe(false);
    expect(readMedComXml(utf8(`${"<!-- c -->".repeat(20_000)}<a/>`))).toMatchObject({
      code: "document-too-large",
    });
  });
});
