import { decodeBase64, endBase64 } from "../xml/base64.ts";
import { childrenOf, type XmlElement } from "../xml/read-xml.ts";
import type { Content, ElementSpec, Fields, Group, Value } from "./element-table.ts";
import { below, type Place, report, warn } from "./place.ts";
import { readRuns } from "./read-formatted.ts";
import { judgeText, type TextContent } from "./read-value.ts";

const refuseAttributes = (element: XmlElement, place: Place): void => {
  if (element.attributes.length > 0) report(place, "attribute-unexpected");
};

/** Nothing but XML's own blanks, as between nearly all elements. */
const isBlank = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return false;
  }
  return true;
};

/** A leaf's text; an element inside it is a problem of its own. */
const leafText = (element: XmlElement, place: Place): string => {
  const [first] = element.content;
  if (element.content.length === 0) return "";
  if (element.content.length === 1 && typeof first === "string") return first;
  report(below(place, "*"), "element-unknown");
  return element.content.filter((part) => typeof part === "string").join("");
};

const judged = (content: TextContent, text: string, place: Place): string => {
  const verdict = judgeText(content, text);
  if (verdict.problem !== undefined) report(place, verdict.problem);
  if (verdict.warning !== undefined) warn(place, verdict.warning);
  return verdict.value;
};

/** The one attribute that the table names; any other is a problem. */
const readAttribute = (element: XmlElement, spec: ElementSpec, place: Place): string | undefined => {
  const wanted = spec.attribute;
  if (wanted === undefined) {
    refuseAttributes(element, place);
    return undefined;
  }
  const found = element.attributes.find((a) => a.uri === "" && a.local === wanted.name);
  const at = below(place, `@${wanted.name}`);
  if (element.attributes.length > (found === undefined ? 0 : 1)) report(place, "attribute-unexpected");
  if (found === undefined) report(at, "attribute-missing");
  else if (wanted.content.kind === "text" || wanted.content.kind === "list")
    return judged(wanted.content, found.value, at);
  return undefined;
};

const readLeaf = (element: XmlElement, content: TextContent, place: Place): Value => ({
  is: "text",
  text: judged(content, leafText(element, place), place),
});

const readBytes = (element: XmlElement, place: Place): Value => {
  const text = leafText(element, place);
  const bytes = element.base64 === undefined ? decodeBase64(text) : endBase64(element.base64);
  if (bytes === undefined) report(place, "base64-malformed");
  return { is: "bytes", bytes: bytes ?? new Uint8Array() };
};

const readContent = (element: XmlElement, content: Content, place: Place): Value => {
  if (content.kind === "group") return { is: "group", fields: readGroup(element, content, place) };
  if (content.kind === "formatted") return { is: "runs", runs: readRuns(element, content.level, place) };
  return content.kind === "base64" ? readBytes(element, place) : readLeaf(element, content, place);
};

const readElement = (element: XmlElement, spec: ElementSpec, place: Place): Value => {
  const attribute = readAttribute(element, spec, place);
  const value = readContent(element, spec.content, place);
  return value.is === "text" && attribute !== undefined ? { ...value, attribute } : value;
};

/** The slot of a child. An element that the table does not name is told by its number: its name is the sender's. */
const slotOf = (
  child: XmlElement,
  group: Group,
  at: { readonly element: XmlElement; readonly place: Place },
): number | undefined => {
  const slot = group.byName.get(child.local);
  if (slot !== undefined && child.uri === at.place.sink.namespace) return slot;
  const number = 1 + childrenOf(at.element).indexOf(child);
  if (slot === undefined) report(below(at.place, `*[${number}]`), "element-unknown");
  else report(below(at.place, child.local), "namespace-wrong");
  return undefined;
};

/** By slot, what its elements held; a slot without elements has nothing. */
type Found = (Value[] | undefined)[];

const countOf = (found: Found, slot: number): number => found[slot]?.length ?? 0;

