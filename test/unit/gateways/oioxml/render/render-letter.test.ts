import { describe, expect, it } from "vitest";
import { renderDocument } from "../../../../../gateways/oioxml/render/render-document.ts";
import {
  aDocument,
  attributeOf,
  elementsOf,
  find,
  ofClass,
  pageTree,
  pageWith,
  patient,
  sectionsOf,
  textIn,
} from "../../../../support/rendered-page.ts";

const sender =
  "<Sender><EANIdentifier>5790000200016</EANIdentifier><Identifier>9901010</Identifier>" +
  "<IdentifierCode>sygehusafdelingsnummer</IdentifierCode><OrganisationName>Østerbæk Sygehus</OrganisationName>" +
  "<TelephoneSubscriberIdentifier>70 10 20 30</TelephoneSubscriberIdentifier>" +
  "<MedicalSpecialityCode>kardiologi</MedicalSpecialityCode></Sender>";
const status = (code: string) =>
  `<Authorisation><Date>2026-03-02</Date><Time>14:05</Time></Authorisation><StatusCode>${code}</StatusCode>`;

describe("a letter on its page", () => {
  it("is read in the order that a reader wants, whatever the order of the document", () => {
    const html = pageWith(
      "<Reference><RefDescription>a</RefDescription><SUP>true</SUP></Reference>" +
        "<ClinicalInformation><Text01>Tekst</Text01></ClinicalInformation>" +
        "<Diagnose><Main><DiagnoseCode>DI10</DiagnoseCode><DiagnoseText>Forhøjet blodtryk</DiagnoseText></Main></Diagnose>" +
        "<RecommendedAction><Recommendation>Kontrol</Recommendation></RecommendedAction>" +
        "<Noget>andet</Noget>" +
        `${sender}${patient}<Admission><Date>2026-03-01</Date><Time>08:00</Time></Admission>`,
    );
    const wanted = "Patient,Det vigtigste,Fra og til,Forløb,Kliniske oplysninger,Henvisning og diagnoser";
    expect([...sectionsOf(html).keys()].filter((name) => name !== "Fra").slice(0, 8)).toEqual([
      ...wanted.split(","),
      "Bilag og henvisninger",
      "Andre oplysninger",
    ]);
  });

  it("shows the patient's CPR number as people write it, with name and address", () => {
    const told = sectionsOf(pageWith(patient)).get("Patient");
    expect(told).toContain("Ægidia Prøve-Åsen");
    expect(told).toContain("CPR-nummer 110565-0000");
    expect(told).toMatch(/Prøvevej 1\s+8000\s+Prøveby/);
  });

  it("shows an organisation with its number under the name of its kind, a telephone to tap, and its speciality in words", () => {
    const html = pageWith(sender);
    const told = sectionsOf(html).get("Fra");
    expect(told).toContain("Østerbæk Sygehus");
    expect(told).toContain("Sygehusafdelingsnummer (SHAK) 9901010");
    expect(told).toContain("Speciale Kardiologi");
    expect(find(html, "a").map((e) => attributeOf(e, "href"))).toContain("tel:70102030");
  });

  it.each([
    ["rettetbrev", "Rettet brev. Det træder i stedet for et tidligere brev."],
    ["annulleretbrev", "Annulleret. Brevet, det handler om, gælder ikke længere."],
  ])("that is %s says so under its title", (code, words) => {
    const html = pageWith(patient, { head: status(code) });
    const [header] = find(html, "header");
    expect(header === undefined ? "" : textIn(header)).toContain(words);
  });

  it("that is new says nothing of it, and when it was authorised", () => {
    const [header] = find(pageWith(patient, { head: status("nytbrev") }), "header");
    const told = header === undefined ? "" : textIn(header);
    expect(told).toContain("Godkendt 2. marts 2026 kl. 14.05");
    expect(told).not.toMatch(/rettet|annulleret|nyt brev/i);
  });

  it("shows an urgent priority and what is recommended before what happened", () => {
    const html = pageWith(
      "<ActionPriority><ActionPriorityCode>Akut</ActionPriorityCode></ActionPriority>" +
        "<RecommendedAction><Recommendation>Blodprøve i morgen</Recommendation></RecommendedAction>",
    );
    expect(sectionsOf(html).get("Det vigtigste")).toMatch(/Handles Akut.*Anbefaling Blodprøve i morgen/);
    expect(ofClass(html, "urgent")).toHaveLength(1);
  });

  it.each([
    ["akut", true],
    ["høj_prioritet", true],
    ["elektiv", false],
    ["rutine", false],
  ])("with the priority %s of a request puts it first: %s", (code, first) => {
    const html = pageWith(
      `<AdditionalInformation><Priority>${code}</Priority><Transport>siddende</Transport></AdditionalInformation>`,
    );
    expect(sectionsOf(html).has("Det vigtigste")).toBe(first);
    expect(sectionsOf(html).get("Om henvendelsen")).toContain("Transport Siddende");
    expect(sectionsOf(html).get("Om henvendelsen")?.includes("Prioritet")).toBe(!first);
  });

  it("has its subject under the title", () => {
    const html = pageWith("<AdditionalInformation><Subject>Stofskifte</Subject></AdditionalInformation>");
    expect(ofClass(html, "subject").map(textIn)).toEqual(["Stofskifte"]);
    expect(sectionsOf(html).has("Om henvendelsen")).toBe(false);
  });

  it("warns of intolerances in a box of their own", () => {
    const html = pageWith(
      "<RelevantClinicalInformation><Cave>Penicillin</Cave></RelevantClinicalInformation>",
    );
    expect(ofClass(html, "cave").map(textIn)).toEqual(["CAVE Penicillin"]);
  });

  it("shows the clinical text with its formatting, and who signed it after it", () => {
    const html = pageWith(
      "<ClinicalInformation><Signed><Date>2026-03-01</Date><SignedBy>Læge Prøve</SignedBy></Signed>" +
        "<Text01>Linje 1<Break/><Bold>fed</Bold><FixedFont>a  b</FixedFont></Text01></ClinicalInformation>",
    );
    expect(html).toContain("Linje 1<br/><strong>fed</strong><pre>\na  b</pre>");
    expect(sectionsOf(html).get("Kliniske oplysninger")).toMatch(
      /fed.*Underskrevet 1\. marts 2026 Underskrevet af Læge Prøve/,
    );
  });

  it.each([
    ["known", "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2006/07/01/"],
    ["unknown", "urn:ukendt"],
  ])("of a version that is %s has the formatting that a sender escaped", (_name, namespace) => {
    const text = "<ClinicalInformation><Text01>a&lt;Break/&gt;b &lt;i&gt;</Text01></ClinicalInformation>";
    const html = renderDocument(aDocument("ClinicalEmail", text, { namespace }), "da");
    expect(html).toContain("a<br/>b &lt;i&gt;");
  });

  it("shows diagnoses as one table, with every column that any of them has", () => {
    const html = pageWith(
      "<Diagnose><Main><DiagnoseCode>DI10</DiagnoseCode><DiagnoseText>Forhøjet blodtryk</DiagnoseText></Main>" +
        "<Other><DiagnoseDescriptionCode>bidiagnose</DiagnoseDescriptionCode><DiagnoseCode>K86</DiagnoseCode>" +
        "<DiagnoseTypeCode>ICPCkode</DiagnoseTypeCode><DiagnoseText>Hypertension</DiagnoseText>" +
        "<DiagnoseDateTime><Date>2026-03-01</Date><Time>09:00</Time></DiagnoseDateTime></Other></Diagnose>",
    );
    const [table = pageTree(html)] = find(html, "table");
    const trs = elementsOf(table).filter((e) => e.local === "tr");
    const rows = trs.map((row) => row.content.map((c) => (typeof c === "string" ? c : textIn(c))));
    expect(rows).toEqual([
      ["Hvilken", "Art", "Kode", "Kodesystem", "Diagnose", "Tidspunkt"],
      ["Aktionsdiagnose", "", "DI10", "", "Forhøjet blodtryk", ""],
      ["Øvrige", "Bidiagnose", "K86", "ICPC", "Hypertension", "1. marts 2026 kl. 09.00"],
    ]);
  });

  it("tells the size of an attachment, and never its bytes", () => {
    const base64 = Buffer.from("a".repeat(3000)).toString("base64");
    const html = pageWith(
      `<BinaryObject><ObjectExtensionCode>pdf</ObjectExtensionCode><OriginalObjectSize>3000</OriginalObjectSize>` +
        `<Object_Base64Encoded>${base64}</Object_Base64Encoded></BinaryObject>`,
      { root: "BinaryLetter" },
    );
    expect(sectionsOf(html).get("Bilag og henvisninger")).toContain("PDF 2,9 kB 2,9 kB");
    expect(html).not.toContain(base64.slice(0, 40));
  });

  it("folds ids and versions away", () => {
    const html = pageWith(patient);
    const [details] = find(html, "details");
    const told = details === undefined ? "" : textIn(details);
    for (const text of [
      "Brevets nummer BREV000001",
      "Kuvertens nummer KUV000001",
      "Positiv kvittering ønskes",
    ])
      expect(told).toContain(text);
    expect(details === undefined ? "" : attributeOf(details, "open")).toBeUndefined();
  });

  it("shows what no table knows under its own name", () => {
    const html = pageWith("<Nyt><Felt>værdi</Felt><Felt2 a='b'>to</Felt2>løs</Nyt>");
    expect(sectionsOf(html).get("Andre oplysninger")).toMatch(/Nyt Tekst løs Felt værdi Felt2 to \(a: b\)/);
  });

  it("keeps Danish text marked as Danish on an English page", () => {
    const html = pageWith("<ClinicalInformation><Text01>Tekst</Text01></ClinicalInformation>", {
      language: "en",
    });
    expect(ofClass(html, "text").map((e) => attributeOf(e, "lang"))).toEqual(["da"]);
  });
});
