import { inVansEnvelope } from "./oioxml-specimens.ts";

/** A number in [0, 1), the same run again for the same seed. */
export type Random = () => number;
/** xorshift32. */
export const randomOf = (seed: number): Random => {
  let state = seed === 0 ? 1 : seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
};
const upTo = (random: Random, end: number): number => Math.floor(random() * end);
const pick = <T>(random: Random, from: readonly T[]): T => from[upTo(random, from.length)] as T;

type Span = { name: string; start: number; end: number; inner: [number, number] };

/** Where each element of a document stands, as far as its tags are in pairs. */
const spansOf = (xml: string): Span[] => {
  const spans: Span[] = [];
  const open: { name: string; start: number; from: number }[] = [];
  for (const match of xml.matchAll(/<(\/?)([A-Za-z_][\w.:-]*)[^<>]*?(\/?)>/g)) {
    const [tag, closes, name = "", whole] = match;
    const end = match.index + tag.length;
    if (closes === "" && whole === "") open.push({ name, start: match.index, from: end });
    else if (closes === "") spans.push({ name, start: match.index, end, inner: [end, end] });
    else {
      const opened = open.pop();
      if (opened?.name === name)
        spans.push({ name, start: opened.start, end, inner: [opened.from, match.index] });
    }
  }
  return spans;
};

const spliced = (xml: string, start: number, end: number, put: string): string =>
  xml.slice(0, start) + put + xml.slice(end);

type Mutate = (xml: string, random: Random) => string;
type OnSpan = (xml: string, span: Span, random: Random) => string;

/** Something that is nobody's vocabulary: should an error repeat it, it is found. */
const marker = (random: Random): string => `Zq${upTo(random, 1e9).toString(36)}x`;

const on =
  (change: OnSpan, wanted: (span: Span, xml: string) => boolean = () => true): Mutate =>
  (xml, random) => {
    const spans = spansOf(xml).filter((span) => wanted(span, xml));
    return spans.length === 0 ? xml : change(xml, pick(random, spans), random);
  };
const isLeaf = ({ inner: [from, to] }: Span, xml: string): boolean => !xml.slice(from, to).includes("<");
const outer = (xml: string, { start, end }: Span): string => xml.slice(start, end);
const inner = (xml: string, { inner: [from, to] }: Span): string => xml.slice(from, to);

const rewrite = (change: (text: string, random: Random) => string): OnSpan => {
  return (xml, span, random) => spliced(xml, ...span.inner, change(inner(xml, span), random));
};

const lengths = [15, 36, 71, 351, 5_000, 70_000];
const values = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "99999999999999999999",
  "2026-02-30",
  "9999-99-99",
  "24:00",
  "3102650000",
  "\u00e6\u00f8\u00e5",
  "constructor",
  "__proto__",
  "&amp;&lt;&gt;",
  "&#0;",
  "&#xFFFF;",
  "&#x1F600;",
  "&#xD800;",
  "&unknown;",
  "]]>",
  "&lt;Bold&gt;",
  "\u0001",
  "\r\n\r",
];

const structural: Record<string, Mutate> = {
  drop: on((xml, { start, end }) => spliced(xml, start, end, "")),
  double: on((xml, span) => spliced(xml, span.end, span.end, outer(xml, span))),
  swap: (xml, random) => {
    const spans = spansOf(xml);
    if (spans.length === 0) return xml;
    const [one, other] = [pick(random, spans), pick(random, spans)];
    const [a, b] = one.start < other.start ? [one, other] : [other, one];
    if (a.end > b.start) return xml;
    return spliced(spliced(xml, b.start, b.end, outer(xml, a)), a.start, a.end, outer(xml, b));
  },
  move: (xml, random) => {
    const spans = spansOf(xml);
    if (spans.length === 0) return xml;
    const [from, to] = [pick(random, spans), pick(random, spans)];
    return spliced(xml, to.inner[0], to.inner[0], outer(xml, from));
  },
  rename: on((xml, span, random) => {
    const name = random() < 0.5 ? pick(random, ["Emessage", "Letter", "Data", "BIN"]) : marker(random);
    return spliced(xml, span.start, span.end, `<${name}>${inner(xml, span)}</${name}>`);
  }),
  overlong: on(
    rewrite((text, random) => text + marker(random).padEnd(pick(random, lengths), "y")),
    isLeaf,
  ),
  value: on(
    rewrite((_, random) => pick(random, values)),
    isLeaf,
  ),
  attribute: on((xml, { start, name }, random) => {
    const at = start + 1 + name.length;
    const attribute = pick(random, [
      `${marker(random)}="${marker(random)}"`,
      'EndPointType="EAN"',
      'xsi:type="x"',
      'a="1" a="2"',
      "a=1",
      `b="${"v".repeat(3_000)}"`,
    ]);
    return spliced(xml, at, at, ` ${attribute}`);
  }),
  namespace: on((xml, { start, name }, random) => {
    const at = start + 1 + name.length;
    return spliced(xml, at, at, ` xmlns${pick(random, ['=""', '="urn:x"', ':p="urn:x"', ':xml="urn:x"'])}`);
  }),
  dates: (xml, random) =>
    xml.replace(/\d{4}\/\d\d\/\d\d/, pick(random, ["2006/07/01", "2012/03/28", "1999/01/01"])),
  prefix: on((xml, span) =>
    spliced(xml, span.start, span.end, outer(xml, span).replace(/^<|(?<=<\/)(?=[^<]*$)/g, "$&p:")),
  ),
  nest: on((xml, { start, end }, random) => {
    const depth = pick(random, [3, 60, 70, 5_000]);
    return spliced(xml, start, end, "<a>".repeat(depth) + xml.slice(start, end) + "</a>".repeat(depth));
  }),
  many: on((xml, span, random) => {
    const times = pick(random, [11, 120, 3_000]);
    return spliced(xml, span.end, span.end, outer(xml, span).slice(0, 400).repeat(times).slice(0, 300_000));
  }),
};

