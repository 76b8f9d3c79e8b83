import { expect, test } from "vitest";
import { schemeOf, scoreSchemes } from "../../../../../../contracts/codes/schemes.ts";
import { Measurement } from "../../../../../../contracts/messages/observation-parts.ts";
import {
  isbarOf,
  levelOfTier,
  situationText,
  valuesOf,
} from "../../../../../../gateways/console/web/src/forms/tobs/measurement.ts";
import { outcomeOf } from "../../../../../../gateways/console/web/src/forms/tobs/outcome.ts";

const found = schemeOf(scoreSchemes, { id: "tobs-dk-2013" });
if (found === undefined) throw new Error("There is no TOBS.");
const scheme = found;

const typed = {
  respiration: { value: "26" },
  pulse: { value: " 112 " },
  systolic: { value: "" },
  temperature: { value: "38,7", site: "oral" },
  consciousness: { value: "habituel" },
};
const isbar = {
  ...{ unit: "Akutteam Nordfjord", name: "Agnes Agerskov", phone: "90000039", reason: "Dårligere" },
  ...{ since: "", background: "KOL", assessment: "", asks: "En plan" },
};

test("what was typed is sent with a point and without blanks, and what was not is missing", () => {
  expect(valuesOf(typed)).toEqual({
    respiration: "26",
    pulse: "112",
    temperature: { value: "38.7", site: "oral" },
    consciousness: "habituel",
  });
});

test("the situation for the call names the score, where it was, and every value with its points", () => {
  const outcome = outcomeOf(scheme, typed, { isWorried: false });
  expect(situationText(scheme, { outcome, typed, before: { total: 2 } }, "da")).toBe(
    "TOBS – (sidst 2): Respiration 26 /min (3), Puls 112 /min (2), Temperatur 38,7 °C i munden (2), Bevidsthed habituel.",
  );
});

test("ISBAR is what the contract takes, and is left out where the number to call back lacks", () => {
  const said = isbarOf(isbar);
  expect(Measurement.safeParse({ values: valuesOf(typed), isbar: said }).success).toBe(true);
  expect(said).toMatchObject({ background: { diagnoses: "KOL" }, request: { asks: "En plan" } });
  expect(isbarOf({ ...isbar, phone: " " })).toBeUndefined();
});

test("the worst tier of a scheme has the strongest colour, and none the weakest", () => {
  expect(scheme.tiers.map(({ id }) => levelOfTier(scheme, id))).toEqual([0, 1, 2, 3, 4]);
  expect(levelOfTier(scheme, undefined)).toBe(0);
});
