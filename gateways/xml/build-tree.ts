import type { DocumentLimits } from "../../contracts/codes/document-limits.ts";
import { type Base64Reading, beginBase64, decodeBase64, readBase64Text } from "./base64.ts";
import type { ElementName, Scope } from "./namespaces.ts";
import type { Base64Holder, XmlAttribute, XmlElement, XmlFault } from "./xml-tree.ts";

/** An element whose end is still to come. `scope`: what is in force around it. */
export interface OpenElement {
  readonly element: XmlElement;
  readonly name: ElementName;
  readonly outer: OpenElement | undefined;
  readonly scope: Scope;
}

/** A tree being built, and how much of what is allowed has been used. */
export interface Building {
  readonly limits: DocumentLimits;
  root: XmlElement | undefined;
  /** The innermost of the open elements, and how many they are. */
  open: OpenElement | undefined;
  depth: number;
  elements: number;
  attachments: number;
  textLength: number;
  fault: XmlFault | undefined;
}

/** No name of MedCom's is longer; a longer one counts as text. */
const nameLength = 64;
/** Base64 that is longer is not kept as a string. */
const shortText = 64 * 1024;

export const beginTree = (limits: DocumentLimits): Building => ({
  limits,
  root: undefined,
  open: undefined,
  depth: 0,
  elements: 0,
  attachments: 0,
  textLength: 0,
  fault: undefined,
});

/** Reading is ended by throwing; `building.fault` tells such an end from a defect of ours. */
export const stop = (building: Building, fault: XmlFault): never => {
  building.fault = fault;
  throw new Error(fault);
};

export const countText = (building: Building, length: number): void => {
  building.textLength += length;
  if (building.textLength > building.limits.maxTextLength) stop(building, "document-too-large");
};

/** Elements and attributes are counted together. */
export const countName = (building: Building, { length }: string): void => {
  building.elements += 1;
  if (building.elements > building.limits.maxElements) stop(building, "xml-too-deep");
  if (length > nameLength) countText(building, length);
};

/** A new element in its place. `content` is not copied. */
export const addElement = (
  building: Building,
  { written, uri, local }: ElementName,
  rest: { readonly attributes: readonly XmlAttribute[]; readonly content: (XmlElement | string)[] },
): XmlElement => {
  countName(building, written);
  if (building.depth >= building.limits.maxDepth) stop(building, "xml-too-deep");
  const element = { uri, local, attributes: rest.attributes, content: rest.content };
  if (building.open === undefined) building.root = element;
  else building.open.element.content.push(element);
  return element;
};

export const countAttachment = (building: Building, holder: Base64Holder | undefined): void => {
  if (holder?.holds === "attachment" && ++building.attachments > building.limits.maxAttachments)
    stop(building, "document-too-large");
};

/** Of what an element was found to hold in its attribute, the base64, and the attributes that are left. */
export interface Lifted {
  readonly attributes: readonly XmlAttribute[];
  readonly base64: Base64Reading | undefined;
}

/** `held`: what was decoded past the reader, which was shown an empty value in its place. */
export const liftBase64 = (
  { attribute }: Base64Holder,
  attributes: readonly XmlAttribute[],
  held: Base64Reading | undefined,
): Lifted => {
  const isHolder = ({ uri, local }: XmlAttribute): boolean => uri === "" && local === attribute;
  const value = attributes.find(isHolder)?.value;
  if (value === undefined || (held === undefined && value.length <= shortText))
    return { attributes, base64: undefined };
  const base64 = held ?? beginBase64();
  if (held === undefined) readBase64Text(base64, value);
  return { attributes: attributes.filter((one) => !isHolder(one)), base64 };
};

/** The size is counted only where it can be too much. */
const isTooLarge = (
  { content, base64, attributes }: XmlElement,
  holder: Base64Holder,
  max: number,
): boolean => {
  if (base64 !== undefined) return base64.length + Math.max(0, base64.held - 1) > max;
  const text =
    holder.attribute === undefined
      ? content.filter((part) => typeof part === "string").join("")
      : (attributes.find(({ uri, local }) => uri === "" && local === holder.attribute)?.value ?? "");
  return (text.length / 4) * 3 > max && (decodeBase64(text)?.length ?? 0) > max;
};

export const closeElement = (building: Building, { element, name, outer }: OpenElement): void => {
  const { base64 } = name;
  if (base64?.holds === "attachment" && isTooLarge(element, base64, building.limits.maxAttachmentBytes))
    stop(building, "document-too-large");
  building.open = outer;
  building.depth -= 1;
};

/** Base64 that is long is kept as bytes, and what follows it is read on as more of it. */
const addBase64 = (element: XmlElement, text: string): void => {
  const { content } = element;
  const [before = ""] = content;
  const isAlone = content.length < 2 && typeof before === "string";
  if (element.base64 === undefined && isAlone && before.length + text.length <= shortText) {
    content[0] = before + text;
    return;
  }
  if (element.base64 === undefined) {
    element.base64 = beginBase64();
    for (const part of content) if (typeof part === "string") readBase64Text(element.base64, part);
    const children = content.filter((part) => typeof part !== "string");
    content.splice(0, content.length, ...children);
  }
  readBase64Text(element.base64, text);
};

/** Text of the innermost open element, joined with what stands directly before it. */
export const addText = (building: Building, { element, name }: OpenElement, text: string): void => {
  if (name.base64 !== undefined && name.base64.attribute === undefined) {
    addBase64(element, text);
    return;
  }
  countText(building, text.length);
  const { content } = element;
  const last = content[content.length - 1];
  if (typeof last === "string") content[content.length - 1] = last + text;
  else content.push(text);
};
