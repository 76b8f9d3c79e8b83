import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DocumentLimits,
  defaultDocumentLimits,
} from "../../../../../../contracts/codes/document-limits.ts";
import { readPlainXml } from "../../../../../../gateways/fhir/codec/model/plain-xml.ts";
import { printFhir } from "../../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readWholeXml } from "../../../../../../gateways/fhir/codec/model/read-xml.ts";
import { resourcesOfType } from "../../../../../support/fhir-model-arbitraries.ts";

const folder = "contracts/examples/fhir";
const examples = readdirSync(folder).filter((name) => name.endsWith(".xml"));
const example = (name: string): string => readFileSync(join(folder, name), "utf8");

const plain = (text: string, limits: DocumentLimits = defaultDocumentLimits) =>
  readPlainXml(Buffer.from(text), limits);
const whole = (text: string, limits: DocumentLimits = defaultDocumentLimits) =>
  readWholeXml(Buffer.from(text), limits);

/** What is read in one go is what the readers of all of XML read, and right. @returns whether it was read so. */
const agrees = (text: string, limits?: DocumentLimits): boolean => {
  const found = plain(text, limits);
  if (found === undefined) return false;
  const expected = whole(text, limits);
  expect({ ok: true, resource: found, warnings: [] }).toEqual(expected);
  // The order of what was read too.
  expect(JSON.stringify({ ok: true, resource: found, warnings: [] })).toBe(JSON.stringify(expected));
  return true;
};

const patient = (inside: string): string => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
const text =
  '<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></text>';

/** What means something in XML or in FHIR, to be put anywhere. */
const pieces = [
  ...[
    "<",
    ">",
    "/",
    '"',
    "'",
    "&",
    "&amp;",
    "&#10;",
    "&#x1;",
    "&nbsp;",
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "]]>",
  ],
  ...[
    "<!-- x -->",
    "<![CDATA[x]]>",
    "<?x y?>",
    "\u0001",
    "\ufffe",
    "\u0085",
    "æ",
    "😀",
    ' value="x"',
    ' id="a"',
  ],
  ...['<id value="q"/>', '<extension url="x"><valueCode value="y"/></extension>', "<b/>", "<br/>", "<f:a/>"],
  ...[' xmlns="http://hl7.org/fhir"', ' xmlns=""', ' xmlns:f="http://hl7.org/fhir"', "</Patient>", "<div>"],
];

/** One change to a document: something put in, something left out, or an element written twice or before another. */
interface Change {
  readonly at: number;
  readonly kind: "insert" | "remove" | "twice" | "swap";
  readonly piece: string;
  readonly length: number;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("insert", "remove", "twice", "swap"),
  piece: fc.constantFrom(...pieces),
  length: fc.nat({ max: 3 }),
});

const changed = (document: string, { at, kind, piece, length }: Change): string => {
  const place = at % (document.length + 1);
  if (kind === "insert") return document.slice(0, place) + piece + document.slice(place);
  if (kind === "remove") return document.slice(0, place) + document.slice(place + 1 + length);
  const [first, second, third] = [...document.slice(place).matchAll(/</g)].map(({ index }) => place + index);
  if (first === undefined || second === undefined || third === undefined) return document;
  const [one, two] = [document.slice(first, second), document.slice(second, third)];
  const middle = kind === "twice" ? one + one + two : two + one;
  return document.slice(0, first) + middle + document.slice(third);
};

