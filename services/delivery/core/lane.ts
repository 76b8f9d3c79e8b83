import { caseOfDelivery } from "../../../contracts/derived-ids.ts";
import type { Carried } from "../../../contracts/push.ts";
import {
  afterFailure,
  afterKnock,
  type Breaker,
  type BreakerRules,
  backOffMs,
  closed,
  defaultBreakerRules,
  duePast,
  type Moment,
} from "./breaker.ts";
import { type CaseQueue, mapped, valueIn, valuesIn, without, withValue } from "./case-queue.ts";

/** One delivery that waits. `notBeforeMs`: it was tried, and is tried again then. */
type Entry = { readonly deliveryId: string; readonly tries: number; readonly notBeforeMs: number };

/**
 * What one receiver is to be brought, and how it fares: nothing in here concerns any other receiver. The first of each case is
 * the one that goes; the rest of its case waits for it.
 */
export type Lane = {
  /** By case, in the order in which they came up; within a case in the order of its records. */
  readonly cases: CaseQueue<readonly Entry[]>;
  /** With the receiver at this moment. */
  readonly underway: ReadonlySet<string>;
  /** Answered, and not on disk yet: the rest of its case waits, the receiver does not. */
  readonly unrecorded: ReadonlySet<string>;
  readonly breaker: Breaker;
  readonly knocking: boolean;
  /** The receiver asked for peace until then. */
  readonly holdUntilMs: number;
};

export type LaneRules = {
  /** How many documents are with a receiver at once. */
  readonly atOnce: number;
  /** So many answers may wait for the journal; then nothing more is asked for. */
  readonly mostUnrecorded: number;
  /** What a receiver asks for is granted up to this. */
  readonly mostHoldMs: number;
  readonly breaker: BreakerRules;
};

export const defaultLaneRules: LaneRules = {
  atOnce: 16,
  mostUnrecorded: 64,
  mostHoldMs: 15 * 60_000,
  breaker: defaultBreakerRules,
};

export const emptyLane: Lane = {
  cases: [],
  underway: new Set(),
  unrecorded: new Set(),
  breaker: closed,
  knocking: false,
  holdUntilMs: 0,
};

const placeOf = (deliveryId: string): readonly [string, number, number] => {
  const at = caseOfDelivery(deliveryId);
  const n = Number(deliveryId.slice(deliveryId.lastIndexOf(".") + 1));
  return at === undefined ? [deliveryId, 0, 0] : [at.caseId, at.recordNo, n];
};

const byPlace = (a: Entry, b: Entry): number => {
  const [, aRecord, aNo] = placeOf(a.deliveryId);
  const [, bRecord, bNo] = placeOf(b.deliveryId);
  return aRecord - bRecord || aNo - bNo;
};

/** How many deliveries the lane knows of, those under way among them. */
export const sizeOf = ({ cases }: Lane): number => {
  let size = 0;
  for (const { length } of valuesIn(cases)) size += length;
  return size;
};

/** More that waits; what is known already stays where it is. */
export const owe = (lane: Lane, deliveryIds: readonly string[]): Lane => {
  let { cases } = lane;
  for (const deliveryId of deliveryIds) {
    const [caseId] = placeOf(deliveryId);
    const entries = valueIn(cases, caseId) ?? [];
    if (entries.some((entry) => entry.deliveryId === deliveryId)) continue;
    const more = [...entries, { deliveryId, tries: 0, notBeforeMs: 0 }].toSorted(byPlace);
    cases = withValue(cases, caseId, more);
  }
  return { ...lane, cases };
};

const changed = (lane: Lane, deliveryId: string, change: (entry: Entry) => readonly Entry[]): Lane => {
  const [caseId] = placeOf(deliveryId);
  const entries = (valueIn(lane.cases, caseId) ?? []).flatMap((entry) =>
    entry.deliveryId === deliveryId ? change(entry) : [entry],
  );
  const cases = entries.length === 0 ? without(lane.cases, caseId) : withValue(lane.cases, caseId, entries);
  return { ...lane, cases };
};

const isGoing = ({ underway, unrecorded }: Lane, deliveryId: string): boolean =>
  underway.has(deliveryId) || unrecorded.has(deliveryId);

