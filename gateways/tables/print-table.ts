import { escapeText } from "../xml/escape-text.ts";
import type { Content, ElementSpec, Fields, Group, Value } from "./element-table.ts";
import type { Loss } from "./losses.ts";
import { printRuns } from "./print-formatted.ts";

/** Where a value is being printed, the losses so far, and the bytes so far that are to stand where `bytesHere` does. */
export interface Printing {
  readonly path: string;
  readonly losses: Loss[];
  readonly bytes: Uint8Array[];
}

/** Stands for bytes until they are put in (`join-document.ts`). XML has no such character, so no text is printed with one. */
export const bytesHere = "\0";

const lose = (at: Printing, code: Loss["code"]): void => {
  at.losses.push({ code, path: at.path });
};
const below = (at: Printing, name: string): Printing => ({ ...at, path: `${at.path}/${name}` });

const cut = (text: string, max: number, at: Printing): string => {
  if (text.length <= max) return text;
  const characters = Array.from(text);
  if (characters.length <= max) return text;
  lose(at, "text-cut");
  return characters.slice(0, max).join("");
};

/** EANIdentifier, as long as the standard has it. */
const address = { min: 1, max: 35, fallback: undefined };

/** The text to write, or `undefined` to leave the element out. */
const writable = (content: Content, text: string, at: Printing): string | undefined => {
  if (content.kind === "text" || content.kind === "gln") {
    const { min, max, fallback } = content.kind === "text" ? content : address;
    if (text.length >= min) return cut(text, max, at);
    lose(at, "text-empty");
    return fallback;
  }
  // Of an open list too: what is read with a warning is not allowed by the schema that the receiver holds us to.
  if (content.kind !== "list" || content.values.includes(text)) return text;
  lose(at, "value-not-in-version");
  return content.fallback;
};

const escaped = (text: string, at: Printing): string =>
  escapeText(text, () => {
    lose(at, "character-illegal");
  });

const printContent = (spec: ElementSpec, value: Value, at: Printing): string | undefined => {
  switch (value.is) {
    case "text": {
      const text = writable(spec.content, value.text, at);
      return text === undefined ? undefined : escaped(text, at);
    }
    case "runs":
      return spec.content.kind === "formatted" ? printRuns(value.runs, spec.content.level, at) : "";
    case "bytes":
      at.bytes.push(value.bytes);
      return bytesHere;
    case "group":
      return spec.content.kind === "group" ? printGroup(value.fields, spec.content, at) : "";
  }
};

const printAttribute = (spec: ElementSpec, value: Value, at: Printing): string => {
  if (spec.attribute === undefined || value.is !== "text" || value.attribute === undefined) return "";
  return ` ${spec.attribute.name}="${escaped(value.attribute, at).replaceAll('"', "&quot;")}"`;
};

const printElement = (spec: ElementSpec, value: Value, at: Printing): string => {
  const content = printContent(spec, value, at);
  if (content === undefined) return "";
  return `<${spec.name}${printAttribute(spec, value, at)}>${content}</${spec.name}>`;
};

/** A required element without a value: its fallback, or a loss that makes the document invalid. */
const printMissing = (spec: ElementSpec, at: Printing): string => {
  const fallback = spec.content.kind === "text" ? spec.content.fallback : undefined;
  lose(at, fallback === undefined ? "required-missing" : "name-unknown");
  return fallback === undefined ? "" : `<${spec.name}>${fallback}</${spec.name}>`;
};

const printSlot = (spec: ElementSpec, values: readonly Value[] | undefined, at: Printing): string => {
  if (values === undefined || values.length === 0) return "";
  if (values.length > spec.max) lose(below(at, spec.name), "element-repeated");
  let xml = "";
  for (const value of values.slice(0, spec.max)) xml += printElement(spec, value, below(at, spec.name));
  return xml;
};

/** A choice that nothing printed answers leaves the document invalid. */
const loseUnchosen = (chosen: readonly boolean[], at: Printing): void => {
  for (const one of chosen) if (!one) lose(at, "required-missing");
};

const loseUncarried = (fields: Fields, group: Group, at: Printing): void => {
  for (const name in fields)
    if (!group.byName.has(name) && (fields[name] ?? []).length > 0)
      lose(below(at, name), "element-not-carried");
};

/** Fields in the order of their table. No blanks are added between elements. */
export const printGroup = (fields: Fields, group: Group, at: Printing): string => {
  let xml = "";
  const chosen = Array.from({ length: group.choices }, () => false);
  for (const { element, choice } of group.slots) {
    const printed = printSlot(element, fields[element.name], at);
    if (choice !== -1 && printed !== "") chosen[choice] = true;
    xml +=
      printed === "" && element.min > 0 && choice === -1
        ? printMissing(element, below(at, element.name))
        : printed;
  }
  loseUnchosen(chosen, at);
  loseUncarried(fields, group, at);
  return xml;
};
