import { withUnits } from "../../contracts/units.ts";
import type { DirectoryView } from "./directory-view.ts";

/** Deeper than any health authority. */
const maxUnits = 2_000;

/** Everybody that an organisation sees the lists of: itself first, then its units and theirs. */
export const createUnits =
  (directory: Pick<DirectoryView, "all">): ((gln: string) => readonly string[]) =>
  (gln) =>
    withUnits(gln, directory.all()).slice(0, maxUnits);

/** What an organisation is called; one that the directory does not know, by its GLN. */
export const nameIn = (directory: Pick<DirectoryView, "organisation">, gln: string): string => {
  const found = directory.organisation(gln);
  if (found === undefined) return gln;
  return found.department === undefined ? found.name : `${found.name}, ${found.department}`;
};
