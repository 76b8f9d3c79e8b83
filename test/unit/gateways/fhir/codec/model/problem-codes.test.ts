import { describe, expect, it } from "vitest";
import { defaultDocumentLimits } from "../../../../../../contracts/codes/document-limits.ts";
import { isError, readingProblem } from "../../../../../../gateways/fhir/codec/model/fhir-problem.ts";
import { type ReadingCode, readingCodes } from "../../../../../../gateways/fhir/codec/model/problem-codes.ts";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import { issueCodes, json, patientXml, publishedPresent } from "../../../../../support/fhir-model.ts";

type Case = readonly [
  document: Uint8Array,
  path: string,
  options?: { mediaType?: string; maxDepth?: number },
];

const patient = (rest: object): Uint8Array => json({ resourceType: "Patient", ...rest });
const raw = (text: string): Uint8Array => Buffer.from(text);
const div = (inner: string): Uint8Array =>
  patient({ text: { status: "generated", div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` } });

/** What is told of a thread that took too long is found in no document (judge-apart.ts, render-apart.ts). */
type FoundCode = Exclude<ReadingCode, "document-too-costly">;

/** A document for each code, and where it is found: no code is there that nothing leads to. */
const cases: Readonly<Record<FoundCode, Case>> = {
  "document-too-large": [patient({ language: "x".repeat(1_600_000) }), "Patient.language"],
  "document-too-deep": [
    patient({ contact: [{ name: { period: {} } }] }),
    "Patient.contact[0].name",
    { maxDepth: 3 },
  ],
  "encoding-unknown": [Buffer.from([0x7b, 0xff]), "Resource"],
  "format-unknown": [raw("   \n"), "Resource"],
  "format-differs": [patient({}), "Patient", { mediaType: "application/fhir+xml; charset=utf-8" }],
  "xml-malformed": [raw('<Patient xmlns="http://hl7.org/fhir"><id></Patient>'), "Resource"],
  "xml-forbidden": [raw("<!DOCTYPE Patient><Patient/>"), "Resource"],
  "json-malformed": [raw('{"resourceType":"Patient","active":tru}'), "Patient.active"],
  "namespace-wrong": [patientXml('<active xmlns="urn:x" value="true"/>'), "Patient.active"],
  "resource-type-unknown": [patient({ contained: [{ resourceType: "Nothing" }] }), "Patient.contained[0]"],
  "resource-type-missing": [json({ id: "a" }), "Resource"],
  "element-unknown": [patientXml('<cpr value="1"/>'), "Patient.cpr"],
  "attribute-unknown": [patientXml('<active value="true" extra="1"/>'), "Patient.active.@extra"],
  "text-unexpected": [patientXml("<name>Prøve<family value='x'/></name>"), "Patient.name[0]"],
  "element-order": [patientXml('<name id="x"/><active value="true"/>'), "Patient.active"],
  "element-missing": [patientXml("<link><type value='seealso'/></link>"), "Patient.link[0].other"],
  "element-empty": [patientXml('<active value=""/>'), "Patient.active"],
  "element-repeated": [patientXml("<active value='true'/><active value='true'/>"), "Patient.active"],
  "choice-repeated": [
    patient({ deceasedBoolean: true, deceasedDateTime: "2026" }),
    "Patient.deceasedDateTime",
  ],
  "name-repeated": [raw('{"resourceType":"Patient","active":true,"active":false}'), "Patient.active"],
  "object-expected": [patient({ maritalStatus: "M" }), "Patient.maritalStatus"],
  "array-expected": [patient({ name: { family: "x" } }), "Patient.name"],
  "array-unexpected": [patient({ active: [true] }), "Patient.active"],
  "arrays-differ": [
    patient({ name: [{ given: ["a", "b"], _given: [{ id: "x" }] }] }),
    "Patient.name[0].given",
  ],
  "type-wrong": [patient({ active: "true" }), "Patient.active"],
  "value-format": [patient({ gender: " male" }), "Patient.gender"],
  "value-too-long": [patient({ language: "x".repeat(1024 * 1024 + 1) }), "Patient.language"],
  "date-format": [patient({ birthDate: "2026-02-29" }), "Patient.birthDate"],
  "id-invalid": [patient({ id: "æ" }), "Patient.id"],
  "id-too-long": [patient({ id: "x".repeat(65) }), "Patient.id"],
  "character-forbidden": [patient({ name: [{ family: "\u0000" }] }), "Patient.name[0].family"],
  "base64-invalid": [patient({ photo: [{ data: "?" }] }), "Patient.photo[0].data"],
  "narrative-malformed": [patient({ text: { status: "generated", div: "<div>" } }), "Patient.text.div"],
  "narrative-forbidden": [div("<script>x</script>"), "Patient.text.div"],
  "narrative-empty": [div("<p> </p>"), "Patient.text.div"],
};
const coded = Object.entries(cases).map(([code, [document, path, options]]) => ({
  code,
  document,
  path,
  options,
}));

describe("what the reading of FHIR finds", () => {
  it.each(coded)("$code is found, once, at $path", ({ code, document, path, options }) => {
    const limits = {
      ...defaultDocumentLimits,
      ...(options?.maxDepth === undefined ? {} : { maxDepth: options.maxDepth }),
    };
    const reading = readFhir(document, options?.mediaType, limits);
    const problems = reading.ok ? reading.warnings : reading.problems;
    expect(problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
    expect(reading.ok).toBe(!problems.some(isError));
  });

  it("never says a value, nor a name that is none", () => {
    const secrets = ["0101659999", "Nancy Prøve"];
    const documents = secrets.flatMap((secret) => [
      patient({
        [secret]: 1,
        active: secret,
        birthDate: secret,
        id: secret,
        photo: [{ data: `?${secret}` }],
      }),
      patient({
        name: [{ [`x${secret}`]: secret }],
        contained: [{ resourceType: secret }],
        text: { div: secret },
      }),
    ]);
    const told = documents.map((document) => {
      const reading = readFhir(document);
      return JSON.stringify(reading.ok ? reading.warnings : reading.problems);
    });
    expect(told.filter((text) => secrets.some((secret) => text.includes(secret.slice(0, 5))))).toEqual([]);
    expect(told[0]).toContain('"path":"Patient.?"');
  });

  it("is all that there is, in one go", () => {
    const document = patient({
      active: 1,
      birthDate: "x",
      name: [{ family: 2 }, { given: "a" }],
      nothing: [{}],
    });
    const reading = readFhir(document);
    expect(reading.ok ? [] : reading.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "type-wrong Patient.active",
      "date-format Patient.birthDate",
      "type-wrong Patient.name[0].family",
      "array-expected Patient.name[1].given",
      "element-unknown Patient.nothing",
    ]);
    expect(reading.ok ? undefined : reading.partial).toMatchObject({ name: [{ given: ["a"] }] });
  });

  it("is at most a hundred problems, and an error among them when there is one", () => {
    const strangers = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`x${String.fromCharCode(97 + (i % 26)).repeat(1 + i)}`, 1]),
    );
    const reading = readFhir(patient({ ...strangers, active: 1 }));
    expect(reading.ok).toBe(false);
    expect(reading.ok ? [] : reading.problems).toHaveLength(100);
    expect(reading.ok ? [] : reading.problems.filter(isError).map(({ code }) => code)).toEqual([
      "type-wrong",
    ]);
  });

  it("has a text in both languages and a severity", () => {
    const problem = readingProblem("element-unknown", "Patient.cpr");
    expect(problem).toEqual({
      path: "Patient.cpr",
      severity: "warning",
      code: "element-unknown",
      text: { da: readingCodes["element-unknown"].da, en: readingCodes["element-unknown"].en },
    });
  });

  it.runIf(publishedPresent)("is said in an acknowledgement by a code of MedCom's value set", () => {
    const lines = issueCodes()
      .split("\n")
      .filter((line) => line.includes("acknowledgement-issue-details"));
    const allowed = new Set(lines.map((line) => line.split("\t").slice(1, 3).join(" ")));
    const used = Object.values(readingCodes).map(
      ({ acknowledgement: { system, code } }) => `${system} ${code}`,
    );
    expect(used.filter((code) => !allowed.has(code))).toEqual([]);
  });
});
