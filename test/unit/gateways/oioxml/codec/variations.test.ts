import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { renderDocument } from "../../../../../gateways/oioxml/render/render-document.ts";
import { decodeText } from "../../../../../gateways/xml/decode-text.ts";

const folders = [
  "contracts/examples/oioxml",
  "contracts/examples/demo",
  "../shared/oioxml/samples/golden",
  "../shared/oioxml/samples/schema-generated",
];
for (const folder of folders)
  if (!existsSync(folder)) process.stderr.write(`Skipping variations of MedCom's samples: no ${folder}\n`);

/** Bare documents, as text without their declarations. */
const seeds = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith(".xml"))
  .flatMap((file) => {
    const text = decodeText(readFileSync(file));
    if (!text.ok || text.text.includes("VANSEnvelope")) return [];
    return [{ file, text: text.text.replace(/^\s*<\?xml[^>]*\?>\s*/, "") }];
  });

const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");
const utf16 = (text: string): Buffer =>
  Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${text}`, "utf16le");
/** What an encoding lacks is a reference in it. */
const narrow =
  (name: string, last: number) =>
  (text: string): Uint8Array => {
    const fit = Array.from(text).map((one) => {
      const code = one.codePointAt(0) ?? 0;
      return code > last ? `&#${String(code)};` : one;
    });
    return Buffer.from(`<?xml version="1.0" encoding="${name}"?>${fit.join("")}`, "latin1");
  };

/** Other ways in which systems write the same document. */
const forms: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "in UTF-8 without a declaration": utf8,
  "in UTF-8 with a byte order mark": (text) => utf8(`\uFEFF<?xml version="1.0" encoding="utf-8"?>${text}`),
  "in ISO-8859-1": narrow("ISO-8859-1", 0xff),
  "in windows-1252": narrow("Windows-1252", 0x7f),
  "in US-ASCII": narrow("us-ascii", 0x7f),
  "in UTF-16": utf16,
  "in UTF-16, the other way round": (text) => utf16(text).swap16(),
  "in UTF-8 that is declared UTF-16": (text) => utf8(`<?xml version="1.0" encoding="utf-16"?>${text}`),
  "with lines that end as in Windows": (text) => utf8(text.replace(/\r?\n/g, "\r\n")),
  "under a prefix": (text) =>
    utf8(text.replace(/<(\/?)([A-Za-z_])/g, "<$1m:$2").replace(/\sxmlns="/g, ' xmlns:m="')),
  "with a schema's place and namespaces that are not used": (text) =>
    utf8(
      text.replace(
        /<Emessage/,
        '<Emessage xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://rep.oio.dk/x x.xsd"',
      ),
    ),
  "with comments and an instruction": (text) =>
    utf8(
      `<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><!-- a -->${text.replaceAll("<Sender>", "<!-- s --><Sender>")}<!-- z -->`,
    ),
  "with names in CDATA": (text) =>
    utf8(
      text.replace(
        /<(OrganisationName|PersonSurnameName)>([^<&]*)</g,
        (_, name: string, value: string) => `<${name}><![CDATA[${value}]]><`,
      ),
    ),
  "with blanks around what is no text": (text) =>
    utf8(text.replace(/<(Sender|Receiver|Letter|Envelope|Patient)>/g, "\n\t<$1>\n  ")),
};

/** Bytes of attachments are long: their text is compared, not the bytes one by one. */
const read = (bytes: Uint8Array): string => {
  const parsed = parseDocument(bytes);
  const told = parsed.kind === "emessage" ? { ...parsed, encoding: "" } : parsed;
  return JSON.stringify(told, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
};

const plain = seeds.map(({ file, text }) => ({ file, text, told: read(utf8(text)) }));

describe("a document as other systems write it", () => {
  it.each(Object.entries(forms))("reads as the same %s", (_, form) => {
    expect(plain.length).toBeGreaterThan(15);
    for (const { file, text, told } of plain) expect(read(form(text)) === told, file).toBe(true);
  });

  it.each(Object.entries(forms))("is shown %s", (_, form) => {
    const [{ text } = { text: "" }] = seeds;
    expect(renderDocument(form(text), "da")).toContain("</article>");
  });
});
