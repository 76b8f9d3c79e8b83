const inText = /[&<>\r]/;
const everyInText = /[&<>\r]/g;
const inAttribute = /[&<>"\t\n\r]/;
const everyInAttribute = /[&<>"\t\n\r]/g;

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};
const referenceOf = (char: string): string => references[char] ?? char;

/** XML 1.0, production 2: what no document can hold. FHIR allows none of it either (R4, datatypes.html#string). */
const everyIllegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Quick: what can be illegal at all. Surrogates are legal as pairs. */
const doubtful = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/;

export const hasIllegal = (text: string): boolean => doubtful.test(text) && illegal.test(text);

/** A character that cannot be said is said to have been there. */
export const legal = (text: string): string =>
  hasIllegal(text) ? text.replace(everyIllegal, "\ufffd") : text;

export const escapeText = (text: string): string =>
  inText.test(text) ? text.replace(everyInText, referenceOf) : text;

/** Line breaks and tabs are references: a parser makes blanks of them else (XML 1.0, section 3.3.3). */
export const escapeAttribute = (text: string): string =>
  inAttribute.test(text) ? text.replace(everyInAttribute, referenceOf) : text;
