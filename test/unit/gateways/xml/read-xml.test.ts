import { describe, expect, test } from "vitest";
import { defaultLimits, readXml, type XmlReading } from "../../../../gateways/xml/read-xml.ts";
import { latin1 } from "../../../support/oioxml-builders.ts";

const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");
const rootText = (reading: XmlReading): unknown => (reading.ok ? reading.root.content[0] : reading.code);

/** The nine hostile documents of the parser comparison, each as small as it can be. */
const hostile: Record<string, [string, string]> = {
  truncated: ["<a><b>text", "xml-malformed"],
  "crossed tags": ["<a><b></a></b>", "xml-malformed"],
  "undeclared prefix": ["<a><x:b/></a>", "xml-malformed"],
  "duplicate attribute": ['<a b="1" b="2"/>', "xml-malformed"],
  "external entity": ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "xml-forbidden"],
  "billion laughs": [
    '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;"><!ENTITY n "&m;&m;&m;">]><a>&n;</a>',
    "xml-forbidden",
  ],
  "control character": ["<a>\u0001</a>", "xml-malformed"],
  "two roots": ["<a/><b/>", "xml-malformed"],
  "undefined entity": ["<a>&aring;</a>", "xml-malformed"],
};

describe("hostile documents", () => {
  test.each(Object.entries(hostile))("%s is refused with a stable code", (_, [xml, code]) => {
    expect(readXml(utf8(xml))).toMatchObject({ ok: false, code });
  });
  test.each([
    ["a reference to a forbidden character", "<a>&#0;</a>"],
    ["the same attribute by two prefixes", '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ["a bare ampersand", "<a>R&D</a>"],
    ["]]> in text", "<a>]]></a>"],
    ["text after the root", "<a/>b"],
    ["nothing", ""],
    ["an XML declaration that is not first", ' <?xml version="1.0"?><a/>'],
  ])("%s is malformed", (_, xml) => {
    expect(readXml(utf8(xml))).toMatchObject({ ok: false, code: "xml-malformed" });
  });
  test("a DOCTYPE without entities is refused too", () => {
    expect(readXml(utf8("<!DOCTYPE a><a/>"))).toMatchObject({ code: "xml-forbidden" });
  });
  test("XML 1.1 is read by the rules of 1.0, which forbid more", () => {
    expect(readXml(utf8('<?xml version="1.1"?><a>&#1;</a>'))).toMatchObject({ code: "xml-malformed" });
  });
  test("the line of the fault is told, and no word of the document", () => {
    const reading = readXml(utf8("<a>\n<b>\n<Jensen></a>"));
    expect(reading).toMatchObject({ ok: false, line: 3 });
  });
});

describe("limits", () => {
  const nested = (depth: number): Uint8Array => utf8("<a>".repeat(depth) + "</a>".repeat(depth));
  test("the deepest document allowed is read, one deeper is not", () => {
    expect(readXml(nested(64)).ok).toBe(true);
    expect(readXml(nested(65))).toMatchObject({ code: "xml-too-deep" });
  });
  test("too many elements are refused as soon as they are counted", () => {
    const limits = { ...defaultLimits, maxElements: 10 };
    expect(readXml(utf8(`<a>${"<b/>".repeat(9)}</a>`), limits).ok).toBe(true);
    expect(readXml(utf8(`<a>${"<b/>".repeat(10)}`), limits)).toMatchObject({ code: "xml-too-deep" });
  });
  test("a document larger than the limit is not looked at", () => {
    expect(readXml(utf8("<<<<"), { ...defaultLimits, maxBytes: 3 })).toEqual({
      ok: false,
      code: "document-too-large",
    });
  });
});

describe("encodings", () => {
  const declared = (name: string, text: string): string =>
    `<?xml version="1.0" encoding="${name}"?><a>${text}</a>`;
  test.each([
    ["ISO-8859-1", latin1(declared("ISO-8859-1", "æøåÆØÅ")), "ISO-8859-1"],
    ["iso-8859-1 in small letters", latin1(declared("iso-8859-1", "æøåÆØÅ")), "ISO-8859-1"],
    ["windows-1252", latin1(declared("windows-1252", "æøåÆØÅ")), "windows-1252"],
    ["UTF-8", utf8(declared("UTF-8", "æøåÆØÅ")), "UTF-8"],
    ["no declaration", utf8("<a>æøåÆØÅ</a>"), "UTF-8"],
    [
      "US-ASCII",
      latin1(
        declared(
          "US-ASCII",
          "&#230;øåÆØÅ".replace(/[øåÆØÅ]/g, (c) => `&#${c.charCodeAt(0)};`),
        ),
      ),
      "US-ASCII",
    ],
    ["single quotes", latin1("<?xml version='1.0' encoding='ISO-8859-1'?><a>æøåÆØÅ</a>"), "ISO-8859-1"],
    ["a byte order mark", utf8("\ufeff<a>æøåÆØÅ</a>"), "UTF-8"],
    ["a byte order mark against the declaration", utf8(`\ufeff${declared("ISO-8859-1", "æøåÆØÅ")}`), "UTF-8"],
  ])("%s is honoured", (_, bytes, encoding) => {
    const reading = readXml(bytes);
    expect(rootText(reading)).toBe("æøåÆØÅ");
    expect(reading).toMatchObject({ ok: true, encoding });
  });
  test("UTF-16 is read in both orders, long or short, and one that is declared and not there as UTF-8", () => {
    for (const text of ["æ€😀", "æ€😀".repeat(40_000)]) {
      const little = Buffer.from(`\ufeff${declared("UTF-16", text)}`, "utf16le");
      for (const bytes of [little, Buffer.from(little).swap16()]) {
        expect(readXml(bytes)).toMatchObject({ ok: true, encoding: "UTF-16" });
        expect(rootText(readXml(bytes))).toBe(text);
      }
      expect(rootText(readXml(utf8(declared("utf-16", text))))).toBe(text);
    }
  });
  test("windows-1252 gives bytes 80-9F their meaning", () => {
    expect(rootText(readXml(latin1(declared("windows-1252", "\u0080 \u0096 \u0093x\u0094"))))).toBe(
      "€ – “x”",
    );
  });
  test("bytes 80-9F in ISO-8859-1 are read as declared and doubted", () => {
    expect(readXml(latin1(declared("ISO-8859-1", "\u0080")))).toMatchObject({ ok: true, doubtful: true });
  });
  test.each([
    ["an unknown name", latin1(declared("EBCDIC-277", "a"))],
    ["a name of the object prototype", latin1(declared("constructor", "a"))],
    ["Latin-1 bytes declared UTF-8", latin1(declared("UTF-8", "æ"))],
    ["Latin-1 bytes undeclared", latin1("<a>æ</a>")],
    ["bytes above 7F in US-ASCII", latin1(declared("US-ASCII", "æ"))],
    ["half a character of UTF-16", Buffer.from(`\ufeff${declared("UTF-16", "\ud800")}`, "utf16le")],
    ["half a sign of UTF-16", Buffer.from(`\ufeff${declared("UTF-16", "a")}`, "utf16le").subarray(0, -1)],
    ["Latin-1 bytes declared UTF-16", latin1(declared("UTF-16", "æ"))],
  ])("%s is an unknown encoding", (_, bytes) => {
    expect(readXml(bytes)).toMatchObject({ ok: false, code: "encoding-unknown" });
  });
});

describe("the tree", () => {
  test("CDATA, comments and references leave one piece of text, blanks and all", () => {
    const xml = "<a> x<![CDATA[ <y> ]]><!-- no --> &amp;&#10;&#x41;<?p q?>\tz </a>";
    expect(rootText(readXml(utf8(xml)))).toBe(" x <y>  &\nA\tz ");
  });
  test("namespace declarations and xsi hints are no attributes", () => {
    const xsi = 'xmlns="u" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="u v"';
    expect(readXml(utf8(`<a ${xsi} b="c"/>`))).toMatchObject({
      root: { uri: "u", local: "a", attributes: [{ local: "b", value: "c" }] },
    });
  });
  test("a truncated document keeps what was whole and none of what was cut", () => {
    const reading = readXml(utf8("<a><b>whole</b><c>ha"));
    expect(reading.ok ? undefined : reading.partial).toMatchObject({
      content: [
        { local: "b", content: ["whole"] },
        { local: "c", content: [] },
      ],
    });
  });
});
