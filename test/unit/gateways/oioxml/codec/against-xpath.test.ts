import { readdirSync, readFileSync } from "node:fs";
import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { clinicalVersions } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import { clinicalIn } from "../../../../support/oioxml-answers.ts";
import { envelope } from "../../../../support/oioxml-builders.ts";
import { fieldsOf } from "../../../../support/oioxml-fields.ts";
import { samplesPresent } from "../../../../support/oioxml-samples.ts";
import { pathsOf, readByFields, readByPaths } from "../../../../support/oioxml-xpaths.ts";
import { printEmessage } from "../../../../support/printing.ts";

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /^(xref|xdis|ref|dis)\d\d/i.test(name) && !/^x?dis91/i.test(name))
    .map((name) => `${folder}/${name}`);
const medcoms = samplesPresent
  ? ["golden", "schema-generated"].flatMap((name) => filesIn(`../shared/oioxml/samples/${name}`))
  : [];

/** libxml2-wasm hands its strings over by a decoder that takes a first U+FEFF for a mark: it is left out of both. */
const withoutMarks = (values: Record<string, unknown>): unknown =>
  JSON.parse(JSON.stringify(values).replaceAll("\ufeff", ""));

const expectSameValues = (bytes: Uint8Array): void => {
  const letter = clinicalIn(parseDocument(bytes));
  expect(withoutMarks(readByFields(letter))).toEqual(withoutMarks(readByPaths(bytes, letter.type)));
};

describe("a letter says what XPath finds in its document", () => {
  test.each([...filesIn("contracts/examples/oioxml"), ...medcoms])("%s", (file) => {
    expectSameValues(readFileSync(file));
  });
});

describe.each(clinicalVersions.map((version) => [`${version.type} ${version.version}`, version] as const))(
  "%s",
  (_, version) => {
    property.prop([fieldsOf(version.table)], { numRuns: 40 })("so does one of any values", (fields) => {
      expectSameValues(printEmessage(version, fields, envelope).bytes);
    });
    test("is compared by at least fifteen fields, each named once", () => {
      const fields = pathsOf(version.type).map(({ field }) => field);
      expect(fields.length).toBeGreaterThanOrEqual(15);
      expect(new Set(fields).size).toBe(fields.length);
    });
  },
);
