import { type Mutate, marker, pick, spliced, values } from "./mutation-parts.ts";
import type { Random } from "./oioxml-mutations.ts";

type Span = { name: string; start: number; end: number };

/** Where each element of a document stands, as far as its tags are in pairs. */
const spansOf = (xml: string): Span[] => {
  const spans: Span[] = [];
  const open: Span[] = [];
  for (const match of xml.matchAll(/<(\/?)([A-Za-z_][\w.:-]*)((?:"[^"]*"|[^<>"])*?)(\/?)>/g)) {
    const [tag, closes, name = "", , whole] = match;
    const end = match.index + tag.length;
    if (closes === "" && whole === "") open.push({ name, start: match.index, end });
    else if (closes === "") spans.push({ name, start: match.index, end });
    else {
      const opened = open.pop();
      if (opened?.name === name) spans.push({ name, start: opened.start, end });
    }
  }
  return spans;
};

const outer = (xml: string, { start, end }: Span): string => xml.slice(start, end);
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const onSpan =
  (change: (xml: string, span: Span, random: Random) => string) =>
  (xml: string, random: Random): string => {
    const spans = spansOf(xml);
    return spans.length === 0 ? xml : change(xml, pick(random, spans), random);
  };

const onValue =
  (change: (text: string, random: Random) => string) =>
  (xml: string, random: Random): string => {
    const found = [...xml.matchAll(/ value="([^"]*)"/g)];
    if (found.length === 0) return xml;
    const { index, 0: all, 1: text = "" } = pick(random, found);
    return spliced(xml, index, index + all.length, ` value="${change(text, random)}"`);
  };

const entities =
  '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">';
const forbidden = [
  `<!DOCTYPE Bundle [${entities}]>`,
  '<!DOCTYPE Bundle [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
  '<!DOCTYPE Bundle SYSTEM "http://127.0.0.1:9/x.dtd">',
  '<!DOCTYPE Bundle [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
  `<!DOCTYPE Bundle [${"<!ENTITY x 'y'>".repeat(8_000)}]>`,
];
const afterDeclaration = (xml: string, text: string): string => xml.replace(/^(<\?xml[^>]*>)?/, `$&${text}`);

/** What can be done to FHIR in XML. */
export const ofXml: Record<string, Mutate> = {
  xmlDrop: onSpan((xml, { start, end }) => spliced(xml, start, end, "")),
  xmlDouble: onSpan((xml, span) => spliced(xml, span.end, span.end, outer(xml, span))),
  xmlSwap: (xml, random) => {
    const spans = spansOf(xml);
    if (spans.length === 0) return xml;
    const [one, other] = [pick(random, spans), pick(random, spans)];
    const [a, b] = one.start < other.start ? [one, other] : [other, one];
    if (a.end > b.start) return xml;
    return spliced(spliced(xml, b.start, b.end, outer(xml, a)), a.start, a.end, outer(xml, b));
  },
  xmlMove: (xml, random) => {
    const spans = spansOf(xml);
    if (spans.length === 0) return xml;
    const [from, to] = [pick(random, spans), pick(random, spans)];
    return spliced(xml, to.start, to.start, outer(xml, from));
  },
  xmlRename: onSpan((xml, span, random) => {
    const name = random() < 0.5 ? pick(random, ["Bundle", "entry", "Patient", "div", "id"]) : marker(random);
    const inside = outer(xml, span).replace(/^<[^\s/>]+/, `<${name}`);
    return spliced(xml, span.start, span.end, inside.replace(/<\/[^<>]+>$/, `</${name}>`));
  }),
  xmlValue: onValue((_, random) => escaped(pick(random, values))),
  xmlOverlong: onValue(
    (text, random) => text + marker(random).padEnd(pick(random, [65, 256, 5_000, 70_000]), "y"),
  ),
  xmlText: onSpan((xml, { end }, random) => spliced(xml, end, end, marker(random))),
  xmlAttribute: onSpan((xml, { start, name }, random) => {
    const from = start + 1 + name.length;
    const attribute = pick(random, [
      `${marker(random)}="${marker(random)}"`,
      'value="x"',
      'url="urn:x"',
      'id="x"',
      'xsi:type="x"',
      'a="1" a="2"',
      "a=1",
      `b="${"v".repeat(3_000)}"`,
    ]);
    return spliced(xml, from, from, ` ${attribute}`);
  }),
  xmlNamespace: onSpan((xml, { start, name }, random) => {
    const from = start + 1 + name.length;
    return spliced(
      xml,
      from,
      from,
      ` xmlns${pick(random, ['=""', '="urn:x"', ':p="urn:x"', ':xml="urn:x"'])}`,
    );
  }),
  xmlPrefix: onSpan((xml, span) =>
    spliced(xml, span.start, span.end, outer(xml, span).replace(/^<|(?<=<\/)(?=[^<]*$)/g, "$&p:")),
  ),
  xmlNest: onSpan((xml, { start, end }, random) => {
    const depth = pick(random, [3, 60, 70, 5_000]);
    const name = pick(random, ["a", "extension", "div"]);
    const open = name === "extension" ? '<extension url="urn:x">' : `<${name}>`;
    return spliced(xml, start, end, open.repeat(depth) + xml.slice(start, end) + `</${name}>`.repeat(depth));
  }),
  xmlMany: onSpan((xml, span, random) => {
    const times = pick(random, [11, 120, 3_000]);
    return spliced(xml, span.end, span.end, outer(xml, span).slice(0, 400).repeat(times).slice(0, 300_000));
  }),
  doctype: (xml, random) => afterDeclaration(xml, pick(random, forbidden)),
  entity: (xml, random) =>
    onValue((text) => `${text}&c;`)(afterDeclaration(xml, pick(random, forbidden)), random),
  reference: onValue(
    (text, random) => text + pick(random, ["&#0;", "&#xD800;", "&x;", "&#x1F600;", "&", "&amp;lt;"]),
  ),
  instruction: onSpan((xml, { start }, random) =>
    spliced(xml, start, start, pick(random, ["<?php x?>", '<?xml version="1.0"?>', "<?"])),
  ),
  xmlComment: onSpan((xml, { start }, random) =>
    spliced(xml, start, start, pick(random, ["<!-- x -->", "<!---->", "<!-- -- -->", "<!--"])),
  ),
  cdata: onSpan((xml, { start }, random) =>
    spliced(xml, start, start, pick(random, ["<![CDATA[x]]>", "<![CDATA[ ]]>", "<![CDATA[", "]]>"])),
  ),
  script: (xml, random) =>
    xml.replace(
      /<div [^>]*>/,
      `$&${pick(random, ["<script>x</script>", '<img src="http://x/y.png"/>', '<p onclick="x">y</p>', "<a>"])}`,
    ),
};
