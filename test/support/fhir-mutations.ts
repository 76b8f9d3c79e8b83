import { ofJson } from "./fhir-json-mutations.ts";
import { ofXml } from "./fhir-xml-mutations.ts";
import { type Mutate, pick, spliced, upTo } from "./mutation-parts.ts";
import type { Random } from "./oioxml-mutations.ts";

/** A character of the text is a byte. */
const ofBytes: Record<string, (text: string, random: Random) => string> = {
  declare: (text, random) =>
    text.replace(
      /encoding="[^"]*"/,
      `encoding="${pick(random, ["ISO-8859-1", "windows-1252", "UTF-16", "EBCDIC", "", "x".repeat(600)])}"`,
    ),
  mark: (text, random) => pick(random, ["\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u00fe\u00ff"]) + text,
  twiceUtf8: (text) => Buffer.from(text, "utf8").toString("latin1"),
  latin1: (text) => Buffer.from(Buffer.from(text, "latin1").toString("utf8"), "latin1").toString("latin1"),
  utf16: (text, random) => {
    const wide = Buffer.from(`\ufeff${Buffer.from(text, "latin1").toString("utf8")}`, "utf16le");
    return (random() < 0.5 ? wide : wide.swap16()).toString("latin1");
  },
  truncate: (text, random) => text.slice(0, upTo(random, text.length)),
  cutOut: (text, random) => {
    const from = upTo(random, text.length);
    return spliced(text, from, from + upTo(random, 200), "");
  },
  flip: (text, random) => {
    const bytes = Buffer.from(text, "latin1");
    if (bytes.length === 0) return text;
    for (let times = upTo(random, 12); times >= 0; times--)
      bytes[upTo(random, bytes.length)] = upTo(random, 256);
    return bytes.toString("latin1");
  },
  twice: (text) => text + text,
  blanks: (text, random) => text.replaceAll(/></g, `>${pick(random, [" ", "\n", "\r\n", "\t"]).repeat(3)}<`),
  other: (text) => (text.trimStart().startsWith("<") ? `{"a":${JSON.stringify(text)}}` : `<a>${text}</a>`),
};

export const jsonMutations = Object.keys({ ...ofJson, ...ofBytes });
export const xmlMutations = Object.keys({ ...ofXml, ...ofBytes });
const mutations: Record<string, Mutate> = { ...ofJson, ...ofXml, ...ofBytes };

/** A message with one to four things wrong with it, and what they are. */
export const mutate = (bytes: Uint8Array, random: Random): { bytes: Uint8Array; done: readonly string[] } => {
  let text = Buffer.from(bytes).toString("latin1");
  const names = text.trimStart().startsWith("<") ? xmlMutations : jsonMutations;
  const done = Array.from({ length: 1 + upTo(random, 4) }, () => pick(random, names));
  // What has grown by doubling is cut: sizes have a test of their own.
  for (const name of done) text = (mutations[name]?.(text, random) ?? text).slice(0, 600_000);
  return { bytes: Buffer.from(text, "latin1"), done };
};
