import { describe, expect, test } from "vitest";
import type { Letter } from "../../../../../contracts/letter.ts";
import type { Party } from "../../../../../contracts/party.ts";
import {
  aLetter,
  anAttachmentLetter,
  aReceipt,
  envelope,
  textOf,
} from "../../../../support/oioxml-builders.ts";
import { samplesPresent, schemaErrors } from "../../../../support/oioxml-samples.ts";
import { printAttachments, printLetter, printReceipt } from "../../../../support/printing.ts";

const xmlOf = (letter: Letter): string => textOf(printLetter(letter, envelope).bytes);
const lossesOf = (letter: Letter): readonly object[] => printLetter(letter, envelope).losses;
const receiver = (more: Partial<Party>): Letter => aLetter({ receiver: { ...aLetter().receiver, ...more } });
const sender = (more: Partial<Party>): Letter => aLetter({ sender: { ...aLetter().sender, ...more } });
const expectValid = (name: "2005" | "2006" | "2012", bytes: Uint8Array): void => {
  if (samplesPresent) expect(schemaErrors(name, bytes)).toEqual([]);
};

describe("printLetter", () => {
  test("the document is ISO-8859-1 and says so", () => {
    const { bytes } = printLetter(aLetter(), envelope);
    expect(textOf(bytes)).toMatch(/^<\?xml version="1.0" encoding="ISO-8859-1"\?>\n<Emessage xmlns=/);
    expect(textOf(bytes)).toContain("<OrganisationName>Lægehuset Åparken</OrganisationName>");
  });
  test("nothing is between elements but elements", () => {
    expect(xmlOf(aLetter()).slice(xmlOf(aLetter()).indexOf("<Emessage"))).not.toMatch(/>\s+</);
  });
  test("a name that is too long is cut between characters, and that is a loss", () => {
    const letter = receiver({ organisation: `${"å".repeat(34)}😀x` });
    expect(xmlOf(letter)).toContain(`<OrganisationName>${"å".repeat(34)}&#128512;</OrganisationName>`);
    expect(lossesOf(letter)).toEqual([{ code: "text-cut", path: "ClinicalEmail/Receiver/OrganisationName" }]);
    expectValid("2006", printLetter(letter, envelope).bytes);
  });
  test("a sender without a name is written _, and that is a loss", () => {
    const { organisation: _, ...nameless } = aLetter().sender;
    const letter = aLetter({ sender: nameless });
    expect(xmlOf(letter)).toContain("<OrganisationName>_</OrganisationName>");
    expect(lossesOf(letter)).toEqual([
      { code: "name-unknown", path: "ClinicalEmail/Sender/OrganisationName" },
    ]);
    expectValid("2006", printLetter(letter, envelope).bytes);
  });
  test("a receiver's telephone has no element in the version, and that is a loss", () => {
    const letter = receiver({ phone: "00001234" });
    expect(xmlOf(letter)).not.toContain("00001234");
    expect(lossesOf(letter)).toEqual([
      { code: "element-not-carried", path: "ClinicalEmail/Receiver/TelephoneSubscriberIdentifier" },
    ]);
  });
  test("an empty post code, which XBIN01 allows, is left out, and that is a loss", () => {
    expect(xmlOf(sender({ postCode: "" }))).not.toContain("PostCodeIdentifier");
    expect(lossesOf(sender({ postCode: "" }))).toEqual([
      { code: "text-empty", path: "ClinicalEmail/Sender/PostCodeIdentifier" },
    ]);
  });
  test("an extension that the version lacks is written bin, and that is a loss", () => {
    const target = {
      kind: "bin",
      objectId: "6d2f8c1e0b7a4e539c48d1a2b3c4e5f6",
      code: "proprietaert_indhold",
      extension: "plo",
      sizeBytes: 7,
    } as const;
    const letter = aLetter({ references: [{ description: "x", target }] });
    expect(xmlOf(letter)).toContain("<ObjectExtensionCode>bin</ObjectExtensionCode>");
    expect(lossesOf(letter)).toEqual([
      { code: "value-not-in-version", path: "ClinicalEmail/Reference/BIN/ObjectExtensionCode" },
    ]);
    expectValid("2006", printLetter(letter, envelope).bytes);
  });
  test("more than ten blocks of text do not fit, and that is a loss", () => {
    const letter = aLetter({ texts: Array.from({ length: 11 }, () => ["x"]) });
    expect(xmlOf(letter).split("<Text01>")).toHaveLength(11);
    expect(lossesOf(letter)).toEqual([
      { code: "element-repeated", path: "ClinicalEmail/ClinicalInformation" },
    ]);
  });
  test("a text that stands in several blocks says the same, and that is a loss", () => {
    const letter = aLetter({ texts: [["ord ".repeat(1_000)], ["kort"]] });
    expect(xmlOf(letter).split("<Text01>")).toHaveLength(1 + 3);
    expect(lossesOf(letter)).toEqual([{ code: "text-split", path: "ClinicalEmail/ClinicalInformation" }]);
    expectValid("2006", printLetter(letter, envelope).bytes);
  });
  test("a speciality that the version lacks is left out, and that is a loss", () => {
    const letter = sender({ speciality: "rumfartsmedicin" });
    expect(xmlOf(letter)).not.toContain("rumfartsmedicin");
    expect(lossesOf(letter)).toEqual([
      { code: "value-not-in-version", path: "ClinicalEmail/Sender/MedicalSpecialityCode" },
    ]);
    expectValid("2006", printLetter(letter, envelope).bytes);
  });
  test("a patient without any number makes a document that is not valid, and that is said", () => {
    const letter = aLetter({ patient: { surname: "Prøve-Åsen", episodeOfCareStatus: "inaktiv" } });
    expect(lossesOf(letter)).toEqual([{ code: "required-missing", path: "ClinicalEmail/Patient" }]);
  });
  test("of two numbers the CPR number is written", () => {
    const patient = { ...aLetter().patient, alternativeId: "1105651AB0" };
    expect(xmlOf(aLetter({ patient }))).not.toContain("AlternativeIdentifier");
  });
});

