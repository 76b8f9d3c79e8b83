import { describe, expect, test } from "vitest";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { refuseTextOf } from "../../../../../gateways/oioxml/codec/refuse-codes.ts";
import { clinicalVersions } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import { clinicalIn } from "../../../../support/oioxml-answers.ts";
import { changed, latin1, onlyLetter, textOf } from "../../../../support/oioxml-builders.ts";
import { example } from "../../../../support/oioxml-samples.ts";
import { specimensOf } from "../../../../support/oioxml-specimens.ts";

const paths = (problems: readonly { path: string; code: string }[]): string[] =>
  problems.map((problem) => `${problem.path} ${problem.code}`);
const warnings = (bytes: Uint8Array): string[] => {
  const letter = onlyLetter(parseDocument(bytes));
  return letter.kind === "refused" ? [`refused: ${paths(letter.problems).join()}`] : paths(letter.warnings);
};
const refusal = (bytes: Uint8Array) => {
  const letter = onlyLetter(parseDocument(bytes));
  if (letter.kind !== "refused") throw new Error(`taken as ${letter.kind}`);
  return letter;
};

const versions = clinicalVersions.map((version) => {
  const found = specimensOf(version).find(({ name }) => name.endsWith("most"));
  if (found === undefined) throw new Error("no specimen");
  return [
    `${version.type} ${version.version} of ${version.namespace.slice(-11, -1)}`,
    version,
    found.bytes,
  ] as const;
});

describe.each(versions)("%s", (_, version, bytes) => {
  const { root, type } = version;
  test("is taken with no more than the one warning that its specimen earns", () => {
    // Its sender's identifier is no department's number.
    expect(warnings(bytes).filter((warning) => !warning.endsWith("identifier-form"))).toEqual([]);
  });
  test("a location number that is not a GLN is a warning, with a wrong check digit or as a VANS operator's name", () => {
    for (const value of ["5790000100018", "2220001382432", "DKKMDKMDNET"]) {
      const doubtful = changed(
        bytes,
        "5790000100019</EANIdentifier><Identifier>",
        `${value}</EANIdentifier><Identifier>`,
      );
      expect(warnings(doubtful)).toContain(`${root}/Sender/EANIdentifier gln-check-digit`);
      expect(clinicalIn(parseDocument(doubtful)).sender.gln).toBe(value);
    }
  });
  test("Local_Elements is passed over with a warning, whatever is in it", () => {
    const local = `</${root}><Local_Elements><x xmlns="urn:x" a="1">Ukendt<y/></x></Local_Elements>`;
    const withLocal = changed(bytes, `</${root}>`, local);
    expect(warnings(withLocal)).toContain(`${root} local-elements`);
    expect(clinicalIn(parseDocument(withLocal))).toEqual(clinicalIn(parseDocument(bytes)));
  });
  test("a wrong VersionCode in the right namespace is a problem with the version, told in Danish", () => {
    const wrong = latin1(textOf(bytes).replace(/<VersionCode>[^<]*</, "<VersionCode>XX9999X<"));
    const letter = refusal(wrong);
    expect(letter).toMatchObject({
      type,
      version: "XX9999X",
      code: "version-wrong",
      refuseCode: "problem_med_version",
    });
    expect(paths(letter.problems)).toEqual([`${root}/Letter/VersionCode version-wrong`]);
    expect(toPlainText(refuseTextOf(letter.code, letter.problems))).toContain("Versionen modtages ikke");
  });
  test("a wrong TypeCode is a syntax error of that element", () => {
    const wrong = latin1(textOf(bytes).replace(/<TypeCode>[^<]*</, "<TypeCode>XDIS99<"));
    const letter = refusal(wrong);
    expect(letter).toMatchObject({ type, code: "document-invalid", refuseCode: "syntaksfejl" });
    expect(paths(letter.problems)).toEqual([`${root}/Letter/TypeCode value-not-in-list`]);
  });
  test("a namespace of no known date is refused as an unknown type, by MedCom's reason for versions", () => {
    const other = latin1(
      textOf(bytes).replaceAll(version.namespace, "http://rep.oio.dk/medcom.dk/xml/schemas/1999/01/01/"),
    );
    expect(refusal(other)).toMatchObject({ code: "type-unknown", refuseCode: "problem_med_version" });
  });
  test("an element that it lacks is refused with its path, and nothing of the patient is repeated", () => {
    const surname = /<PersonSurnameName>[^<]*<\/PersonSurnameName>/;
    const broken = surname.test(textOf(bytes))
      ? latin1(textOf(bytes).replace(/(<Patient>.*?)<PersonSurnameName>[^<]*<\/PersonSurnameName>/, "$1"))
      : changed(bytes, "<CivilRegistrationNumber>1105650000</CivilRegistrationNumber>", "");
    const letter = refusal(broken);
    expect(letter).toMatchObject({ code: "document-invalid", refuseCode: "syntaksfejl" });
    expect(letter.problems).toHaveLength(1);
    expect(JSON.stringify(letter)).not.toMatch(/1105650000/);
  });
  test("a CPR number that is no date is refused without a MedCom reason", () => {
    const letter = refusal(changed(bytes, "1105650000", "3102650000"));
    expect(letter).toMatchObject({ code: "document-invalid", refuseCode: "ikke_specificeret" });
    expect(paths(letter.problems)).toEqual([`${root}/Patient/CivilRegistrationNumber cpr-not-a-date`]);
  });
});

