import type { Organisation } from "./messages/directory.ts";

type Organisations = readonly Organisation[];

/** Counted once a directory: a directory that changes is another list. */
const counted = new WeakMap<Organisations, Map<string, string[]>>();

const unitsIn = (organisations: Organisations): Map<string, string[]> => {
  const known = counted.get(organisations);
  if (known !== undefined) return known;
  const units = new Map<string, string[]>();
  for (const { gln, partOf } of organisations)
    if (partOf !== undefined) units.set(partOf, [...(units.get(partOf) ?? []), gln]);
  counted.set(organisations, units);
  return units;
};

/**
 * An organisation and all that is part of it, by GLN: itself first, then its units and theirs. It speaks for each of them, and
 * sees their lists. A ring in the directory ends, since nobody is counted twice.
 */
export const withUnits = (gln: string, organisations: Organisations): string[] => {
  const units = unitsIn(organisations);
  const found = new Set([gln]);
  for (const whole of found) for (const unit of units.get(whole) ?? []) found.add(unit);
  return [...found];
};
