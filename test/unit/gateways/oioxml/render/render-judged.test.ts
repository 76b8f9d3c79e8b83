import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderDocument } from "../../../../../gateways/oioxml/render/render-document.ts";
import {
  aDocument,
  attributeOf,
  elementsOf,
  find,
  headings,
  ofClass,
  pageTree,
  pageWith,
  patient,
  sectionsOf,
  textIn,
} from "../../../../support/rendered-page.ts";

describe("receipts as sentences", () => {
  const receipt = (root: string, content: string, language: "da" | "en" = "da") =>
    pageWith(
      `<OriginalEmessage><OriginalEnvelopeIdentifier>KUV9</OriginalEnvelopeIdentifier>` +
        `<OriginalSender><EANIdentifier>5790000100019</EANIdentifier></OriginalSender>` +
        `<OriginalReceiver><EANIdentifier>5790000200016</EANIdentifier></OriginalReceiver>${content}</OriginalEmessage>`,
      { root, language },
    );
  const letter = (refusal = "") =>
    `<OriginalLetter><OriginalLetterIdentifier>BREV9</OriginalLetterIdentifier>` +
    `<OriginalVersionCode>XD9134L</OriginalVersionCode>${refusal}</OriginalLetter>`;

  it("a positive one says that envelope and letter were received", () => {
    expect(sectionsOf(receipt("PositiveReceipt", letter())).get("Kvitteringen siger")).toBe(
      "Kvitteringen siger Kuvert KUV9 fra 5790000100019 til 5790000200016 er modtaget. Brev BREV9 (XD9134L) er modtaget.",
    );
  });

  it("a negative one says which letter was refused, why, and in whose words", () => {
    const html = receipt(
      "NegativeReceipt",
      letter("<RefuseCode>problem_med_version</RefuseCode><RefuseText>Skriv<Break/>igen</RefuseText>"),
    );
    const told = sectionsOf(html).get("Kvitteringen siger");
    expect(told).toContain("Den gælder kuvert KUV9");
    expect(told).toMatch(
      /Brev BREV9 \(XD9134L\) er afvist\. Årsag: Typen eller versionen modtages ikke\. Skriv igen/,
    );
  });

  it("a negative one that gives its reason for all refuses the envelope; from VANS it says so", () => {
    const html = receipt("NegativeVansReceipt", "<RefuseCode>syntaksfejl</RefuseCode>", "en");
    const told = sectionsOf(html).get("The receipt says");
    expect(told).toMatch(
      /Envelope KUV9 from .* was refused\. It is the VANS provider that refused\. Reason: Syntax error/,
    );
  });

  it.each([
    [
      "NegativeVans",
      "er afvist af VANS",
      "<Error><Description>Modtageren findes ikke.</Description></Error>",
    ],
    [
      "NegativeMessage",
      "er afvist af modtageren",
      "<Error><Description>Modtageren findes ikke.</Description></Error>",
    ],
    ["PositiveMessage", "er modtaget", ""],
  ])("a VANS receipt %s", (kind, words, error) => {
    const id = "068dadff-12bb-406d-8c86-083974dc0180";
    const meta = `<OriginalMessage><Identifier>${id}</Identifier><Document><Format>XML</Format><Name>MCM:XDIS91</Name><SizeInBytes>1</SizeInBytes></Document></OriginalMessage>`;
    const xml =
      `<VANSEnvelope xmlns="urn:oio:medcom:vans-envelope:1.0.4"><SenderID EndPointType="EAN">5790000100019</SenderID>` +
      `<ReceiverID EndPointType="VANS">DKVANS</ReceiverID><EnvelopeIdentifier>${id}</EnvelopeIdentifier>` +
      `<SentDateTime>2026-03-02T14:05:00</SentDateTime><Receipt><${kind}>${error}` +
      `<OriginalEnvelopeIdentifier>${id}</OriginalEnvelopeIdentifier>${meta}</${kind}></Receipt></VANSEnvelope>`;
    const html = renderDocument(Buffer.from(xml), "da");
    expect(headings(html)[0]).toBe("VANS-kvittering");
    const told = sectionsOf(html).get("Kvitteringen siger");
    expect(told).toContain(`VANS-kuvert ${id} ${words}`);
    expect(told?.includes("Modtageren findes ikke")).toBe(error !== "");
    expect(find(html, "details").map(textIn).join("")).toContain("DKVANS (adressens art: VANS)");
  });
});

