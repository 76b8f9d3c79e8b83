import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DirectoryFile, type Organisation } from "../../contracts/messages/directory.ts";
import { offers } from "../../services/case/directory-view.ts";
import { domainData } from "../support/domain-data.ts";

const file: unknown = JSON.parse(readFileSync("services/directory/region.json", "utf8"));
const { organisations } = DirectoryFile.parse(file);
const ofKind = (kind: Organisation["kind"]) => organisations.filter((each) => each.kind === kind);
const byGln = new Map(organisations.map((each) => [each.gln, each]));

describe("the made-up region", () => {
  it("has each organisation once", () => {
    expect(byGln.size).toBe(organisations.length);
    const sors = organisations.map(({ identifiers }) => identifiers.sor);
    expect(new Set(sors).size).toBe(organisations.length);
  });

  it("has practices, hospitals with departments, municipalities with acute teams, and the rest of a region", () => {
    const kinds = new Set(organisations.map(({ kind }) => kind));
    expect(Object.fromEntries([...kinds].map((kind) => [kind, ofKind(kind).length]))).toEqual({
      practice: 5,
      hospital: 2,
      department: 14,
      municipality: 7,
      acuteTeam: 5,
      region: 1,
      outOfHours: 1,
    });
  });

  it("begins with Lægehuset Åparken and the endocrinologists of Regionshospitalet Nordfjord", () => {
    expect(byGln.get("5790000100019")).toMatchObject({ name: "Lægehuset Åparken", kind: "practice" });
    expect(byGln.get("5790000200016")).toMatchObject({
      name: "Regionshospitalet Nordfjord",
      department: "Endokrinologisk Afd.",
    });
  });

  it("names no organisation that it does not have", () => {
    const named = organisations.flatMap(({ partOf, authority, operator }) => [
      ...(partOf === undefined ? [] : [partOf]),
      ...[...authority, ...operator].map(({ gln }) => gln),
    ]);
    expect(named.filter((gln) => !byGln.has(gln))).toEqual([]);
  });

  it("has departments that advise in a speciality and belong to a hospital", () => {
    const advising = ofKind("department").filter(({ offers }) => offers.some((o) => o.service === "advice"));
    expect(advising.length).toBe(6);
    for (const department of advising) {
      for (const { speciality } of department.offers) expect(department.specialities).toContain(speciality);
      expect(byGln.get(department.partOf ?? "")).toMatchObject({ kind: "hospital", name: department.name });
    }
  });

  it("moves acute nursing from the municipalities to the region on 1 January 2027, and its operators stay", () => {
    const [region] = ofKind("region");
    const municipal = ofKind("acuteTeam").filter(({ partOf }) => partOf !== region?.gln);
    expect(municipal.length).toBe(4);
    for (const team of municipal) {
      expect(team.authority).toEqual([
        { gln: team.partOf, validFrom: "2026-01-01", validTo: "2026-12-31" },
        { gln: region?.gln, validFrom: "2027-01-01" },
      ]);
      expect(team.operator).toEqual([{ gln: team.partOf, validFrom: "2026-01-01" }]);
    }
  });

  it.each(["0890", "0891"])(
    "has one acute team for %s on the last day of 2026 and one on the first of 2027",
    (code) => {
      const teams = (date: string) =>
        organisations.filter((each) => offers(each, { service: "acute-nursing", municipality: code }, date));
      expect(teams("2026-12-31").length).toBe(1);
      expect(teams("2027-01-01").length).toBe(1);
      expect(teams("2026-12-31")[0] === teams("2027-01-01")[0]).toBe(code === "0891");
    },
  );

  it.each(["visitation", "psychiatry", "imaging", "prevention", "sub-acute", "home-care"] as const)(
    "offers %s",
    (service) => {
      expect(organisations.some((each) => offers(each, { service }, "2026-11-23"))).toBe(true);
    },
  );

  it("fits the names of organisations into what MedCom letters carry", () => {
    expect(organisations.filter(({ name }) => name.length > 35)).toEqual([]);
  });

  it("has a lunch break, closing days, and every kind of channel", () => {
    const monday = (each: Organisation) => each.openingHours.filter(({ days }) => days.includes(1));
    expect(organisations.some((each) => monday(each).length === 2)).toBe(true);
    expect(organisations.some(({ closingDays }) => closingDays.includes("12-24"))).toBe(true);
    for (const kind of ["practice", "department"] as const)
      expect(new Set(ofKind(kind).map(({ channels }) => channels[0]?.standard))).toEqual(
        new Set(kind === "practice" ? ["oioxml", "json"] : ["oioxml", "json", "fhir"]),
      );
  });

  it("has a department whose system takes FHIR in XML alone, and a municipality and its acute team that take it in JSON", () => {
    const speaking = organisations.filter(({ channels }) =>
      channels.every(({ standard }) => standard === "fhir"),
    );
    expect(speaking.map(({ kind, channels }) => [kind, channels[0]?.format])).toEqual([
      ["department", "xml"],
      ["municipality", "json"],
      ["acuteTeam", "json"],
    ]);
  });
});

const specialities = domainData("medcom-medical-speciality-codes") as { codes: string[] } | undefined;
describe.skipIf(specialities === undefined)("the specialities of the made-up region", () => {
  it("are MedCom's", () => {
    const used = organisations.flatMap((each) => each.specialities);
    expect(used.filter((code) => !specialities?.codes.includes(code))).toEqual([]);
  });
});
