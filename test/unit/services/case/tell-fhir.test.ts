import { describe, expect, it } from "vitest";
import { readCareCommunication } from "../../../../gateways/fhir/codec/care-communication.ts";
import { canBeTold, deliveriesOwed } from "../../../../services/case/tell.ts";
import { caseId, letter, photoObject } from "../../../support/advice-given.ts";
import { careCommunication, fhirParties } from "../../../support/fhir-bundles.ts";
import { changed, oioxmlTaking, regionView, regionWith, who } from "../../../support/region-view.ts";

const at = { caseId, recordNo: 3 };
const to = (gln: string, fact = 0) => ({ to: gln, from: who.endocrinology, fact });
const owedFor = (fact: { type: string }, gln: string, directory = regionView) =>
  deliveriesOwed(at, { tell: [to(gln)], facts: [fact] }, directory);

describe("a delivery to one that speaks FHIR", () => {
  const channel = (accepts: string[]) => ({
    channels: [{ standard: "fhir" as const, transport: "inbox" as const, accepts, sendsReceipts: true }],
  });
  const fhirPractice = changed(who.practice, channel(["CareCommunication"]));
  const told = { type: "AdviceAnswered", attachments: [], letter: letter(who.endocrinology, who.practice) };

  it("of a letter is one CareCommunication, with its attachments inside, and both parties by their SOR codes", () => {
    const owed = owedFor(
      { ...told, ...{ attachments: [photoObject] } },
      who.practice,
      regionWith(fhirPractice),
    );
    expect(owed).toMatchObject([
      {
        standard: "fhir",
        documentType: "CareCommunication",
        parties: {
          from: { gln: who.endocrinology, identifier: { code: "sorkode" } },
          to: { gln: who.practice, identifier: { code: "sorkode", value: "999011000016000" } },
        },
      },
    ]);
    expect(owed).toHaveLength(1);
  });

  it("of a message that was written to it is that message, and no parties are composed", () => {
    const { message } = readCareCommunication(
      careCommunication({ from: fhirParties.department, to: fhirParties.practice }),
    );
    const [owed] = deliveriesOwed(
      at,
      { tell: [to(who.practice)], facts: [told], written: message },
      regionWith(fhirPractice),
    );
    expect(owed).toMatchObject({ standard: "fhir", documentType: "CareCommunication" });
    expect(owed).not.toHaveProperty("parties");
  });

  it("goes in a VANSEnvelope where the channel says so", () => {
    const [first] = fhirPractice.channels;
    if (first === undefined) throw new Error("No channel.");
    const inEnvelope = { ...fhirPractice, channels: [{ ...first, envelope: "vans" as const }] };
    expect(owedFor(told, who.practice, regionWith(inEnvelope))).toMatchObject([{ envelope: "vans" }]);
  });

  it("is not owed for a fact that has no such form, nor to a channel that takes other messages", () => {
    const can = (fact: { type: string }, directory: typeof regionView) =>
      canBeTold({ tell: [to(who.practice)], facts: [fact] }, directory);
    const notices = regionWith(changed(who.practice, channel(["HospitalNotification"])));
    expect(can({ type: "PlanMade" }, notices)).toBe(false);
    expect(can(told, regionWith(changed(who.practice, channel(["HospitalNotification"]))))).toBe(false);
    expect(can(told, regionWith(fhirPractice))).toBe(true);
  });

  it("is not owed between organisations of which the directory knows no SOR code", () => {
    const nameless = { ...fhirPractice, identifiers: {} };
    expect(canBeTold({ tell: [to(who.practice)], facts: [told] }, regionWith(nameless))).toBe(false);
    const alsoLetters = {
      ...nameless,
      channels: [...nameless.channels, ...oioxmlTaking("XDIS91")],
    };
    expect(owedFor(told, who.practice, regionWith(alsoLetters))).toMatchObject([
      { standard: "oioxml", documentType: "XDIS91" },
    ]);
  });

  it("is owed as HomeCareObservation only to a practice whose ydernummer the directory knows", () => {
    const performer = { name: "Prøve Sygeplejerske", title: "Sygeplejerske", phone: "90000001" };
    const retracted = { type: "MeasurementRetracted", performer };
    const practice = changed(who.practice, channel(["HomeCareObservation"]));
    const { ydernummer: _ydernummer, ...identifiers } = practice.identifiers;
    const can = (receiver: typeof practice) =>
      canBeTold({ tell: [to(who.practice)], facts: [retracted] }, regionWith(receiver));
    expect([can(practice), can({ ...practice, identifiers })]).toEqual([true, false]);
  });

  it("is the first of the receiver's channels that takes what was made", () => {
    const both = { ...fhirPractice, channels: [...oioxmlTaking("XREF01"), ...fhirPractice.channels] };
    expect(owedFor(told, who.practice, regionWith(both))).toMatchObject([{ standard: "fhir" }]);
  });

  it("that takes JSON too is JSON for what has no message of its own, whichever channel stands first: words would lose fields", () => {
    const json = {
      ...{ standard: "json" as const, transport: "inbox" as const, accepts: ["PlanMade", "AdviceAnswered"] },
      sendsReceipts: true,
    };
    const taking = (...channels: Parameters<typeof changed>[1]["channels"] & object) =>
      regionWith({ ...fhirPractice, channels: [...channels] });
    const planMade = { type: "PlanMade" };
    const [fhir] = fhirPractice.channels;
    if (fhir === undefined) throw new Error("No channel.");
    expect(owedFor(planMade, who.practice, taking(fhir, json))).toMatchObject([{ standard: "json" }]);
    expect(owedFor(planMade, who.practice, taking(json, fhir))).toMatchObject([{ standard: "json" }]);
    expect(owedFor(planMade, who.practice, taking(fhir))).toMatchObject([
      { standard: "fhir", documentType: "CareCommunication" },
    ]);
    // What has a message of its own goes by the first channel that takes it, as the receiver listed them.
    expect(owedFor(told, who.practice, taking(fhir, json))).toMatchObject([{ standard: "fhir" }]);
    expect(owedFor(told, who.practice, taking(json, fhir))).toMatchObject([{ standard: "json" }]);
  });
});
