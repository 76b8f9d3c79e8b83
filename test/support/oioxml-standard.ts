import { existsSync, readFileSync } from "node:fs";
import type { SpokenVersion } from "../../gateways/oioxml/codec/spoken-types.ts";
import type { Content, Group } from "../../gateways/tables/element-table.ts";

/** Tables and MedCom's element trees, told in the same lines: path, how often, and what it holds; `|` is in a choice. */

const cardinality = (min: number, max: number): string =>
  `${min}..${max === Number.POSITIVE_INFINITY ? "*" : max}`;

const dateAndTime: Readonly<Record<string, string>> = {
  "Date Time": "{Date yyyy-mm-dd, Time hh:mm}",
  "Date TimeWithSec": "{Date yyyy-mm-dd, TimeWithSec hh:mm:ss}",
};
const patterns: readonly (readonly [sample: string, refused: string, told: string])[] = [
  ["true", "false", "pattern true"],
  ["4", "0", "xs:positiveInteger"],
  [
    "6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f6",
    "6d2f8c1e0b7a4e539c48d1a2b3c4e5f6",
    "pattern [0-9A-Fa-f]{8}\\-[0-9A-Fa-f]{4}\\-[0-9A-Fa-f]{4}\\-[0-9A-Fa-f]{4}\\-[0-9A-Fa-f]{12}",
  ],
];
const toldPattern = (pattern: RegExp): string =>
  patterns.find(([sample, refused]) => pattern.test(sample) && !pattern.test(refused))?.[2] ?? pattern.source;
const levels = { formatted: "FormattedTextType (mixed)", breakable: "BreakableText (mixed)", fixed: "fixed" };

type Leaf = Exclude<Content, Group>;
const kinds: { [K in Leaf["kind"]]: (content: Extract<Leaf, { kind: K }>) => string } = {
  text: ({ min, max }) => `xs:string len ${cardinality(min, max)}`,
  gln: () => "xs:string len 1..35",
  list: ({ values }) =>
    values.length === 1 ? `pattern ${values.join()}` : `enum {${values.toSorted().join(", ")}}`,
  version: ({ value }) => `pattern ${value}`,
  pattern: ({ pattern }) => toldPattern(pattern),
  date: () => "xs:date",
  cpr: () => "pattern [0-9]{10}",
  "replacement-cpr": () => "xs:string len=10",
  base64: () => "xs:string",
  formatted: ({ level }) => levels[level],
};
const told = (content: Leaf): string => (kinds[content.kind] as (leaf: Leaf) => string)(content);

export const tableLines = (group: Group, path = ""): string[] =>
  group.slots.flatMap(({ element: { name, min, max, content }, choice }) => {
    const here = `${path}/${choice === -1 ? "" : "|"}${name}`;
    const often = `${here} ${cardinality(min, max)}`;
    if (content.kind !== "group") return [`${often} : ${told(content)}`];
    const moment = dateAndTime[content.slots.map(({ element }) => element.name).join(" ")];
    return moment === undefined ? [often, ...tableLines(content, here)] : [`${often} : ${moment}`];
  });

/** Enumerations in the order of their values; a pattern of one value and a list of one value are the same. */
const sorted = (line: string): string =>
  line
    .replace(/enum \{([^,}]*)\}/, "pattern $1")
    .replace(/enum \{(.*)\}/, (_, values: string) => `enum {${values.split(", ").toSorted().join(", ")}}`);

const fileOf = ({ namespace, root }: SpokenVersion): string =>
  `../shared/oioxml/trees/${namespace.slice(-11, -1).replaceAll("/", "-")}_${root}.txt`;

export const treePresent = (version: SpokenVersion): boolean => existsSync(fileOf(version));

/** The lines of MedCom's tree, without the root's own. */
export const standardLines = (version: SpokenVersion): string[] => {
  const lines = readFileSync(fileOf(version), "utf8").split("\n");
  const open: { depth: number; name: string }[] = [];
  const inChoice: number[] = [];
  return lines.flatMap((line) => {
    const text = line.replace(/ {1,2}— .*$/, "").trimEnd();
    const depth = text.search(/\S/);
    if (depth <= 0) return [];
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    if (text.trim().startsWith("<choice")) inChoice.push(depth);
    if (text.trim() === "</choice>") inChoice.pop();
    if (text.trim().startsWith("<")) return [];
    const [name = "", ...rest] = text.trim().split(" ");
    const chosen = inChoice.at(-1) === depth - 2 ? "|" : "";
    open.push({ depth, name: chosen + name });
    return [sorted(`${open.map((one) => `/${one.name}`).join("")} ${rest.join(" ").trim()}`)];
  });
};
