import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { oioxmlTypeOf } from "../../../../../contracts/codes/oioxml-types.ts";
import { clinicalVersions, spokenTypes } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import type { Group } from "../../../../../gateways/tables/element-table.ts";
import { standardLines, tableLines, treePresent } from "../../../../support/oioxml-standard.ts";

const trees = "../shared/oioxml/trees";
const present = existsSync(trees);
if (!present) process.stderr.write(`Skipping the tables against MedCom's element trees: no ${trees}\n`);

const versions = [...Object.values(spokenTypes), ...clinicalVersions].map(
  (version) =>
    [`${version.type} ${version.version} of ${version.namespace.slice(-11, -1)}`, version] as const,
);

/** The one list that grows within a version: ours has every value of each version's. */
const isOpen = (line: string): boolean => line.includes("/MedicalSpecialityCode ");
const withoutOpen = (line: string): string => (isOpen(line) ? line.replace(/\{.*\}/, "{...}") : line);
const valuesIn = (line: string): string[] => /\{(.*)\}/.exec(line)?.[1]?.split(", ") ?? [];

/** `open` lists, whose further values warn and are kept. */
const openLists = (group: Group): string[] =>
  group.slots.flatMap(({ element: { name, content } }) => {
    if (content.kind === "group") return openLists(content);
    return content.kind === "list" && content.open === true ? [name] : [];
  });

describe.runIf(present)(
  "a table has what MedCom's element tree has, in its order, as often, of the same length and values",
  () => {
    test.each(versions)("%s", (_, version) => {
      expect(treePresent(version)).toBe(true);
      const [ours, theirs] = [tableLines(version.table), standardLines(version)];
      expect(ours.map(withoutOpen)).toEqual(theirs.map(withoutOpen));
      for (const [at, line] of theirs.entries())
        if (isOpen(line)) expect(valuesIn(ours[at] ?? "")).toEqual(expect.arrayContaining(valuesIn(line)));
    });
  },
);

test("the only open list is of specialities", () => {
  expect(new Set(versions.flatMap(([, { table }]) => openLists(table)))).toEqual(
    new Set(["MedicalSpecialityCode"]),
  );
});

test("every spoken version is a known one, of the same version and type", () => {
  for (const [, { namespace, root, version, type }] of versions)
    expect(oioxmlTypeOf(namespace, root)).toEqual({ namespace, root, version, type });
});
