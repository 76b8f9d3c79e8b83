import fc from "fast-check";

/** What can be done to spoil a document, as text. */

export const tokens: readonly string[] = [
  ...Array.from("<>&;\"'=/!?-[]: \n\r\tax1ø·"),
  "\u0000",
  "\u0001",
  "\u000b",
  "\u001f",
  "\u007f",
  "\ufffe",
  "\uffff",
  "\u00d7",
  "\u0300",
  "</",
  "/>",
  "<!",
  "<!-",
  "<!--",
  "-->",
  "--",
  "<![CDATA[",
  "]]>",
  "<?",
  "?>",
  "<?xml?>",
  '<?xml version="1.0"?>',
  "<?XML v?>",
  "<?a:b?>",
  "<?1?>",
  "<!DOCTYPE a>",
  "<!DOCTYPE",
  "<!ELEMENT a>",
  "&amp",
  "&x;",
  "&aring;",
  "&#0;",
  "&#xD800;",
  "&#xFFFE;",
  "&#x110000;",
  "&#X41;",
  "&#;",
  "&;",
  "&constructor;",
  "&#99999999999999999999;",
  "<a>",
  "</a>",
  "<a/>",
  "<:a/>",
  "<a:/>",
  "<a:b:c/>",
  "<p:1/>",
  "<xmlns:a/>",
  "<xml:a/>",
  "<a b/>",
  "<a b=c/>",
  "<a b='<'/>",
  '<a b="1"c="2"/>',
  "<a b='1' b='2'/>",
  "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
  "<a xmlns:p=''/>",
  "<a xmlns=''/>",
  "<a xmlns:xml='u'/>",
  "<a xmlns:xmlns='u'/>",
  "<a xmlns:q='http://www.w3.org/XML/1998/namespace'/>",
  "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
  "<undeclared:a/>",
  "<a undeclared:b=''/>",
  "<__proto__ constructor='1' toString='2'/>",
];

export interface Change {
  kind: "insert" | "delete" | "double" | "cut" | "move";
  at: number;
  length: number;
  token: string;
}
export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("insert", "insert", "insert", "delete", "double", "cut", "move"),
    at: fc.integer({ min: 0, max: 999_999 }).map((millionths) => millionths / 1_000_000),
    length: fc.integer({ min: 1, max: 6 }),
    token: fc.constantFrom(...tokens),
  }),
  { minLength: 1, maxLength: 3 },
);

const isLow = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));

export const changed = (xml: string, all: readonly Change[]): string => {
  let text = xml;
  for (const { kind, at, length, token } of all) {
    let from = Math.floor(at * text.length);
    if (isLow(text, from)) from -= 1;
    let to = Math.min(text.length, from + length);
    if (isLow(text, to)) to += 1;
    const part = text.slice(from, to);
    if (kind === "insert") text = text.slice(0, from) + token + text.slice(from);
    if (kind === "delete") text = text.slice(0, from) + text.slice(to);
    if (kind === "double") text = text.slice(0, to) + part + text.slice(to);
    if (kind === "cut") text = text.slice(0, from);
    if (kind === "move") text = part + text.slice(0, from) + text.slice(to);
  }
  return text;
};

/** A text in pieces, cut neither through a character nor through a line break. */
export const inPieces = (text: string, lengths: readonly number[]): string[] => {
  const pieces: string[] = [];
  for (let at = 0, n = 0; at < text.length; n++) {
    let end = Math.min(text.length, at + Math.max(1, lengths[n % lengths.length] ?? 1));
    if (isLow(text, end) || (text.charAt(end) === "\n" && text.charAt(end - 1) === "\r")) end += 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
};
