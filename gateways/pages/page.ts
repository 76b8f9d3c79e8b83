import { createHash } from "node:crypto";
import { type Html, html } from "./html.ts";
import { pageStyle } from "./page-style.ts";
import type { Language } from "./words.ts";

/** No script, nothing fetched, no form: the style of the page is the only thing that it may use. */
const policyOf = (style: string): string =>
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/**
 * A page for people, whole and self-contained, with a style of its own. The title names the type and never the patient: titles are
 * kept in histories and shown in tabs.
 */
export const styledPage = (
  title: string,
  body: Html,
  { language, style }: { language: Language; style: string },
): string =>
  `<!DOCTYPE html>
${
  html`<html lang="${language}">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policyOf(style)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="no-referrer"/>
<meta name="robots" content="noindex"/>
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>${body}</main>
</body>
</html>
`.html
}`;

/** A page in the style of all pages that show documents. */
export const pageOf = (title: string, body: Html, language: Language): string =>
  styledPage(title, body, { language, style: pageStyle });
