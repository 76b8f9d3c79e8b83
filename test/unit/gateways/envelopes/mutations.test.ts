import { readdirSync, readFileSync } from "node:fs";
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { standardOf } from "../../../../contracts/first-look.ts";
import { openEnvelope } from "../../../../gateways/envelopes/open-envelope.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { howOften } from "../../../support/how-often.ts";

const folder = "contracts/examples/envelopes";
const examples = [
  ...readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`)),
  readFileSync("contracts/examples/oioxml/vans-xdis91-question.xml"),
];

/** Pieces of XML that mean something, and of base64 that do not. */
const pieces = [
  "",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<Data>",
  "</Data>",
  "<BinaryContent>",
  "&#0;",
  "&amp;",
  "=",
  "A",
  "\u0000",
  "é",
  "<a><a><a>",
  '<?xml version="1.0"?>',
  "<VANSEnvelope>",
  'xmlns="urn:x"',
];
const runs = howOften("ENVELOPE_MUTATIONS", { short: 1_000, long: 1_500 });

/** Values of the examples that no problem may repeat: numbers of organisations, of citizens, of envelopes. */
const values = /5790000\d{6}|\d{10}|3f2c6b1a/;

describe("an envelope that is spoilt", () => {
  prop.prop(
    [
      fc.constantFrom(...examples),
      fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          drop: fc.integer({ min: 0, max: 400 }),
          put: fc.constantFrom(...pieces),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    ],
    { numRuns: runs },
  )("is opened or refused, with places and no values, and never breaks", (example, damages) => {
    let text = example.toString("latin1");
    for (const { at, drop, put } of damages) {
      // Headers are where it matters: most damage is done there.
      const from = Math.floor(at * at * text.length);
      text = text.slice(0, from) + put + text.slice(from + drop);
    }
    const bytes = Buffer.from(text, "latin1");
    expect(["oioxml", "fhir"]).toContain(standardOf("application/xml", text));
    const found = openEnvelope(bytes, defaultDocumentLimits);
    if (found?.is === "unopened") {
      expect(found.problems.length).toBeGreaterThan(0);
      for (const { path, message } of found.problems) expect(`${path} ${message}`).not.toMatch(values);
    }
    parseDocument(bytes);
  });
});
