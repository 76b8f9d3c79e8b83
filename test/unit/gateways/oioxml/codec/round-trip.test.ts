import { describe, expect, test } from "vitest";
import { type LossCode, readingLosses, reasonOf } from "../../../../../gateways/oioxml/codec/losses.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { printingLosses } from "../../../../../gateways/tables/losses.ts";
import { printAgain } from "../../../../support/oioxml-answers.ts";
import { changed, letterIn, onlyLetter, textOf } from "../../../../support/oioxml-builders.ts";
import { example, sample, samplesPresent, schemaErrors } from "../../../../support/oioxml-samples.ts";
import { documentLines } from "../../../../support/oioxml-trees.ts";

const question = example("xdis91-question");

describe("print(parse(x)) is x but for the listed losses", () => {
  test.each(["xdis91-question", "xdis91-reply", "xdis91-with-attachments", "xbin01-attachments"])(
    "%s of our own examples",
    (name) => {
      expect(documentLines(printAgain(example(name)))).toEqual(documentLines(example(name)));
    },
  );
  test("what is printed from it is printed again byte for byte", () => {
    const once = printAgain(question);
    expect(printAgain(once)).toEqual(once);
  });
  test("each loss has a reason", () => {
    for (const code of [...Object.keys(readingLosses), ...Object.keys(printingLosses)])
      expect(reasonOf(code as LossCode)).toMatch(/\.$/);
  });

  /** One change to the question for each way of writing that does not come back. */
  const listed: Partial<Record<LossCode, [string, string]>> = {
    "encoding-declaration": ["ISO-8859-1", "windows-1252"],
    "blank-between-elements": ["<Letter>", "<Letter>\n\n\n"],
    "comment-or-instruction": ["<Letter>", "<!-- hej --><?hej hej?><Letter>"],
    cdata: ["TPO-antistoffer", "<![CDATA[TPO-antistoffer]]>"],
    prefix: ["<Letter>", '<Letter xmlns:x="urn:x">'],
    "local-elements": ["</Emessage>", "<Local_Elements/></Emessage>"],
    "date-zone": ["<Date>2026-11-23</Date><Time>10:12", "<Date>2026-11-23+01:00</Date><Time>10:12"],
  };
  test.each(Object.entries(listed))("%s is lost, and nothing else with it", (_, [from, to]) => {
    expect(textOf(printAgain(changed(question, from, to)))).toEqual(textOf(printAgain(question)));
  });
  test("escaped-tags come back as the elements they stand for, and nothing else with it", () => {
    const escaped = changed(question, "<Break/>", "&lt;Break/&gt;");
    expect(textOf(printAgain(escaped))).toEqual(textOf(printAgain(question)));
  });
  test("text outside Latin-1 comes back as references and reads the same", () => {
    const utf8 = Buffer.from(
      textOf(question).replace('"ISO-8859-1"', '"UTF-8"').replace("frit T4", "frit T4 ≥ 12 – ‰"),
      "utf8",
    );
    const again = printAgain(utf8);
    expect(textOf(again)).toContain("frit T4 &#8805; 12 &#8211; &#8240;");
    expect(letterIn(parseDocument(again))).toEqual(letterIn(parseDocument(utf8)));
  });
});

describe.runIf(samplesPresent)("MedCom's own examples", () => {
  test.each(["DIS91_1", "DIS91_2", "BIN01_1", "BIN01_2", "CTL01_1", "CTL02_1", "CTL03_1"])(
    "%s comes back but for the listed losses",
    (name) => {
      expect(documentLines(printAgain(sample(name)))).toEqual(documentLines(sample(name)));
    },
  );
  test.each([
    ["DIS91_1", "2006"],
    ["DIS91_2", "2006"],
    ["BIN01_1", "2012"],
    ["BIN01_2", "2012"],
    ["CTL01_1", "2005"],
    ["CTL02_1", "2005"],
    ["CTL03_1", "2005"],
  ] as const)("%s is valid again", (name, schema) => {
    expect(schemaErrors(schema, printAgain(sample(name)))).toEqual([]);
  });
  test("the VANS envelope unwraps to the payload, which is read", () => {
    const parsed = parseDocument(sample("vansenvelope_xdis22_reliable"));
    expect(onlyLetter(parsed)).toEqual(onlyLetter(parseDocument(sample("xdis22_payload"))));
    expect(onlyLetter(parsed)).toMatchObject({ kind: "clinical", type: "XDIS22", version: "XD2230L" });
    expect(parsed).toMatchObject({ vans: { document: { name: "MCM:XDIS22", sizeBytes: 6089 } } });
  });
  test("our own examples are valid by MedCom's schemas", () => {
    expect(schemaErrors("2006", example("xdis91-question"))).toEqual([]);
    expect(schemaErrors("2006", example("xdis91-reply"))).toEqual([]);
    expect(schemaErrors("2006", example("xdis91-with-attachments"))).toEqual([]);
    expect(schemaErrors("2012", example("xbin01-attachments"))).toEqual([]);
    expect(schemaErrors("vans", example("vans-xdis91-question"))).toEqual([]);
    expect(schemaErrors("2006", example("xdis91-version-wrong"))).not.toEqual([]);
  });
});
