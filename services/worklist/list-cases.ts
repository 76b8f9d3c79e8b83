import { caseKey, type ListKind, listKey } from "../../contracts/index-keys.ts";
import type { CaseList, CaseListItem, IndexedCase } from "../../contracts/messages/case-list.ts";
import { isWanted, type Wanted } from "./core/filter-cases.ts";
import { byPlace, cursorOf, placeOf } from "./core/list-cursor.ts";
import { isOverdue, placeIn } from "./core/places.ts";
import type { Place, WorklistPorts } from "./ports.ts";

type Ports = Pick<WorklistPorts, "slice" | "mget" | "nameOf" | "now">;

/** Which sorted sets a list is read from, and up to which score; `placeOf` says where a case stands in them all. */
export type Source = {
  keys: readonly string[];
  until?: number;
  placeOf: (of: IndexedCase) => number | undefined;
};
type Page = { limit: number; cursor?: string | undefined };

/** A page that a filter leaves short ends here, with a cursor: no question makes others wait. */
const maxRounds = 5;
const chunk = { least: 10, most: 100 } as const;

/** The lists of several organisations as one. A case in several of them stands once, at its earliest place. */
export const sourceOf = (lists: readonly ListKind[], glns: readonly string[], until?: number): Source => ({
  keys: glns.flatMap((gln) => lists.map((list) => listKey(list, gln))),
  ...(until === undefined ? {} : { until }),
  placeOf: (of) => {
    const places = glns.flatMap((gln) => lists.flatMap((list) => placeIn[list](of, gln) ?? []));
    return places.length === 0 ? undefined : Math.min(...places);
  },
});

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
export const listItem = (ports: Pick<Ports, "nameOf" | "now">, of: IndexedCase): CaseListItem => ({
  ...of,
  awaits: of.awaits.map((one) => ({
    ...one,
    name: ports.nameOf(one.who),
    overdue: isOverdue(one, ports.now()),
  })),
});

/** What is surely next over all sets: a set that was read in full may hold more after its last, so nothing beyond that counts. */
const nextRun = (slices: readonly Place[][], size: number): { run: Place[]; more: boolean } => {
  const full = slices.filter((slice) => slice.length === size).flatMap((slice) => slice.at(-1) ?? []);
  const [horizon] = full.toSorted(byPlace);
  const all = slices.flat().toSorted(byPlace);
  const sure = horizon === undefined ? all : all.filter((place) => byPlace(place, horizon) <= 0);
  const run = sure.filter((place, i) => i === 0 || byPlace(place, sure[i - 1] ?? place) !== 0);
  return { run, more: horizon !== undefined };
};

type Reading = { source: Source; wanted: Wanted; limit: number };

/** Takes what is wanted of a run, until the page is full or the list ends. */
const takeFrom = (
  ports: Ports,
  { source, wanted, limit }: Reading,
  at: { run: readonly Place[]; cases: readonly (IndexedCase | undefined)[]; items: CaseListItem[] },
): { last: Place | undefined; ended: boolean } => {
  let last: Place | undefined;
  for (const [i, place] of at.run.entries()) {
    if (source.until !== undefined && place.score > source.until) return { last, ended: true };
    last = place;
    const of = at.cases[i];
    // In several sets a case stands several times: it is shown where it stands first.
    if (of === undefined || source.placeOf(of) !== place.score || !isWanted(of, wanted, ports.now()))
      continue;
    at.items.push(listItem(ports, of));
    if (at.items.length === limit) break;
  }
  return { last, ended: false };
};

const pageFrom = async (ports: Ports, reading: Reading, from: Place | undefined): Promise<CaseList> => {
  const { source, limit } = reading;
  const size = Math.min(chunk.most, Math.max(chunk.least, Math.ceil((2 * limit) / source.keys.length)));
  const items: CaseListItem[] = [];
  let at = from;
  for (let round = 0; round < maxRounds && items.length < limit; round++) {
    const { run, more } = nextRun(await ports.slice(source.keys, at, size), size);
    const caseIds = run.map(({ member }) => member);
    const cases = await indexedCases(ports, caseIds);
    const { last, ended } = takeFrom(ports, reading, { run, cases, items });
    at = last ?? at;
    if (ended || (!more && items.length < limit)) return { items };
  }
  return at === undefined ? { items } : { items, next: cursorOf(at) };
};

/**
 * A page of a list, merged from the sorted sets of as many organisations as it takes. `undefined`: the cursor is none.
 * @throws Fault `index-unavailable`
 */
export const listCases = async (
  ports: Ports,
  source: Source,
  { limit, cursor, ...wanted }: Wanted & Page,
): Promise<CaseList | undefined> => {
  if (cursor === undefined) return pageFrom(ports, { source, wanted, limit }, undefined);
  const from = placeOf(cursor);
  return from === undefined ? undefined : pageFrom(ports, { source, wanted, limit }, from);
};
