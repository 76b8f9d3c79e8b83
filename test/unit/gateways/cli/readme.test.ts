import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const readme = readFileSync("README.md", "utf8");
const config = readFileSync("infra/config/config.ts", "utf8");
const variables = [...new Set(config.match(/\b(SEKTORBRO|NATS|REDIS)_[A-Z_]+\b/g))];
const folders = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${root}/${entry.name}`);

describe("README", () => {
  it("has every setting that the hub reads", () => {
    expect(variables.length).toBeGreaterThan(10);
    expect(variables.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it("names only files and folders that are there", () => {
    const named = [
      ...readme.matchAll(/[\s`(](?:@?)((?:contracts|services|gateways|infra|test)\/[\w./-]*)/g),
    ].map(([, path = ""]) => path);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each([...folders("services"), ...folders("gateways")])("%s has a README of one screen", (folder) => {
    expect(readFileSync(`${folder}/README.md`, "utf8").split("\n").length).toBeLessThanOrEqual(45);
  });

  it("decision records are numbered without gaps, and each says its context, its choice and what was given up", () => {
    const files = readdirSync("infra/decisions").toSorted();
    files.forEach((file, i) => {
      expect(file).toMatch(new RegExp(`^${String(i + 1).padStart(4, "0")}-[a-z0-9-]+\\.md$`));
      const text = readFileSync(`infra/decisions/${file}`, "utf8");
      for (const part of ["**Context.**", "**Choice.**", "**What we gave up.**"])
        expect(text).toContain(part);
    });
  });
});
