import { expect, test } from "vitest";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import { Organisation as OrganisationContract } from "../../../../contracts/messages/directory.ts";
import { speaksFor } from "../../../../gateways/folder/speaks-for.ts";

const organisation = (gln: string, partOf?: string): Organisation =>
  OrganisationContract.parse({
    gln,
    name: "Enhed",
    kind: "department",
    channels: [{ standard: "oioxml", transport: "folder", accepts: ["XDIS91"] }],
    validFrom: "2026-01-01",
    ...(partOf === undefined ? {} : { partOf }),
  });
const [hospital, department, unit, stranger] = [
  "5790000210015",
  "5790000200016",
  "5790000200023",
  "5790000100019",
] as const;

test("a folder speaks for its organisation, its units and theirs, and for nobody else", () => {
  const all = [
    organisation(hospital),
    organisation(department, hospital),
    organisation(unit, department),
    organisation(stranger),
  ];
  expect(speaksFor(hospital, all)).toEqual([hospital, department, unit]);
  expect(speaksFor(unit, all)).toEqual([unit]);
});

test("a ring in the directory ends", () => {
  const ring = [organisation(hospital, department), organisation(department, hospital)];
  expect(speaksFor(hospital, ring)).toEqual([hospital, department]);
});
