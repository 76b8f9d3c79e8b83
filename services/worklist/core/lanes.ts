import { placesKey } from "../../../contracts/index-keys.ts";
import type { IndexedCase, ListName } from "../../../contracts/messages/case-list.ts";
import type { Lane } from "../../case/read-lanes.ts";
import { dueIn, farFutureMs, involvedIn, type OpenList, type Order, orderedBy } from "./places.ts";

/**
 * An organisation has one sorted set, and each of its cases stands in it a few times: by when something is due, by its latest
 * change, by when it was opened. The set is cut into lanes, runs of scores that are read as lists of their own. By change and
 * by opening a case stands in the lane of the lists that it is in, so a case that moves from one list to another is one new
 * score, and every order of every list is a merge of whole lanes: nothing is read in vain.
 */
type Stand = OpenList | "both" | "neither";

/** Wider than any place, the year 9999 and the time of a change: ten lanes end below 2^53, so that every score is exact. */
const laneMs = 6e14;

const laneAt = (n: number, tag: string): Lane => ({ from: n * laneMs, to: (n + 1) * laneMs, tag, shift: 0 });

const dueLane: Readonly<Record<OpenList, Lane>> = { expected: laneAt(0, "e"), waits: laneAt(1, "w") };
const laneOf: Readonly<Record<Exclude<Order, "due">, Readonly<Record<Stand, Lane>>>> = {
  changed: { expected: laneAt(2, "c"), waits: laneAt(3, "c"), both: laneAt(4, "c"), neither: laneAt(5, "c") },
  opened: { expected: laneAt(6, "o"), waits: laneAt(7, "o"), both: laneAt(8, "o"), neither: laneAt(9, "o") },
};

const standsIn: Readonly<Record<ListName, readonly Stand[]>> = {
  "worklist.expected": ["expected", "both"],
  "worklist.sent": ["waits", "both"],
  "worklist.overdue": ["expected", "waits", "both"],
  "worklist.cases": ["expected", "waits", "both", "neither"],
};

/** What has no due time is not written a third time: its order by change stands for it, at the year 9999. */
const undueLane: Lane = { ...laneOf.changed.neither, shift: farFutureMs };
const dueLanes: Readonly<Record<ListName, readonly Lane[]>> = {
  "worklist.expected": [dueLane.expected],
  "worklist.sent": [dueLane.waits],
  "worklist.overdue": [dueLane.expected, dueLane.waits],
  "worklist.cases": [dueLane.expected, dueLane.waits, undueLane],
};

/** The lanes that a list is merged from. */
export const lanesOf = (list: ListName, order: Order): readonly Lane[] =>
  order === "due" ? dueLanes[list] : standsIn[list].map((stand) => laneOf[order][stand]);

/** A citizen's own set (`patientKey`) is one lane, of the times of the last change below zero: the latest stands first. */
export const citizenLane: Lane = { from: -laneMs, to: laneMs, tag: "", shift: -laneMs };

type Op = readonly [command: string, key: string, ...args: string[]];

/** A score and a member, as they are added. */
const standing = ({ from, tag }: Lane, place: number, caseId: string): [string, string] => [
  String(from + place),
  caseId + tag,
];

const standOf = (expected: number | undefined, waits: number | undefined): Stand => {
  if (expected === undefined) return waits === undefined ? "neither" : "waits";
  return waits === undefined ? "expected" : "both";
};

const writesFor = (of: IndexedCase): ((gln: string) => Op[]) => {
  const { caseId } = of;
  const [changed, opened] = [orderedBy.changed(of), orderedBy.opened(of)];
  return (gln) => {
    const [expected, waits] = [dueIn.expected(of, gln), dueIn.waits(of, gln)];
    const [added, left]: [string[], string[]] = [[], []];
    if (expected === undefined) left.push(caseId + dueLane.expected.tag);
    else added.push(...standing(dueLane.expected, expected, caseId));
    if (waits === undefined) left.push(caseId + dueLane.waits.tag);
    else added.push(...standing(dueLane.waits, waits, caseId));
    const stand = standOf(expected, waits);
    added.push(...standing(laneOf.changed[stand], changed, caseId));
    added.push(...standing(laneOf.opened[stand], opened, caseId));
    const key = placesKey(gln);
    // The record that opens a case finds nothing of it to take away.
    return left.length === 0 || of.no === 1
      ? [["ZADD", key, ...added]]
      : [
          ["ZADD", key, ...added],
          ["ZREM", key, ...left],
        ];
  };
};

/** The writes that put a case where it belongs in the lists of everybody who has to do with it, and take it out of the rest. */
export const listWrites = (of: IndexedCase): Op[] => involvedIn(of).flatMap(writesFor(of));
