/**
 * The same numbers once more, slowly and by another way: each clock by walking through all records of its case. It shares no code
 * with the fold (`follow.ts`) nor with the clock book, so that either tells on the other.
 */

import type { ClockChange } from "../../../../contracts/clocks.ts";
import type { BreachReason } from "../../../../contracts/codes/indicator-words.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { type Instant, laterOf } from "../../../../contracts/time.ts";
import { addDays, isWorkingDay } from "../../../case/calendar.ts";
import { localDateOf } from "../../../case/clock-zone.ts";
import type { ClockOutcome, ClockRow } from "./clock-row.ts";

type Started = Extract<ClockChange, { change: "started" }>;
type Rescheduled = Extract<ClockChange, { change: "rescheduled" }>;
type Span = [from: Instant, to: Instant];
type News = { at: Instant; good: boolean };

/** What is noted while walking along. */
type Notes = {
  start: Instant;
  due: Instant;
  /** The due time that was missed first. */
  missed: Instant | undefined;
  pausedAt: Instant | undefined;
  pauses: Span[];
  end: { how: "stopped" | "cancelled"; at: Instant; idleFrom: Instant } | undefined;
  letters: Set<string>;
  news: News[];
};

const noteNews = (notes: Notes, { deliveries }: CaseRecord): void => {
  for (const delivery of deliveries) {
    if (!notes.letters.has(delivery.deliveryId) || notes.end !== undefined) continue;
    const { change } = delivery;
    if (change === "fetched" || change === "acknowledged") notes.news.push({ at: delivery.at, good: true });
    if (change === "failed" || change === "failedForNow") notes.news.push({ at: delivery.at, good: false });
    if (change === "unconfirmed" && delivery.why !== "not-fetched")
      notes.news.push({ at: delivery.at, good: false });
  }
};

const noteReopened = (notes: Notes, at: Instant): void => {
  if (notes.end !== undefined) notes.pauses.push([notes.end.idleFrom, at]);
  notes.end = undefined;
};

const noteAnew = (notes: Notes, change: Rescheduled): void => {
  if (change.why === "reopened") noteReopened(notes, change.at);
  else if (change.waited !== undefined)
    notes.pauses = change.waited.map(({ pausedAt, resumedAt }) => [pausedAt, resumedAt]);
  if (change.why === "start-moved") notes.missed = change.rings.includes("breach") ? undefined : change.due;
  notes.start = change.startedAt ?? notes.start;
  notes.due = change.due;
  if (change.paused !== true) notes.pausedAt = undefined;
};

const noteEnd = (notes: Notes, change: Extract<ClockChange, { change: "stopped" | "cancelled" }>): void => {
  const { at } = change;
  notes.end = { how: change.change, at, idleFrom: notes.pausedAt ?? at };
  if (change.change === "stopped") notes.missed = change.inTime ? undefined : (notes.missed ?? notes.due);
};

const notePause = (notes: Notes, at: Instant): void => {
  if (at > notes.due) notes.missed ??= notes.due;
  notes.pausedAt = at;
};

const noteResumed = (notes: Notes, at: Instant, due: Instant): void => {
  if (notes.pausedAt !== undefined) notes.pauses.push([notes.pausedAt, at]);
  notes.pausedAt = undefined;
  notes.due = due;
};

const noteBreach = (notes: Notes): void => {
  notes.missed ??= notes.due;
  notes.pausedAt = undefined;
};

const noteChange = (notes: Notes, change: ClockChange): void => {
  const reopens = change.change === "rescheduled" && change.why === "reopened";
  if (notes.end !== undefined && !reopens) return;
  if (change.change === "paused") notePause(notes, change.at);
  if (change.change === "resumed") noteResumed(notes, change.at, change.due);
  if (change.change === "rescheduled") noteAnew(notes, change);
  if (change.change === "stopped" || change.change === "cancelled") noteEnd(notes, change);
  if (change.change === "breached") noteBreach(notes);
};

const walk = (records: readonly CaseRecord[], from: number, start: Started): Notes => {
  const letters =
    start.deliveryId === undefined
      ? (records[from]?.deliveries ?? []).filter((d) => d.change === "owed" && d.to === start.debtor)
      : [{ deliveryId: start.deliveryId }];
  const notes: Notes = {
    start: start.at,
    due: start.due,
    missed: undefined,
    pausedAt: undefined,
    pauses: [],
    end: undefined,
    letters: new Set(letters.map(({ deliveryId }) => deliveryId)),
    news: [],
  };
  for (const record of records.slice(from)) {
    if (record !== records[from]) noteNews(notes, record);
    for (const change of record.clocks) if (change.clockId === start.clockId) noteChange(notes, change);
  }
  return notes;
};

const isPast = ({ end, missed, due, pausedAt }: Notes, asOf: Instant): boolean =>
  missed !== undefined || (end?.idleFrom ?? pausedAt ?? asOf) > due;

const outcomeOf = (notes: Notes, asOf: Instant): ClockOutcome => {
  const { end, missed } = notes;
  if (end?.how === "stopped") return missed === undefined ? "inTime" : "late";
  const past = isPast(notes, asOf);
  if (end?.how === "cancelled") return past ? "cancelledLate" : "cancelled";
  return past ? "openLate" : "open";
};

