import { describe, expect, it } from "vitest";
import { Party } from "../../../../contracts/party.ts";
import {
  activeOrganisation,
  advisesIn,
  channelFor,
  contradicts,
  isOrIsPartOf,
  partyOf,
  receiverPartyOf,
  unitsAdvising,
} from "../../../../services/case/directory-view.ts";
import {
  changed,
  oioxmlTaking,
  organisation,
  region,
  regionView,
  regionWith,
  viewOf,
  who,
} from "../../../support/region-view.ts";

describe("an organisation in force", () => {
  const dated = regionWith(changed(who.practice, { validFrom: "2026-03-01", validTo: "2026-03-31" }));

  it.each([
    ["2026-02-28", false],
    ["2026-03-01", true],
    ["2026-03-31", true],
    ["2026-04-01", false],
  ])("on %s: %s", (date, inForce) => {
    expect(activeOrganisation(dated, who.practice, date) !== undefined).toBe(inForce);
  });

  it("is nobody when the directory does not know it", () => {
    expect(activeOrganisation(regionView, who.nobody, "2026-03-01")).toBeUndefined();
  });
});

describe("units that advise", () => {
  it("are found by speciality, lowest address first", () => {
    expect(
      unitsAdvising(regionView, { speciality: "kardiologi" }, "2026-11-23").map(({ gln }) => gln),
    ).toEqual([who.cardiology, who.cardiologyClinic]);
    const turned = viewOf(region.toReversed());
    expect(unitsAdvising(turned, { speciality: "kardiologi" }, "2026-11-23")[0]?.gln).toBe(who.cardiology);
  });

  it("are found within a hospital, or as the unit itself", () => {
    const found = (hospital: string) =>
      unitsAdvising(regionView, { speciality: "kardiologi", hospital }, "2026-11-23").map(({ gln }) => gln);
    expect(found(who.otherHospital)).toEqual([who.cardiologyClinic]);
    expect(found(who.cardiology)).toEqual([who.cardiology]);
    expect(found(who.practice)).toEqual([]);
  });

  it("must be in force themselves", () => {
    const ended = regionWith(changed(who.cardiology, { validTo: "2026-11-22" }));
    expect(unitsAdvising(ended, { speciality: "kardiologi" }, "2026-11-23").map(({ gln }) => gln)).toEqual([
      who.cardiologyClinic,
    ]);
  });

  it("advise in something, or in one thing", () => {
    expect(advisesIn(organisation(who.endocrinology), "2026-11-23")).toBe(true);
    expect(advisesIn(organisation(who.endocrinology), "2026-11-23", "kardiologi")).toBe(false);
    expect(advisesIn(organisation(who.hospital), "2026-11-23")).toBe(false);
    expect(advisesIn(organisation(who.endocrinology), "2025-12-31")).toBe(false);
  });
});

describe("a channel", () => {
  it("takes every type of the message, or is not the one", () => {
    const o = changed(who.practice, {
      channels: [...oioxmlTaking("XDIS91"), ...oioxmlTaking("XDIS91", "XBIN01")],
    });
    const documents = (...oioxml: string[]) => ({ oioxml, json: "AdviceAsked" });
    expect(channelFor(o, documents("XDIS91"))?.accepts).toEqual(["XDIS91"]);
    expect(channelFor(o, documents("XDIS91", "XBIN01"))?.accepts).toEqual(["XDIS91", "XBIN01"]);
    expect(channelFor(o, documents("XREF01"))).toBeUndefined();
    expect(channelFor(o, documents())).toBeUndefined();
  });

  it("of the hub's own facts takes those that it lists, or any with *", () => {
    const taking = (...accepts: string[]) =>
      changed(who.jsonPractice, {
        channels: [{ standard: "json", transport: "inbox", accepts, sendsReceipts: true }],
      });
    const fact = { oioxml: ["XDIS91"], json: "AdviceAsked" };
    expect(channelFor(taking("AdviceAsked"), fact)?.standard).toBe("json");
    expect(channelFor(taking("*"), fact)?.standard).toBe("json");
    expect(channelFor(taking("AdviceAnswered"), fact)).toBeUndefined();
  });
});

