import { caseKey, placesKey } from "../../contracts/index-keys.ts";
import {
  type CaseList,
  type CaseListItem,
  type IndexedCase,
  type ListSort,
  readListCursor,
} from "../../contracts/messages/case-list.ts";
import { type Merged, type Place, readRun } from "../case/read-lanes.ts";
import { isWanted, type Wanted } from "./core/filter-cases.ts";
import { lanesOf } from "./core/lanes.ts";
import { cursorOf } from "./core/list-cursor.ts";
import { isOverdue, type Listed, placeOf } from "./core/places.ts";
import { desksOf, isUnread } from "./desks.ts";
import type { WorklistPorts } from "./ports.ts";

type Ports = Pick<WorklistPorts, "slice" | "mget" | "nameOf" | "now">;

/** Which lanes of which sets a list is merged from, and from which end; `placeOf` says where a case stands in the list. */
export type Source = Merged & { placeOf: (of: IndexedCase) => number | undefined };
export type Page = { limit: number; sort: ListSort; cursor?: string | undefined };

/** A page that a filter leaves short ends here, with a cursor: no question makes others wait. */
const maxRounds = 5;
/** The most that is read of a lane, or of cards, at a time. */
const most = 100;

/** The lists of several organisations as one. */
export const sourceOf = (listed: Listed, backwards: boolean): Source => {
  const { list, order, glns, nowMs } = listed;
  const late = list === "worklist.overdue" && order === "due";
  const lanes = lanesOf(list, order);
  return {
    keys: [...glns].map(placesKey),
    lanes: late ? lanes.map((lane) => ({ ...lane, to: Math.min(lane.to, lane.from + nowMs) })) : lanes,
    backwards,
    placeOf: (of) => placeOf(listed, of),
  };
};

/**
 * A case as the index keeps it. Only the projection writes there, and an index of another layout is made anew before it is
 * asked: to parse every field of thousands again would be most of the time that a filtered list takes.
 */
const isIndexed = (value: unknown): value is IndexedCase =>
  typeof value === "object" && value !== null && "caseId" in value && "awaits" in value && "no" in value;

const readIndexed = (text: string | null): IndexedCase | undefined => {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  return isIndexed(value) ? value : undefined;
};

export const indexedCases = async (
  ports: Pick<WorklistPorts, "mget">,
  caseIds: readonly string[],
): Promise<(IndexedCase | undefined)[]> =>
  caseIds.length === 0 ? [] : (await ports.mget(caseIds.map(caseKey))).map(readIndexed);

/** A case as a list shows it now. */
export const listItem = (
  ports: Pick<Ports, "nameOf" | "now">,
  of: IndexedCase,
  own: Pick<CaseListItem, "desk" | "unread"> = {},
): CaseListItem => ({
  ...of,
  ...own,
  awaits: of.awaits.map((one) => ({
    ...one,
    name: ports.nameOf(one.who),
    overdue: isOverdue(one, ports.now()),
  })),
});

/** Whose desks stand beside the cases: the viewer's, for all its units. */
type Whose = { viewer: string; ours: ReadonlySet<string> };
type Desked = Wanted & { holder?: string | undefined; unread?: boolean | undefined };

/** One list that is being read: which of it, and how much. */
type Reading = { source: Source; sort: ListSort; wanted: Desked; limit: number; whose?: Whose | undefined };

type Own = Pick<CaseListItem, "desk" | "unread">;

const isOnDesk = ({ holder, unread }: Desked, own: Own): boolean =>
  (holder === undefined || holder === (own.desk?.holder?.id ?? "nobody")) &&
  (unread === undefined || unread === (own.unread ?? false));

/** What the viewer's own people agreed about each of some cases. */
const ownOf = async (
  ports: Ports,
  whose: Whose | undefined,
  cases: readonly (IndexedCase | undefined)[],
): Promise<Own[]> => {
  if (whose === undefined) return [];
  const { viewer, ours } = whose;
  const desks = await desksOf(
    ports,
    viewer,
    cases.map((of) => of?.caseId ?? ""),
  );
  return cases.map((of, i) => {
    const desk = desks[i];
    const unread = of !== undefined && isUnread(of, desk, ours);
    return { ...(desk === undefined ? {} : { desk }), unread };
  });
};

/** How many are read of each lane: what a page needs if they are alike, and a few more, since one that runs out ends what is sure. */
const firstSize = ({ source, limit }: Reading): number =>
  Math.min(most, Math.ceil((2 * limit) / (source.keys.length * source.lanes.length)) + 4);

/** Takes what is wanted of a run until the page is full, and says where it came to. */
const takeFrom = async (
  ports: Ports,
  { source, wanted, limit, whose }: Reading,
  { run, items }: { run: readonly Place[]; items: CaseListItem[] },
): Promise<Place | undefined> => {
  const step = Math.max(most, 2 * limit);
  for (let start = 0; start < run.length; start += step) {
    const piece = run.slice(start, start + step);
    const cases = await indexedCases(
      ports,
      piece.map(({ member }) => member),
    );
    const owns = await ownOf(ports, whose, cases);
    for (const [i, place] of piece.entries()) {
      const [of, own = {}] = [cases[i], owns[i]];
      // In several lanes a case stands several times: it is shown where it stands first.
      if (of === undefined || source.placeOf(of) !== place.score || !isWanted(of, wanted, ports.now()))
        continue;
      if (!isOnDesk(wanted, own)) continue;
      if (items.push(listItem(ports, of, own)) === limit) return place;
    }
  }
  return run.at(-1);
};

const pageFrom = async (ports: Ports, of: Reading, from: Place | undefined): Promise<CaseList> => {
  const { sort, limit } = of;
  const items: CaseListItem[] = [];
  let [at, size] = [from, firstSize(of)];
  for (let round = 0; round < maxRounds && items.length < limit; round++) {
    const { run, more } = await readRun(ports, { source: of.source, size }, at);
    at = (await takeFrom(ports, of, { run, items })) ?? at;
    if (!more && items.length < limit) return { items };
    // Nearly all stands in a few of the lanes.
    if (run.length < limit) size = Math.min(most, 2 * size);
  }
  return at === undefined ? { items } : { items, next: cursorOf(sort, at) };
};

/**
 * A page of a list, merged from the sorted sets of as many organisations as it takes.
 * @throws Fault `index-unavailable`
 */
export const listCases = (
  ports: Ports,
  source: Source,
  { limit, sort, cursor, whose, ...wanted }: Desked & Page & { whose?: Whose | undefined },
): Promise<CaseList> => {
  const from = cursor === undefined ? undefined : readListCursor(cursor);
  return pageFrom(ports, { source, sort, wanted, limit, whose }, from);
};
