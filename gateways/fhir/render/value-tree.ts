import { type Html, html, joined, nothing } from "../../pages/html.ts";
import { sizeInWords } from "../../pages/value-html.ts";
import type { Language } from "../../pages/words.ts";
import { isBytes, isElement, isNumeral, valuesOf } from "../codec/model/navigate.ts";
import type { FhirElement, FhirValue } from "../codec/model/resource.ts";
import { word } from "./words.ts";

/** Any value of a message as it is written, under the names of FHIR's JSON; bytes by their size. */
const leafHtml = (value: FhirValue, language: Language): Html => {
  if (isBytes(value))
    return html`${word("bytes", language).replace("{size}", sizeInWords(value.length, language))}`;
  if (isNumeral(value)) return html`${value.numeral}`;
  return html`${typeof value === "boolean" || typeof value === "string" ? String(value) : ""}`;
};

const isLeaf = (value: FhirValue): boolean => !isElement(value);

/** Markup as the text that it is: what a sender writes for browsers is read by people, and by no browser. */
export const plainOfMarkup = (markup: string): string =>
  markup
    .replace(/<\/(?:p|div|li|tr|h\d|table)>|<br\s*\/?>/gi, "\n")
    .replace(/<\/t[dh]>/gi, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => marks[name] ?? "")
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
const marks: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const fieldHtml = (name: string, values: readonly FhirValue[], language: Language): Html => {
  const leaves = values.filter(isLeaf);
  const elements = values.filter(isElement);
  const told = joined(
    leaves.map((leaf) =>
      leafHtml(name === "div" && typeof leaf === "string" ? plainOfMarkup(leaf) : leaf, language),
    ),
    "<br/>",
  );
  const inner = elements.map((element) => html`<div class="group">${elementHtml(element, language)}</div>`);
  return html`<div><dt><code>${name}</code></dt><dd>${told}${inner}</dd></div>`;
};

/** An element or a resource with everything in it. */
export const elementHtml = (element: FhirElement, language: Language): Html => {
  const fields = Object.entries(element).map(([name, value]) => fieldHtml(name, valuesOf(value), language));
  return fields.length === 0 ? nothing : html`<dl>${fields}</dl>`;
};

/** One value that stands somewhere in a message. */
export const valueHtml = (value: FhirValue, language: Language): Html =>
  isElement(value) ? elementHtml(value, language) : leafHtml(value, language);

const step = /\.?([^.[\]]+)(?:\[(\d+)\])?/g;

/** What stands at a FHIRPath of plain names and indexes, e.g. `Bundle.entry[3].resource.note[0]`. */
export const valueAt = (bundle: FhirElement, path: string): FhirValue | undefined => {
  let found: FhirValue | undefined = bundle;
  for (const [, name = "", at] of [...path.matchAll(step)].slice(1)) {
    if (found === undefined || !isElement(found)) return undefined;
    const stands: FhirValue | undefined = Object.hasOwn(found, name) ? found[name] : undefined;
    found = at === undefined ? stands : valuesOf(stands)[Number(at)];
  }
  return found;
};
