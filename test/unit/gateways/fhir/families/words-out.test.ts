import { describe, expect, it } from "vitest";
import { careCategoryOf } from "../../../../../contracts/codes/fact-documents.ts";
import { careCategories } from "../../../../../contracts/codes/fhir-care-communication.ts";
import type { DeliveryChange } from "../../../../../contracts/deliveries.ts";
import { uuidOf } from "../../../../../contracts/derived-ids.ts";
import { Family } from "../../../../../contracts/family.ts";
import { fhirMessageIdOf } from "../../../../../contracts/fhir/message-id.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { printCareCommunication } from "../../../../../gateways/fhir/codec/care-communication.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { wordsMessageOf } from "../../../../../gateways/fhir/families/words-out.ts";
import { deliveriesOwed } from "../../../../../services/case/tell.ts";
import { photo } from "../../../../support/advice-given.ts";
import { regionWithFhir } from "../../../../support/inside-given.ts";
import { regionView, who } from "../../../../support/region-view.ts";

const caseId = "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10";
const patient = { cpr: "0107560106", surname: "Prøvesen", givenName: "Åse" };
type Owed = Extract<DeliveryChange, { change: "owed" }>;

const recorded = (family: Family, fact: { type: string }) => {
  const directory = regionWithFhir(who.municipality, "CareCommunication");
  const telling = { tell: [{ to: who.municipality, from: who.hospital, fact: 0 }], facts: [fact] };
  const deliveries = deliveriesOwed({ caseId, recordNo: 2 }, telling, directory);
  const meta = { no: 2, at: "2026-11-23T09:15:00.000Z" };
  const record = { version: 1, family, caseId, facts: [fact], clocks: [], deliveries, meta };
  const named = { ...record, meta: { no: 1 }, facts: [{ type: "Named", patient }], deliveries: [] };
  return {
    owed: deliveries[0] as Owed,
    record: record as unknown as CaseRecord,
    records: [named, record] as unknown as CaseRecord[],
  };
};

const facts: [Family, { type: string }, string, string][] = [
  [
    "booking",
    { type: "NoneOffered", ...{ instead: { acuteRoute: [{ name: "Akutmodtagelsen", phone: "90000001" }] } } },
    "acute-ambulant",
    "Akut: ring til Akutmodtagelsen, tlf. 90000001.",
  ],
  ["referral", { type: "ReferralAccepted" }, "regarding-referral", "Patienten bliver indkaldt."],
  ["discharge", { type: "ResponsibilityLapsed" }, "extended-care-responsibility", ""],
];

describe("a fact that MedCom has no FHIR message for", () => {
  it.each(facts)(
    "of %s is told in words by a CareCommunication in which no rule finds an error",
    (family, fact, category, text) => {
      const { owed, record, records } = recorded(family, fact);
      expect(owed).toMatchObject({ standard: "fhir", documentType: "CareCommunication" });
      const message = wordsMessageOf({ owed, record, records, uuidOf });
      if (message === undefined) throw new Error("nothing was told");
      expect(message.category.code).toBe(category);
      const [said] = message.payloads;
      expect(said?.kind === "text" ? said.text : "").toContain(text);
      expect(said?.kind === "text" ? said.text : "").toContain("\nSkrevet af Sektorbro");
      expect(message.messageId).toBe(fhirMessageIdOf(record, owed));
      const bundle = printCareCommunication(message, {
        idFor: (name) => uuidOf(`${message.messageId}:${name}`),
        contents: new Map(),
      });
      expect(checkMessage(bundle).problems.filter(({ severity }) => severity === "error")).toEqual([]);
    },
  );

  it("brings its attachments inside", () => {
    const { owed, record, records } = recorded("referral", {
      type: "InformationGiven",
      ...{ text: ["Nyt"], attachments: [photo] },
    });
    expect(wordsMessageOf({ owed, record, records, uuidOf })?.payloads).toMatchObject([
      { kind: "text" },
      { kind: "attachment", title: photo.description, digest: photo.digest, contentType: "image/jpeg" },
    ]);
  });

  it("is told in words to nobody whose SOR code the directory does not know, and in JSON to whoever takes it", () => {
    const telling = {
      tell: [{ to: who.municipality, from: who.nobody, fact: 0 }],
      facts: [{ type: "PlanMade" }],
    };
    const fhirOnly = regionWithFhir(who.municipality, "*");
    expect(deliveriesOwed({ caseId, recordNo: 2 }, telling, fhirOnly)).toEqual([]);
    expect(deliveriesOwed({ caseId, recordNo: 2 }, telling, regionView)).toMatchObject([
      { standard: "json" },
    ]);
  });

  it("has a category of MedCom's for every family, and its own for a death", () => {
    const known = careCategories.map(({ code }) => code);
    for (const family of Family.options) expect(known).toContain(careCategoryOf(family, { type: "Any" }));
    for (const [family, fact, category] of facts) expect(careCategoryOf(family, fact)).toBe(category);
    expect(careCategoryOf("discharge", { type: "StayEventReported", event: "dead" })).toBe("decease");
    expect(known).toContain("decease");
  });
});
