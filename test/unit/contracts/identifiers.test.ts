import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  birthDateOfCpr,
  Cpr,
  fitsItsCode,
  Gln,
  isGln,
  isMunicipalityCode,
  isNationalReplacementCpr,
  isRegionalReplacementCpr,
  isShak,
  isSor,
  isYdernummer,
  padMunicipalityCode,
  padYdernummer,
  passesVerhoeff,
} from "../../../contracts/identifiers.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { domainData } from "../../support/domain-data.ts";

describe("the century of a CPR number", () => {
  /** seventh digit, two-digit year, full year: each border of the rule from both sides */
  const borders: [number, string, number][] = [
    ...[0, 1, 2, 3].flatMap((seventh): [number, string, number][] => [
      [seventh, "00", 1900],
      [seventh, "36", 1936],
      [seventh, "37", 1937],
      [seventh, "57", 1957],
      [seventh, "58", 1958],
      [seventh, "99", 1999],
    ]),
    ...[4, 9].flatMap((seventh): [number, string, number][] => [
      [seventh, "00", 2000],
      [seventh, "36", 2036],
      [seventh, "37", 1937],
      [seventh, "99", 1999],
    ]),
    ...[5, 6, 7, 8].flatMap((seventh): [number, string, number][] => [
      [seventh, "00", 2000],
      [seventh, "57", 2057],
      [seventh, "58", 1858],
      [seventh, "99", 1899],
    ]),
  ];
  it.each(borders)("with seventh digit %i and year %s is that of %i", (seventh, yy, year) => {
    expect(birthDateOfCpr(`0102${yy}${String(seventh)}000`)).toBe(`${String(year)}-02-01`);
  });
});

describe("the date of a CPR number", () => {
  it("is 29 February in leap years only, by the century that the number tells", () => {
    expect(birthDateOfCpr("2902004000")).toBe("2000-02-29");
    expect(birthDateOfCpr("2902000000")).toBeUndefined();
    expect(birthDateOfCpr("2902960000")).toBe("1996-02-29");
    expect(birthDateOfCpr("2902970000")).toBeUndefined();
    expect(birthDateOfCpr("2902364000")).toBe("2036-02-29");
  });

  it.each(["3113500000", "3104500000", "0001500000", "0100500000", "3200500000", "6101500000"])(
    "of %s does not exist",
    (cpr) => {
      expect(birthDateOfCpr(cpr)).toBeUndefined();
    },
  );

  it.each(["", "010250000", "01025000000", "010250-000", "01025000a0", " 0102500000", "٠١٠٢٥٠٠٠٠٠"])(
    "of %j is none, since it is not ten digits",
    (text) => {
      expect(birthDateOfCpr(text)).toBeUndefined();
    },
  );
});

describe("modulus 11", () => {
  const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
  const failsModulus11 = (cpr: string) =>
    weights.reduce((sum, weight, i) => sum + weight * Number(cpr[i]), 0) % 11 !== 0;

  // Published test persons of MedCom and HL7 Denmark (guide, section 0, finding 5).
  it.each(["2509479989", "1509819996", "2311143995", "2512489996"])(
    "fails for %s, which is a CPR number all the same",
    (cpr) => {
      expect(failsModulus11(cpr)).toBe(true);
      expect(Cpr.safeParse(cpr).success).toBe(true);
    },
  );

  it("is never asked: any four digits may follow a date", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), (serial) => {
        expect(birthDateOfCpr(`010290${String(serial).padStart(4, "0")}`)).toBeDefined();
      }),
    );
  });
});

describe("replacement CPR numbers", () => {
  it("are national with 1 or 7, regional with 0, 5 or 6", () => {
    const withSeventh = (digit: number) => `010236${String(digit)}AB2`;
    const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(digits.filter((digit) => isNationalReplacementCpr(withSeventh(digit)))).toEqual([1, 7]);
    expect(digits.filter((digit) => isRegionalReplacementCpr(withSeventh(digit)))).toEqual([0, 5, 6]);
  });
  it("are no CPR numbers", () => {
    expect(birthDateOfCpr("0102361AB2")).toBeUndefined();
  });
});