/** It waits no longer: it was brought, or came there by another way, or was given up on. What is under way ends by itself. */
export const drop = (lane: Lane, deliveryId: string): Lane =>
  isGoing(lane, deliveryId) ? lane : changed(lane, deliveryId, () => []);

const isBusy = (lane: Lane, entries: readonly Entry[]): boolean =>
  entries.some(({ deliveryId }) => isGoing(lane, deliveryId));

/** The deliveries that may go now, each of another case; so many at most. */
const heads = (lane: Lane, nowMs: number, most: number): Entry[] => {
  const found: Entry[] = [];
  if (most === 0) return found;
  for (const entries of valuesIn(lane.cases)) {
    const [first] = entries;
    if (first === undefined || first.notBeforeMs > nowMs || isBusy(lane, entries)) continue;
    if (found.push(first) === most) break;
  }
  return found;
};

const wakeOf = (lane: Lane): number | undefined => {
  const times = [...valuesIn(lane.cases)].flatMap((entries) => {
    const [first] = entries;
    return first === undefined || isBusy(lane, entries) ? [] : [first.notBeforeMs];
  });
  return times.length === 0 ? undefined : Math.min(...times);
};

/** What to do now. `wakeMs`: the time at which to ask again, whatever happens before. */
export type Plan = {
  readonly attempts: readonly string[];
  readonly knock: boolean;
  readonly wakeMs?: number;
};

const nothing: Plan = { attempts: [], knock: false };

/** Of those that could tell whether the receiver is back, one that failed least: it may be a document that it cannot bear. */
const probeOf = (lane: Lane): Entry | undefined =>
  [...valuesIn(lane.cases)]
    .flatMap((entries) => (isBusy(lane, entries) ? [] : entries.slice(0, 1)))
    .toSorted((a, b) => a.tries - b.tries)[0];

/** What was under way when it opened ends first: what comes then is the one document that tells. */
const planOpen = (lane: Lane, breaker: Extract<Breaker, { state: "open" }>, nowMs: number): Plan => {
  if (lane.underway.size > 0) return nothing;
  const due = duePast(breaker, nowMs);
  if (due === "knock") return { attempts: [], knock: !lane.knocking };
  if (due !== "probe") return { ...nothing, wakeMs: due.wakeMs };
  const probe = probeOf(lane);
  return probe === undefined ? nothing : { attempts: [probe.deliveryId], knock: false };
};

const roomIn = ({ underway, unrecorded }: Lane, { atOnce, mostUnrecorded }: LaneRules): number =>
  Math.max(0, Math.min(atOnce - underway.size, mostUnrecorded - unrecorded.size));

const planClosed = (lane: Lane, nowMs: number, room: number): Plan => {
  const attempts = heads(lane, nowMs, room).map(({ deliveryId }) => deliveryId);
  const wakeMs = attempts.length > 0 || room === 0 ? undefined : wakeOf(lane);
  return { attempts, knock: false, ...(wakeMs === undefined ? {} : { wakeMs }) };
};

/** A lane with nothing in it does nothing, whatever is known of its receiver: it is found out when something waits again. */
export const plan = (lane: Lane, nowMs: number, rules: LaneRules): Plan => {
  if (lane.cases.length === 0) return nothing;
  if (lane.holdUntilMs > nowMs) return { ...nothing, wakeMs: lane.holdUntilMs };
  const { breaker } = lane;
  switch (breaker.state) {
    case "open":
      return planOpen(lane, breaker, nowMs);
    case "half-open": {
      const probe = lane.underway.size > 0 ? undefined : probeOf(lane);
      return probe === undefined ? nothing : { attempts: [probe.deliveryId], knock: false };
    }
    case "closed":
      return planClosed(lane, nowMs, roomIn(lane, rules));
  }
};

/** An attempt begins. With an open breaker it is the one document that tells. */
export const begin = (lane: Lane, deliveryId: string): Lane => {
  const { breaker } = lane;
  const underway = new Set(lane.underway).add(deliveryId);
  if (breaker.state !== "open") return { ...lane, underway };
  const { sinceMs, knocks } = breaker;
  return { ...lane, underway, breaker: { state: "half-open", sinceMs, knocks, byKnock: false } };
};

