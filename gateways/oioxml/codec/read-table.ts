import { decodeBase64, endBase64 } from "../../xml/base64.ts";
import type { XmlElement } from "../../xml/read-xml.ts";
import type { Content, ElementSpec, Fields, Group, Value } from "./element-table.ts";
import { below, type Place, report, warn } from "./place.ts";
import { readRuns } from "./read-formatted.ts";
import { judgeText, type TextContent } from "./read-value.ts";

const refuseAttributes = (element: XmlElement, place: Place): void => {
  if (element.attributes.length > 0) report(place, "attribute-unexpected");
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
  at: { place: Place; number: number },
): number | undefined => {
  const slot = group.byName.get(child.local);
  if (slot === undefined) report(below(at.place, `*[${at.number}]`), "element-unknown");
  else if (child.uri !== at.place.sink.namespace) report(below(at.place, child.local), "namespace-wrong");
  else return slot;
  return undefined;
};

const checkCount = (spec: ElementSpec, count: number, place: Place): void => {
  if (count < spec.min) report(below(place, spec.name), "element-missing");
  if (count > spec.max) report(below(place, spec.name), "element-repeated");
};

/** The alternative that each choice was answered with; -1 for none. Two at once is a problem. */
const chosenOf = (group: Group, found: readonly Value[][], place: Place): number[] => {
  const chosen = Array.from({ length: group.choices }, () => -1);
  for (const [at, { element, choice, alternative }] of group.slots.entries()) {
    if (choice === -1 || found[at]?.length === 0) continue;
    if (chosen[choice] === -1) chosen[choice] = alternative;
    else if (chosen[choice] !== alternative) report(below(place, element.name), "choice-conflict");
  }
  return chosen;
};

const checkCounts = (group: Group, found: readonly Value[][], place: Place): void => {
  const chosen = group.choices === 0 ? [] : chosenOf(group, found, place);
  for (const [at, { element, choice, alternative }] of group.slots.entries())
    if (choice === -1 || chosen[choice] === alternative) checkCount(element, found[at]?.length ?? 0, place);
  if (chosen.includes(-1)) report(place, "choice-missing");
};

const fieldsOf = (group: Group, found: readonly Value[][]): Fields => {
  const fields: Record<string, readonly Value[]> = {};
  for (const [at, slot] of group.slots.entries()) {
    const values = found[at];
    if (values !== undefined && values.length > 0) fields[slot.element.name] = values;
  }
  return fields;
};

/** `late`: a child of a later slot was there before it. */
const readInto = (
  child: XmlElement,
  slot: { spec: ElementSpec | undefined; values: Value[] | undefined; late: boolean },
  place: Place,
): void => {
  const { spec, values, late } = slot;
  if (spec === undefined || values === undefined) return;
  const childPlace = below(place, spec.max > 1 ? `${spec.name}[${values.length + 1}]` : spec.name);
  if (late) report(childPlace, "element-misplaced");
  values.push(readElement(child, spec, childPlace));
};

/**
 * An element's children by its table. Every problem is reported, each with its path; a child out of order is still read,
 * so that one mistake does not hide another.
 */
export const readGroup = (element: XmlElement, group: Group, place: Place): Fields => {
  const found: Value[][] = group.slots.map(() => []);
  let last = 0;
  let number = 0;
  for (const child of element.content) {
    if (typeof child === "string") {
      if (/[^ \t\n\r]/.test(child)) report(place, "text-unexpected");
      continue;
    }
    number += 1;
    const at = slotOf(child, group, { place, number });
    if (at === undefined) continue;
    readInto(child, { spec: group.slots[at]?.element, values: found[at], late: at < last }, place);
    last = Math.max(last, at);
  }
  checkCounts(group, found, place);
  return fieldsOf(group, found);
};
