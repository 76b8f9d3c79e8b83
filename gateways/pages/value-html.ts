import { type Html, html } from "./html.ts";
import type { Language } from "./words.ts";

/** 12.345 bytes as `12,1 kB`. */
export const sizeInWords = (bytes: number, language: Language): string => {
  const units = ["byte", "kB", "MB", "GB"];
  const step = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** step;
  const written = step === 0 || size >= 100 ? String(Math.round(size)) : size.toFixed(1);
  return `${language === "da" ? written.replace(".", ",") : written} ${units[step] ?? ""}`;
};

/** A value in words, with what was written kept beside it for a program and for whoever doubts the words. */
export const inWords = (written: string, words: string): Html =>
  html`<data value="${written}">${words}</data>`;

/** A number that can be rung becomes a link; `undefined`: it is none. */
export const phoneHtml = (text: string): Html | undefined => {
  const digits = text.replace(/[\s.-]/g, "");
  return /^\+?\d{8,15}$/.test(digits) ? html`<a href="tel:${digits}">${text}</a>` : undefined;
};

/** Only web addresses become links: any other scheme could do something when it is followed. */
export const linkHtml = (text: string): Html | undefined =>
  /^https?:\/\/[^\s"'<>\\]+$/i.test(text)
    ? html`<a href="${text}" rel="noreferrer noopener nofollow">${text}</a>`
    : undefined;
