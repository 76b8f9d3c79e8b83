/**
 * HTML that is also well-formed XML. Whatever is put into a template is escaped unless it is HTML made here, so a value
 * of a sender's can never become markup.
 */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | number | undefined | readonly Html[];

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What may stand in neither HTML nor XML (XML 1.0, production 2), lone surrogates among them. */
const illegal = /(?![\t\n\r\u0080-\u009f])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

export const escapeHtml = (text: string): string =>
  text.replace(illegal, "\ufffd").replace(/[&<>"']/g, (char) => escapes[char] ?? char);

const isList = (piece: Piece): piece is readonly Html[] => Array.isArray(piece);

const piece = (value: Piece): string => {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return isList(value) ? value.map((one) => one.html).join("") : value.html;
};

export const html = (strings: TemplateStringsArray, ...values: readonly Piece[]): Html => ({
  html: strings.map((text, at) => text + piece(values[at])).join(""),
});

export const nothing: Html = { html: "" };
export const isNothing = (value: Html): boolean => value.html === "";
export const joined = (parts: readonly Html[], between = ""): Html => ({
  html: parts
    .filter((part) => !isNothing(part))
    .map((part) => part.html)
    .join(between),
});

/** `level`: 1 to 6. */
export const heading = (text: Html | string, level: number): Html => {
  const tag = { html: `h${level}` };
  return html`<${tag}>${text}</${tag}>`;
};
