import { describe, expect, test } from "vitest";
import { type ErrorCode, errorCodes } from "../../../../../contracts/errors.ts";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { refuseCodeOf, refuseTextOf } from "../../../../../gateways/oioxml/codec/refuse-codes.ts";
import { refuseCodes } from "../../../../../gateways/oioxml/codec/tables/receipts-2005.ts";
import { danishTextOf, problemTexts } from "../../../../../gateways/tables/problem-texts.ts";
import { changed, onlyLetter } from "../../../../support/oioxml-builders.ts";
import { example } from "../../../../support/oioxml-samples.ts";

describe("refusals in MedCom's words", () => {
  test.each<[ErrorCode, string]>([
    ["version-wrong", "problem_med_version"],
    ["type-unknown", "problem_med_version"],
    ["type-unspoken", "problem_med_version"],
    ["document-invalid", "syntaksfejl"],
    ["xml-malformed", "syntaksfejl"],
    ["attachment-size-differs", "ikke_specificeret"],
    ["envelope-size-differs", "ikke_specificeret"],
    ["receiver-unknown", "ukendt_lokationsnummer"],
    ["receiver-id-mismatch", "problem_med_modtagerID"],
    ["content-differs", "ikke_specificeret"],
  ])("%s is %s", (code, refuseCode) => {
    expect(refuseCodeOf(code)).toBe(refuseCode);
  });
  test("every one of MedCom's five reasons is reached", () => {
    const codes = Object.keys(errorCodes) as ErrorCode[];
    expect(new Set(codes.map((code) => refuseCodeOf(code)))).toEqual(new Set(refuseCodes));
  });
  test("every error code has a Danish text to refuse with", () => {
    for (const code of Object.keys(errorCodes) as ErrorCode[])
      expect(toPlainText(refuseTextOf(code))).toContain(errorCodes[code].da);
  });
  test("the text names the letter, the reason and where the problems are", () => {
    const letter = onlyLetter(parseDocument(example("xdis91-version-wrong")));
    if (letter.kind !== "refused") throw new Error("taken");
    const text = refuseTextOf(letter.code, letter.problems, {
      letterId: "AAPBREV0000009",
      sent: "2026-11-23T11:00",
    });
    expect(toPlainText(text)).toBe(
      "Brev med nummeret AAPBREV0000009, afsendt 2026-11-23 kl. 11:00, kunne ikke modtages.\n" +
        "Versionen modtages ikke for denne type.\n" +
        "ClinicalEmail/Letter/VersionCode: Versionen modtages ikke.",
    );
  });
  test("the text of many problems tells the first five and counts the rest", () => {
    const problem = {
      path: "ClinicalEmail/Patient",
      code: "value-format",
      message: "",
      severity: "error",
    } as const;
    const text = toPlainText(
      refuseTextOf(
        "document-invalid",
        Array.from({ length: 8 }, () => problem),
      ),
    );
    expect(text.match(/ClinicalEmail\/Patient/g)).toHaveLength(5);
    expect(text).toContain("Der er 3 fejl mere.");
  });
  test("no text repeats anything of the patient", () => {
    const bytes = changed(example("xdis91-question"), "1105650000", "3102650000");
    const letter = onlyLetter(parseDocument(changed(bytes, "<Text01>", "<Hansen/><Text01>Jensen")));
    if (letter.kind !== "refused") throw new Error("taken");
    const said = JSON.stringify([letter.problems, refuseTextOf(letter.code, letter.problems)]);
    expect(letter.problems.length).toBeGreaterThan(1);
    expect(said).not.toMatch(/3102650000|Hansen|Jensen|Prøve/);
  });
  test("every problem has a Danish text", () => {
    for (const [code, { da }] of Object.entries(problemTexts)) expect(danishTextOf(code)).toBe(da);
    expect(danishTextOf("toString")).toBeUndefined();
  });
});
