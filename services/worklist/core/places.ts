import { type ListKind, listKey } from "../../../contracts/index-keys.ts";
import type { IndexedCase } from "../../../contracts/messages/case-list.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** Year 9999: after everything that is due. What has no due time stands there in the order in which it last changed. */
const farFutureMs = Date.UTC(9999, 11, 31);

const undue = (of: IndexedCase): number => farFutureMs + Date.parse(of.updatedAt);
const earliest = (of: IndexedCase, awaits: IndexedCase["awaits"]): number =>
  Math.min(...awaits.map(({ due }) => (due === undefined ? undue(of) : Date.parse(due))));

/**
 * Where a case stands in an organisation's lists, lowest first; `undefined`: not in that list.
 * `expected`: by when something is expected of it. `waits`: by when something is expected of others, in an open case;
 * who opened a case waits also when nothing is expected of anybody. `mine`: every case, the latest change first.
 */
export const placeIn: Readonly<Record<ListKind, (of: IndexedCase, gln: string) => number | undefined>> = {
  expected: (of, gln) => {
    const own = of.closed ? [] : of.awaits.filter(({ who }) => who === gln);
    return own.length === 0 ? undefined : earliest(of, own);
  },
  waits: (of, gln) => {
    if (of.closed) return undefined;
    const others = of.awaits.filter(({ who }) => who !== gln);
    if (others.length > 0) return earliest(of, others);
    return of.opener === gln && of.awaits.length === 0 ? undue(of) : undefined;
  },
  mine: (of) => -Date.parse(of.updatedAt),
};

const kinds = ["expected", "waits", "mine"] as const satisfies readonly ListKind[];

/** Whether something is late: told by the clock that broke, or by the time that has come meanwhile. */
export const isOverdue = ({ due, overdue }: IndexedCase["awaits"][number], now: string): boolean =>
  overdue || (due !== undefined && due < now);

/** What lists keep of a case after a record; nothing for a record that says nothing of it. */
export const indexedCase = ({ caseId, family, meta }: CaseRecord): IndexedCase | undefined => {
  if (meta.card === undefined) return undefined;
  const { patient: _patient, parties, ...card } = meta.card;
  const awaited = card.awaits.map(({ who }) => who);
  return {
    ...card,
    caseId,
    family,
    status: meta.status,
    no: meta.no,
    updatedAt: meta.at,
    parties: parties ?? [...new Set([card.opener, ...awaited])],
  };
};

type Op = readonly [command: string, key: string, ...args: string[]];

/** The writes that put a case where it belongs in the lists of everybody who has to do with it, and take it out of the rest. */
export const listWrites = (of: IndexedCase): Op[] =>
  [...new Set([...of.parties, ...of.awaits.map(({ who }) => who)])].flatMap((gln) =>
    kinds.map((kind): Op => {
      const place = placeIn[kind](of, gln);
      const key = listKey(kind, gln);
      return place === undefined ? ["ZREM", key, of.caseId] : ["ZADD", key, String(place), of.caseId];
    }),
  );