const otherwise: Readonly<Record<ClockOutcome, BreachReason | "">> = {
  late: "answered-late",
  openLate: "unanswered",
  cancelledLate: "ended-late",
  inTime: "",
  open: "",
  cancelled: "",
};

const lateBecause = (notes: Notes, outcome: ClockOutcome, pauses: readonly Span[]): BreachReason | "" => {
  if (otherwise[outcome] === "") return "";
  const due = notes.missed ?? notes.due;
  const before = notes.news.filter(({ at }) => at <= due);
  if (before.at(-1)?.good === false) return "not-delivered";
  if (notes.letters.size > 0 && before.length === 0) return "not-fetched";
  return pauses.some(([from]) => from > due) ? "asked-back-late" : otherwise[outcome];
};

/** Day by day: those after the start and up to the end that are working days, less those on which somebody began by waiting. */
const daysBetween = ([start, end]: Span, pauses: readonly Span[]): number => {
  const [first, last] = [localDateOf(start), localDateOf(end)];
  let days = 0;
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) if (isWorkingDay(day, [])) days += 1;
  for (const [from, to] of pauses)
    for (let day = localDateOf(from); day < localDateOf(to); day = addDays(day, 1))
      if (isWorkingDay(day, [])) days -= 1;
  return Math.max(0, days);
};

const msIn = ([from, to]: Span): number => Date.parse(to) - Date.parse(from);
const clipped = ([from, to]: Span, [start, end]: Span): Span[] => {
  const [a, b] = [from < start ? start : from, to > end ? end : to];
  return a < b ? [[a, b]] : [];
};

type Times = Pick<ClockRow, "minutes" | "days" | "pausedMinutes" | "paused">;

const timesOf = (life: Span, pauses: readonly Span[]): Times => {
  const waited = pauses.flatMap((pause) => clipped(pause, life));
  const waitedMs = waited.map(msIn).reduce((a, b) => a + b, 0);
  return {
    minutes: Math.floor(Math.max(0, msIn(life) - waitedMs) / 60_000),
    days: daysBetween(life, waited),
    pausedMinutes: Math.floor(waitedMs / 60_000),
    paused: waited.length > 0,
  };
};

const kindOf = (records: readonly CaseRecord[], upTo: number): string =>
  records.slice(0, upTo + 1).findLast(({ meta }) => meta.card !== undefined)?.meta.card?.kind ?? "";

/** The tier of the question that was put to a doctor in the same record. */
const tierIn = (record: CaseRecord): string =>
  record.facts.flatMap((fact) =>
    fact.type === "DoctorAsked" && "tier" in fact ? [String(fact.tier)] : [],
  )[0] ?? "";

type About = Pick<ClockRow, "family" | "kind" | "speciality" | "priority" | "tier">;

const aboutOf = (records: readonly CaseRecord[], at: number, start: Started): About => {
  const record = records[at];
  if (record === undefined) return { family: "", kind: "", speciality: "", priority: "", tier: "" };
  const { family } = record;
  const { matter, deliveryId } = start;
  const tier = tierIn(record);
  if (matter === undefined) {
    const kind = deliveryId === undefined ? kindOf(records, at) : "delivery";
    return { family, kind, speciality: "", priority: "", tier };
  }
  const { kind, speciality = "", priority = "" } = matter;
  return { family, kind, speciality, priority, tier: matter.tier ?? tier };
};

/** The pauses, with the one that it ended in, or that lasts still. */
const pausesUpTo = (notes: Notes, end: Instant): Span[] => {
  const idle = notes.end === undefined ? notes.pausedAt : notes.end.idleFrom;
  const lasts = idle !== undefined && (notes.end === undefined || idle < end);
  return lasts ? [...notes.pauses, [idle, end]] : notes.pauses;
};

/** Every clock of one case. `records`: all of them, in order. */
export const recountedClocks = (records: readonly CaseRecord[], asOf: Instant): ClockRow[] => {
  const starts = records.flatMap(({ clocks }, at) =>
    clocks.flatMap((change) => (change.change === "started" ? [{ at, start: change }] : [])),
  );
  const begun = starts.filter(
    ({ start }, i) => starts.findIndex((other) => other.start.clockId === start.clockId) === i,
  );
  return begun.map(({ at, start }, i) => {
    const notes = walk(records, at, start);
    const end = notes.end?.at ?? asOf;
    const pauses = pausesUpTo(notes, end);
    const outcome = outcomeOf(notes, asOf);
    return {
      ...aboutOf(records, at, start),
      agreement: start.agreement,
      debtor: start.debtor,
      creditor: start.creditor,
      month: localDateOf(notes.start).slice(0, 7),
      first: begun.findIndex((other) => other.start.agreement === start.agreement) === i,
      firstOfDebtor: !begun
        .slice(0, i)
        .some((other) => other.start.agreement === start.agreement && other.start.debtor === start.debtor),
      outcome,
      reason: lateBecause(notes, outcome, pauses),
      ...timesOf([notes.start, laterOf(end, notes.start)], pauses),
    };
  });
};
