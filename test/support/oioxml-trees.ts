import { readXml, type XmlElement } from "../../gateways/oioxml/codec/read-xml.ts";

/**
 * A document as the leaves and mixed content it holds, one line each, with everything taken away that losses.ts lists
 * as lost between parse and print. What is left must be the same before and after.
 */
const isBlank = (part: XmlElement | string): boolean => typeof part === "string" && part.trim() === "";
const isLayout = (element: XmlElement): boolean =>
  element.content.some((part) => typeof part !== "string") && mixed.every((name) => name !== element.local);
const mixed = ["Text01", "RefuseText", "FixedFont", "Bold", "Italic", "Underline", "Center", "Right"];

/** `base64-lines`, `uuid-case`, `number-form`, `date-zone`, by the element that each is about. */
const withoutListedLoss = (element: XmlElement, text: string): string => {
  if (element.local === "Object_Base64Encoded") return text.replace(/\s+/g, "");
  if (element.local === "ObjectIdentifier") return text.toLowerCase();
  if (element.local === "OriginalObjectSize") return String(Number(text));
  return element.local === "Date" ? text.slice(0, 10) : text;
};

const linesOf = (element: XmlElement, path: string): string[] => {
  const here = `${path}/{${element.uri}}${element.local}`;
  // `local-elements`
  if (element.local === "Local_Elements") return [];
  // `blank-between-elements`
  const content = isLayout(element) ? element.content.filter((part) => !isBlank(part)) : element.content;
  if (content.length === 0) return [`${here} empty`];
  return content.flatMap((part) =>
    typeof part === "string"
      ? [`${here} text ${JSON.stringify(withoutListedLoss(element, part))}`]
      : linesOf(part, here),
  );
};

/** Comments, instructions, CDATA, prefixes and the encoding declaration are gone once the XML is read. */
export const documentLines = (bytes: Uint8Array): string[] => {
  const reading = readXml(bytes);
  if (!reading.ok) throw new Error(`not XML: ${reading.code}`);
  return linesOf(reading.root, "");
};
