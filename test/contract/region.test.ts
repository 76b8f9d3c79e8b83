import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DirectoryFile, type Organisation } from "../../contracts/messages/directory.ts";
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
      practice: 4,
      hospital: 2,
      department: 6,
      municipality: 2,
      acuteTeam: 2,
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
    for (const department of ofKind("department")) {
      expect(department.offers.map(({ speciality }) => speciality)).toEqual(department.specialities);
      expect(byGln.get(department.partOf ?? "")).toMatchObject({ kind: "hospital", name: department.name });
    }
  });

  it("moves acute nursing from the municipalities to the region on 1 January 2027, and its operators stay", () => {
    const [region] = ofKind("region");
    for (const team of ofKind("acuteTeam")) {
      expect(team.authority).toEqual([
        { gln: team.partOf, validFrom: "2026-01-01", validTo: "2026-12-31" },
        { gln: region?.gln, validFrom: "2027-01-01" },
      ]);
      expect(team.operator).toEqual([{ gln: team.partOf, validFrom: "2026-01-01" }]);
    }
  });

  it("fits the names of organisations into what MedCom letters carry", () => {
    expect(organisations.filter(({ name }) => name.length > 35)).toEqual([]);
  });

  it("has a lunch break, closing days, and both kinds of channel", () => {
    const monday = (each: Organisation) => each.openingHours.filter(({ days }) => days.includes(1));
    expect(organisations.some((each) => monday(each).length === 2)).toBe(true);
    expect(organisations.some(({ closingDays }) => closingDays.includes("12-24"))).toBe(true);
    for (const kind of ["practice", "department"] as const)
      expect(new Set(ofKind(kind).map(({ channels }) => channels[0]?.standard))).toEqual(
        new Set(["oioxml", "json"]),
      );
  });
});

const specialities = domainData("medcom-medical-speciality-codes") as { codes: string[] } | undefined;
describe.skipIf(specialities === undefined)("the specialities of the made-up region", () => {
  it("are MedCom's", () => {
    const used = organisations.flatMap((each) => each.specialities);
    expect(used.filter((code) => !specialities?.codes.includes(code))).toEqual([]);
  });
});
