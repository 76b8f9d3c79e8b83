import { describe, expect, it } from "vitest";
import type { AskAdvice } from "../../../../../contracts/messages/advice.ts";
import {
  caseId,
  command,
  endo,
  given,
  gp,
  patient,
  photo,
  photoObject,
} from "../../../../support/advice-given.ts";
import { changed, oioxmlTaking, regionWith, who } from "../../../../support/region-view.ts";

const ask = (change: Record<string, unknown> = {}) =>
  command("advice.ask", {
    messageId: "M-1",
    to: { gln: endo },
    patient,
    subject: "TSH",
    question: "Hvad nu?",
    ...change,
  });
const to = (gln: string): Pick<AskAdvice, "to"> => ({ to: { gln } });

describe("a question to a unit", () => {
  it("is recorded with its parties, told to the unit, and owed by it to the asker", () => {
    const { facts } = given()
      .when(ask(), gp)
      .thenDecides({
        facts: [
          {
            type: "AdviceAsked",
            kind: "specialist",
            asker: gp,
            unit: endo,
            channel: "electronic",
            mayConvert: false,
            attachments: [],
          },
        ],
        tell: [{ to: endo, from: gp, fact: 0 }],
        parties: [gp, endo],
        owing: [{ kind: "specialist", debtor: endo, creditor: gp }],
      });
    expect(facts).toHaveLength(1);
  });

  it("carries the asker's wishes: channel, and consent to a conversion", () => {
    given()
      .when(ask({ channel: "video", mayConvert: true }), gp)
      .thenDecides({
        facts: [{ channel: "video", mayConvert: true }],
        tell: [{}],
        parties: [gp, endo],
        owing: [{}],
      });
  });

  it("brings its attachments, described in the letter and kept without description", () => {
    const { facts } = given()
      .when(ask({ attachments: [photo] }), gp)
      .thenDecides({ facts: [{}], tell: [{}], parties: [gp, endo], owing: [{}] });
    expect(facts[0]).toMatchObject({
      attachments: [photoObject],
      letter: {
        references: [{ description: "Foto af hals", target: { kind: "bin", objectId: photo.objectId } }],
      },
    });
    expect(facts[0]).not.toHaveProperty("attachments.0.description");
  });

  it("keeps an episode of care that it names, and else begins a thread under its case id", () => {
    const named = given().when(ask({ episodeOfCareId: "E-1" }), gp).decision;
    expect(named).toMatchObject({ facts: [{ letter: { episodeOfCareId: "E-1" } }] });
    const unnamed = given().when(ask(), gp).decision;
    expect(unnamed).toMatchObject({ facts: [{ letter: { episodeOfCareId: caseId.replaceAll("-", "") } }] });
  });
});

describe("a question to a speciality", () => {
  const toSpeciality = (speciality: string, hospital?: string) =>
    ask({ to: { speciality, ...(hospital === undefined ? {} : { hospital }) } });

  it("goes to the unit that advises in it", () => {
    expect(given().when(toSpeciality("med_lungesygdomme"), gp).decision).toMatchObject({
      facts: [{ unit: "5790000200030", kind: "specialist" }],
    });
  });

  it("goes to the lowest GLN when several advise in it, the same each time", () => {
    expect(given().when(toSpeciality("kardiologi"), gp).decision).toMatchObject({
      facts: [{ unit: who.cardiology }],
    });
  });

  it("goes to the hospital that the asker names", () => {
    expect(given().when(toSpeciality("kardiologi", who.otherHospital), gp).decision).toMatchObject({
      facts: [{ unit: who.cardiologyClinic }],
    });
  });

  it("that nobody advises in is refused", () => {
    given().when(toSpeciality("neurokirurgi"), gp).thenRefuses("no-unit-advises", "to.speciality");
    given().when(toSpeciality("geriatri", who.hospital), gp).thenRefuses("no-unit-advises", "to.speciality");
  });

  it("that is no longer offered, or not yet, is refused", () => {
    const offered = (validFrom: string, validTo?: string) => ({
      directory: regionWith(
        changed(who.geriatrics, {
          offers: [
            {
              service: "advice",
              speciality: "geriatri",
              validFrom,
              ...(validTo === undefined ? {} : { validTo }),
            },
          ],
        }),
      ),
    });
    const question = toSpeciality("geriatri");
    given().when(question, gp, offered("2026-01-01", "2026-11-22")).thenRefuses("no-unit-advises");
    given().when(question, gp, offered("2026-11-24")).thenRefuses("no-unit-advises");
    const both = given().when(question, gp, offered("2026-11-23", "2026-11-23")).decision;
    expect(both).toMatchObject({ kind: "record", facts: [{ unit: who.geriatrics }] });
  });

  it("is dated by the Danish day, not by that of UTC", () => {
    const from24 = changed(who.geriatrics, {
      offers: [{ service: "advice", speciality: "geriatri", validFrom: "2026-11-24" }],
    });
    const world = { directory: regionWith(from24), at: "2026-11-23T23:30:00.000Z" };
    expect(given().when(toSpeciality("geriatri"), gp, world).decision).toMatchObject({ kind: "record" });
  });
});

