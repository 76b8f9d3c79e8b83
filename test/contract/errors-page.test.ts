import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorCures } from "../../contracts/codes/error-cures.ts";
import { errorCodes } from "../../contracts/errors.ts";
import { errorsPage } from "../../infra/setup/write-errors.ts";
import { apiDocument } from "../support/api-document.ts";

test("contracts/ERRORS.md is what the codes say: npm run schema writes it", () => {
  expect(readFileSync("contracts/ERRORS.md", "utf8")).toBe(errorsPage());
});

test("every code has a cause and a cure, each a sentence", () => {
  expect(Object.keys(errorCures).toSorted()).toEqual(Object.keys(errorCodes).toSorted());
  for (const { cause, cure } of Object.values(errorCures))
    for (const text of [cause, cure]) expect(text).toMatch(/^[A-Z].{8,}\.$/);
});

test("pages that a cure names are there", () => {
  for (const { cure } of Object.values(errorCures))
    for (const [path] of cure.matchAll(/infra\/[\w/]+\.md/g)) expect(existsSync(path), path).toBe(true);
});

test("addresses that a cure names are served", () => {
  const paths = Object.keys(apiDocument.paths);
  for (const { cure } of Object.values(errorCures))
    for (const [, path = ""] of cure.matchAll(/(?:GET|POST|PUT) (\/v1\/[\w/-]+)/g))
      expect(paths).toContain(path);
});