const checkCount = (spec: ElementSpec, count: number, place: Place): void => {
  if (count < spec.min) report(below(place, spec.name), "element-missing");
  if (count > spec.max) report(below(place, spec.name), "element-repeated");
};

/** The alternative that each choice was answered with; -1 for none. Two at once is a problem. */
const chosenOf = (group: Group, found: Found, place: Place): number[] => {
  const chosen = new Array<number>(group.choices).fill(-1);
  let at = 0;
  for (const { element, choice, alternative } of group.slots) {
    const count = countOf(found, at++);
    if (choice === -1 || count === 0) continue;
    if (chosen[choice] === -1) chosen[choice] = alternative;
    else if (chosen[choice] !== alternative) report(below(place, element.name), "choice-conflict");
  }
  return chosen;
};

const checkChoices = (group: Group, found: Found, place: Place): void => {
  const chosen = chosenOf(group, found, place);
  let at = 0;
  for (const { element, choice, alternative } of group.slots) {
    const count = countOf(found, at++);
    if (choice === -1 || chosen[choice] === alternative) checkCount(element, count, place);
  }
  if (chosen.includes(-1)) report(place, "choice-missing");
};

const checkCounts = (group: Group, found: Found, place: Place): void => {
  let at = 0;
  for (const { element } of group.slots) checkCount(element, countOf(found, at++), place);
};

const fieldsOf = (group: Group, found: Found): Fields => {
  const fields: Record<string, readonly Value[]> = {};
  let at = 0;
  for (const { element } of group.slots) {
    const values = found[at++];
    if (values !== undefined) fields[element.name] = values;
  }
  return fields;
};

const isTextContent = (content: Content): content is TextContent =>
  content.kind !== "group" && content.kind !== "formatted" && content.kind !== "base64";

/** A leaf as the table has it, in its place, which then need not be told; `undefined` when there is anything to say of it. */
const plainLeaf = ({ attributes, content }: XmlElement, spec: ElementSpec): Value | undefined => {
  if (!isTextContent(spec.content)) return undefined;
  const [text = ""] = content;
  if (content.length > 1 || typeof text !== "string") return undefined;
  if (attributes.length > 0 || spec.attribute !== undefined) return undefined;
  const { value, problem, warning } = judgeText(spec.content, text);
  return problem === undefined && warning === undefined ? { is: "text", text: value } : undefined;
};

/** `late`: a child of a later slot was there before it. */
const readChild = (
  child: XmlElement,
  slot: { readonly spec: ElementSpec; readonly before: number; readonly late: boolean },
  place: Place,
): Value => {
  const { spec, before, late } = slot;
  const plain = late ? undefined : plainLeaf(child, spec);
  if (plain !== undefined) return plain;
  const childPlace = below(place, spec.max > 1 ? `${spec.name}[${before + 1}]` : spec.name);
  if (late) report(childPlace, "element-misplaced");
  return readElement(child, spec, childPlace);
};

/** Every child in its slot, in whatever order they come. */
const readChildren = (element: XmlElement, group: Group, place: Place): Found => {
  const found: Found = new Array<Value[] | undefined>(group.slots.length).fill(undefined);
  const here = { element, place };
  let last = 0;
  for (const child of element.content) {
    if (typeof child === "string") {
      if (!isBlank(child)) report(place, "text-unexpected");
      continue;
    }
    const at = slotOf(child, group, here);
    const spec = at === undefined ? undefined : group.slots[at]?.element;
    if (at === undefined || spec === undefined) continue;
    const values = found[at] ?? [];
    found[at] = values;
    values.push(readChild(child, { spec, before: values.length, late: at < last }, place));
    last = Math.max(last, at);
  }
  return found;
};

/**
 * An element's children by its table. Every problem is reported, each with its path; a child out of order is still read,
 * so that one mistake does not hide another.
 */
export const readGroup = (element: XmlElement, group: Group, place: Place): Fields => {
  const found = readChildren(element, group, place);
  if (group.choices === 0) checkCounts(group, found, place);
  else checkChoices(group, found, place);
  return fieldsOf(group, found);
};
