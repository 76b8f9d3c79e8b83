import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ClinicalLetter } from "../../../../../contracts/letters/any-letter.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { clinicalVersions } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import { complaintsOf } from "../../../../support/letter-cases.ts";
import { clinicalIn, printAgain } from "../../../../support/oioxml-answers.ts";
import { samplesPresent } from "../../../../support/oioxml-samples.ts";
import { documentLines } from "../../../../support/oioxml-trees.ts";

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /^(xref|xdis|ref|dis)\d\d/i.test(name) && !/^x?dis91/i.test(name))
    .map((name) => `${folder}/${name}`);
const own = filesIn("contracts/examples/oioxml");
const medcoms = samplesPresent
  ? ["golden", "schema-generated"].flatMap((name) => filesIn(`../shared/oioxml/samples/${name}`))
  : [];

describe.each([...own, ...medcoms])("%s", (file) => {
  const bytes = readFileSync(file);
  test("is read whole: its letter is as the contract says, with no field that the contract lacks", () => {
    const letter = clinicalIn(parseDocument(bytes));
    expect(ClinicalLetter.parse(letter)).toEqual(letter);
  });
  test("comes back but for the listed losses", () => {
    expect(documentLines(printAgain(bytes))).toEqual(documentLines(bytes));
  });
  test("what is printed of it is read as the same letter, and printed the same again", () => {
    const once = printAgain(bytes);
    expect(clinicalIn(parseDocument(once))).toEqual(clinicalIn(parseDocument(bytes)));
    expect(printAgain(once)).toEqual(once);
  });
  test.runIf(samplesPresent)("is valid by MedCom's schema, and so is what is printed of it", () => {
    expect(complaintsOf(bytes)).toEqual([]);
    expect(complaintsOf(printAgain(bytes))).toEqual([]);
  });
});

test("there is an example of our own for every type that is spoken", () => {
  const types = own.map((file) => clinicalIn(parseDocument(readFileSync(file))).type);
  expect(new Set(types)).toEqual(new Set(clinicalVersions.map(({ type }) => type)));
});
