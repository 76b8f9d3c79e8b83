import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { renderMessage, renderUnread } from "../../../../../gateways/fhir/render/render-message.ts";
import { withEntry, withValue } from "../../../../support/fhir-bundle-edit.ts";
import { resource } from "../../../../support/fhir-bundle-parts.ts";
import {
  acknowledgement,
  careCommunication,
  homeCareObservation,
  hospitalNotification,
  uuid,
} from "../../../../support/fhir-bundles.ts";
import {
  attributeOf,
  elementsOf,
  find,
  headings,
  ofClass,
  pageTree,
  sectionsOf,
  textIn,
} from "../../../../support/rendered-page.ts";

const pageOf = (bundle: FhirResource, language: "da" | "en" = "da"): string =>
  renderMessage(printFhir(bundle, "json"), language);

describe("the page of a FHIR message", () => {
  it("stands alone: its policy allows its own style and nothing else", () => {
    const page = pageOf(careCommunication());
    const style = find(page, "style").map(textIn).join("");
    const [meta] = find(page, "meta").filter((one) => attributeOf(one, "http-equiv") !== undefined);
    const raw = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(raw).digest("base64");
    expect(meta === undefined ? "" : attributeOf(meta, "content")).toContain(`style-src 'sha256-${hash}'`);
    expect(style).not.toMatch(/url\(|@import/);
  });

  it.each([
    [hospitalNotification(), "Advis om sygehusophold", "Hospital Notification"],
    [careCommunication(), "Korrespondancemeddelelse", "Care Communication"],
    [homeCareObservation(), "Kommunale prøvesvar", "HomeCare Observation"],
    [acknowledgement(), "Kvittering", "Acknowledgement"],
  ])("is headed by its kind, and its title says no more", (bundle, danish, english) => {
    expect(headings(pageOf(bundle))[0]).toBe(danish);
    expect(headings(pageOf(bundle, "en"))[0]).toBe(english);
    expect(find(pageOf(bundle), "title").map(textIn)).toEqual([danish]);
  });

  it("escapes hostile text, and puts in no markup of the sender's, not even of a narrative", () => {
    const hostile = `<script>alert(1)</script>"'<img src=x onerror=alert(1)>`;
    const text = careCommunication({ texts: [{ text: hostile }], topic: hostile, category: "other" });
    const div = `<div xmlns="http://www.w3.org/1999/xhtml"><p>Af <b>system</b>et</p><table><tr><td>a</td><td>b</td></tr></table><a href="https://evil.example.org/">x</a></div>`;
    const bundle = withValue(text, "Patient.text", { status: "generated", div });
    for (const page of [pageOf(bundle), renderMessage(printFhir(bundle, "xml"), "en")]) {
      const names = new Set(elementsOf(pageTree(page)).map(({ local }) => local));
      expect([...names].filter((name) => /^(script|img|b)$/.test(name))).toEqual([]);
      expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
      expect(find(page, "a").map((one) => attributeOf(one, "href"))).not.toContain(
        "https://evil.example.org/",
      );
      expect(textIn(pageTree(page))).toContain("Af systemet a b");
    }
  });

  it("shows times on a Danish clock, summer and winter", () => {
    const stay = hospitalNotification({ start: "2026-07-01T22:30:00Z" });
    expect(sectionsOf(pageOf(stay)).get("Opholdet")).toContain("2. juli 2026 kl. 00.30");
    expect(sectionsOf(pageOf(stay, "en")).get("The stay")).toContain("2 July 2026 at 00:30");
  });

  it("lists what it has no place for, with its path and what was written", () => {
    const odd = withEntry(
      withValue(hospitalNotification(), "Encounter.reasonCode", [{ text: "Feber siden i går" }]),
      resource("Basic", uuid(0x950), { profile: "http://example.org/basic" }),
    );
    const rest = sectionsOf(pageOf(odd)).get("Andet, som meddelelsen siger");
    expect(rest).toContain("Bundle.entry[2].resource.reasonCode[0]");
    expect(rest).toContain("Feber siden i går");
    expect(rest).toContain("http://example.org/basic");
  });
});

describe("the page of a hospital's notification", () => {
  it("names the event with its code, and the department", () => {
    const page = pageOf(hospitalNotification({ activity: "discharge-inpatient-home" }));
    expect(ofClass(page, "subject").map(textIn).join()).toContain("SLHJ");
    expect(sectionsOf(page).get("Opholdet")).toContain("Slut 23. november 2026 kl. 10.00");
  });

  it("says first that it takes back what was told", () => {
    expect(pageOf(hospitalNotification({ activity: "cancel-admit-inpatient" }))).toContain(
      "gælder ikke længere",
    );
    expect(pageOf(hospitalNotification({ activity: "revise-admit-inpatient" }), "en")).toContain(
      "Correction",
    );
  });
});

describe("the page of a conversation", () => {
  const bundle = careCommunication({
    activity: "reply-message",
    texts: [
      { text: "Svar\nmed to linjer", id: `urn:uuid:${uuid(0x71)}`, date: "2026-11-23T12:00:00+01:00" },
      { text: "Spørgsmål", id: `urn:uuid:${uuid(0x72)}`, date: "2026-11-22T09:00:00+01:00", earlier: true },
    ],
    attachments: [{ title: "Sårfoto", bytes: new Uint8Array(2048), contentType: "image/png" }],
  });

  it("has its texts in the order of time, each with who wrote it and when, and marks the new ones", () => {
    const texts = ofClass(pageOf(bundle), "clinical").map(textIn);
    expect(texts[0]).toMatch(/22\. november 2026 kl\. 09\.00 Spørgsmål Skrevet af/);
    expect(texts[1]).toMatch(/23\. november 2026 kl\. 12\.00 Ny Svar med to linjer Skrevet af/);
  });

  it("lists the attachments with type and size, and not their bytes", () => {
    const attachments = sectionsOf(pageOf(bundle)).get("Bilag");
    expect(attachments).toContain("Sårfoto");
    expect(attachments).toContain("Billede (PNG)");
    expect(attachments).toContain("2,0 kB");
    expect(pageOf(bundle)).not.toContain("AAAAAAAAAA");
  });
});

describe("the page of measurements", () => {
  const file = readFileSync("contracts/examples/fhir/home-care-observation.xml");

  it("has the score first, and each measurement by its name with its unit", () => {
    const danish = sectionsOf(renderMessage(file, "da"));
    expect(danish.get("Det vigtigste")).toContain("TOBS-score 2 (0-15)");
    expect(danish.get("Målinger")).toContain("Temperatur 38,7 °C");
    expect(sectionsOf(renderMessage(file, "en")).get("Measurements")).toContain("Temperature 38.7 °C");
  });
});

describe("the page of an answer", () => {
  it("says in a sentence what came of the message, and its remarks in words", () => {
    const page = renderMessage(readFileSync("contracts/examples/fhir/acknowledgement-fatal-error.xml"), "da");
    expect(sectionsOf(page).get("Kvitteringen siger")).toContain("Meddelelsen er afvist.");
    expect(sectionsOf(page).get("Bemærkninger til meddelelsen")).toContain(
      "Værdien findes ikke i værdisættet",
    );
  });
});

describe("the page of a message in an envelope", () => {
  const example = (name: string): Uint8Array => readFileSync(`contracts/examples/envelopes/${name}.xml`);

  it.each([
    ["vans-care-communication", "Korrespondancemeddelelse"],
    ["vans-hospital-notification", "Advis om sygehusophold"],
    ["sbdh-home-care-observation", "Kommunale prøvesvar"],
  ])("%s is that of the message, with the envelope told among the details", (name, title) => {
    const page = renderMessage(example(name), "da");
    expect(headings(page)[0]).toBe(title);
    const folded = find(page, "details").map(textIn);
    expect(folded.filter((text) => text.startsWith("Kuverten ") && text.includes("identifier"))).toHaveLength(
      1,
    );
    expect(page).not.toContain("Denne meddelelse kan ikke modtages");
  });

  it("says of a receipt of an envelope that it is one, and what it says", () => {
    const page = renderMessage(example("sbdh-receipt"), "da");
    expect(headings(page)).toEqual(["Kvittering for en kuvert"]);
    expect(page).not.toContain("kan ikke");
  });
});

describe("the page of what is no message", () => {
  it("shows what could be read, and why it is not taken", () => {
    const outcome = renderMessage(readFileSync("contracts/examples/fhir/operation-outcome.json"), "da");
    expect(headings(outcome)).toEqual(["FHIR-dokument af ukendt type", "Fejl"]);
    const torn = renderMessage(printFhir(careCommunication(), "json").subarray(0, 700), "en");
    expect(headings(torn)[0]).toBe("The document cannot be read");
    expect(headings(renderUnread("da"))).toEqual(["Dokumentet kan ikke læses", "Fejl"]);
  });

  it("shows no value that nobody wrote", () => {
    const page = pageOf(withValue(hospitalNotification(), "Encounter.status", "planned"), "en");
    expect(sectionsOf(page).get("The stay")).not.toContain("In Progress");
    expect(page).toContain("planned");
  });

  property.prop([fc.constantFrom("xml", "json"), fc.nat(), fc.nat({ max: 127 })], { numRuns: 300 })(
    "is well-formed and total, whatever is spoilt in a message",
    (format, place, byte) => {
      const bytes = Uint8Array.from(printFhir(careCommunication(), format === "xml" ? "xml" : "json"));
      bytes[place % bytes.length] = byte;
      expect(pageTree(renderMessage(bytes, "da")).local).toBe("html");
    },
  );
});
