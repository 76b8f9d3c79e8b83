/** What is not told to those who are no party: small groups, and those that would give them away. */

/** Sundhedsdatastyrelsen's rule of discretion: a group of 1 to 4 is not shown. */
const fewest = 5;

export const isFew = (count: number): boolean => count > 0 && count < fewest;

/**
 * Which of the groups of one total are hidden: the small ones, and where that is but one, the smallest of the others with it, since the
 * total less all that is shown would tell the one.
 */
export const hiddenAmong = <Group>(
  groups: readonly Group[],
  sizeOf: (group: Group) => number,
): ReadonlySet<Group> => {
  const small = groups.filter((group) => isFew(sizeOf(group)));
  if (small.length !== 1) return new Set(small);
  const [next] = groups.filter((group) => sizeOf(group) >= fewest).toSorted((a, b) => sizeOf(a) - sizeOf(b));
  return new Set(next === undefined ? small : [...small, next]);
};
