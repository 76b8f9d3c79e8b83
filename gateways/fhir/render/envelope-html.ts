import { type Html, heading, html, joined, nothing } from "../../pages/html.ts";
import { sizeInWords } from "../../pages/value-html.ts";
import type { Language } from "../../pages/words.ts";
import type { Around } from "../message-in-envelope.ts";
import { word } from "./words.ts";

/** What an envelope says, under the names that the hub reads it by. */
const toldHtml = (value: unknown, language: Language): Html => {
  if (value instanceof Uint8Array)
    return html`${word("bytes", language).replace("{size}", sizeInWords(value.length, language))}`;
  if (Array.isArray(value))
    return joined(value.map((one) => html`<div class="group">${toldHtml(one, language)}</div>`));
  if (typeof value === "string" || typeof value === "number") return html`${value}`;
  if (typeof value === "boolean") return html`${value ? "true" : "false"}`;
  if (typeof value !== "object" || value === null) return nothing;
  const fields = Object.entries(value).flatMap(([name, inner]) =>
    inner === undefined
      ? []
      : [html`<div><dt><code>${name}</code></dt><dd>${toldHtml(inner, language)}</dd></div>`],
  );
  return html`<dl>${fields}</dl>`;
};

/** What the message came in; nothing for one that came bare. */
export const envelopeHtml = (around: Around | undefined, language: Language): Html => {
  if (around?.is !== "message") return nothing;
  const { enveloped } = around;
  const inner = enveloped.kind === "vans" ? enveloped.vans : enveloped.sbdh;
  return html`<details><summary>${word("envelope", language)}</summary>${toldHtml(inner, language)}</details>`;
};

/** A receipt of an envelope that was sent: it holds no message. */
export const envelopeReceiptHtml = (
  { receipt }: Extract<Around, { is: "receipt" }>,
  language: Language,
): Html =>
  html`<article><header>${heading(word("envelopeReceipt", language), 1)}</header>${toldHtml(receipt, language)}</article>`;
