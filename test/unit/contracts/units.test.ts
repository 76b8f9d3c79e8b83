import { expect, test } from "vitest";
import { Organisation } from "../../../contracts/messages/directory.ts";
import { withUnits } from "../../../contracts/units.ts";

const region = "5790000000128";
const hospital = "5790000000142";
const unit = "5790000000159";

const organisation = (gln: string, partOf?: string): Organisation =>
  Organisation.parse({
    gln,
    name: "Prøve",
    kind: "hospital",
    validFrom: "2020-01-01",
    channels: [{ standard: "json", transport: "inbox", accepts: ["*"] }],
    ...(partOf === undefined ? {} : { partOf }),
  });

test("an organisation speaks for itself first, then for its units and theirs", () => {
  const all = [organisation(unit, hospital), organisation(hospital, region), organisation(region)];
  expect(withUnits(region, all)).toEqual([region, hospital, unit]);
  expect(withUnits(unit, all)).toEqual([unit]);
});

test("an organisation that is not in the directory speaks for itself", () => {
  expect(withUnits(unit, [])).toEqual([unit]);
});

test("a ring in the directory ends", () => {
  const ring = [organisation(unit, hospital), organisation(hospital, unit)];
  expect(withUnits(unit, ring)).toEqual([unit, hospital]);
});

const [house, department, section, stranger] = [
  "5790000210015",
  "5790000200016",
  "5790000200023",
  "5790000100019",
] as const;

test("a folder speaks for its organisation, its units and theirs, and for nobody else", () => {
  const all = [
    organisation(house),
    organisation(department, house),
    organisation(section, department),
    organisation(stranger),
  ];
  expect(withUnits(house, all)).toEqual([house, department, section]);
  expect(withUnits(section, all)).toEqual([section]);
});

test("a ring ends where it began", () => {
  const ring = [organisation(house, department), organisation(department, house)];
  expect(withUnits(house, ring)).toEqual([house, department]);
});
