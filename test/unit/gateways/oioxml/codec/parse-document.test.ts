import { describe, expect, test } from "vitest";
import { Letter } from "../../../../../contracts/letter.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import {
  changed,
  latin1,
  letterIn,
  lettersOf,
  onlyLetter,
  textOf,
} from "../../../../support/oioxml-builders.ts";
import { example } from "../../../../support/oioxml-samples.ts";

const question = example("xdis91-question");
const paths = (problems: readonly { path: string; code: string }[]): string[] =>
  problems.map((problem) => `${problem.path} ${problem.code}`);
const warnings = (bytes: Uint8Array): string[] => {
  const letter = onlyLetter(parseDocument(bytes));
  return letter.kind === "refused" ? [`refused ${letter.code}`] : paths(letter.warnings);
};

describe("a letter that is taken", () => {
  test("XDIS91 becomes the letter of the contract", () => {
    const letter = letterIn(parseDocument(question));
    expect(Letter.parse(letter)).toEqual(letter);
    expect(letter).toMatchObject({
      letterId: "AAPBREV0000001",
      status: "new",
      authorised: "2026-11-23T10:12",
      episodeOfCareId: "4f1c2b7a9d3e4c5f8a6b0c1d2e3f4a5b",
      sender: { gln: "5790000100019", organisation: "Lægehuset Åparken", speciality: "almen_medicin" },
      receiver: { identifier: { code: "sygehusafdelingsnummer", value: "990110M" } },
      patient: { cpr: "1105650000", surname: "Prøve-Åsen", episodeOfCareStatus: "ambulant" },
      priority: "routine",
    });
    expect(letter.texts[0]?.slice(0, 3)).toEqual(["Kære endokrinologer", { el: "Break" }, { el: "Break" }]);
  });
  test("the envelope says who asked for a receipt, when and under which number", () => {
    expect(parseDocument(question)).toMatchObject({
      kind: "emessage",
      encoding: "ISO-8859-1",
      envelope: { identifier: "AAP26112300001", sent: "2026-11-23T10:15", wantsPositiveReceipt: true },
      warnings: [],
    });
  });
  test("references to attachments keep the object identifier as it was written", () => {
    expect(letterIn(parseDocument(example("xdis91-with-attachments"))).references).toMatchObject([
      { description: "Blodsukre.txt", target: { kind: "bin", objectId: "6d2f8c1e0b7a4e539c48d1a2b3c4e5f6" } },
      { target: { kind: "bin", code: "billede", extension: "png", sizeBytes: 70 } },
    ]);
  });
  test("XBIN01 gives the bytes, under the identifier that references use", () => {
    const letter = onlyLetter(parseDocument(example("xbin01-attachments")));
    expect(letter).toMatchObject({ kind: "attachments", type: "XBIN01", warnings: [] });
    const objects = letter.kind === "attachments" ? letter.letter.objects : [];
    expect(objects.map((object) => object.objectId)).toEqual([
      "6d2f8c1e0b7a4e539c48d1a2b3c4e5f6",
      "a8b9c0d1e2f34455867798a9bacbdced",
    ]);
    expect(textOf(objects[0]?.bytes ?? new Uint8Array())).toContain("Man 7,9  Tir 8,4");
  });
  test("Local_Elements is passed over, whatever is in it, and said", () => {
    const local = '<Local_Elements a="b"><x xmlns="urn:own">tekst</x></Local_Elements></Emessage>';
    expect(warnings(changed(question, "</Emessage>", local))).toEqual(["ClinicalEmail local-elements"]);
  });
  test("prefixes instead of a default namespace make no difference", () => {
    const prefixed = latin1(
      textOf(question)
        .replace(/<(\/?)([A-Z])/g, "<$1m:$2")
        .replace("xmlns=", "xmlns:m="),
    );
    expect(letterIn(parseDocument(prefixed))).toEqual(letterIn(parseDocument(question)));
  });
});

describe("several letters in one Emessage", () => {
  const second =
    /<ClinicalEmail>[\s\S]*<\/ClinicalEmail>/.exec(textOf(example("xdis91-version-wrong")))?.[0] ?? "";
  test("each is taken or refused on its own", () => {
    const both = changed(question, "</Emessage>", `${second}</Emessage>`);
    expect(lettersOf(parseDocument(both)).map((l) => l.kind)).toEqual(["letter", "refused"]);
  });
  test("letters of other kinds are read by their own tables", () => {
    const binary =
      /<BinaryLetter>[\s\S]*<\/BinaryLetter>/.exec(textOf(example("xbin01-attachments")))?.[0] ?? "";
    const own = binary.replace(
      "<BinaryLetter>",
      '<BinaryLetter xmlns="http://rep.oio.dk/medcom.dk/xml/schemas/2012/03/28/">',
    );
    const parsed = lettersOf(parseDocument(changed(question, "</Emessage>", `${own}</Emessage>`)));
    expect(parsed.map((l) => l.kind)).toEqual(["letter", "attachments"]);
    expect(parsed[1]).toMatchObject({ warnings: [{ code: "namespace-mixed" }] });
  });
});