describe("GLN", () => {
  it.each(["5790000180967", "5798000362055", "5790000100019"])("%s has a valid check digit", (gln) => {
    expect(isGln(gln)).toBe(true);
  });

  it("has exactly one valid check digit, and one wrong digit is always found", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{12}$/),
        fc.nat(11),
        fc.integer({ min: 1, max: 9 }),
        (base, at, by) => {
          const valid = Array.from({ length: 10 }, (_, digit) => `${base}${String(digit)}`).filter(isGln);
          expect(valid).toHaveLength(1);
          const [gln = ""] = valid;
          const wrong = gln.slice(0, at) + String((Number(gln[at]) + by) % 10) + gln.slice(at + 1);
          expect(isGln(wrong)).toBe(false);
        },
      ),
    );
  });

  it.each(["", "579000018096", "57900001809670", "579000018096X"])("%j is not thirteen digits", (text) => {
    expect(isGln(text)).toBe(false);
  });
});

describe("Verhoeff's check", () => {
  it("holds for the known example 236 with check digit 3", () => {
    expect(passesVerhoeff("2363")).toBe(true);
  });

  it.each(["265161000016000", "263001000016001"])("holds for the published SOR code %s", (sor) => {
    expect(isSor(sor)).toBe(true);
  });

  it("finds every wrong digit and every two neighbours that changed places", () => {
    const sor = "265161000016000";
    for (let at = 0; at < sor.length; at++)
      for (let by = 1; by <= 9; by++) {
        const digit = String((Number(sor[at]) + by) % 10);
        expect(passesVerhoeff(sor.slice(0, at) + digit + sor.slice(at + 1))).toBe(false);
      }
    for (let at = 0; at + 1 < sor.length; at++) {
      const swapped = `${sor.slice(0, at)}${sor[at + 1] ?? ""}${sor[at] ?? ""}${sor.slice(at + 2)}`;
      expect(passesVerhoeff(swapped)).toBe(swapped === sor);
    }
  });

  it("is of digits only, and SOR codes are 11 to 18 of them", () => {
    expect(passesVerhoeff("")).toBe(false);
    expect(passesVerhoeff("23a3")).toBe(false);
    expect(isSor("2363")).toBe(false);
  });
});

describe("other identifiers", () => {
  it("a ydernummer is six digits, and a lost leading zero is put back", () => {
    expect(["061654", "77410", "0061654", "06165a"].map(isYdernummer)).toEqual([true, false, false, false]);
    expect(["77410", "061654", "1", "", "ABC"].map(padYdernummer)).toEqual([
      "077410",
      "061654",
      "000001",
      "",
      "ABC",
    ]);
  });

  it("a SHAK code is four digits and two or three characters", () => {
    expect(["990101", "9901010", "9901AB1", "99010", "99010101", "99AB01", "9901ab"].map(isShak)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("a municipality code has three digits in MedCom XML and four in registers", () => {
    expect(["101", "0101", "0860", "0901", "1101", "01", ""].map(isMunicipalityCode)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(["101", "0101", "1"].map(padMunicipalityCode)).toEqual(["0101", "0101", "1"]);
  });

  it("are held against what their MedCom code says", () => {
    expect(fitsItsCode("ydernummer", "77410")).toBe(true);
    expect(fitsItsCode("ydernummer", "9901010")).toBe(false);
    expect(fitsItsCode("sygehusafdelingsnummer", "9901010")).toBe(true);
    expect(fitsItsCode("lokationsnummer", "5790000100019")).toBe(true);
    expect(fitsItsCode("lokationsnummer", "5790000100018")).toBe(false);
    expect(fitsItsCode("kommunenummer", "101")).toBe(true);
    expect(fitsItsCode("sorkode", "265161000016000")).toBe(true);
    expect(fitsItsCode("amt", "whatever")).toBe(true);
  });
});

const register = domainData("dk-municipalities") as { municipalities: { code: string }[] } | undefined;
describe.skipIf(register === undefined)("the register of municipalities", () => {
  it("has no code that is refused, padded or not", () => {
    const codes = (register?.municipalities ?? []).map(({ code }) => code);
    expect(codes).toHaveLength(99);
    expect(codes.filter((code) => !isMunicipalityCode(code))).toEqual([]);
    expect(codes.filter((code) => !isMunicipalityCode(code.slice(1)))).toEqual([]);
    expect(codes.map((code) => padMunicipalityCode(code.slice(1)))).toEqual(codes);
  });
});

describe("what is said of a wrong identifier", () => {
  it.each([
    [Cpr, "3113500000", "cpr-not-a-date"],
    [Gln, "5790000100018", "gln-check-digit"],
  ] as const)("has a code and never the value", (schema, value, code) => {
    const result = schema.safeParse(value);
    const problems = result.success ? [] : problemsOf(result.error);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(JSON.stringify(problems)).not.toContain(value);
  });
});