describe.each(versions.filter(([, , bytes]) => textOf(bytes).includes("<MedicalSpecialityCode>")))(
  "%s",
  (_, { root }, bytes) => {
    test("a speciality that is not on the list is a warning, and kept", () => {
      const unknown = latin1(
        textOf(bytes).replace(/<MedicalSpecialityCode>[^<]*</, "<MedicalSpecialityCode>rumfartsmedicin<"),
      );
      expect(warnings(unknown)).toContain(`${root}/Sender/MedicalSpecialityCode speciality-unknown`);
      expect(clinicalIn(parseDocument(unknown)).sender.speciality).toBe("rumfartsmedicin");
    });
  },
);

describe("what a version does not have is refused in it, and taken in the one that has it", () => {
  test.each([
    [
      "hjemmet of 2017 in XH0130R",
      "xref01-gallstones",
      ">ambulant</ReferralStatus>",
      ">hjemmet</ReferralStatus>",
      "HospitalReferral/AdditionalInformation/ReferralStatus value-not-in-list",
    ],
    [
      "a correction of XREF22",
      "xref22-catheter",
      ">nytbrev<",
      ">rettetbrev<",
      "EmergencyMunicipalityReferral/Letter/StatusCode value-not-in-list",
    ],
    [
      "a cancelled answer of admission",
      "xdis14-answer",
      ">nytbrev<",
      ">annulleretbrev<",
      "AnswerOfAdmission/Letter/StatusCode value-not-in-list",
    ],
    [
      "a doctor's program in XREF22",
      "xref22-catheter",
      "<MunicipalityVisitation>",
      "<Reference><RefDescription>x</RefDescription><BIN><ObjectIdentifier>1</ObjectIdentifier><ObjectCode>program</ObjectCode><ObjectExtensionCode>pdf</ObjectExtensionCode><OriginalObjectSize>1</OriginalObjectSize></BIN></Reference><MunicipalityVisitation>",
      "EmergencyMunicipalityReferral/Reference[1]/BIN/ObjectCode value-not-in-list",
    ],
    [
      "time without seconds in a notice",
      "xdis20-admitted",
      "18:51:07",
      "18:51",
      "NotificationOfAdmission/Letter/Authorisation/TimeWithSec value-format",
    ],
    [
      "the other spelling of ReferalAdditional",
      "xdis01-pneumonia",
      "<ReferalAdditional>",
      "<!----><ReferralAdditional>",
      undefined,
    ],
  ] as const)("%s", (_, name, from, to, problem) => {
    const text = textOf(changed(example(name), from, to)).replace(
      to.includes("<ReferralAdditional>") ? "</ReferalAdditional>" : "nothing",
      "</ReferralAdditional>",
    );
    expect(paths(refusal(latin1(text)).problems)).toEqual([
      problem ?? "DischargeLetter/Referral/*[4] element-unknown",
    ]);
  });
  test("a cancelled notice is taken", () => {
    const letter = clinicalIn(
      parseDocument(changed(example("xdis20-admitted"), ">nytbrev<", ">annulleretbrev<")),
    );
    expect(letter).toMatchObject({ type: "XDIS20", status: "cancelled" });
  });
  test("a refused letter beside a good one is refused alone", () => {
    const text = textOf(example("xdis20-admitted"));
    const [whole = ""] = /<NotificationOfAdmission>[\s\S]*<\/NotificationOfAdmission>/.exec(text) ?? [];
    const bad = whole.replace("2203570000", "3102570000");
    const parsed = parseDocument(latin1(text.replace(whole, () => whole + bad)));
    expect(parsed).toMatchObject({ letters: [{ kind: "clinical" }, { kind: "refused" }] });
  });
});
