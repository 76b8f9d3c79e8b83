import { readMedComXml } from "../../gateways/oioxml/codec/medcom-xml.ts";
import { endBase64 } from "../../gateways/xml/base64.ts";
import type { XmlElement } from "../../gateways/xml/read-xml.ts";

/**
 * A document as the leaves and mixed content it holds, one line each, with everything taken away that losses.ts lists
 * as lost between parse and print. What is left must be the same before and after.
 */
const isBlank = (part: XmlElement | string): boolean => typeof part === "string" && part.trim() === "";
const isLayout = (element: XmlElement): boolean =>
  element.content.some((part) => typeof part !== "string") && mixed.every((name) => name !== element.local);
const mixed = (
  "Text01 RefuseText FixedFont Bold Italic Underline Center Right Supplementary ClinicalReason Cave Anamnesis " +
  "Examination ActualMedicine FirstDateOfPeriod Information Recommendation"
).split(" ");
/** `empty-group`: the groups that a letter takes apart; empty, they come back as nothing. */
const passing = ["AdditionalInformation", "RelevantClinicalInformation", "Referral"];

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
  // Large base64 is no text any more; printed in lines or in one, it is the same bytes.
  if (element.base64 !== undefined)
    return [
      `${here} text ${JSON.stringify(Buffer.from(endBase64(element.base64) ?? []).toString("base64"))}`,
    ];
  if (content.length === 0) return passing.includes(element.local) ? [] : [`${here} empty`];
  return content.flatMap((part) =>
    typeof part === "string"
      ? [`${here} text ${JSON.stringify(withoutListedLoss(element, part))}`]
      : linesOf(part, here),
  );
};

/** Comments, instructions, CDATA, prefixes and the encoding declaration are gone once the XML is read. */
export const documentLines = (bytes: Uint8Array): string[] => {
  const reading = readMedComXml(bytes);
  if (!reading.ok) throw new Error(`not XML: ${reading.code}`);
  return linesOf(reading.root, "");
};
