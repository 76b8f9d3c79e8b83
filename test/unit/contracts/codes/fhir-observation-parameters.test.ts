import { describe, expect, it } from "vitest";
import { homeCareScheme, roleCalled } from "../../../../contracts/codes/fhir-observation-parameters.ts";
import { medcomObservations, npuObservations } from "../../../../contracts/codes/fhir-observations.ts";
import { schemeOf, scoreSchemes } from "../../../../contracts/codes/schemes.ts";

const scheme = schemeOf(scoreSchemes, { id: homeCareScheme.scheme });
const known = [...(scheme?.parameters ?? []), ...(scheme?.carried ?? [])];
const listed = [...medcomObservations, ...npuObservations];

describe("the codes of a score's values", () => {
  it("name every value of the scheme, scored or carried, and no other", () => {
    expect(homeCareScheme.parameters.map(({ parameter }) => parameter).toSorted()).toEqual(
      known.map(({ name }) => name).toSorted(),
    );
  });

  it("are the scheme's own, and on MedCom's lists, with a unit that is on them too", () => {
    for (const { parameter, codes, units } of homeCareScheme.parameters) {
      const [first] = codes;
      expect([parameter, known.find(({ name }) => name === parameter)?.code?.code]).toEqual([
        parameter,
        first.code,
      ]);
      const found = listed.find(({ system, code }) => system === first.system && code === first.code);
      expect(units.every(({ names }) => names.every((name) => found?.units.includes(name)))).toBe(true);
    }
    expect(scheme?.code?.code).toBe(homeCareScheme.total.code);
  });

  it("mean one value each", () => {
    const all = homeCareScheme.parameters.flatMap(({ codes }) =>
      codes.map(({ system, code }) => `${system}|${code}`),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it("by points are those that the scheme gives, and are exact where no other value has as many", () => {
    for (const { parameter, points = [] } of homeCareScheme.parameters) {
      const list = scheme?.parameters.find(({ name }) => name === parameter);
      const values = list?.kind === "coded" ? list.values : [];
      for (const { points: sent, code, exact } of points) {
        expect(values.find((one) => one.code === code)?.points).toBe(Number(sent));
        expect(values.filter((one) => one.points === Number(sent)).length === 1).toBe(exact);
      }
      expect(new Set(values.map((one) => String(one.points)))).toEqual(
        new Set(points.map((one) => one.points)),
      );
    }
  });
});

describe("a role by what a person is called", () => {
  it.each([
    ["Sygeplejerske", "sygeplejerske"],
    ["sygeplejerske", "sygeplejerske"],
    ["Social- og sundhedsassistent", "socialogsundhedsassistent"],
    ["Datalog", undefined],
    [undefined, undefined],
  ])("%s is %s", (title, code) => {
    expect(roleCalled(title)?.code).toBe(code);
  });
});
