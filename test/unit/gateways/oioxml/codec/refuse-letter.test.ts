import { describe, expect, test } from "vitest";
import { oioxmlTypes } from "../../../../../contracts/codes/oioxml-types.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { isSpoken, spokenTypeOf } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import {
  anAttachmentLetter,
  changed,
  envelope,
  latin1,
  onlyLetter,
  textOf,
} from "../../../../support/oioxml-builders.ts";
import { example } from "../../../../support/oioxml-samples.ts";
import { printAttachments } from "../../../../support/printing.ts";

const question = example("xdis91-question");
const paths = (problems: readonly { path: string; code: string }[]): string[] =>
  problems.map((problem) => `${problem.path} ${problem.code}`);
const refusal = (bytes: Uint8Array): object => {
  const letter = onlyLetter(parseDocument(bytes));
  if (letter.kind !== "refused") throw new Error(`taken as ${letter.kind}`);
  return { code: letter.code, refuseCode: letter.refuseCode, problems: paths(letter.problems) };
};
const warnings = (bytes: Uint8Array): string[] => {
  const letter = onlyLetter(parseDocument(bytes));
  return letter.kind === "refused" ? [`refused ${letter.code}`] : paths(letter.warnings);
};

describe("refusals", () => {
  test("another VersionCode is a problem with the version, and the letter is still named", () => {
    expect(onlyLetter(parseDocument(example("xdis91-version-wrong")))).toMatchObject({
      kind: "refused",
      type: "XDIS91",
      version: "XD9133L",
      letterId: "AAPBREV0000009",
      senderGln: "5790000100019",
      receiverGln: "5790000200016",
      code: "version-wrong",
      refuseCode: "problem_med_version",
      problems: [{ path: "ClinicalEmail/Letter/VersionCode", code: "version-wrong" }],
    });
  });
  test("every known version is taken, wrong or unspoken: none is unknown", () => {
    for (const row of oioxmlTypes) {
      const of = changed(
        question,
        "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2006/07/01/",
        row.namespace,
      );
      const bytes = latin1(textOf(of).replaceAll("ClinicalEmail>", `${row.root}>`));
      const letter = onlyLetter(parseDocument(bytes));
      if (spokenTypeOf(row.namespace, row.root) !== undefined) continue;
      expect(letter, `${row.version} ${row.root}`).toMatchObject({
        kind: "refused",
        type: row.type,
        letterId: "AAPBREV0000001",
        code: isSpoken(row.type) ? "version-wrong" : "type-unspoken",
        refuseCode: "problem_med_version",
      });
    }
  });
  test("municipality types mix the versions of their namespace, and are known all the same", () => {
    const xml =
      '<Emessage xmlns="urn:oio:medcom:municipality:1.0.3"><Envelope xmlns="urn:oio:medcom:municipality:1.0.0">' +
      "<Sent><Date>2026-11-23</Date><Time>10:15</Time></Sent><Identifier>K1</Identifier>" +
      "<AcknowledgementCode>pluspositivkvitt</AcknowledgementCode></Envelope>" +
      "<ReportOfDischarge><Letter><Identifier>B1</Identifier><VersionCode>XD1834C</VersionCode></Letter></ReportOfDischarge></Emessage>";
    expect(onlyLetter(parseDocument(latin1(xml)))).toMatchObject({
      type: "XDIS18",
      version: "XD1834C",
      letterId: "B1",
      code: "type-unspoken",
    });
  });
  test("a root that no version knows is unknown", () => {
    const bytes = latin1(textOf(question).replaceAll("ClinicalEmail>", "LoveLetter>"));
    expect(refusal(bytes)).toEqual({
      code: "type-unknown",
      refuseCode: "problem_med_version",
      problems: ["Emessage/* type-unknown"],
    });
  });
  test("a CPR number that is no date is refused without a MedCom reason", () => {
    expect(refusal(changed(question, "1105650000", "3102650000"))).toEqual({
      code: "document-invalid",
      refuseCode: "ikke_specificeret",
      problems: ["ClinicalEmail/Patient/CivilRegistrationNumber cpr-not-a-date"],
    });
  });
  test("an attachment whose size is not what is said is refused, and which one is told", () => {
    expect(
      refusal(changed(example("xbin01-attachments"), "<OriginalObjectSize>70<", "<OriginalObjectSize>71<")),
    ).toEqual({
      code: "attachment-size-differs",
      refuseCode: "ikke_specificeret",
      problems: ["BinaryLetter/BinaryObject[2]/OriginalObjectSize attachment-size-differs"],
    });
  });
  test.each([
    ["a character that is not base64", "Qmxv", "Qm*v"],
    ["padding in the middle", "Qmxv", "Qm=v"],
  ])("%s is refused", (_, from, to) => {
    const bytes = printAttachments(anAttachmentLetter(), envelope).bytes;
    expect(refusal(changed(bytes, from, to))).toMatchObject({
      problems: ["BinaryLetter/BinaryObject[1]/Object_Base64Encoded base64-malformed"],
    });
  });
  test("all problems of a letter are told at once, each with its path", () => {
    const bad = [
      ["<Identifier>AAPBREV0000001</Identifier>", "<Identifier>AAPBREV00000012</Identifier>"],
      ["<StatusCode>nytbrev</StatusCode>", "<StatusCode>annulleretbrev</StatusCode>"],
      ["<Time>10:12</Time>", "<Time>10:12:00</Time>"],
      ["<Date>2026-11-23</Date><Time>10:12", "<Date>2026-02-30</Date><Time>10:12"],
      ["<PersonSurnameName>Prøve-Åsen</PersonSurnameName>", ""],
      ["<Priority>rutine</Priority>", "<Priority>rutine</Priority><Priority>rutine</Priority>"],
      ["<Text01>", "<Text01><Bold><Italic>x</Italic></Bold><Break>y</Break>"],
      ["<Patient>", "<Patient>Jensen"],
      ["<AdditionalInformation>", '<AdditionalInformation ref="1105650000">'],
      ["<DepartmentName>", "<Jensen/><DepartmentName>"],
    ] as const;
    const bytes = bad.reduce((done: Uint8Array, [from, to]) => changed(done, from, to), question);
    const answer = refusal(bytes);
    expect(answer).toMatchObject({ code: "document-invalid", refuseCode: "syntaksfejl" });
    expect((answer as { problems: string[] }).problems).toEqual([
      "ClinicalEmail/Letter/Identifier value-too-long",
      "ClinicalEmail/Letter/Authorisation/Date value-format",
      "ClinicalEmail/Letter/Authorisation/Time value-format",
      "ClinicalEmail/Letter/StatusCode value-not-in-list",
      "ClinicalEmail/Receiver/*[5] element-unknown",
      "ClinicalEmail/Patient text-unexpected",
      "ClinicalEmail/Patient/PersonSurnameName element-missing",
      "ClinicalEmail/AdditionalInformation attribute-unexpected",
      "ClinicalEmail/AdditionalInformation/Priority element-repeated",
      "ClinicalEmail/ClinicalInformation[1]/Text01/node()[1]/node()[1] element-unknown",
      "ClinicalEmail/ClinicalInformation[1]/Text01/node()[2] text-unexpected",
    ]);
    expect(JSON.stringify(parseDocument(bytes))).not.toMatch(/Jensen|Prøve/);
  });
  test("elements out of order are told as that, and nothing is said to be missing", () => {
    const bytes = changed(
      changed(question, "      <PersonSurnameName>Prøve-Åsen</PersonSurnameName>\n", ""),
      "<EpisodeOfCareStatusCode>",
      "<PersonSurnameName>Prøve-Åsen</PersonSurnameName><EpisodeOfCareStatusCode>",
    );
    expect(refusal(bytes)).toMatchObject({
      problems: ["ClinicalEmail/Patient/PersonSurnameName element-misplaced"],
    });
  });
  test("both of two alternatives, or neither, is a problem", () => {
    const cpr = "<CivilRegistrationNumber>1105650000</CivilRegistrationNumber>";
    const other = "<AlternativeIdentifier>1105651AB0</AlternativeIdentifier>";
    expect(refusal(changed(question, cpr, cpr + other))).toMatchObject({
      problems: ["ClinicalEmail/Patient/AlternativeIdentifier choice-conflict"],
    });
    expect(refusal(changed(question, cpr, ""))).toMatchObject({
      problems: ["ClinicalEmail/Patient choice-missing"],
    });
  });
  test("a Break of another namespace is a syntax error, as receivers have answered before", () => {
    expect(refusal(changed(question, "<Break/>", '<Break xmlns=""/>'))).toMatchObject({
      refuseCode: "syntaksfejl",
      problems: ["ClinicalEmail/ClinicalInformation[1]/Text01/node()[2] namespace-wrong"],
    });
  });
  test("a hostile number of problems is told to a hundred", () => {
    const many = "<x/>".repeat(5000);
    expect(
      (refusal(changed(question, "<Sender>", `${many}<Sender>`)) as { problems: string[] }).problems,
    ).toHaveLength(100);
  });
});

