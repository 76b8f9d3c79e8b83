import type { PartyView } from "../../contracts/agreement-choice.ts";
import { padMunicipalityCode } from "../../contracts/identifiers.ts";
import type { DirectoryView } from "./directory-view.ts";

/** More levels than any organisation has above it; a directory that goes round in a ring ends here. */
const maxLevels = 8;

const wholesOf = (directory: DirectoryView, gln: string): string[] => {
  const wholes: string[] = [];
  let current = directory.organisation(gln)?.partOf;
  while (current !== undefined && wholes.length < maxLevels) {
    wholes.push(current);
    current = directory.organisation(current)?.partOf;
  }
  return wholes;
};

/** A party as agreements look at it: what it is, and of which hospital, municipality and region. */
export const partyViewOf = (directory: DirectoryView, gln: string): PartyView => {
  const wholes = wholesOf(directory, gln);
  const municipality = [gln, ...wholes]
    .map((one) => directory.organisation(one)?.identifiers.municipalityCode)
    .find((code) => code !== undefined);
  return {
    gln,
    kind: directory.organisation(gln)?.kind,
    wholes,
    ...(municipality === undefined ? {} : { municipality: padMunicipalityCode(municipality) }),
  };
};
