/**
 * What a document is, by its beginning: cheap, and safe on any bytes, since nothing is parsed and every step goes on. It only finds
 * the gateway that reads the document; that one reads it in earnest, and refuses what is not its own.
 */

/** How much of a document is looked at: an envelope's header comes before what is in it, and may hold metadata of some length. */
export const headBytes = 64 * 1024;

/** A UTF-8 byte order mark, read as Latin-1. */
const mark = "\u00ef\u00bb\u00bf";

/** Its signs alone, when it is UTF-16: what is looked for is ASCII, of which every other byte is zero. */
const signsOf = (head: string): string =>
  /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(head) ? head.slice(2).replaceAll("\0", "") : head;

/** What may stand before the first element, and where it ends. */
const asides = [
  ["<?", "?>"],
  ["<!--", "-->"],
] as const;

const afterAside = (text: string, at: number): number | undefined => {
  const aside = asides.find(([opens]) => text.startsWith(opens, at));
  if (aside === undefined) return undefined;
  const end = text.indexOf(aside[1], at + aside[0].length);
  return end === -1 ? text.length : end + aside[1].length;
};

const afterBlanks = (text: string, at: number): number => {
  const blank = /\s*/y;
  blank.lastIndex = at;
  blank.exec(text);
  return blank.lastIndex;
};

const openingTag = /<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)/y;

/** The name of the first element, without its prefix; `undefined`: what begins so is no XML. */
export const rootNameIn = (beginning: string): string | undefined => {
  const head = signsOf(beginning);
  let at = afterBlanks(head, head.startsWith(mark) ? mark.length : 0);
  for (let next = afterAside(head, at); next !== undefined; next = afterAside(head, at))
    at = afterBlanks(head, next);
  openingTag.lastIndex = at;
  return openingTag.exec(head)?.[1];
};

/** Envelopes by the name of their first element. */
const envelopeRoots = { VANSEnvelope: "vans", StandardBusinessDocument: "sbdh" } as const;
type EnvelopeKind = (typeof envelopeRoots)[keyof typeof envelopeRoots];

/** The envelope that a document begins like. */
export const envelopeKindIn = (head: string): EnvelopeKind | undefined => {
  const root = rootNameIn(head);
  return root === "VANSEnvelope" || root === "StandardBusinessDocument" ? envelopeRoots[root] : undefined;
};

const withoutComments = (text: string): string => {
  let kept = "";
  let from = 0;
  for (let at = text.indexOf("<!--"); at !== -1; at = text.indexOf("<!--", from)) {
    kept += text.slice(from, at);
    const end = text.indexOf("-->", at + 4);
    if (end === -1) return kept;
    from = end + 3;
  }
  return kept + text.slice(from);
};

/** The element that holds the document in an envelope, and how it begins. */
const content =
  /<(?:[A-Za-z_][\w.-]*:)?(?:Data|BinaryContent)(?:\s[^<>]{0,1000})?>\s{0,1000}(?:<!\[CDATA\[)?([A-Za-z0-9+/\s]{4,4096})/;

/** The beginning of the document in an envelope, as Latin-1. `undefined`: none is seen. */
const insideOf = (head: string): string | undefined => {
  const digits = content.exec(withoutComments(head))?.[1]?.replace(/\s/g, "");
  const whole = digits?.slice(0, digits.length - (digits.length % 4));
  return whole === undefined || whole === "" ? undefined : atob(whole);
};

const isJson = (inside: string): boolean => /^(?:\u00ef\u00bb\u00bf)?\s*[{[]/.test(inside);

/** What is in an envelope tells; only where that cannot be seen, what the envelope says of it. */
const standardInside = (kind: EnvelopeKind, head: string): "oioxml" | "fhir" => {
  const inside = insideOf(head);
  const root = inside === undefined ? undefined : rootNameIn(inside);
  if (root === "Emessage") return "oioxml";
  if (root === "Bundle" || (inside !== undefined && isJson(inside))) return "fhir";
  // Receipts of a StandardBusinessDocument are in it as well; a VANSEnvelope's are in no document.
  return kind === "sbdh" || /<(?:\w+:)?Format>\s*HL7\b/.test(head) ? "fhir" : "oioxml";
};

/**
 * The standard that bytes seem to be, from the media type and their first characters; `undefined`: none that is spoken. What comes in
 * an envelope is of the standard that is inside, whatever the media type says. XML of no known namespace goes to `oioxml`, whose
 * gateway can say in MedCom's words why it is refused. `beginning`: up to `headBytes`, read as Latin-1: names are ASCII in every
 * encoding that is received.
 */
export const standardOf = (mediaType: string, beginning: string): "oioxml" | "fhir" | undefined => {
  const head = signsOf(beginning);
  const type = (mediaType.split(";")[0] ?? "").trim().toLowerCase();
  if (type === "application/fhir+json") return "fhir";
  if (!/^(application|text)\/xml$|\+xml$/.test(type)) return undefined;
  const kind = envelopeKindIn(head);
  if (kind !== undefined) return standardInside(kind, head);
  if (type === "application/fhir+xml") return "fhir";
  return head.slice(0, 2048).includes("http://hl7.org/fhir") ? "fhir" : "oioxml";
};