const ended = (lane: Lane, deliveryId: string): Lane => {
  const underway = new Set(lane.underway);
  underway.delete(deliveryId);
  return { ...lane, underway };
};

const again = (lane: Lane, deliveryId: string, at: { moment: Moment; rules: LaneRules }): Lane =>
  changed(lane, deliveryId, (entry) => {
    const tries = entry.tries + 1;
    const waitMs = backOffMs(tries, at.rules.breaker, at.moment.random);
    return [{ ...entry, tries, notBeforeMs: at.moment.nowMs + waitMs }];
  });

/** Whoever asks for peace answers: it is there, and gets what it asks for. */
const held = (
  lane: Lane,
  retryAfterMs: number,
  { moment, rules }: { moment: Moment; rules: LaneRules },
): Lane => ({
  ...lane,
  holdUntilMs: Math.max(lane.holdUntilMs, moment.nowMs + Math.min(retryAfterMs, rules.mostHoldMs)),
});

/** A document that tells nothing of its receiver leaves the question open: the next is to tell, at that time. */
const asBefore = (lane: Lane, probeAtMs: number): Lane => {
  if (lane.breaker.state !== "half-open") return lane;
  const { sinceMs, knocks } = lane.breaker;
  return { ...lane, breaker: { state: "open", sinceMs, knocks, probeAtMs, knockAtMs: probeAtMs } };
};

/** It is back: what failed while it was away has waited long enough. */
const reopened = (lane: Lane): Lane => {
  if (lane.breaker.state === "closed") return { ...lane, breaker: closed };
  const cases = mapped(lane.cases, (entries) => entries.map((e) => ({ ...e, notBeforeMs: 0 })));
  return { ...lane, cases, breaker: closed };
};

/** Whoever asks for time has answered; all else is a failure. */
const failed = (
  lane: Lane,
  { deliveryId, retryAfterMs }: { deliveryId: string; retryAfterMs: number | undefined },
  at: { moment: Moment; rules: LaneRules },
): Lane => {
  if (retryAfterMs !== undefined) return held(asBefore(lane, at.moment.nowMs), retryAfterMs, at);
  const breaker = afterFailure(lane.breaker, at.moment, at.rules.breaker);
  return again({ ...lane, breaker }, deliveryId, at);
};

/** The receiver has said yes or no: that is to stand in the journal before the next of the case goes. */
const answered = (lane: Lane, deliveryId: string): Lane =>
  reopened({ ...lane, unrecorded: new Set(lane.unrecorded).add(deliveryId) });

/** The answer stands in the journal. */
export const recorded = (lane: Lane, deliveryId: string): Lane => {
  const unrecorded = new Set(lane.unrecorded);
  unrecorded.delete(deliveryId);
  return changed({ ...lane, unrecorded }, deliveryId, () => []);
};

/** What an attempt came to, and what that means for its receiver. */
export const settle = (
  before: Lane,
  {
    deliveryId,
    carried,
  }: { deliveryId: string; carried: Pick<Carried, "result" | "retryAfterMs" | "earlier"> },
  at: { moment: Moment; rules: LaneRules },
): Lane => {
  const lane = ended(before, deliveryId);
  const { nowMs } = at.moment;
  switch (carried.result) {
    case "taken":
    case "refused":
      return answered(lane, deliveryId);
    case "not-owed":
      return changed(asBefore(lane, nowMs), deliveryId, () => []);
    case "behind":
      return owe(asBefore(lane, nowMs), carried.earlier ?? []);
    case "own-fault":
      return again(asBefore(lane, nowMs + at.rules.breaker.leastMs), deliveryId, at);
    case "busy":
    case "failed":
    case "unreachable":
      return failed(lane, { deliveryId, retryAfterMs: carried.retryAfterMs }, at);
  }
};

/** A knock begins, or ends with or without an answer. */
export const knockBegins = (lane: Lane): Lane => ({ ...lane, knocking: true });
export const knockEnds = (lane: Lane, awake: boolean, at: { moment: Moment; rules: LaneRules }): Lane => ({
  ...lane,
  knocking: false,
  breaker: afterKnock(lane.breaker, awake, { moment: at.moment, rules: at.rules.breaker }),
});
