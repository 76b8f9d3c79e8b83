import type { IndexedCase, ListName } from "../../../contracts/messages/case-list.ts";
import { type CaseRecord, followUpAct } from "../../../contracts/record.ts";
import { epochMs } from "../../case/epoch-ms.ts";

/** What a list may be sorted by, whichever way round. */
export type Order = "due" | "changed" | "opened";

/** Year 9999: after everything that is due. What has no due time stands there in the order in which it last changed. */
export const farFutureMs = Date.UTC(9999, 11, 31);

/** Never below zero: a lane of the index has no room there. */
const ms = (instant: string): number => Math.max(0, epochMs(instant));

type Awaited = IndexedCase["awaits"][number];

const undue = (of: IndexedCase): number => farFutureMs + ms(of.updatedAt);
/** By when the first of some is due; infinity: there is none. */
const earliest = (of: IndexedCase, counts: (awaited: Awaited) => boolean): number => {
  let first = Number.POSITIVE_INFINITY;
  for (const awaited of of.awaits)
    if (counts(awaited)) first = Math.min(first, awaited.due === undefined ? undue(of) : ms(awaited.due));
  return first;
};

export type OpenList = "expected" | "waits";

/**
 * By when something is due in an organisation's open cases, in milliseconds; `undefined`: the case is not in that list.
 * `expected`: by when something is expected of it. `waits`: by when something is expected of others; who opened a case
 * waits also when nothing is expected of anybody.
 */
export const dueIn: Readonly<Record<OpenList, (of: IndexedCase, gln: string) => number | undefined>> = {
  expected: (of, gln) => {
    // A document that did not arrive is followed up by its sender also when nothing else is left to do.
    const due = earliest(of, ({ who, act }) => who === gln && (!of.closed || act === followUpAct));
    return due === Number.POSITIVE_INFINITY ? undefined : due;
  },
  waits: (of, gln) => {
    if (of.closed) return undefined;
    const due = earliest(of, ({ who, act }) => who !== gln && act !== followUpAct);
    if (due !== Number.POSITIVE_INFINITY) return due;
    return of.opener === gln && of.awaits.every(({ act }) => act === followUpAct) ? undue(of) : undefined;
  },
};

/** Where each order puts a case, in milliseconds; `due`: by when something is due in it, whoever owes it. */
export const orderedBy: Readonly<Record<Order, (of: IndexedCase) => number>> = {
  due: (of) => (of.awaits.length === 0 ? undue(of) : earliest(of, () => true)),
  changed: (of) => ms(of.updatedAt),
  // A card that is older than the field does not tell: then the case is as old as its last change.
  opened: (of) => ms(of.openedAt ?? of.updatedAt),
};

/** Whether something is late: told by the clock that broke, or by the time that has come meanwhile. */
export const isOverdue = ({ due, overdue }: Awaited, now: string): boolean =>
  overdue || (due !== undefined && due < now);

const openLists: Readonly<Record<ListName, readonly OpenList[]>> = {
  "worklist.expected": ["expected"],
  "worklist.sent": ["waits"],
  "worklist.overdue": ["expected", "waits"],
  "worklist.cases": ["expected", "waits"],
};

/** Whose list it is, which, in which order, and what time it is. */
export type Listed = { list: ListName; order: Order; glns: ReadonlySet<string>; nowMs: number };

/** Everybody whose set a case stands in. */
export const involvedIn = ({ parties, awaits }: IndexedCase): string[] => [
  ...new Set([...parties, ...awaits.map(({ who }) => who)]),
];

/** Who may know of it as it is now: parties that have not passed it on, and whoever something is expected of. */
export const knownTo = ({
  parties,
  left = [],
  awaits,
}: Pick<IndexedCase, "parties" | "left" | "awaits">): string[] => [
  ...parties.filter((gln) => !left.includes(gln)),
  ...awaits.map(({ who }) => who),
];

/** Where a case stands in a list of several organisations, lowest first: once, at its earliest place. `undefined`: it does not. */
export const placeOf = ({ list, order, glns, nowMs }: Listed, of: IndexedCase): number | undefined => {
  // A unit that has nothing to do with a case waits for nobody in it.
  const own = [...new Set(knownTo(of))].filter((gln) => glns.has(gln));
  if (own.length === 0) return undefined;
  const dues = own.flatMap((gln) => openLists[list].flatMap((open) => dueIn[open](of, gln) ?? []));
  const due = dues.length === 0 ? undefined : Math.min(...dues);
  if (due === undefined && list !== "worklist.cases") return undefined;
  if (list === "worklist.overdue" && (due ?? nowMs) >= nowMs) return undefined;
  return order === "due" ? (due ?? undue(of)) : orderedBy[order](of);
};

/** What lists keep of a case after a record; nothing for a record that says nothing of it. */
export const indexedCase = ({ caseId, family, meta }: CaseRecord): IndexedCase | undefined => {
  if (meta.card === undefined) return undefined;
  const { patient: _patient, parties, ...card } = meta.card;
  return Object.assign(card, {
    caseId,
    family,
    status: meta.status,
    no: meta.no,
    updatedAt: meta.at,
    parties: parties ?? [...new Set([card.opener, ...card.awaits.map(({ who }) => who)])],
  });
};
