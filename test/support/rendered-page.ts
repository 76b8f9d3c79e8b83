import { XmlDocument } from "libxml2-wasm";
import { readMedComXml } from "../../gateways/oioxml/codec/medcom-xml.ts";
import { renderDocument } from "../../gateways/oioxml/render/render-document.ts";
import type { XmlElement } from "../../gateways/xml/read-xml.ts";

/** A page as its elements. It is written so that a strict XML parser takes it; two of them must. */
export const pageTree = (page: string): XmlElement => {
  XmlDocument.fromString(page).dispose();
  const reading = readMedComXml(Buffer.from(page.replace(/^<!DOCTYPE html>\n/, "")));
  if (!reading.ok) throw new Error(`The page is not well-formed: ${reading.code} in line ${reading.line}`);
  return reading.root;
};

export const elementsOf = (element: XmlElement): XmlElement[] => [
  element,
  ...element.content.flatMap((part) => (typeof part === "string" ? [] : elementsOf(part))),
];

export const attributeOf = (element: XmlElement, name: string): string | undefined =>
  element.attributes.find((attribute) => attribute.local === name)?.value;

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();

const inline = new Set("a b code data em small span strong time u".split(" "));
const spacedTextIn = (element: XmlElement): string =>
  element.content
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.local === "br") return "\n";
      return inline.has(part.local) ? spacedTextIn(part) : `${spacedTextIn(part)} `;
    })
    .join("");
/** What a reader can read of an element, blanks made alike. */
export const textIn = (element: XmlElement): string => plain(spacedTextIn(element));

/** Everything that a page tells: its texts one by one, and what was written where it is told in words. */
export const toldBy = (page: string): string => {
  const body = elementsOf(pageTree(page)).find(({ local }) => local === "body");
  if (body === undefined) throw new Error("The page has no body.");
  return elementsOf(body)
    .flatMap((element) => [
      ...element.content.filter((part) => typeof part === "string"),
      attributeOf(element, "value") ?? "",
      attributeOf(element, "datetime") ?? "",
    ])
    .map(plain)
    .filter((text) => text !== "")
    .join("\n");
};

/** The texts of a document that `toldBy` its page must hold; base64 is told by its size. */
export const textsOf = (document: XmlElement): string[] =>
  elementsOf(document)
    .filter((element) => element.base64 === undefined && !/^(Data|Object_Base64Encoded)$/.test(element.local))
    .flatMap((element) => [
      ...element.content.filter((part) => typeof part === "string"),
      ...element.attributes.map(({ value }) => value),
    ])
    .map(plain)
    .filter((text) => text !== "");

/** The sections of a page in their order, by their headings, and the text of each. */
export const sectionsOf = (page: string): Map<string, string> => {
  const headed = elementsOf(pageTree(page)).filter(
    ({ local, content }) =>
      local === "section" && content.some((part) => typeof part !== "string" && /^h\d$/.test(part.local)),
  );
  return new Map(
    headed.map((section) => {
      const heading = elementsOf(section).find(({ local }) => /^h\d$/.test(local));
      return [heading === undefined ? "" : textIn(heading), textIn(section)];
    }),
  );
};

export const find = (page: string, local: string): XmlElement[] =>
  elementsOf(pageTree(page)).filter((element) => element.local === local);
export const ofClass = (page: string, name: string): XmlElement[] =>
  elementsOf(pageTree(page)).filter((e) => attributeOf(e, "class")?.split(" ").includes(name) === true);
export const headings = (page: string): string[] =>
  elementsOf(pageTree(page)).flatMap((element) => (/^h\d$/.test(element.local) ? [textIn(element)] : []));

/** A document of one version with what is put into it; made-up parties and patient. */
export const aDocument = (
  root: string,
  content: string,
  { namespace = "http://rep.oio.dk/medcom.dk/xml/schemas/2018/08/06/", head = "" } = {},
): Uint8Array =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Emessage xmlns="${namespace}"><Envelope><Sent><Date>2026-03-02</Date>` +
      `<Time>14:05</Time></Sent><Identifier>KUV000001</Identifier><AcknowledgementCode>pluspositivkvitt</AcknowledgementCode>` +
      `</Envelope><${root}><Letter><Identifier>BREV000001</Identifier>${head}</Letter>${content}</${root}></Emessage>`,
  );

export const patient =
  "<Patient><CivilRegistrationNumber>1105650000</CivilRegistrationNumber><PersonSurnameName>Prøve-Åsen</PersonSurnameName>" +
  "<PersonGivenName>Ægidia</PersonGivenName><StreetName>Prøvevej 1</StreetName><PostCodeIdentifier>8000</PostCodeIdentifier>" +
  "<DistrictName>Prøveby</DistrictName></Patient>";

type Around = { root?: string; head?: string; language?: "da" | "en" };

/** The page of a letter that holds this, a discharge summary unless it is told otherwise. */
export const pageWith = (content: string, around: Around = {}): string => {
  const { root = "DischargeLetter", head = "", language = "da" } = around;
  return renderDocument(aDocument(root, content, { head }), language);
};