describe("FHIR's XML as nearly all of it is written", () => {
  it.each(examples)("is read in one go: %s", (name) => {
    expect(agrees(example(name))).toBe(true);
    expect(agrees(example(name).replaceAll("><", ">\r\n  <"))).toBe(true);
  });

  it.each([
    patient('<id value="a"/>'),
    patient('<active value="true"/>'),
    patient('\n  <birthDate\n    value="2001-02-28"/>\n'),
    patient('<id value="a"></id>'),
    patient('<language value="da" />'),
    patient(
      '<name id="n"><family value="A &amp; B &lt;&quot;&apos;&#10;&#xD;c\n\td"/><given value="x"/><given value="y"/></name>',
    ),
    patient(
      '<name><family id="f" value="x"><extension url="http://a.b"><valueCode value="unknown"/></extension></family></name>',
    ),
    patient(
      '<name><family><extension url="http://a.b"><valueCode value="unknown"/></extension></family></name>',
    ),
    patient('<photo><data value="YWJj"/></photo><photo><data value="ZGVm"/></photo>'),
    patient('<multipleBirthInteger value="2"/>'),
    patient(`${text}<contained><Basic><code><text value="x"/></code></Basic></contained>`),
    patient(
      '<contained><Basic xmlns="http://hl7.org/fhir"><code><text value="x"/></code></Basic></contained>',
    ),
  ])("is the same in one go as by the readers of all of XML: %s", (document) => {
    expect(agrees(document)).toBe(true);
    expect(agrees(`<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`)).toBe(true);
  });

  it.each([
    ["a comment", patient('<!-- x --><id value="a"/>')],
    ["another prefix", '<f:Patient xmlns:f="http://hl7.org/fhir"><f:id value="a"/></f:Patient>'],
    ["no namespace", '<Patient><id value="a"/></Patient>'],
    ["another encoding", `<?xml version="1.0" encoding="ISO-8859-1"?>${patient('<id value="a"/>')}`],
    ["single quotes", patient("<id value='a'/>")],
    ["an unknown element", patient('<pet value="a"/>')],
    ["another order", patient('<active value="true"/><id value="a"/>')],
    ["what stands once, twice", patient('<id value="a"/><id value="b"/>')],
    ["two of a choice", patient('<deceasedBoolean value="true"/><deceasedDateTime value="2020"/>')],
    ["a wrong value", patient('<birthDate value="2001-02-30"/>')],
    ["an empty value", patient('<id value=""/>')],
    ["an empty element", patient("<name/>")],
    ["what lacks what it must have", patient("<link><type value='refer'/></link>".replaceAll("'", '"'))],
    ["an attribute twice", patient('<name id="a" id="b"><text value="x"/></name>')],
    ["text", patient('x<id value="a"/>')],
    ["a script", patient(text.replace("<p>a</p>", "<script>a</script>"))],
    ["a narrative of a character that is none", patient(text.replace("a</p>", "\u0001</p>"))],
    ["an end tag of another", patient('<name><text value="x"/></nams>')],
    ["more behind it", `${patient('<id value="a"/>')}<x/>`],
    ["half of it", patient('<id value="a"/>').slice(0, -4)],
  ])("is left to the readers of all of XML where there is %s", (_, document) => {
    expect(plain(document)).toBeUndefined();
  });

  it.each([
    ["bytes", { maxBytes: 60 }],
    ["elements", { maxElements: 60 }],
    ["text", { maxTextLength: 60 }],
    ["attachments", { maxAttachments: 0 }],
    ["bytes of an attachment", { maxAttachmentBytes: 60 }],
    ["depth", { maxDepth: 3 }],
  ])("is left to them where it may have more %s than is allowed", (_, limits) => {
    const document = patient('<photo><data value="YWJj"/></photo>');
    expect(plain(document)).toBeDefined();
    expect(plain(document, { ...defaultDocumentLimits, ...limits })).toBeUndefined();
  });

  it("is left to them when it is large", () => {
    expect(plain(patient(`<name><text value="${"x".repeat(64 * 1024)}"/></name>`))).toBeUndefined();
  });

  it("is read to the same, and told the same of, however it was changed", () => {
    const documents = examples.map(example);
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        (document, changes) => {
          if (agrees(changes.reduce(changed, document))) read += 1;
        },
      ),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(20);
  });

  it("is read to the same at every depth that is allowed", () => {
    for (let maxDepth = 1; maxDepth < 14; maxDepth += 1)
      for (const name of examples) agrees(example(name), { ...defaultDocumentLimits, maxDepth });
  });

  it("is what the hub prints, of any resource", () => {
    const types = fc
      .constantFrom("Bundle", "Communication", "Patient", "Observation", "Parameters")
      .chain(resourcesOfType);
    let read = 0;
    fc.assert(
      fc.property(types, (resource) => {
        if (agrees(Buffer.from(printFhir(resource, "xml")).toString())) read += 1;
      }),
      { numRuns: 300 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