describe("printAttachments", () => {
  const printed = (letter = anAttachmentLetter()): string => textOf(printAttachments(letter, envelope).bytes);
  test("object identifiers get the hyphens that the version asks for", () => {
    expect(printed()).toContain("<ObjectIdentifier>6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f6</ObjectIdentifier>");
  });
  test("base64 is wrapped at 76 characters, without a break at the end", () => {
    const bytes = Buffer.alloc(114, 7);
    const [object] = anAttachmentLetter().objects;
    if (object === undefined) throw new Error("no object");
    const xml = printed(anAttachmentLetter({ objects: [{ ...object, bytes, sizeBytes: 114 }] }));
    const lines = (/<Object_Base64Encoded>([^<]*)</.exec(xml)?.[1] ?? "").split("\n");
    expect(lines.map((line) => line.length)).toEqual([76, 76]);
  });
  test("the size is the bytes' own, whatever the letter says", () => {
    const [object] = anAttachmentLetter().objects;
    if (object === undefined) throw new Error("no object");
    expect(printed(anAttachmentLetter({ objects: [{ ...object, sizeBytes: 1 }] }))).toContain(
      "<OriginalObjectSize>14</OriginalObjectSize>",
    );
  });
  test("a county's number gives way to the location number, and that is a loss", () => {
    const party = { ...aLetter().sender, identifier: { code: "amt", value: "42" } } as const;
    const { bytes, losses } = printAttachments(anAttachmentLetter({ sender: party }), envelope);
    expect(textOf(bytes)).toContain(
      "<Identifier>5790000100019</Identifier><IdentifierCode>lokationsnummer</IdentifierCode>",
    );
    expect(losses).toEqual([{ code: "identity-replaced", path: "BinaryLetter/Sender/Identifier" }]);
    expectValid("2012", bytes);
  });
  test("contents stand beside SystemInformation, where the schema has room for them", () => {
    const { bytes } = printAttachments(
      anAttachmentLetter({ about: { kind: "contents", contents: "Prøvelyd" } }),
      envelope,
    );
    expect(textOf(bytes)).toContain(
      "<SystemInformation>true</SystemInformation><Contents>Prøvelyd</Contents>",
    );
    expectValid("2012", bytes);
  });
});

describe("printReceipt", () => {
  const xml = (more: Parameters<typeof aReceipt>[0]): string =>
    textOf(printReceipt(aReceipt(more), { envelopeId: "K1", sent: "2026-11-26T08:00" }).bytes);
  test.each([
    { outcome: "positive", vansLevel: false, root: "PositiveReceipt", version: "XC0330Q", type: "XCTL03" },
    { outcome: "negative", vansLevel: false, root: "NegativeReceipt", version: "XC0230Q", type: "XCTL02" },
    { outcome: "negative", vansLevel: true, root: "NegativeVansReceipt", version: "XC0130Q", type: "XCTL01" },
  ] as const)("$outcome is $type when vansLevel is $vansLevel", ({ root, version, type, ...receipt }) => {
    expect(xml(receipt)).toContain(
      `<${root}><Letter><Identifier>HUBBREV0000001</Identifier><VersionCode>${version}</VersionCode>` +
        `<StatisticalCode>${type}</StatisticalCode></Letter>`,
    );
    expect(xml(receipt)).toContain('xmlns="http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2005/08/07/"');
  });
  test("a receipt never asks for a receipt", () => {
    expect(xml({})).toContain("<AcknowledgementCode>minuspositivkvitt</AcknowledgementCode>");
  });
  test("a refusal of the whole envelope stands on the envelope, one of a letter on the letter", () => {
    const refusal = { refuseCode: "syntaksfejl", refuseText: ["Nej", { el: "Break" }] } as const;
    expect(xml({ ...refusal, refuseText: [...refusal.refuseText] })).toMatch(
      /<\/OriginalReceiver><RefuseCode>syntaksfejl<\/RefuseCode><RefuseText>Nej<Break\/><\/RefuseText><OriginalLetter>/,
    );
    const letter = { letterId: "B1", version: "XD9134L", ...refusal, refuseText: [...refusal.refuseText] };
    expect(xml({ originalLetters: [letter] })).toMatch(
      /<OriginalVersionCode>XD9134L<\/OriginalVersionCode><RefuseCode>syntaksfejl<\/RefuseCode><RefuseText>/,
    );
  });
  test("a positive receipt has no room for a reason, and that is a loss", () => {
    const receipt = aReceipt({ outcome: "positive", refuseCode: "syntaksfejl" });
    const { bytes, losses } = printReceipt(receipt, envelope);
    expect(losses).toEqual([
      { code: "element-not-carried", path: "PositiveReceipt/OriginalEmessage/RefuseCode" },
    ]);
    expectValid("2005", bytes);
  });
});
