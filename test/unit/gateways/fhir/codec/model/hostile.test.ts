import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printFhir } from "../../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import { patientXml, resourceIn, said } from "../../../../../support/fhir-model.ts";
import { resourcesOfType } from "../../../../../support/fhir-model-arbitraries.ts";

const raw = (text: string): Uint8Array => Buffer.from(text);
/** Bytes that mean something in one of the formats, and some that are no text. */
const signs = Array.from("<>&\"'/\\{}[]:,=-+.eE0_ \n!?#xu").map((sign) => sign.charCodeAt(0));

interface Change {
  readonly at: number;
  readonly kind: "replace" | "insert" | "remove" | "repeat";
  readonly byte: number;
  readonly length: number;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("replace", "insert", "remove", "repeat"),
  byte: fc.oneof(fc.constantFrom(...signs), fc.nat({ max: 255 })),
  length: fc.nat({ max: 40 }),
});

const changed = (bytes: Uint8Array, { at, kind, byte, length }: Change): Uint8Array => {
  const place = at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  const middle = {
    replace: [Buffer.from([byte]), after.subarray(1)],
    insert: [Buffer.from([byte]), after],
    remove: [after.subarray(length)],
    repeat: [after.subarray(0, length), after],
  };
  return Buffer.concat([before, ...middle[kind]]);
};

describe("a document that means harm, or came to some", () => {
  it("is refused, or read to something that both formats carry, however it was changed", () => {
    const types = fc
      .constantFrom("Bundle", "Communication", "Patient", "Observation", "Parameters")
      .chain(resourcesOfType);
    let read = 0;
    fc.assert(
      fc.property(
        types,
        fc.constantFrom("xml", "json"),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (resource, format, changes) => {
          const document = readFhir(changes.reduce(changed, printFhir(resource, format)));
          if (!document.ok) {
            expect(document.problems.filter(({ severity }) => severity === "error").length).toBeGreaterThan(
              0,
            );
            return;
          }
          read += 1;
          const other = readFhir(printFhir(document.resource, format === "xml" ? "json" : "xml"));
          expect(resourceIn(other)).toEqual(document.resource);
        },
      ),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it("is refused at once when it is nothing but depth", () => {
    const deep = 200_000;
    const documents = [
      raw("[".repeat(deep)),
      raw(`{"resourceType":"Patient","x":${"[".repeat(deep)}${"]".repeat(deep)}}`),
      raw('{"resourceType":"Patient","contained":['.repeat(deep)),
      raw('{"contained":['.repeat(deep)),
      raw(`{"resourceType":"Patient","x":${'{"x":'.repeat(deep)}1`),
      raw(`{"resourceType":"Patient","extension":[${'{"url":"a","extension":['.repeat(deep)}`),
      patientXml('<extension url="a">'.repeat(deep)),
      patientXml(
        `<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">${"<p>".repeat(deep)}`,
      ),
    ];
    for (const document of documents)
      expect(said(document).at(-1)).toMatch(/^(document-too-deep|object-expected|json-malformed)/);
  });

  it("is refused when it is nothing but elements or names", () => {
    const many = 250_000;
    const documents = [
      raw(`{"resourceType":"Patient","name":[${Array(many).fill('{"text":"a"}').join()}]}`),
      raw(`{"resourceType":"Patient","name":[{"given":[${Array(many).fill('"a"').join()}]}]}`),
      patientXml('<name><text value="a"/></name>'.repeat(many)),
      patientXml(`<name ${Array.from({ length: many }, (_, i) => `a${i}="x"`).join(" ")}/>`),
    ];
    for (const document of documents) expect(said(document).at(-1)).toMatch(/^document-too-deep/);
    const strangers = Array.from({ length: many }, (_, i) => `"x${i}":1`).join();
    expect(said(raw(`{"resourceType":"Patient",${strangers}}`)).length).toBeLessThanOrEqual(100);
  });

  it("has no entities of its own, in a narrative neither", () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>';
    expect(
      said(raw(`${bomb}<Patient xmlns="http://hl7.org/fhir"><language value="&c;"/></Patient>`)),
    ).toEqual(["xml-forbidden Resource"]);
    expect(said(patientXml('<language value="&c;"/>'))).toEqual(["xml-malformed Resource"]);
    const div = JSON.stringify(`${bomb}<div xmlns="http://www.w3.org/1999/xhtml">&c;</div>`);
    expect(said(raw(`{"resourceType":"Patient","text":{"status":"generated","div":${div}}}`))).toEqual([
      "narrative-malformed Patient.text.div",
    ]);
  });

  it("is text of its encoding, whole", () => {
    const wrong = [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]];
    for (const bytes of wrong)
      for (const [before, after] of [
        ['{"resourceType":"Patient","language":"', '"}'],
        ['<Patient xmlns="http://hl7.org/fhir"><language value="', '"/></Patient>'],
      ] as const)
        expect(said(Buffer.concat([raw(before), Buffer.from(bytes), raw(after)]))).toEqual([
          "encoding-unknown Resource",
        ]);
    expect(said(Buffer.from('\ufeff{"resourceType":"Patient"}', "utf16le"))[0]).toMatch(/^encoding-unknown/);
  });

  it("costs no more than it is long, whatever it makes the reader look for", () => {
    const length = 300_000;
    const documents = [
      raw(`{"resourceType":"Patient","language":"${" a".repeat(length)}"}`),
      raw(`{"resourceType":"Patient","implicitRules":"${"a".repeat(length)} "}`),
      raw(
        `{"resourceType":"Observation","status":"final","code":{"text":"a"},"valueQuantity":{"value":${"9".repeat(length)}}}`,
      ),
      raw(`{"resourceType":"Patient","birthDate":"${"2".repeat(length)}"}`),
      raw(`{"resourceType":"Patient","language":"${"\\\\".repeat(length)}"}`),
      raw(`${'{"id":"a",'.repeat(30)}"x":"${"y".repeat(length)}"`),
    ];
    const started = process.cpuUsage();
    for (const document of documents) readFhir(document);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });
});
