import { envelopeContents } from "../../envelopes/open-envelope.ts";
import { defaultLimits, readXml, type XmlLimits, type XmlReading } from "../../xml/read-xml.ts";
import type { Base64Elements } from "../../xml/xml-tree.ts";

/** The elements that the tables read as base64. */
export const base64Elements: Base64Elements = new Map([
  ["Object_Base64Encoded", "attachment"],
  ...envelopeContents,
]);

/** MedCom's XML as a tree, the base64 in it decoded as it comes. */
export const readMedComXml = (bytes: Uint8Array, limits: XmlLimits = defaultLimits): XmlReading =>
  readXml(bytes, limits, base64Elements);