describe("what is wrong with a document", () => {
  const question = readFileSync("contracts/examples/oioxml/xdis91-question.xml").toString("latin1");
  const rendered = (text: string, language: "da" | "en" = "da") =>
    renderDocument(Buffer.from(text, "latin1"), language);

  it("a letter that can be taken has neither problems nor a banner", () => {
    const html = rendered(question);
    expect([...ofClass(html, "refused"), ...ofClass(html, "problems")]).toEqual([]);
  });

  it("a refused letter says so at the top, and at the bottom what and where, in words and by code", () => {
    const html = rendered(question.replace(/<StatusCode>\w+/, "<StatusCode>andet"));
    expect(ofClass(html, "refused").map(textIn).join("")).toContain("Dette brev kan ikke modtages");
    const told = sectionsOf(html).get("Fejl");
    expect(told).toContain("Korrespondancemeddelelse › Brev › Brevets status");
    expect(told).toContain("ClinicalEmail/Letter/StatusCode");
    expect(told).toContain("Værdien findes ikke på listen. value-not-in-list");
    const [link] = find(html, "a").filter((e) => textIn(e) === "Se fejlene");
    const id = link === undefined ? "" : (attributeOf(link, "href") ?? "").slice(1);
    expect(elementsOf(pageTree(html)).filter((e) => attributeOf(e, "id") === id)).toHaveLength(1);
    expect([...sectionsOf(html).keys()]).toContain("Patient");
  });

  it("warnings stand at the bottom, and the letter is not called refused", () => {
    const html = rendered(question.replace(/<EANIdentifier>\d+/, "<EANIdentifier>5790000000001"), "en");
    expect(sectionsOf(html).get("Warnings")).toContain("gln-check-digit");
    expect(ofClass(html, "refused")).toEqual([]);
  });

  it("a document that is cut off shows what was whole, and the line where it ends", () => {
    const html = rendered(question.slice(0, question.indexOf("</Patient>")));
    expect(ofClass(html, "refused").map(textIn).join("")).toContain("Dokumentet kan ikke modtages");
    expect(sectionsOf(html).get("Fejl")).toMatch(/linje \d+/);
    expect([...sectionsOf(html).keys()]).toContain("Patient");
  });

  it.each([
    ["nothing but blanks", "  \n", "Dokumentet kan ikke læses"],
    ["no XML", "hej", "Dokumentet kan ikke læses"],
    ["XML of another kind", "<a><b>vaerdi</b></a>", "Dokument af ukendt type"],
  ])("%s becomes a page that says so", (_name, text, title) => {
    const html = rendered(text);
    expect(headings(html)[0]).toBe(title);
    expect(find(html, "section").length).toBeGreaterThan(0);
  });

  it("a type that is known and not received shows what it holds", () => {
    const html = pageWith(patient, { root: "PodiatryReferral" });
    expect(ofClass(html, "refused").map(textIn).join("")).toContain("Dette brev kan ikke modtages");
    expect(sectionsOf(html).get("Patient")).toContain("110565-0000");
  });

  it("paths are told in words: elements by number, pieces of text, attributes, lines and the whole", () => {
    const html = rendered(
      question
        .replace("<Text01>", '<Text01>a<Ukendt/><Bold x="1">b</Bold>')
        .replace("<Subject>", "<Ukendt/><Subject>"),
    );
    const told = sectionsOf(html).get("Fejl");
    expect(told).toContain("Om henvendelsen › element");
    expect(told).toMatch(/Tekst › stykke 2/);
  });
});

describe("several letters in one message", () => {
  const two = aDocument("HospitalReferral", patient)
    .toString()
    .replace("</Emessage>", `<DischargeLetter><Letter/>${patient}</DischargeLetter></Emessage>`);
  const html = renderDocument(Buffer.from(two), "da");

  it("have a list of contents that leads to each", () => {
    expect(
      headings(html)
        .filter((text) => text !== "Patient")
        .slice(0, 3),
    ).toEqual(["Breve i forsendelsen", "Henvisning til sygehus", "Brevet"]);
    const links = find(html, "nav").flatMap((nav) => elementsOf(nav).filter((e) => e.local === "a"));
    const ids = find(html, "article").map((e) => `#${attributeOf(e, "id") ?? ""}`);
    expect(links.map((e) => attributeOf(e, "href"))).toEqual(ids);
    expect(links.map(textIn)).toEqual(["Henvisning til sygehus", "Udskrivningsepikrise"]);
  });

  it("each says by itself what is wrong with it", () => {
    const ids = elementsOf(pageTree(html)).flatMap((e) => attributeOf(e, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["letter-1-problems", "letter-2-problems"]));
  });
});
