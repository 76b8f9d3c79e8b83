import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { patientHash, patientKey } from "../../contracts/index-keys.ts";
import {
  type CaseList,
  type IndexedCase,
  type PatientQuery,
  readListCursor,
} from "../../contracts/messages/case-list.ts";
import { type Place, reading } from "../case/read-lanes.ts";
import { isWanted, type Wanted } from "./core/filter-cases.ts";
import { citizenLane } from "./core/lanes.ts";
import { cursorOf, directions } from "./core/list-cursor.ts";
import { knownTo, type Order, orderedBy } from "./core/places.ts";
import { indexedCases, listCases, listItem, type Page } from "./list-cases.ts";
import type { WorklistPorts } from "./ports.ts";

/** Whether a viewer may know of a case as it is now: as a party, or for a unit that is part of it. */
export const isShown = (ports: WorklistPorts, viewer: string, of: IndexedCase): boolean =>
  knownTo(of).some((party) => ports.isPartOf(party, viewer)) &&
  mayI(askerOf(viewer), { resource: "list", relation: "party" }).yes;

type PatientCases = Wanted & Page & { patient: PatientQuery };

const keyOf = (ports: WorklistPorts, { patient }: PatientCases): string =>
  patientKey(patientHash(patient, ports.digest));

const byChange = (ports: WorklistPorts, viewer: string, asked: PatientCases): Promise<CaseList> => {
  const { patient: _patient, ...rest } = asked;
  const source = {
    keys: [keyOf(ports, asked)],
    lanes: [citizenLane],
    // The latest change stands first there.
    backwards: !directions[asked.sort].backwards,
    placeOf: (of: IndexedCase) => (isShown(ports, viewer, of) ? -orderedBy.changed(of) : undefined),
  };
  return listCases(ports, source, rest);
};

/** More than all citizens have together. */
const everyOne = 100_000_000;
/** Cards that are read at a time: between two runs others get their turn. */
const runOf = 250;

type Placed = { place: Place; of: IndexedCase };

const placed = async (
  ports: WorklistPorts,
  caseIds: readonly string[],
  { order, isAsked }: { order: Order; isAsked: (of: IndexedCase) => boolean },
): Promise<Placed[]> => {
  const found: Placed[] = [];
  for (let start = 0; start < caseIds.length; start += runOf)
    for (const of of await indexedCases(ports, caseIds.slice(start, start + runOf)))
      if (of !== undefined && isAsked(of))
        found.push({ place: { score: orderedBy[order](of), member: of.caseId }, of });
  return found;
};

/**
 * By due time or opening: all of the citizen's cases are read and sorted. A citizen has as many as a person can have, so
 * this costs a page little, and a set of its own for each order would cost every record.
 */
const byOther = async (
  ports: WorklistPorts,
  viewer: string,
  asked: PatientCases & { order: Order },
): Promise<CaseList> => {
  const { sort, limit, order } = asked;
  const now = ports.now();
  const isAsked = (of: IndexedCase): boolean => isShown(ports, viewer, of) && isWanted(of, asked, now);
  const caseIds = await ports.page(keyOf(ports, asked), undefined, everyOne);
  const compare = reading(directions[sort].backwards);
  const sorted = (await placed(ports, caseIds, { order, isAsked })).toSorted((a, b) =>
    compare(a.place, b.place),
  );
  const from = asked.cursor === undefined ? undefined : readListCursor(asked.cursor);
  const rest = from === undefined ? sorted : sorted.filter(({ place }) => compare(place, from) > 0);
  const page = rest.slice(0, limit);
  const items = page.map(({ of }) => listItem(ports, of));
  const last = rest.length > limit ? page.at(-1) : undefined;
  return last === undefined ? { items } : { items, next: cursorOf(sort, last.place) };
};

/** The cases of one citizen that a viewer may know of. @throws Fault `index-unavailable` */
export const casesOfPatient = (
  ports: WorklistPorts,
  viewer: string,
  asked: PatientCases,
): Promise<CaseList> => {
  const { order } = directions[asked.sort];
  return order === "changed" ? byChange(ports, viewer, asked) : byOther(ports, viewer, { ...asked, order });
};