describe("the kind of a question", () => {
  it.each([
    ["a practice asks a unit that advises", gp, endo, "specialist"],
    ["an out-of-hours service asks a unit that advises", who.outOfHours, endo, "specialist"],
    ["a practice writes to a hospital that gives no advice", gp, who.hospital, "correspondence"],
    ["a practice writes to another", gp, who.otherPractice, "correspondence"],
    ["a municipality writes to a practice", who.municipality, gp, "correspondence"],
    ["a municipality writes to a unit that advises", who.municipality, endo, "correspondence"],
  ])("%s: %s to %s is %s", (...[, from, unit, kind]) => {
    expect(given().when(ask(to(unit)), from).decision).toMatchObject({
      facts: [{ kind, asker: from, unit }],
      owing: [{ kind, debtor: unit, creditor: from }],
    });
  });

  it("may be said to be correspondence though the unit advises", () => {
    expect(given().when(ask({ kind: "correspondence" }), gp).decision).toMatchObject({
      facts: [{ kind: "correspondence" }],
    });
  });

  it("is never specialist from anybody but general practice", () => {
    given()
      .when(ask({ kind: "specialist" }), who.municipality)
      .thenRefuses("gp-asks-specialist", "kind");
  });

  it("is never specialist to a unit that gives no advice", () => {
    given()
      .when(ask({ kind: "specialist", ...to(who.hospital) }), gp)
      .thenRefuses("no-unit-advises", "to");
  });
});

describe("a question is refused", () => {
  it("from an organisation that is not in the directory, or no longer in force", () => {
    given().when(ask(), who.nobody).thenRefuses("sender-unknown", "sender");
    const ended = regionWith(changed(gp, { validTo: "2026-11-22" }));
    given().when(ask(), gp, { directory: ended }).thenRefuses("sender-unknown", "sender");
  });

  it("to an organisation that is not in the directory, or not in force on the day", () => {
    given()
      .when(ask(to(who.nobody)), gp)
      .thenRefuses("receiver-unknown", "to.gln");
    const ended = regionWith(changed(endo, { validTo: "2026-11-22" }));
    given().when(ask(), gp, { directory: ended }).thenRefuses("receiver-unknown", "to.gln");
    const later = regionWith(changed(endo, { validFrom: "2026-11-24" }));
    given().when(ask(), gp, { directory: later }).thenRefuses("receiver-unknown", "to.gln");
  });

  it("when the receiver has no way in for it", () => {
    const fhirOnly = changed(endo, {
      channels: [
        { standard: "fhir", transport: "inbox", accepts: ["HospitalNotification"], sendsReceipts: true },
      ],
    });
    given()
      .when(ask(), gp, { directory: regionWith(fhirOnly) })
      .thenRefuses("receiver-cannot-receive", "receiver.gln");
  });

  it("with attachments when the receiver takes letters only", () => {
    const lettersOnly = { directory: regionWith(changed(endo, { channels: oioxmlTaking("XDIS91") })) };
    given()
      .when(ask({ attachments: [photo] }), gp, lettersOnly)
      .thenRefuses("receiver-cannot-receive", "receiver.gln");
    expect(given().when(ask(), gp, lettersOnly).decision).toMatchObject({ kind: "record" });
  });
});
