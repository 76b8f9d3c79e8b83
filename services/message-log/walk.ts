import { type Merged, type Place, reading, readRun, type Slice } from "../case/read-lanes.ts";

/** Sets to walk through, newest first: what stands in both indexes is one list. */
export type Walk<Found> = {
  sources: readonly { slice: Slice; merged: Merged }[];
  /** What stands at these places and is wanted, by its member. */
  find: (members: readonly string[]) => Promise<ReadonlyMap<string, Found>>;
  limit: number;
  after: Place | undefined;
  /** Nothing before this time is wanted. */
  fromMs: number;
};

/** A page that a filter leaves short ends here, with a cursor: no question makes others wait. */
const maxRounds = 8;
/** The most that is read of a lane at a time, and looked at in one go. */
const most = 200;

type Run = { run: Place[]; more: boolean };

/** What comes next of both: where one of them may hold more, nothing beyond its last counts. */
const nextOfAll = async (walk: Walk<unknown>, size: number, after: Place | undefined): Promise<Run> => {
  const runs = await Promise.all(
    walk.sources
      .filter(({ merged: { keys, lanes } }) => keys.length > 0 && lanes.length > 0)
      .map(({ slice, merged }) => readRun({ slice }, { source: merged, size }, after)),
  );
  const compare = reading(true);
  const [horizon] = runs.flatMap(({ run, more }) => (more ? (run.at(-1) ?? []) : [])).toSorted(compare);
  const all = runs.flatMap(({ run }) => run).toSorted(compare);
  const run = horizon === undefined ? all : all.filter((place) => compare(place, horizon) <= 0);
  return { run, more: horizon !== undefined };
};

type Page<Found> = { items: Found[]; at: Place | undefined };

/** Takes what is wanted of a run, until the page is full. @returns whether it is, or all that is left is too old */
const takeFrom = async <Found>(
  walk: Walk<Found>,
  run: readonly Place[],
  page: Page<Found>,
): Promise<"full" | "ended" | "goes-on"> => {
  for (let start = 0; start < run.length; start += most) {
    const piece = run.slice(start, start + most);
    const found = await walk.find(piece.map(({ member }) => member));
    for (const place of piece) {
      if (place.score < walk.fromMs) return "ended";
      page.at = place;
      const item = found.get(place.member);
      if (item !== undefined && page.items.push(item) === walk.limit) return "full";
    }
  }
  return "goes-on";
};

const firstSize = ({ sources, limit }: Walk<unknown>): number => {
  const lanes = sources.reduce((sum, { merged: { keys, lanes: of } }) => sum + keys.length * of.length, 0);
  return Math.min(most, Math.ceil((2 * limit) / Math.max(1, lanes)) + 4);
};

/** A page of what stands in the sets, newest first. `next`: where it ended, when there may be more. */
export const walked = async <Found>(walk: Walk<Found>): Promise<{ items: Found[]; next?: Place }> => {
  const page: Page<Found> = { items: [], at: walk.after };
  let size = firstSize(walk);
  for (let round = 0; round < maxRounds; round++) {
    const { run, more } = await nextOfAll(walk, size, page.at);
    const state = await takeFrom(walk, run, page);
    if (state === "full") break;
    if (state === "ended" || !more) return { items: page.items };
    // Nearly all stands in a few of the lanes.
    size = Math.min(most, 2 * size);
  }
  return page.at === undefined ? { items: page.items } : { items: page.items, next: page.at };
};
