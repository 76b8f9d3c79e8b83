import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { problemsOf } from "../../contracts/problem.ts";
import { namedContracts, schemaFiles } from "../../infra/setup/write-schemas.ts";

/** How an example file is written: which contract it is of, and for an invalid one every problem that it must give. */
const Example = z.strictObject({
  schema: z.string(),
  expect: z.array(z.strictObject({ path: z.string(), code: z.string() })).optional(),
  message: z.unknown(),
});

const folder = "contracts/examples";
// The examples of OIOXML and FHIR are documents of a standard, checked with their gateway.
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json") && !/^(oioxml|fhir|demo-fhir|demo-clock)\//.test(file))
  .toSorted();
const read = (file: string) => Example.parse(JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));
const examples = files.map((file) => ({ file, ...read(file) }));
const isInvalid = (file: string) => file.includes("/invalid/");
const valid = examples.filter(({ file }) => file.includes("/valid/"));
const invalid = examples.filter(({ file }) => isInvalid(file));

const contracts = namedContracts();
const contract = (name: string) => {
  const found = contracts.get(name);
  if (found === undefined) throw new Error(`There is no contract ${name}.`);
  return found;
};

describe("examples of the contracts", () => {
  it("are all in a folder of valid or of invalid ones", () => {
    expect(valid.length + invalid.length).toBe(files.length);
    expect(valid.every((example) => example.expect === undefined)).toBe(true);
    expect(invalid.every((example) => (example.expect?.length ?? 0) > 0)).toBe(true);
  });

  it.each(valid)("$file is valid", ({ schema, message }) => {
    const result = contract(schema).safeParse(message);
    expect(result.success ? [] : problemsOf(result.error)).toEqual([]);
  });

  it.each(invalid)("$file has exactly its problems", ({ schema, message, expect: expected }) => {
    const result = contract(schema).safeParse(message);
    const problems = result.success ? [] : problemsOf(result.error);
    expect(problems.map(({ path, code }) => ({ path, code }))).toEqual(expected);
  });

  it.each(invalid)("$file gives problems that repeat no value of the message", ({ schema, message }) => {
    const result = contract(schema).safeParse(message);
    const said = (result.success ? [] : problemsOf(result.error)).map((problem) => problem.message).join(" ");
    const values = JSON.stringify(message).match(/\d{6,}/g) ?? [];
    expect(values.filter((value) => said.includes(value))).toEqual([]);
  });

  it.each([...contracts.keys()])("%s has a valid and an invalid example", (name) => {
    expect(valid.some(({ schema }) => schema === name)).toBe(true);
    expect(invalid.some(({ schema }) => schema === name)).toBe(true);
  });
});

describe("published JSON Schemas", () => {
  const published = new Map(
    [...schemaFiles()].map(([name, text]) => [
      name.replaceAll("-", ""),
      z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]),
    ]),
  );

  it.each(valid)("accept $file", ({ schema, message }) => {
    const result = published.get(`${schema.toLowerCase()}.json`)?.safeParse(message);
    expect(result?.error?.issues ?? []).toEqual([]);
    expect(result?.success).toBe(true);
  });
});
