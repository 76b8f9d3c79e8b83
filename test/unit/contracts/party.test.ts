import { describe, expect, it } from "vitest";
import { Patient } from "../../../contracts/party.ts";
import { problemsOf } from "../../../contracts/problem.ts";

const codesOf = (patient: object) => {
  const result = Patient.safeParse(patient);
  return result.success ? [] : problemsOf(result.error).map(({ path, code }) => `${path}: ${code}`);
};

describe("a patient", () => {
  it("has a CPR number or a replacement for one", () => {
    expect(codesOf({ surname: "Prøvesen", cpr: "0107364006" })).toEqual([]);
    expect(codesOf({ surname: "Prøvesen", alternativeId: "0107361AB2" })).toEqual([]);
  });

  it("has not both, and not neither", () => {
    expect(codesOf({ surname: "Prøvesen", cpr: "0107364006", alternativeId: "0107361AB2" })).toEqual([
      ": patient-id-one",
    ]);
    expect(codesOf({ surname: "Prøvesen" })).toEqual([": patient-id-one"]);
  });

  it("is told everything wrong at once", () => {
    expect(codesOf({ cpr: "3113364006", alternativeId: "short" })).toEqual([
      "cpr: cpr-not-a-date",
      "alternativeId: invalid-too-small",
      "surname: invalid-type",
      ": patient-id-one",
    ]);
  });

  it("that is no object has that problem alone", () => {
    expect(Patient.safeParse("0107364006").error?.issues).toHaveLength(1);
    expect(Patient.safeParse(null).error?.issues).toHaveLength(1);
  });
});
