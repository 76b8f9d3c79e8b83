import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const text = readFileSync("infra/security/ASVS.md", "utf8");
const rows = text
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

/** The numbers of level 1 and 2 of ASVS 4.0.3, section by section; those it has deleted, and those of level 3 alone, are left out. */
const sections = `
1.1:1-7 1.2:1-4 1.4:1,4,5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-6 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4
3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1
4.1:1-3,5 4.2:1-2 4.3:1-3
5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4
6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2
7.1:1-4 7.2:1-2 7.3:1,3,4 7.4:1-3
8.1:1-4 8.2:1-3 8.3:1-8
9.1:1-3 9.2:1-4
10.2:1-2 10.3:1-3
11.1:1-8
12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1
13.1:1,3-5 13.2:1-3,5-6 13.3:1-2 13.4:1-2
14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4`;

const numbersIn = (section: string): string[] => {
  const [name = "", ranges = ""] = section.split(":");
  return ranges.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => `${name}.${String(from + i)}`);
  });
};
const wanted = sections.trim().split(/\s+/).flatMap(numbersIn);

test("every number of level 2 is there once, in order", () => {
  expect(rows.map(([, no]) => no)).toEqual(wanted);
});

test("what is met says where, and all that is named is there", () => {
  for (const [, no = "", verdict = "", why = ""] of rows) {
    expect([no, ["met", "n/a", "operator", "open"].includes(verdict)]).toEqual([no, true]);
    expect([no, why.length > 5]).toEqual([no, true]);
    const named = [...why.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
    const paths = named.filter((path) => path.includes("/") || /\.(md|ts|js|json|cjs|yml)$/.test(path));
    if (verdict === "met" && !why.startsWith("as ")) expect([no, named.length > 0]).toEqual([no, true]);
    for (const path of paths.filter((one) => !one.startsWith("/") && one !== "n/a"))
      expect([no, path, existsSync(path)]).toEqual([no, path, true]);
  }
});

test("the table can be believed: it names what is not met", () => {
  expect(rows.filter(([, , verdict]) => verdict === "open").length).toBeGreaterThan(0);
});
