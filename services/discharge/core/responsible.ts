import { practiceHours, type ResponsibilityReason } from "../../../contracts/codes/responsibility.ts";
import type { Responsible, ResponsibleParty } from "../../../contracts/messages/discharge-query.ts";
import type { Instant } from "../../../contracts/time.ts";
import { addDays, isWorkingDay, weekdayOf } from "../../case/calendar.ts";
import { instantOfLocal, localDateOf } from "../../case/clock-zone.ts";
import { isOpen, responsibleUntil, type Stay, type StayState, type Suspension } from "./state.ts";
import { courseOf, type Position } from "./timeline.ts";

/** General practice is open, or the out-of-hours doctor answers: since when, and until when. */
export type Shift = { isOpen: boolean; since: Instant; until: Instant };

export type PrimaryCare = {
  /** GLNs, as far as they are known. */
  practice?: string | undefined;
  outOfHours?: string | undefined;
  /** Who of the two answers at an instant: `practiceShift` unless a region has agreed otherwise. */
  gpOpen: (instant: Instant) => Shift;
};

/** When the hours of general practice begin and end on a Danish date; working days alone have any. */
const changesOn = (date: string): Instant[] =>
  isWorkingDay(date, [])
    ? practiceHours
        .filter(({ days }) => days.includes(weekdayOf(date)))
        .flatMap(({ opens, closes }) => [instantOfLocal(date, opens), instantOfLocal(date, closes)])
    : [];

/** The longest row of days without general practice is Easter and a weekend; a fortnight is more than enough. */
const daysAround = 14;

/** Whether general practice is open at an instant, by the hours that every practice has agreed to. */
export const practiceShift = (instant: Instant): Shift => {
  const today = localDateOf(instant);
  const changes = Array.from({ length: 2 * daysAround + 1 }, (_, i) =>
    changesOn(addDays(today, i - daysAround)),
  ).flat();
  const next = changes.findIndex((change) => change > instant);
  // Openings and closings alternate: after an odd number of changes it is open.
  return { isOpen: next % 2 === 1, since: changes[next - 1] ?? instant, until: changes[next] ?? instant };
};

/** A stay and the course of its patient, worked out once. */
type Told = { stay: Stay; course: readonly Position[] };

/** Who has the patient at an instant; `primary`: the practice or the out-of-hours doctor, by the hour. */
type Holder = {
  who: ResponsibleParty | "primary";
  phone?: string | undefined;
  reasons: readonly ResponsibilityReason[];
};

const at = ({ course }: Told, instant: Instant): Position | undefined =>
  course.findLast((position) => (position.at ?? "") <= instant);

/** Every moment at which the patient came to a ward of the hospital, or was moved between two. */
const admissionsOf = ({ course }: Told): Instant[] =>
  course.flatMap(({ status, at: since }) => (status === "admitted" && since !== undefined ? [since] : []));

const isArrival = ({ status }: Position): boolean => status === "admitted" || status === "acuteAmbulant";

/** When a stay last had the patient come, up to an instant; for a patient who has left, when that was. */
const touchedAt = ({ course }: Told, instant: Instant): Instant => {
  const before = course.filter((position) => (position.at ?? "") <= instant);
  const now = before.at(-1);
  const last = now?.status === "onLeave" ? (before.findLast(isArrival) ?? now) : now;
  return last?.at ?? "";
};

/**
 * The receiving hospital's admission is the transfer: it ends what another stay had (HospitalNotification, section 5), also
 * when nobody told that stay so. An emergency visit elsewhere does not: the patient comes back.
 */
const isSuperseded = (told: Told, others: readonly Told[], instant: Instant): boolean => {
  const since = touchedAt(told, instant);
  return others.some(
    (other) =>
      other !== told && admissionsOf(other).some((admitted) => admitted > since && admitted <= instant),
  );
};

const reasonInside = {
  acuteAmbulant: "acute-ambulant",
  admitted: "admitted",
  onLeave: "on-leave",
  transferred: "transferred",
} as const satisfies Partial<Record<Position["status"], ResponsibilityReason>>;

const hospital = (gln: string | undefined): ResponsibleParty => ({
  kind: "hospital",
  ...(gln === undefined ? {} : { gln }),
});

const insideOf = ({ status, department }: Position): Holder | undefined => {
  if (status === "cancelled" || status === "discharged" || status === "dead") return undefined;
  return { who: hospital(department), reasons: [reasonInside[status]] };
};

const isDuring = (instant: Instant, { from, to }: Suspension): boolean =>
  from <= instant && (to === undefined || instant < to);

/** Who has a patient that left a hospital, under its extended responsibility. `undefined`: it has none, or none any more. */
const extendedBy = (stay: Stay, position: Position, instant: Instant): Holder | undefined => {
  const { responsibility, suspensions, region } = stay;
  const until = responsibleUntil(stay);
  if (responsibility === undefined || until === undefined) return undefined;
  if (responsibility.from !== position.dischargedAt || instant >= until) return undefined;
  if (suspensions.some((one) => isDuring(instant, one)))
    return {
      who: { kind: "emergency", ...(region === undefined ? {} : { gln: region }) },
      reasons: ["discharged", "extended-responsibility", "emergency-call"],
    };
  const prolonged: readonly ResponsibilityReason[] = instant >= responsibility.until ? ["prolonged"] : [];
  return {
    who: hospital(position.department),
    phone: responsibility.phone,
    reasons: ["discharged", "extended-responsibility", ...prolonged],
  };
};

