import type { Base64Reading } from "./base64.ts";

export interface XmlAttribute {
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

/** An element as it was written: comments and processing instructions are gone, CDATA is text, adjacent text is one string. */
export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** Without namespace declarations and `xsi:` hints, which say nothing. */
  readonly attributes: readonly XmlAttribute[];
  readonly content: (XmlElement | string)[];
  /** The large base64 of an element that holds some: it is in no string, in `content` or in `attributes`. */
  base64?: Base64Reading;
}

export type XmlFault =
  | "document-too-large"
  | "encoding-unknown"
  | "xml-malformed"
  | "xml-forbidden"
  | "xml-too-deep";

type Base64Kind = "attachment" | "document";
/** Base64 in the attribute of an element, as FHIR has it: `<data value="…"/>`. The attribute has no prefix. */
interface Base64Attribute {
  readonly holds: Base64Kind;
  readonly attribute: string;
}
/** The elements, by local name, that hold base64, and whether each holds an attachment or a whole document. */
export type Base64Elements = ReadonlyMap<string, Base64Kind | Base64Attribute>;

/** Where an element holds its base64: in the attribute of that name, or in its content. */
export interface Base64Holder {
  readonly holds: Base64Kind;
  readonly attribute: string | undefined;
}

export const holderOf = (base64: Base64Elements, local: string): Base64Holder | undefined => {
  const found = base64.get(local);
  return typeof found === "string" ? { holds: found, attribute: undefined } : found;
};