describe("being part of an organisation", () => {
  it("holds for itself and through every level", () => {
    expect(isOrIsPartOf(regionView, who.practice, who.practice)).toBe(true);
    expect(isOrIsPartOf(regionView, who.endocrinology, who.hospital)).toBe(true);
    expect(isOrIsPartOf(regionView, who.endocrinology, who.region)).toBe(true);
    expect(isOrIsPartOf(regionView, who.nobody, who.nobody)).toBe(true);
  });

  it("does not hold downwards or sideways", () => {
    expect(isOrIsPartOf(regionView, who.hospital, who.endocrinology)).toBe(false);
    expect(isOrIsPartOf(regionView, who.endocrinology, who.otherHospital)).toBe(false);
    expect(isOrIsPartOf(regionView, who.nobody, who.region)).toBe(false);
  });

  it("ends in a ring", () => {
    const ring = regionWith(
      changed(who.hospital, { partOf: who.endocrinology }),
      changed(who.endocrinology, { partOf: who.hospital }),
    );
    expect(isOrIsPartOf(ring, who.endocrinology, who.region)).toBe(false);
    expect(isOrIsPartOf(ring, who.endocrinology, who.hospital)).toBe(true);
  });
});

describe("an organisation as a message names it", () => {
  it.each(region.map(({ gln, name, department }) => [name, department ?? "", gln]))(
    "keeps the lengths of OIOXML and contradicts nothing: %s %s",
    (_name, _department, gln) => {
      const o = organisation(gln);
      expect(Party.safeParse(partyOf(o)).error).toBeUndefined();
      expect(contradicts(o, partyOf(o).identifier)).toBe(false);
      expect(receiverPartyOf(o)).not.toHaveProperty("phone");
      expect(receiverPartyOf(o)).not.toHaveProperty("speciality");
    },
  );

  it.each([
    ["ydernummer", { ydernummer: "000123", shak: "9901010" }, "000123"],
    ["sygehusafdelingsnummer", { shak: "9901010", sor: "999071000016008" }, "9901010"],
    ["sorkode", { sor: "999071000016008", municipalityCode: "0890" }, "999071000016008"],
    ["kommunenummer", { municipalityCode: "0890" }, "890"],
    ["lokationsnummer", {}, who.practice],
  ] as const)("is identified by %s", (...[code, identifiers, value]) => {
    expect(partyOf(changed(who.practice, { identifiers })).identifier).toEqual({ code, value });
  });

  it("has no parts that the directory does not know", () => {
    const { address: _a, phone: _p, department: _d, ...bare } = organisation(who.endocrinology);
    expect(Object.keys(partyOf({ ...bare, specialities: [] }))).toEqual([
      "gln",
      "identifier",
      "organisation",
    ]);
  });
});

describe("an identifier contradicts the directory", () => {
  const practice = organisation(who.practice);

  it("when it is another's of the same kind", () => {
    expect(contradicts(practice, { code: "ydernummer", value: "991002" })).toBe(true);
    expect(contradicts(practice, { code: "lokationsnummer", value: who.otherPractice })).toBe(true);
    expect(contradicts(practice, { code: "sorkode", value: "999021000016009" })).toBe(true);
    expect(contradicts(organisation(who.municipality), { code: "kommunenummer", value: "891" })).toBe(true);
    expect(
      contradicts(organisation(who.endocrinology), { code: "sygehusafdelingsnummer", value: "9901020" }),
    ).toBe(true);
  });

  it("not when only a leading zero is missing", () => {
    const zero = changed(who.practice, { identifiers: { ydernummer: "001234" } });
    expect(contradicts(zero, { code: "ydernummer", value: "1234" })).toBe(false);
    expect(contradicts(organisation(who.municipality), { code: "kommunenummer", value: "890" })).toBe(false);
  });

  it("not when the directory knows none of that kind", () => {
    expect(contradicts(practice, { code: "sygehusafdelingsnummer", value: "9901010" })).toBe(false);
    expect(contradicts(practice, { code: "amt", value: "13" })).toBe(false);
  });
});
