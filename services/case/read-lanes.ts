/** A member of a sorted set and its score. Equal scores stand in the order of their members. */
export type Place = { score: number; member: string };

/** Scores from one up to, and not with, another; of these what stands beyond a place, in the direction of reading. */
type Span = { from: number; to: number; after?: Place };

/** Reads the first members of each span of each sorted set, lowest first or, backwards, highest first: set by set, span by span. */
export type Slice = (
  keys: readonly string[],
  of: { spans: readonly Span[]; limit: number; backwards: boolean },
) => Promise<Place[][]>;

/**
 * A run of scores that is read as a list of its own (`infra/decisions/0017`). `from`: the score of time 0; `to`: where the next lane
 * begins; `tag`: what members end in, since a member stands in a set once. `shift` is what a place of the list is later than the
 * lane says.
 */
export type Lane = { from: number; to: number; tag: string; shift: number };

/** The order of a sorted set: by score, and by the text of the member where scores are equal. */
export const byPlace = (a: Place, b: Place): number =>
  a.score - b.score || (a.member < b.member ? -1 : a.member > b.member ? 1 : 0);

/** The order in which a set is read, from its beginning or from its end. */
export const reading = (backwards: boolean): ((a: Place, b: Place) => number) =>
  backwards ? (a, b) => byPlace(b, a) : byPlace;

/** A place of the list as its lane has it, and the other way. */
const inLane = ({ from, shift, tag }: Lane, { score, member }: Place): Place => ({
  score: from + score - shift,
  member: member + tag,
});
const fromLane = ({ from, shift, tag }: Lane, { score, member }: Place): Place => ({
  score: score - from + shift,
  member: member.slice(0, member.length - tag.length),
});

/** What is surely next over all lanes: one that was read in full may hold more after its last, so nothing beyond that counts. */
const nextRun = (
  slices: readonly Place[][],
  { size, backwards }: { size: number; backwards: boolean },
): { run: Place[]; more: boolean } => {
  const compare = reading(backwards);
  const full = slices.filter((slice) => slice.length === size).flatMap((slice) => slice.at(-1) ?? []);
  const [horizon] = full.toSorted(compare);
  const all = slices.flat().toSorted(compare);
  const sure = horizon === undefined ? all : all.filter((place) => compare(place, horizon) <= 0);
  const run = sure.filter((place, i) => i === 0 || compare(place, sure[i - 1] ?? place) !== 0);
  return { run, more: horizon !== undefined };
};

/** Which lanes of which sets a list is merged from, and from which end. */
export type Merged = { keys: readonly string[]; lanes: readonly Lane[]; backwards: boolean };

/** What comes next of several lists, after a place: `size` of each lane at most. */
export const readRun = async (
  { slice }: { slice: Slice },
  { source, size }: { source: Merged; size: number },
  after: Place | undefined,
): Promise<{ run: Place[]; more: boolean }> => {
  const { keys, lanes, backwards } = source;
  const spans = lanes.map((lane): Span => {
    const { from, to } = lane;
    return after === undefined ? { from, to } : { from, to, after: inLane(lane, after) };
  });
  const slices = await slice(keys, { spans, limit: size, backwards });
  // For each set its lanes in their order.
  const placed = slices.map((places, i) => {
    const lane = lanes[i % lanes.length];
    return lane === undefined ? [] : places.map((place) => fromLane(lane, place));
  });
  return nextRun(placed, { size, backwards });
};
