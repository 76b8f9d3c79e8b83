import { describe, expect, it } from "vitest";
import { defaultDocumentLimits } from "../../../../../../contracts/codes/document-limits.ts";
import { printJson } from "../../../../../../gateways/fhir/codec/model/print-json.ts";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import { readJson } from "../../../../../../gateways/fhir/codec/model/read-json.ts";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { resourceIn, said } from "../../../../../support/fhir-model.ts";

const read = (text: string): FhirResource => resourceIn(readFhir(Buffer.from(text)));
const patient = (rest: string): string => `{"resourceType":"Patient",${rest}}`;
const observation = (value: string): string =>
  `{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":${value}}}`;
const problems = (text: string): string[] => said(Buffer.from(text));

describe("FHIR's JSON", () => {
  it("keeps each number as it is written", () => {
    const numerals = ["1.10", "0", "-0.0", "1e400", "1E-400", "123456789012345678901234567890.0"];
    for (const numeral of numerals) {
      const resource = read(observation(numeral));
      expect(resource["valueQuantity"]).toEqual({ value: { numeral } });
      expect(Buffer.from(printJson(resource)).toString()).toContain(`"value":${numeral}}`);
    }
  });

  it.each(["01", "1.", ".5", "+1", "1e", "- 1", "NaN", "Infinity", "0x1", "1_0"])(
    "has no number %s",
    (numeral) => {
      expect(problems(observation(numeral)).at(-1)).toMatch(/^json-malformed Observation\.valueQuantity/);
    },
  );

  it("takes no text for a number and no number for text", () => {
    expect(problems(observation('"1.10"'))).toEqual(["type-wrong Observation.valueQuantity.value"]);
    expect(problems(patient('"active":"true","gender":true,"language":1'))).toEqual([
      "type-wrong Patient.active",
      "type-wrong Patient.gender",
      "type-wrong Patient.language",
    ]);
  });

  it("is read whatever stands before the type of a resource", () => {
    const contained = '"contained":[{"id":"a","active":true,"resourceType":"Patient"}]';
    expect(read(`{${contained},"language":"da","resourceType":"Patient"}`)).toEqual({
      resourceType: "Patient",
      contained: [{ resourceType: "Patient", id: "a", active: true }],
      language: "da",
    });
  });

  it("has an array of values and one of their extensions, aligned by null", () => {
    expect(read(patient('"name":[{"_given":[null,{"id":"x"}],"given":["a",null]}]'))["name"]).toEqual([
      { given: ["a", null], _given: [null, { id: "x" }] },
    ]);
    expect(read(patient('"name":[{"given":[null],"_given":[{"id":"x"}]}]'))["name"]).toEqual([
      { _given: [{ id: "x" }] },
    ]);
    expect(read(patient('"name":[{"given":["a","b"],"_given":[{"id":"x"}]}]'))["name"]).toEqual([
      { given: ["a", "b"], _given: [{ id: "x" }, null] },
    ]);
    expect(problems(patient('"name":[{"given":["a",null]}]'))).toEqual([
      "element-empty Patient.name[0].given",
    ]);
    expect(problems(patient('"name":[{"given":[null],"_given":[null]}]'))).toEqual([
      "element-empty Patient.name[0].given",
    ]);
  });

  it("has null nowhere else, and nothing that is empty", () => {
    const inner = '"active":null,"name":[null],"maritalStatus":{},"identifier":[],"language":""';
    expect(problems(patient(inner))).toEqual([
      "element-empty Patient.active",
      "object-expected Patient.name[0]",
      "element-empty Patient.maritalStatus",
      "element-empty Patient.identifier",
      "element-empty Patient.language",
    ]);
  });

  it("takes a name once, and no name for more than a name", () => {
    const inner =
      '"__proto__":{"polluted":true},"constructor":1,"toString":2,"x":1,"x":2,"resourceType":"Group"';
    expect(problems(patient(inner))).toEqual([
      "element-unknown Patient.?",
      "element-unknown Patient.constructor",
      "element-unknown Patient.toString",
      "element-unknown Patient.x",
      "name-repeated Patient.x",
      "name-repeated Patient.resourceType",
    ]);
    expect(Object.keys(read(patient(inner)))).toEqual(["resourceType"]);
    expect(Object.getPrototypeOf(read(patient(inner)))).toBe(Object.prototype);
    expect(problems(patient('"active":true,"\\u0061ctive":true'))).toEqual(["name-repeated Patient.active"]);
  });

  it("gives no extensions to what is an attribute in XML", () => {
    expect(problems(patient('"name":[{"id":"a","_id":{"id":"b"}}],"_id":{"id":"c"}'))).toEqual([
      "element-unknown Patient.name[0]._id",
    ]);
  });

  it("leaves out an element of which FHIR knows nothing", () => {
    expect(
      read(
        patient('"maritalStatus":{"nothing":1},"name":[{"nothing":{"a":[1,"b",true,null]}},{"text":"a"}]'),
      ),
    ).toEqual({
      resourceType: "Patient",
      name: [{ text: "a" }],
    });
  });

  it("may begin with a byte order mark, and has nothing behind its end", () => {
    expect(read(`\ufeff ${patient('"active":true')} \r\n\t`)).toEqual({
      resourceType: "Patient",
      active: true,
    });
    expect(problems(`${patient('"active":true')} x`)).toEqual(["json-malformed Patient"]);
    expect(problems(`${patient('"active":true')}{}`)).toEqual(["json-malformed Patient"]);
  });

  it.each([
    ...[
      "",
      "{",
      '{"a"}',
      '{"a":}',
      '{"a":1,}',
      "{,}",
      '{"resourceType":"Patient"',
      "[]x",
      "{'a':1}",
      "{a:1}",
    ],
    ...['{"resourceType":"Patient","language":"\\x"}', '{"resourceType":"Patient","language":"\\u12G4"}'],
    ...['{"resourceType":"Patient","language":"a\nb"}', '{"resourceType":"Patient","language":"a\\nb\n"}'],
    ...['{"resourceType":"Patient","language":"abc', '{"resourceType":"Patient","language":"abc\\"', "nul"],
    ...[
      '{"resourceType":"Patient","name":[{"text":"a"},]}',
      '{"resourceType":"Patient","name":[{"text":"a"}}',
    ],
    ...['{"resourceType":"Patient"/* no */}', '{"resourceType":"Patient","active":true false}'],
  ])("is not %j", (text) => {
    const reading = readJson(Buffer.from(text));
    expect(reading.ok ? [] : reading.problems.map(({ code }) => code).at(-1)).toBe("json-malformed");
    expect(reading).not.toHaveProperty("partial");
  });

  it.each(["null", "true", "1", '"Patient"', "[]", '[{"resourceType":"Patient"}]'])(
    "is an object, not %s",
    (text) => {
      expect(readJson(Buffer.from(text))).toMatchObject({
        ok: false,
        problems: [{ code: "object-expected" }],
      });
    },
  );

  it("carries every character that FHIR allows, and no other", () => {
    expect(read(patient('"language":"\\ud83d\\ude00\\/\\u00e6"'))["language"]).toBe("😀/æ");
    for (const text of ["\\ud83d", "\\ude00\\ud83d", "\\u0000", "\\b", "\\uffff", "\uffff", "æ\ufffe"])
      expect(problems(patient(`"language":"${text}"`))).toEqual(["character-forbidden Patient.language"]);
  });

  it("ends where a limit is passed, and says where", () => {
    const small = {
      ...defaultDocumentLimits,
      maxElements: 3,
      maxAttachments: 1,
      maxAttachmentBytes: 3,
      maxBytes: 500,
    };
    const code = (text: string) => {
      const reading = readJson(Buffer.from(text), small);
      return reading.ok ? [] : reading.problems.map((problem) => [problem.code, problem.path]);
    };
    expect(code(patient('"active":true,"gender":"male","language":"da"'))).toEqual([
      ["document-too-deep", "Patient"],
    ]);
    expect(code(patient('"photo":[{"data":"AAAAAAAA"}]'))).toEqual([
      ["document-too-large", "Patient.photo[0].data"],
    ]);
    expect(code(patient(`"language":"${"x".repeat(500)}"`))).toEqual([["document-too-large", "Resource"]]);
  });
});