const whyPrimary = ({ responsibility }: Stay, { dischargedAt }: Position): ResponsibilityReason => {
  if (responsibility === undefined || responsibility.from !== dischargedAt) return "not-assessed";
  return responsibility.applies ? "responsibility-returned" : "not-included";
};

/** A patient who dies in hospital is its to the end; one who dies at home is the practice's, which certifies the death. */
const afterDeath = (told: Told, { at: diedAt, department }: Position): Holder => {
  const before = told.course.findLast(
    (position) => (position.at ?? "") <= (diedAt ?? "") && position.status !== "dead",
  );
  const isAtHome = before?.status === "discharged";
  return { who: isAtHome ? "primary" : hospital(department), reasons: ["dead"] };
};

type Present = { told: Told; position: Position; since: Instant };

const latest = (found: readonly Present[]): Present | undefined =>
  found.toSorted((a, b) => (a.since < b.since ? -1 : 1)).at(-1);

/** Who has the patient at an instant, over all stays: a death, then a hospital, then a hospital's word after the discharge. */
const holderAt = (all: readonly Told[], instant: Instant): Holder => {
  const present = all.flatMap((told): Present[] => {
    const position = at(told, instant);
    return position === undefined ? [] : [{ told, position, since: position.at ?? "" }];
  });
  const death = latest(present.filter(({ position }) => position.status === "dead"));
  if (death !== undefined) return afterDeath(death.told, death.position);
  const inForce = present.filter(({ told }) => !isSuperseded(told, all, instant));
  const inside = latest(inForce.filter(({ position }) => insideOf(position) !== undefined));
  const held = inside === undefined ? undefined : insideOf(inside.position);
  if (held !== undefined) return held;
  const left = latest(inForce.filter(({ position }) => position.status === "discharged"));
  if (left === undefined) return { who: "primary", reasons: ["no-stay"] };
  const { told, position } = left;
  const extended = extendedBy(told.stay, position, instant);
  return extended ?? { who: "primary", reasons: ["discharged", whyPrimary(told.stay, position)] };
};

/** Every instant at which the holder may change. */
const boundariesOf = (all: readonly Told[]): Instant[] =>
  all
    .flatMap(({ stay, course }) => [
      ...course.flatMap((position) => position.at ?? []),
      ...(stay.responsibility === undefined ? [] : [stay.responsibility.from, stay.responsibility.until]),
      ...[responsibleUntil(stay) ?? []].flat(),
      ...stay.suspensions.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]),
    ])
    .toSorted();

const isSame = (a: Holder, b: Holder): boolean => JSON.stringify(a.who) === JSON.stringify(b.who);

/** From when to when the holder of an instant holds; open ends are absent. */
const spanOf = (
  all: readonly Told[],
  instant: Instant,
): { since?: Instant | undefined; until?: Instant | undefined } => {
  const boundaries = boundariesOf(all);
  const changes = boundaries.filter((boundary, i) => {
    const before =
      i === 0 ? { who: "primary" as const, reasons: [] } : holderAt(all, boundaries[i - 1] ?? boundary);
    return !isSame(before, holderAt(all, boundary));
  });
  return {
    since: changes.findLast((change) => change <= instant),
    until: changes.find((change) => change > instant),
  };
};

const later = (a: Instant | undefined, b: Instant): Instant => (a !== undefined && a > b ? a : b);
const earlier = (a: Instant | undefined, b: Instant): Instant => (a !== undefined && a < b ? a : b);

const primary = (
  { practice, outOfHours, gpOpen }: PrimaryCare,
  instant: Instant,
  { holder, span }: { holder: Holder; span: ReturnType<typeof spanOf> },
): Responsible => {
  const shift = gpOpen(instant);
  const gln = shift.isOpen ? practice : outOfHours;
  return {
    who: { kind: shift.isOpen ? "practice" : "outOfHours", ...(gln === undefined ? {} : { gln }) },
    since: later(span.since, shift.since),
    until: earlier(span.until, shift.until),
    reasons: [...holder.reasons, shift.isOpen ? "practice-hours" : "out-of-hours"],
  };
};

/**
 * Who answers for a patient at an instant, by every stay that is known: exactly one party, always (Praksisplan Nordjylland,
 * P1 to P3: "tydelighed omkring, hvem der har behandlingsansvaret"). `until` is absent while nobody knows when it ends.
 */
export const responsibleFor = (
  stays: readonly StayState[],
  care: PrimaryCare,
  instant: Instant,
): Responsible => {
  const all = stays.flatMap((stay): Told[] =>
    isOpen(stay) ? [{ stay, course: courseOf(stay.timeline) }] : [],
  );
  const holder = holderAt(all, instant);
  const span = spanOf(all, instant);
  const { who, phone, reasons } = holder;
  if (who === "primary") return primary(care, instant, { holder, span });
  return {
    who,
    since: span.since ?? instant,
    ...(span.until === undefined ? {} : { until: span.until }),
    ...(phone === undefined ? {} : { phone }),
    reasons: [...reasons],
  };
};
