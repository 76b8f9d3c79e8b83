import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { oioxmlTypes } from "../../../../../contracts/codes/oioxml-types.ts";
import { clinicalVersions, spokenTypes } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import { codeWords } from "../../../../../gateways/oioxml/render/labels/codes.ts";
import { elementLabels } from "../../../../../gateways/oioxml/render/labels/elements.ts";
import { labelOf, wordsOfCode } from "../../../../../gateways/oioxml/render/labels/label-of.ts";
import { titles } from "../../../../../gateways/oioxml/render/labels/titles.ts";
import { pageWords } from "../../../../../gateways/oioxml/render/labels/words.ts";
import type { Words } from "../../../../../gateways/pages/words.ts";
import type { Content, Group } from "../../../../../gateways/tables/element-table.ts";

const tablesFolder = "gateways/oioxml/codec/tables";
const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "group";

/** Every table that a module of the folder exports, spoken or not. */
const tables: [string, Group][] = [];
for (const file of readdirSync(tablesFolder).map((name) => name.replace(/\.ts$/, ""))) {
  const module = (await import(`../../../../../gateways/oioxml/codec/tables/${file}.ts`)) as Record<
    string,
    unknown
  >;
  for (const [name, value] of Object.entries(module))
    if (isGroup(value)) tables.push([`${file} ${name}`, value]);
}

type Named = { element: string; values: readonly string[] };
const listOf = (content: Content): readonly string[] => (content.kind === "list" ? content.values : []);
const namedIn = (group: Group): Named[] =>
  group.slots.flatMap(({ element: { name, content, attribute } }) => [
    { element: name, values: listOf(content) },
    ...(attribute === undefined ? [] : [{ element: attribute.name, values: listOf(attribute.content) }]),
    ...(content.kind === "group" ? namedIn(content) : []),
  ]);

const withoutLabel = (named: readonly Named[]) =>
  named.map(({ element }) => element).filter((name) => !elementLabels.has(name));
const withoutWords = (named: readonly Named[]) =>
  named.flatMap(({ element, values }) =>
    values
      .filter((value) => codeWords.get(element)?.has(value) !== true)
      .map((value) => `${element} ${value}`),
  );

describe("labels", () => {
  it("the tables of every spoken type are among those that are looked at", () => {
    const known = new Set(tables.map(([, table]) => table));
    const spoken = [...Object.values(spokenTypes), ...clinicalVersions];
    const unknown = spoken.filter(({ table }) => !known.has(table));
    expect(unknown.map(({ version }) => version)).toEqual([]);
  });

  it.each(tables)("%s: every element and every value of a closed list has words", (_name, table) => {
    const named = namedIn(table);
    expect(named.length).toBeGreaterThan(0);
    expect([withoutLabel(named), withoutWords(named)]).toEqual([[], []]);
  });

  it("every type of document that is known has a title", () => {
    expect(oioxmlTypes.filter(({ root }) => !titles.has(root))).toEqual([]);
  });

  it("all words are there in Danish and in English", () => {
    const all: [string, Words][] = [
      ...elementLabels,
      ...titles,
      ...Object.entries(pageWords),
      ...[...codeWords].flatMap(([element, codes]) =>
        [...codes].map(([code, words]): [string, Words] => [`${element} ${code}`, words]),
      ),
    ];
    expect(all.length).toBeGreaterThan(350);
    expect(all.filter(([, words]) => words.some((text) => text.trim() === ""))).toEqual([]);
  });

  it("a name that means different things is called so by the element around it", () => {
    expect(labelOf("Identifier", "Letter", "da")).toBe("Brevets nummer");
    expect(labelOf("Identifier", "Referral", "da")).toBe("Henvisningens nummer");
    expect(labelOf("PersonTitle", "Patient", "en")).toBe("Occupation");
    expect(labelOf("PersonTitle", "Referrer", "en")).toBe("Title");
  });

  it("an element without a label is called by its name, and an unknown code has no words", () => {
    for (const name of ["Ukendt", "constructor", "__proto__", "toString"]) {
      expect(labelOf(name, "Letter", "da")).toBe(name);
      expect(wordsOfCode(name, "constructor", "da")).toBeUndefined();
      expect(wordsOfCode("StatusCode", name, "da")).toBeUndefined();
    }
  });
});

const trees = "../shared/oioxml/trees";
const present = existsSync(trees);
if (!present)
  process.stderr.write(`Skipping the test of labels against MedCom's element trees: no ${trees}\n`);

describe.runIf(present)("labels against MedCom's element trees", () => {
  const lines = (present ? readdirSync(trees) : [])
    .filter((file) => file.endsWith(".txt"))
    .flatMap((file) => readFileSync(`${trees}/${file}`, "utf8").split("\n"))
    .flatMap((line) => /^ *([A-Z]\w*) \d+\.\.\S+(.*)$/.exec(line)?.slice(1) ?? []);
  const named: Named[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const values = /enum \{(.*)\}/.exec(lines[at + 1] ?? "")?.[1]?.split(", ") ?? [];
    named.push({ element: lines[at] ?? "", values });
  }

  it("every element of every version has a label or a title", () => {
    expect(named.length).toBeGreaterThan(1000);
    expect(new Set(withoutLabel(named).filter((name) => !titles.has(name)))).toEqual(new Set());
  });

  it("every value of every enumeration has words", () => {
    expect(new Set(withoutWords(named))).toEqual(new Set());
  });
});
