import type { ClockChange } from "../../../contracts/clocks.ts";
import { clocksKey, owedKey } from "../../../contracts/index-keys.ts";
import type { IndexedCase } from "../../../contracts/messages/case-list.ts";
import { type CaseRecord, followUpAct } from "../../../contracts/record.ts";
import { epochMs } from "../../case/epoch-ms.ts";
import type { Lane } from "../../case/read-lanes.ts";
import { farFutureMs, involvedIn } from "./places.ts";

type Op = readonly [command: string, key: string, ...args: string[]];

/** As in the lists of cases: wider than any place, and every score is exact. */
const laneMs = 6e14;

/** An organisation's set has two lanes: what it owes and what it waits for, by when it is due. */
export const owedLanes = {
  owes: { from: 0, to: laneMs, tag: "d", shift: 0 },
  waits: { from: laneMs, to: 2 * laneMs, tag: "c", shift: 0 },
} as const satisfies Readonly<Record<string, Lane>>;

/** `<caseId>|<clockId>`; without a clock id what the case expects of somebody who has no clock. */
const owedMember = (caseId: string, clockId = ""): string => `${caseId}|${clockId}`;

const ms = (instant: string): number => Math.max(0, epochMs(instant));
/** After everything that is due. */
const undue = (instant: string): number => farFutureMs + ms(instant);
export const isUndue = (score: number): boolean => score >= farFutureMs;

/** What is kept of an open clock: who, to whom, under which agreement, since when, about what. */
export type KeptClock = {
  debtor: string;
  creditor: string;
  version: number;
  since: string;
  deliveryId?: string | undefined;
  about?: string | undefined;
};

type At = { caseId: string; parties: readonly string[] };

const members = (caseId: string, clockId: string): { owes: string; waits: string } => {
  const member = owedMember(caseId, clockId);
  return { owes: member + owedLanes.owes.tag, waits: member + owedLanes.waits.tag };
};

/** To another time, in whichever lane of whichever party it stands: whose clock it is was told when it began. */
const moved = ({ caseId, parties }: At, clockId: string, place: number): Op[] => {
  const { owes, waits } = members(caseId, clockId);
  const scores = [String(place), owes, String(owedLanes.waits.from + place), waits];
  return parties.map((gln) => ["ZADD", owedKey(gln), "XX", ...scores]);
};

const begun = (
  caseId: string,
  clockId: string,
  { kept, place }: { kept: KeptClock; place: number },
): Op[] => {
  const { owes, waits } = members(caseId, clockId);
  return [
    ["HSET", clocksKey(caseId), clockId, JSON.stringify(kept)],
    ["ZADD", owedKey(kept.debtor), String(place), owes],
    ["ZADD", owedKey(kept.creditor), String(owedLanes.waits.from + place), waits],
  ];
};

export const pausedField = (clockId: string): string => `${clockId}|paused`;

const ended = ({ caseId, parties }: At, clockId: string): Op[] => {
  const { owes, waits } = members(caseId, clockId);
  return [
    ["HDEL", clocksKey(caseId), clockId, pausedField(clockId)],
    ...parties.map((gln): Op => ["ZREM", owedKey(gln), owes, waits]),
  ];
};

type Change<Kind extends ClockChange["change"]> = Extract<ClockChange, { change: Kind }>;

const started = (caseId: string, c: Change<"started">): Op[] => {
  const { debtor, creditor, agreementVersion: version, at: since, deliveryId, about } = c;
  return begun(caseId, c.clockId, {
    kept: { debtor, creditor, version, since, deliveryId, about },
    place: ms(c.due),
  });
};

/** One that had ended, and goes on, tells again whose it is. */
const rescheduled = (at: At, { clockId, due, paused, again, at: since }: Change<"rescheduled">): Op[] => {
  const place = paused === true ? undue(since) : ms(due);
  return again === undefined
    ? moved(at, clockId, place)
    : begun(at.caseId, clockId, { kept: { ...again, version: again.agreementVersion }, place });
};

const ofClock =
  (at: At) =>
  (c: ClockChange): Op[] => {
    switch (c.change) {
      case "started":
        return started(at.caseId, c);
      case "paused":
        return [
          ["HSET", clocksKey(at.caseId), pausedField(c.clockId), c.at],
          ...moved(at, c.clockId, undue(c.at)),
        ];
      case "resumed":
        return [["HDEL", clocksKey(at.caseId), pausedField(c.clockId)], ...moved(at, c.clockId, ms(c.due))];
      case "rescheduled":
        return rescheduled(at, c);
      case "stopped":
      case "cancelled":
        return ended(at, c.clockId);
      case "answered":
      case "warned":
      case "breached":
        return [];
    }
  };

/** What a case expects of an organisation without a clock that says by when: the earliest place, or none. */
const unclocked = (of: IndexedCase, gln: string): number | undefined => {
  const own = of.awaits.filter(
    ({ who, act, due }) => who === gln && (act === followUpAct || (due === undefined && !of.closed)),
  );
  return own.length === 0
    ? undefined
    : Math.min(...own.map(({ due }) => (due === undefined ? undue(of.updatedAt) : ms(due))));
};

/** Who waits for what an organisation is expected to do: the other party, or of several whoever opened the case. */
export const creditorIn = ({ parties, opener }: IndexedCase, debtor: string): string | undefined => {
  const others = parties.filter((gln) => gln !== debtor);
  return others.length === 1 ? others[0] : others.find((gln) => gln === opener);
};

const ofAwaited = (of: IndexedCase): Op[] => {
  const { owes, waits } = members(of.caseId, "");
  const places = new Map<string, string[]>(involvedIn(of).map((gln) => [gln, []]));
  for (const gln of new Set(of.awaits.map(({ who }) => who))) {
    const place = unclocked(of, gln);
    if (place === undefined) continue;
    places.get(gln)?.push(String(place), owes);
    const creditor = creditorIn(of, gln);
    const waiting = creditor === undefined ? undefined : places.get(creditor);
    if (waiting?.includes(waits) === false) waiting.push(String(owedLanes.waits.from + place), waits);
  }
  return [...places].flatMap(([gln, added]): Op[] => {
    const left = [owes, waits].filter((member) => !added.includes(member));
    return [
      ...(added.length === 0 ? [] : [["ZADD", owedKey(gln), ...added] as const]),
      // The record that opens a case finds nothing of it to take away.
      ...(left.length === 0 || of.no === 1 ? [] : [["ZREM", owedKey(gln), ...left] as const]),
    ];
  });
};

/** Who owes whom what after a record: its open clocks, and what is expected of somebody without one. */
export const ofOwed = (record: CaseRecord, of: IndexedCase | undefined): Op[] => {
  const parties = of === undefined ? (record.meta.parties ?? []) : involvedIn(of);
  return [
    ...record.clocks.flatMap(ofClock({ caseId: record.caseId, parties })),
    ...(of === undefined ? [] : ofAwaited(of)),
  ];
};
