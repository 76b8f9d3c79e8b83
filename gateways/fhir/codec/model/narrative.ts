import type { XmlElement } from "../../../xml/read-xml.ts";
import type { XmlAttribute } from "../../../xml/xml-tree.ts";
import { escapeAttribute, escapeText } from "./escape-xml.ts";
import type { ReadingCode } from "./problem-codes.ts";

export const xhtmlUri = "http://www.w3.org/1999/xhtml";
const xmlUri = "http://www.w3.org/XML/1998/namespace";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/**
 * What a narrative may hold: the lists of R4's constraint txt-1 (narrative.html), and what else of those chapters of HTML 4
 * HL7's own validator lets through (address, bdo, kbd, map, area, usemap, ismap).
 */
const elements = words(
  "a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li map ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var",
);
const attributes = words(
  "abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite class colspan compact coords dir frame headers height href hreflang hspace id ismap lang longdesc name nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type usemap valign value vspace width",
);
/** Elements that are written without content: the readers of HTML take no end tag of them. */
const empty = words("area br col hr img");

/** Links that a reader may follow. What a program runs or fetches by itself is none of them. */
const linkSchemes = words("http: https: mailto: tel: ftp: urn:");
const scheme = /^[a-z][a-z0-9+.-]*:/i;
const image = /^data:image\/(?:png|gif|jpeg|bmp|tiff)[;,]/i;
/** Programs leave blanks and controls out of a reference before they look at it. */
const ignored = /[^\u0021-\u007e\u00a1-\uffff]/g;
/** A backslash or a comment can hide the others. */
const unsafeStyle = /url\s*\(|expression|@import|behaviou?r|binding|javascript|\\|\/\*/i;

const isLink = (value: string): boolean => {
  const [found] = scheme.exec(value.replace(ignored, "")) ?? [];
  return found === undefined || linkSchemes.has(found.toLowerCase());
};

/** An image of the narrative's own or of the message; one from elsewhere would tell its server who reads what. */
const isOwnImage = (value: string): boolean => {
  const source = value.replace(ignored, "");
  return image.test(source) || !(scheme.test(source) || /^[/\\]{2}/.test(source));
};

type Check = (value: string) => boolean;
const checks: ReadonlyMap<string, Check> = new Map([
  ["href", isLink],
  ["cite", isLink],
  ["longdesc", isLink],
  ["src", isOwnImage],
  ["usemap", isOwnImage],
  ["style", (value: string) => !unsafeStyle.test(value)],
]);

export const isAllowedElement = (local: string): boolean => elements.has(local);
export const isEmptyElement = (local: string): boolean => empty.has(local);
/** `name` as it is written: of those with a prefix there is `xml:lang` alone. */
export const isAllowedAttribute = (name: string, value: string): boolean =>
  name === "xml:lang" || (attributes.has(name) && checks.get(name)?.(value) !== false);

/** A narrative being written again, in one form whatever its sender's: the prefixes, quotes and references are ours. */
interface Writing {
  hasContent: boolean;
  problem: ReadingCode | undefined;
}

const nameOf = ({ uri, local }: XmlAttribute): string => {
  if (uri === "") return local;
  return uri === xmlUri ? `xml:${local}` : `?:${local}`;
};

const attributesOf = (writing: Writing, element: XmlElement): string => {
  let text = "";
  for (const attribute of element.attributes) {
    const name = nameOf(attribute);
    if (!isAllowedAttribute(name, attribute.value)) writing.problem ??= "narrative-forbidden";
    text += ` ${name}="${escapeAttribute(attribute.value)}"`;
  }
  return text;
};

const textOf = (writing: Writing, text: string): string => {
  if (!writing.hasContent) writing.hasContent = /\S/.test(text);
  return escapeText(text);
};

/** What stands behind the name of an element in its tag, and then all of the element. */
const restOf = (writing: Writing, element: XmlElement): string => {
  const { uri, local, content } = element;
  if (uri !== xhtmlUri || !isAllowedElement(local)) writing.problem ??= "narrative-forbidden";
  if (local === "img") writing.hasContent = true;
  let text = attributesOf(writing, element);
  if (content.length === 0 && isEmptyElement(local)) return `${text}/>`;
  text += ">";
  for (const part of content)
    text += typeof part === "string" ? textOf(writing, part) : `<${part.local}${restOf(writing, part)}`;
  return `${text}</${local}>`;
};

/**
 * The div of a narrative as the string that JSON carries and XML contains, if it holds only what FHIR allows
 * (R4, narrative.html): no script, no form, nothing that is fetched from elsewhere.
 */
export const narrativeOf = (
  div: XmlElement,
): { ok: true; xhtml: string } | { ok: false; code: ReadingCode } => {
  if (div.uri !== xhtmlUri || div.local !== "div") return { ok: false, code: "narrative-malformed" };
  const writing: Writing = { hasContent: false, problem: undefined };
  const xhtml = `<div xmlns="${xhtmlUri}"${restOf(writing, div)}`;
  if (!writing.hasContent) writing.problem ??= "narrative-empty";
  return writing.problem === undefined ? { ok: true, xhtml } : { ok: false, code: writing.problem };
};
