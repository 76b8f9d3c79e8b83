import { expect, test } from "vitest";
import { birthDateOfCpr } from "../../../../../contracts/identifiers.ts";
import { cprState, patientOf, shownCpr } from "../../../../../gateways/console/web/src/forms/cpr.ts";

test("a whole number is a number with a birth date exactly where the hub says so, in every century", () => {
  for (const day of ["00", "01", "28", "29", "30", "31", "32"])
    for (const month of ["00", "01", "02", "04", "12", "13"])
      for (const year of ["00", "04", "36", "37", "57", "58", "99"])
        for (let seventh = 0; seventh <= 9; seventh++) {
          const cpr = `${day}${month}${year}${String(seventh)}001`;
          const found = cprState(cpr);
          expect([cpr, found.state === "number" ? found.born : undefined]).toEqual([
            cpr,
            birthDateOfCpr(cpr),
          ]);
        }
});

test("what can be no date is told before all of it is typed", () => {
  expect(cprState("32").state).toBe("no-date");
  expect(cprState("3002").state).toBe("no-date");
  expect(cprState("2902").state).toBe("short");
  expect(cprState("").state).toBe("empty");
});

test("a replacement number is no CPR number, and is named as what it is", () => {
  expect(patientOf({ cpr: "251248-1AB3", surname: " Demosen ", givenName: "" })).toEqual({
    alternativeId: "2512481AB3",
    surname: "Demosen",
  });
});

test("a number is shown as people write it", () => {
  expect(shownCpr("2512489996")).toBe("251248-9996");
  expect(shownCpr("251248-99961")).toBe("251248-9996");
});
