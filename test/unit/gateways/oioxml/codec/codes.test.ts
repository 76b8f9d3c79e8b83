import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { objectCodeOfExtension } from "../../../../../contracts/codes/oioxml-objects.ts";
import { oioxmlSpecialities } from "../../../../../contracts/codes/oioxml-specialities.ts";
import { oioxmlTypeOf, oioxmlTypes } from "../../../../../contracts/codes/oioxml-types.ts";
import { ObjectCode, ObjectExtension } from "../../../../../contracts/letter.ts";
import { spokenTypes } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import { samplesPresent } from "../../../../support/oioxml-samples.ts";

describe("code tables", () => {
  test("every extension of the contract has an object code, and no other has", () => {
    expect(Object.keys(objectCodeOfExtension).sort()).toEqual([...ObjectExtension.options].sort());
  });
  test("every object code is reached", () => {
    expect(new Set(Object.values(objectCodeOfExtension))).toEqual(new Set(ObjectCode.options));
  });
  test("no type is listed twice", () => {
    const keys = oioxmlTypes.map((row) => `${row.namespace} ${row.root}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
  test("every spoken type is a known one, with the same codes", () => {
    for (const spoken of Object.values(spokenTypes))
      expect(oioxmlTypeOf(spoken.namespace, spoken.root)).toMatchObject({
        type: spoken.type,
        version: spoken.version,
      });
  });
  test("specialities are listed once each, misspellings and all", () => {
    expect(new Set(oioxmlSpecialities).size).toBe(oioxmlSpecialities.length);
    expect(oioxmlSpecialities).toContain("fodbehandlking");
    expect(oioxmlSpecialities).toContain("med_endokrinologi");
  });
});

describe.runIf(samplesPresent)("code tables against MedCom's own", () => {
  test("every type of the schema index is known, with its namespace and codes", () => {
    const rows = readFileSync("../shared/oioxml/trees/INDEX.tsv", "utf8").trim().split("\n");
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      const [, namespace = "", root = ""] = row.split(/[\t ]/);
      const known = oioxmlTypeOf(namespace, root);
      if (known === undefined) throw new Error(`not known: ${row}`);
      // The index leaves out a receipt's type code, which its schema does not have.
      if (row.includes("pattern X")) expect(row).toContain(`pattern ${known.version}`);
      if (!known.type.startsWith("XCTL")) expect(row).toContain(`pattern ${known.type}`);
    }
  });
});
