import type { DirectoryView } from "../../case/directory-view.ts";

/** Deeper than any health authority. */
const mostLevels = 5;

/** The hospital or the municipality that an organisation is of, or itself. A region is no house: it has all the hospitals. */
const houseOf = (directory: DirectoryView, gln: string): string => {
  let house = gln;
  for (let level = 0; level < mostLevels; level++) {
    const whole = directory.organisation(directory.organisation(house)?.partOf ?? "");
    if (whole === undefined || whole.kind === "region") return house;
    house = whole.gln;
  }
  return house;
};

/** Whether two units are of one hospital, or of one municipality. */
export const isOfOneHouse = (directory: DirectoryView, one: string, other: string): boolean =>
  houseOf(directory, one) === houseOf(directory, other);
