import type { Random } from "./oioxml-mutations.ts";

export const upTo = (random: Random, end: number): number => Math.floor(random() * end);
export const pick = <T>(random: Random, from: readonly T[]): T => from[upTo(random, from.length)] as T;

/** Something that is nobody's vocabulary: should anything that the hub says repeat it, it is found. */
export const marker = (random: Random): string => `Zq${upTo(random, 1e9).toString(36)}x`;

export const values = [
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "1.10",
  "00012",
  "99999999999999999999999999",
  "2026-02-30",
  "2026-11-23",
  "2026-11-23T10:15:00",
  "2026-11-23T24:00:00Z",
  "9999-12-31T23:59:60+14:00",
  "true",
  "maybe",
  "3102650000",
  "999999-9999",
  "\u00e6\u00f8\u00e5 \u{1f600}",
  "constructor",
  "__proto__",
  "toString",
  "unknown",
  "urn:uuid:x",
  "http://[",
  "#",
  "#x",
  "MessageHeader/",
  "Organization/../..",
  "javascript:alert(1)",
  "\u0000",
  "\u0001\u001f",
  "\u200b",
  "\ud800",
  "a".repeat(64),
  "a".repeat(65),
  "y".repeat(5_000),
  "z".repeat(70_000),
];

export const spliced = (xml: string, start: number, end: number, text: string): string =>
  xml.slice(0, start) + text + xml.slice(end);

export type Mutate = (text: string, random: Random) => string;