describe("warnings never refuse", () => {
  test.each([
    [
      "a GLN without a valid check digit",
      "5790000200016",
      "5790000200011",
      "Receiver/EANIdentifier gln-check-digit",
    ],
    [
      "a VANS operator's name for a GLN",
      "5790000200016",
      "DKKMDKMDNET",
      "Receiver/EANIdentifier gln-check-digit",
    ],
    ["an identifier unlike its code", "061654", "61-54", "Sender/Identifier identifier-form"],
    [
      "a speciality that is new",
      "almen_medicin",
      "rumfartsmedicin",
      "Sender/MedicalSpecialityCode speciality-unknown",
    ],
    [
      "a date with a Danish zone",
      "<Date>2026-11-23</Date><Time>10:12",
      "<Date>2026-11-23+01:00</Date><Time>10:12",
      "Letter/Authorisation/Date date-zone",
    ],
    [
      "a replacement number of unknown form",
      "<CivilRegistrationNumber>1105650000</CivilRegistrationNumber>",
      "<AlternativeIdentifier>1105659AB0</AlternativeIdentifier>",
      "Patient/AlternativeIdentifier replacement-cpr-form",
    ],
  ])("%s is a warning", (_, ...[from, to, warning]) => {
    expect(warnings(changed(question, from, to))).toEqual([`ClinicalEmail/${warning}`]);
  });
  test("known replacement numbers do not even warn", () => {
    const cpr = "<CivilRegistrationNumber>1105650000</CivilRegistrationNumber>";
    for (const id of ["1105651AB0", "1105650AB0"])
      expect(
        warnings(changed(question, cpr, `<AlternativeIdentifier>${id}</AlternativeIdentifier>`)),
      ).toEqual([]);
  });
  test("a date far from Danish time is refused", () => {
    const bytes = changed(
      question,
      "<Date>2026-11-23</Date><Time>10:12",
      "<Date>2026-11-23-05:00</Date><Time>10:12",
    );
    expect(refusal(bytes)).toMatchObject({
      problems: ["ClinicalEmail/Letter/Authorisation/Date value-format"],
    });
  });
  test("bytes that only windows-1252 explains are doubted on the document", () => {
    expect(parseDocument(changed(question, "træt", "tr\u0092t"))).toMatchObject({
      kind: "emessage",
      warnings: [{ code: "encoding-doubtful", severity: "warning" }],
    });
  });
});
