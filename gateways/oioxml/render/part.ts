import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { Content, Group, TextLevel } from "../../tables/element-table.ts";
import { emptyOf, styleOf } from "../../tables/formatted-levels.ts";
import { unescapeTags } from "../../tables/unescape-tags.ts";
import { decodeBase64, endBase64 } from "../../xml/base64.ts";
import type { XmlElement } from "../../xml/read-xml.ts";
import { base64Elements } from "../codec/medcom-xml.ts";
import { clinicalVersions, spokenTypes } from "../codec/spoken-types.ts";

/** What an element holds, for showing. Whatever was written is in it, also what its table has no place for. */
type PartValue =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "runs"; readonly runs: FormattedText }
  /** The bytes themselves are never shown. `undefined`: not base64. */
  | { readonly is: "bytes"; readonly sizeBytes: number | undefined }
  | { readonly is: "group"; readonly parts: readonly Part[] };

export interface Part {
  readonly name: string;
  /** Of a leaf; those of a group are parts of it, named `@` and their own name. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly value: PartValue;
}

export interface GroupPart extends Part {
  readonly value: Extract<PartValue, { is: "group" }>;
}

export const isGroup = (part: Part): part is GroupPart => part.value.is === "group";
export const partsOf = (part: Part | undefined): readonly Part[] =>
  part?.value.is === "group" ? part.value.parts : [];
export const partIn = (parts: readonly Part[], name: string): Part | undefined =>
  parts.find((part) => part.name === name);
export const textOf = (part: Part | undefined): string | undefined =>
  part?.value.is === "text" && part.value.text.trim() !== "" ? part.value.text.trim() : undefined;
export const textIn = (parts: readonly Part[], ...path: readonly string[]): string | undefined => {
  const [name = "", ...rest] = path;
  const found = partIn(parts, name);
  return rest.length === 0 ? textOf(found) : textIn(partsOf(found), ...rest);
};

/** Text that stands among elements where none may stand: shown under no name of its own. */
export const strayText = "#text";

const textPart = (name: string, text: string): Part => ({
  name,
  attributes: [],
  value: { is: "text", text },
});

/** What may stand at an element and is none of its children: attributes, and text where none may stand. */
export const loosePartsOf = (element: XmlElement): Part[] => [
  ...element.attributes.map(({ local, value }) => textPart(`@${local}`, value)),
  ...element.content.flatMap((part) =>
    typeof part === "string" && part.trim() !== "" ? [textPart(strayText, part.trim())] : [],
  ),
];

const attributesInWords = (element: XmlElement): FormattedText =>
  element.attributes.map(({ local, value }) => ` (${local}: ${value}) `);

/** An element inside formatted text that is no formatting gives way to what it holds. */
const runsOf = (element: XmlElement, level: TextLevel | undefined): FormattedText =>
  element.content.flatMap((part): FormattedText => {
    if (typeof part === "string") return level === undefined ? [part] : unescapeTags(part, level);
    const empty = emptyOf(part.local);
    const attributes = attributesInWords(part);
    if (empty !== undefined && part.content.length === 0) return [{ el: empty }, ...attributes];
    const style = styleOf(part.local, "formatted");
    const runs = runsOf(part, level === undefined ? undefined : (style?.inner ?? level));
    return [...attributes, ...(style === undefined ? runs : [{ el: style.el, runs }])];
  });

const isFormatting = (name: string): boolean =>
  emptyOf(name) !== undefined || styleOf(name, "formatted") !== undefined;

/** An element of base64, decoded; `undefined`: it is not base64. */
export const bytesIn = (element: XmlElement): Uint8Array | undefined =>
  element.base64 === undefined
    ? decodeBase64(element.content.filter((part) => typeof part === "string").join(""))
    : endBase64(element.base64);

const formattedIn = (table: Group): [string, Content][] =>
  table.slots.flatMap(({ element: { name, content } }): [string, Content][] => {
    if (content.kind === "group") return formattedIn(content);
    return content.kind === "formatted" ? [[name, content]] : [];
  });

/** Elements that hold formatted text in some version: in one that has no table yet they do too. */
const formattedSomewhere: ReadonlyMap<string, Content> = new Map(
  [...Object.values(spokenTypes), ...clinicalVersions].flatMap(({ table }) => formattedIn(table)),
);

/** What an element seems to hold when no table says it. */
const kindOf = (element: XmlElement): "text" | "formatted" | "group" => {
  const children = element.content.filter((part) => typeof part !== "string");
  if (children.length === 0) return "text";
  return children.every((child) => isFormatting(child.local)) ? "formatted" : "group";
};

/** Attributes and stray text first, then the children in their order. */
const groupOf = (element: XmlElement, table: Group | undefined): PartValue => ({
  is: "group",
  parts: [
    ...loosePartsOf(element),
    ...element.content.flatMap((part) =>
      typeof part === "string" ? [] : [partOf(part, contentFor(part, table))],
    ),
  ],
});

const contentFor = (child: XmlElement, table: Group | undefined): Content | undefined =>
  table?.slots[table.byName.get(child.local) ?? -1]?.element.content;

const leafOf = (element: XmlElement, content: Content | undefined): PartValue =>
  content?.kind === "base64" || base64Elements.has(element.local)
    ? { is: "bytes", sizeBytes: bytesIn(element)?.byteLength }
    : { is: "text", text: element.content.filter((part) => typeof part === "string").join("") };

/** By the table where there is one; an element that does not keep to it is shown as what it seems to hold. */
const holdingOf = (element: XmlElement, content: Content | undefined): PartValue => {
  if (content?.kind === "formatted") return { is: "runs", runs: runsOf(element, content.level) };
  if (content?.kind === "group") return groupOf(element, content);
  switch (kindOf(element)) {
    case "group":
      return groupOf(element, undefined);
    case "formatted":
      return { is: "runs", runs: runsOf(element, undefined) };
    case "text":
      return leafOf(element, content);
  }
};

/** An element as it is to be shown, guided by its table when its version has one. */
export const partOf = (element: XmlElement, content: Content | undefined): Part => {
  const value = holdingOf(element, content ?? formattedSomewhere.get(element.local));
  const attributes = value.is === "group" ? [] : element.attributes;
  return {
    name: element.local,
    attributes: attributes.map(({ local, value: text }) => ({ name: local, value: text })),
    value,
  };
};
