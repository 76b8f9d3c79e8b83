import type { DirectoryView } from "../case/directory-view.ts";

type Organisations = ReturnType<DirectoryView["all"]>;

const unitsByWhole = (organisations: Organisations): Map<string, string[]> => {
  const units = new Map<string, string[]>();
  for (const { gln, partOf } of organisations)
    if (partOf !== undefined) units.set(partOf, [...(units.get(partOf) ?? []), gln]);
  return units;
};

/** Deeper than any health authority; a ring in the directory ends, since nobody is counted twice. */
const maxUnits = 2_000;

/** Everybody that an organisation sees the lists of: itself first, then its units and theirs. Counted once a directory. */
export const createUnits = (directory: Pick<DirectoryView, "all">): ((gln: string) => readonly string[]) => {
  let counted: { of: Organisations; units: Map<string, string[]> } | undefined;
  return (gln) => {
    const organisations = directory.all();
    if (counted?.of !== organisations) counted = { of: organisations, units: unitsByWhole(organisations) };
    const found = new Set([gln]);
    for (const whole of found)
      for (const unit of counted.units.get(whole) ?? []) if (found.size < maxUnits) found.add(unit);
    return [...found];
  };
};

/** What an organisation is called; one that the directory does not know, by its GLN. */
export const nameIn = (directory: Pick<DirectoryView, "organisation">, gln: string): string => {
  const found = directory.organisation(gln);
  if (found === undefined) return gln;
  return found.department === undefined ? found.name : `${found.name}, ${found.department}`;
};