/** Behind the XML declaration, or first. */
const afterDeclaration = (xml: string, put: string): string => xml.replace(/^(<\?xml[^>]*>)?/, `$&${put}`);
const entities =
  '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">';
const forbidden = [
  `<!DOCTYPE Emessage [${entities}]>`,
  '<!DOCTYPE Emessage [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
  '<!DOCTYPE Emessage SYSTEM "http://127.0.0.1:9/x.dtd">',
  '<!DOCTYPE Emessage [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
  `<!DOCTYPE Emessage [${"<!ENTITY x 'y'>".repeat(8_000)}]>`,
];
const inclusion =
  '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>';

const markup: Record<string, Mutate> = {
  doctype: (xml, random) => afterDeclaration(xml, pick(random, forbidden)),
  entity: (xml, random) =>
    on(
      rewrite((text) => `${text}&c;`),
      isLeaf,
    )(afterDeclaration(xml, pick(random, forbidden)), random),
  include: on((xml, span) => spliced(xml, span.inner[0], span.inner[0], inclusion)),
  instruction: on((xml, span, random) => {
    const put = pick(random, [
      "<?php x?>",
      '<?xml version="1.0"?>',
      '<?xml-stylesheet href="file:///x"?>',
      "<?",
    ]);
    return spliced(xml, span.inner[0], span.inner[0], put);
  }),
  comment: on((xml, span, random) => {
    const put = pick(random, ["<!-- x -->", "<!---->", "<!-- -- -->", `<!--${"c".repeat(70_000)}-->`]);
    return spliced(xml, span.inner[1], span.inner[1], put);
  }),
  cdata: on(
    rewrite((text, random) =>
      pick(random, [
        `<![CDATA[${text}]]>`,
        `<![CDATA[${text}]]]]><![CDATA[>]]>`,
        `<![CDATA[<![CDATA[${text}]]>]]>`,
        `${text}<![CDATA[]]>`,
        `<![CDATA[${text}`,
      ]),
    ),
    isLeaf,
  ),
  base64: on(
    rewrite((text, random) => {
      const at = upTo(random, text.length + 1);
      const put = pick(random, [
        "",
        "=",
        "*",
        "\n\n",
        "&#10;",
        "<!-- -->",
        "-",
        "====",
        "\u00e6",
        "A".repeat(70_001),
      ]);
      return spliced(text, at, Math.min(text.length, at + upTo(random, 3)), put);
    }),
    ({ name }) => name === "Object_Base64Encoded" || name === "Data",
  ),
  blanks: (xml, random) => xml.replaceAll("><", `>${pick(random, [" ", "\n", "\r\n", "\t"]).repeat(3)}<`),
};

const bytesOf = (xml: string): string => Buffer.from(xml, "utf8").toString("latin1");

/** These change what the bytes are; a character of the text is a byte. */
const byteLevel: Record<string, Mutate> = {
  declare: (xml, random) =>
    xml.replace(
      /encoding="[^"]*"/,
      `encoding="${pick(random, ["UTF-8", "ISO-8859-1", "windows-1252", "US-ASCII", "UTF-16", "EBCDIC", "", "x".repeat(600)])}"`,
    ),
  undeclare: (xml) => xml.replace(/^<\?xml[^>]*>/, ""),
  mark: (xml, random) => pick(random, ["\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u00fe\u00ff"]) + xml,
  utf8: bytesOf,
  utf8Declared: (xml) => bytesOf(xml.replace(/encoding="[^"]*"/, 'encoding="UTF-8"')),
  utf16: (xml, random) => {
    const wide = Buffer.from(`\ufeff${xml}`, "utf16le");
    return (random() < 0.5 ? wide : wide.swap16()).toString("latin1");
  },
  truncate: (xml, random) => xml.slice(0, upTo(random, xml.length)),
  cutOut: (xml, random) => {
    const at = upTo(random, xml.length);
    return spliced(xml, at, at + upTo(random, 200), "");
  },
  flip: (xml, random) => {
    const bytes = Buffer.from(xml, "latin1");
    for (let times = upTo(random, 12); times >= 0; times--)
      bytes[upTo(random, bytes.length)] = upTo(random, 256);
    return bytes.toString("latin1");
  },
  twice: (xml) => xml + xml,
  envelope: (xml) => Buffer.from(inVansEnvelope(Buffer.from(xml, "latin1"))).toString("latin1"),
};

const mutations: Record<string, Mutate> = { ...structural, ...markup, ...byteLevel };
export const mutationNames = Object.keys(mutations);

/** A document with one to four things wrong with it, and what they are. */
export const mutate = (bytes: Uint8Array, random: Random): { bytes: Uint8Array; done: readonly string[] } => {
  const done = Array.from({ length: 1 + upTo(random, 4) }, () => pick(random, mutationNames));
  let xml = Buffer.from(bytes).toString("latin1");
  for (const name of done) xml = mutations[name]?.(xml, random) ?? xml;
  // What has grown by doubling is cut: sizes have a test of their own.
  return { bytes: Buffer.from(xml.slice(0, 400_000), "latin1"), done };
};
