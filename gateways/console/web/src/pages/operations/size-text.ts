import type { Language } from "../../words/both.ts";

/** Bytes as people say them: `78,2 GB`, `207 MB`. */
export const sizeText = (bytes: number, language: Language): string => {
  const [size, unit] = bytes >= 1e9 ? [bytes / 1e9, "GB"] : [bytes / 1e6, "MB"];
  const digits = size >= 100 ? 0 : 1;
  const text = new Intl.NumberFormat(language === "da" ? "da-DK" : "en-GB", {
    maximumFractionDigits: digits,
  }).format(size);
  return `${text} ${unit}`;
};
