import { expect, test } from "vitest";
import { Organisation } from "../../../../contracts/messages/directory.ts";
import { speaksFor } from "../../../../gateways/http/caller.ts";

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
  expect(speaksFor(region, all)).toEqual([region, hospital, unit]);
  expect(speaksFor(unit, all)).toEqual([unit]);
});

test("an organisation that is not in the directory speaks for itself", () => {
  expect(speaksFor(unit, [])).toEqual([unit]);
});

test("a ring in the directory ends", () => {
  const ring = [organisation(unit, hospital), organisation(hospital, unit)];
  expect(speaksFor(unit, ring)).toEqual([unit, hospital]);
});
