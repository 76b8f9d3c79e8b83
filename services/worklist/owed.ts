import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { clocksKey, owedKey } from "../../contracts/index-keys.ts";
import type { OwedItem, OwedPage, OwedQuery } from "../../contracts/messages/owed.ts";
import { readOwedCursor } from "../../contracts/messages/owed.ts";
import { type Lane, type Place, readRun } from "../case/read-lanes.ts";
import { type Asker, isAskedFor, type RowWorld, rowsAt } from "./core/owed-rows.ts";
import { owedLanes } from "./core/project-owed.ts";
import { indexedCases } from "./list-cases.ts";
import type { WorklistPorts } from "./ports.ts";

type Ports = Pick<
  WorklistPorts,
  "slice" | "mget" | "hgetall" | "nameOf" | "agreementName" | "unitsOf" | "everybody" | "now"
>;

/** A page that a filter leaves short ends here, with a cursor: no question makes others wait. */
const maxRounds = 5;
/** The most that is read of a lane at a time. */
const most = 100;
/** The most places whose rows are looked at for one page. */
const mostLookedAt = 1_000;

const whoAsks = (ports: Ports, viewer: string): Asker => ({
  glns: mayI(askerOf(viewer), { resource: "list", relation: "everybody" }).yes
    ? "everybody"
    : new Set(ports.unitsOf(viewer)),
});

const lanesOf = ({ side, overdue }: OwedQuery, { glns }: Asker, nowMs: number): readonly Lane[] => {
  // Whoever owes is in the directory: seen from everybody, one side holds all that there is.
  const asked = glns === "everybody" ? "owes" : side;
  const lanes = asked === undefined ? [owedLanes.owes, owedLanes.waits] : [owedLanes[asked]];
  return overdue === true ? lanes.map((lane) => ({ ...lane, to: lane.from + nowMs })) : lanes;
};

/** What the rows of a run are made of, read together. */
const worldOf = async (ports: Ports, run: readonly Place[], nowMs: number): Promise<RowWorld> => {
  const caseIds = [...new Set(run.map(({ member }) => member.slice(0, member.indexOf("|"))))];
  const [cases, clocks] = await Promise.all([
    indexedCases(ports, caseIds),
    Promise.all(caseIds.map((caseId) => ports.hgetall(clocksKey(caseId)))),
  ]);
  const places = new Map(caseIds.map((caseId, i) => [caseId, { of: cases[i], clocks: clocks[i] ?? {} }]));
  return {
    caseOf: (caseId) => places.get(caseId)?.of,
    clocksOf: (caseId) => places.get(caseId)?.clocks ?? {},
    nameOf: ports.nameOf,
    agreementName: ports.agreementName,
    nowMs,
  };
};

/** Takes rows of a run, place by place, until the page is full. A place is never torn apart: the cursor names places. */
const takeRows = (
  run: readonly Place[],
  { items, limit, rowsOf }: { items: OwedItem[]; limit: number; rowsOf: (place: Place) => OwedItem[] },
): Place | undefined => {
  for (const place of run) {
    items.push(...rowsOf(place));
    if (items.length >= limit) return place;
  }
  return run.at(-1);
};

type Asked = { query: OwedQuery; asker: Asker; nowMs: number };

const rowsIn = async (
  ports: Ports,
  places: readonly Place[],
  { query, asker, nowMs }: Asked,
): Promise<(place: Place) => OwedItem[]> => {
  const world = await worldOf(ports, places, nowMs);
  return (place) => rowsAt(world, place).filter((row) => isAskedFor(row, query, asker));
};

const pageTo = (items: OwedItem[], at: Place | undefined): OwedPage =>
  at === undefined ? { items } : { items, next: `owed_${String(at.score)}_${at.member}` };

type Filling = { items: OwedItem[]; lookedAt: number; at: Place | undefined };

/** Merged of many lanes a run is far longer than a page: its rows are read as they are needed. @returns whether the page is full */
const fillFrom = async (
  ports: Ports,
  { run, filling }: { run: readonly Place[]; filling: Filling },
  asked: Asked,
): Promise<boolean> => {
  const { items } = filling;
  const { limit } = asked.query;
  for (let from = 0; from < run.length && filling.lookedAt < mostLookedAt; from += most) {
    const piece = run.slice(from, from + most);
    filling.lookedAt += piece.length;
    filling.at = takeRows(piece, { items, limit, rowsOf: await rowsIn(ports, piece, asked) });
    if (items.length >= limit) return true;
  }
  return filling.lookedAt >= mostLookedAt;
};

/**
 * Who owes whom what: what the asker and its units owe and what is owed to them, or for an operator what everybody owes; what is
 * due first first. @throws Fault `index-unavailable`
 */
export const listOwed = async (ports: Ports, viewer: string, query: OwedQuery): Promise<OwedPage> => {
  const asker = whoAsks(ports, viewer);
  const nowMs = Date.parse(ports.now());
  const glns = asker.glns === "everybody" ? ports.everybody() : [...asker.glns];
  const source = { keys: glns.map(owedKey), lanes: lanesOf(query, asker, nowMs), backwards: false };
  const { limit, cursor } = query;
  const at = cursor === undefined ? undefined : readOwedCursor(cursor);
  const filling: Filling = { items: [], lookedAt: 0, at };
  let size = Math.min(most, Math.ceil((2 * limit) / source.keys.length) + 4);
  for (let round = 0; round < maxRounds; round++) {
    const { run, more } = await readRun(ports, { source, size }, filling.at);
    if (await fillFrom(ports, { run, filling }, { query, asker, nowMs })) break;
    if (!more) return { items: filling.items };
    if (run.length < limit) size = Math.min(most, 2 * size);
  }
  return pageTo(filling.items, filling.at);
};
