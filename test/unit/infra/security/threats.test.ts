import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const text = await readFile("infra/security/THREATS.md", "utf8");
const rows = text.split("\n").filter((line) => /^\| \d+ +\|/.test(line));

test("each threat has a defence, and a test that is there", () => {
  expect(rows.length).toBeGreaterThanOrEqual(20);
  for (const [i, row] of rows.entries()) {
    const [, no = "", threat = "", defence = "", tests = ""] = row.split("|").map((cell) => cell.trim());
    expect(no).toBe(String(i + 1));
    expect([threat, defence].map((cell) => cell.length > 10)).toEqual([true, true]);
    const named = [...tests.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
    expect([no, named.length > 0]).toEqual([no, true]);
    for (const path of named) expect([path, existsSync(path)]).toEqual([path, true]);
  }
});

test("what is not defended is said", () => {
  expect(text).toContain("## Not defended");
});
