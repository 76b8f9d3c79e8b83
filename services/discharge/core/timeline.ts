import type { StayEventKind } from "../../../contracts/messages/discharge-stay.ts";
import type { Instant } from "../../../contracts/time.ts";

/**
 * Where the patient is, as far as the messages in force tell.
 * - `cancelled`: none of the messages is in force. Left by the first event that is.
 * - `acuteAmbulant`: in an emergency department. Set by `acute-ambulant`.
 * - `admitted`: in a ward. Set by `admitted`, `transferred` to one of the hospital's own departments, and `leave-ended`.
 * - `onLeave`: at home for a time, the hospital still responsible. Set by `leave-started`, left by `leave-ended`.
 * - `transferred`: admitted by another hospital, whose stay it now is. Set by `transferred` to a department elsewhere.
 * - `discharged`: at home. Set by `discharged`, left by a new admission of the same stay.
 * - `dead`: final, unless it is cancelled.
 */
export type StayStatus =
  | "cancelled"
  | "acuteAmbulant"
  | "admitted"
  | "onLeave"
  | "transferred"
  | "discharged"
  | "dead";

/** An event that was told of. `away`: at a department that is none of the hospital's. */
export type StayEvent = {
  messageId: string;
  event: StayEventKind;
  occurredAt: Instant;
  department: string;
  away: boolean;
  from?: string | undefined;
  withinRegion: boolean;
  wantsReport?: boolean | undefined;
};

export type Correction = Pick<StayEvent, "messageId" | "occurredAt" | "department" | "away"> & {
  issuedAt: Instant;
};

/** Every message on a stay, by the id of the event that it is about. Messages may come in any order. */
export type Timeline = {
  events: Readonly<Record<string, StayEvent>>;
  corrections: Readonly<Record<string, readonly Correction[]>>;
  cancelled: Readonly<Record<string, true>>;
};

/** Where the patient is after an event. */
export type Position = {
  status: StayStatus;
  /** When that event happened. */
  at?: Instant | undefined;
  /** Who has the patient, or had it last. */
  department?: string | undefined;
  /** The last of the hospital's own departments. */
  ward?: string | undefined;
  /** When the present or last admission began. */
  admittedAt?: Instant | undefined;
  dischargedAt?: Instant | undefined;
  /** How the patient was in the hospital before leaving it. */
  leftFrom?: "admitted" | "acuteAmbulant" | undefined;
};

const nowhere: Position = { status: "cancelled" };
export const emptyTimeline: Timeline = { events: {}, corrections: {}, cancelled: {} };

type Step = Partial<Record<StayStatus, StayStatus>>;
const toWard: Step = {
  cancelled: "admitted",
  acuteAmbulant: "admitted",
  admitted: "admitted",
  onLeave: "admitted",
  transferred: "admitted",
  discharged: "admitted",
};

/** What an event makes of a position; where none is named, the event is history alone. */
export const afterEvent: Readonly<Record<StayEventKind | "transferred-away", Step>> = {
  "acute-ambulant": {
    cancelled: "acuteAmbulant",
    acuteAmbulant: "acuteAmbulant",
    transferred: "acuteAmbulant",
    discharged: "acuteAmbulant",
  },
  admitted: toWard,
  transferred: toWard,
  "transferred-away": {
    cancelled: "transferred",
    acuteAmbulant: "transferred",
    admitted: "transferred",
    onLeave: "transferred",
  },
  "leave-started": { cancelled: "onLeave", acuteAmbulant: "onLeave", admitted: "onLeave" },
  "leave-ended": { cancelled: "admitted", acuteAmbulant: "admitted", onLeave: "admitted" },
  discharged: {
    cancelled: "discharged",
    acuteAmbulant: "discharged",
    admitted: "discharged",
    onLeave: "discharged",
  },
  dead: {
    cancelled: "dead",
    acuteAmbulant: "dead",
    admitted: "dead",
    onLeave: "dead",
    transferred: "dead",
    discharged: "dead",
  },
};

/** Of events at the same instant: dead on arrival has its admission first (HospitalNotification, MORS). */
const order: readonly StayEventKind[] = [
  "acute-ambulant",
  "admitted",
  "transferred",
  "leave-started",
  "leave-ended",
  "discharged",
  "dead",
];

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const byTime = (a: StayEvent, b: StayEvent): number =>
  compare(a.occurredAt, b.occurredAt) ||
  order.indexOf(a.event) - order.indexOf(b.event) ||
  compare(a.messageId, b.messageId);

/** Corrections in the order in which they were issued, whichever came first. */
export const inOrderOfIssue = (corrections: readonly Correction[]): Correction[] =>
  corrections.toSorted((a, b) => compare(a.issuedAt, b.issuedAt) || compare(a.messageId, b.messageId));

const corrected = (event: StayEvent, corrections: readonly Correction[]): StayEvent => {
  const last = corrections.at(-1);
  if (last === undefined) return event;
  const { occurredAt, department, away } = last;
  return { ...event, occurredAt, department, away };
};

/** Senders choose their ids: one named `constructor` is no id that the stay knows. */
export const known = <Value>(by: Readonly<Record<string, Value>>, id: string): Value | undefined =>
  Object.hasOwn(by, id) ? by[id] : undefined;

/** The events that hold, as they were last corrected, in the order in which they happened. */
export const eventsInForce = ({ events, corrections, cancelled }: Timeline): StayEvent[] =>
  Object.values(events)
    .filter(({ messageId }) => !Object.hasOwn(cancelled, messageId))
    .map((event) => corrected(event, known(corrections, event.messageId) ?? []))
    .toSorted(byTime);

const isInWard = (status: StayStatus): boolean => status === "admitted" || status === "onLeave";
export const isInHospital = (status: StayStatus): boolean => status === "acuteAmbulant" || isInWard(status);

/** Undefined when the stay began with the news of its end: its start has not come yet. */
const leftFromOf = ({ status }: Position): Position["leftFrom"] => {
  if (status === "acuteAmbulant") return "acuteAmbulant";
  return isInWard(status) ? "admitted" : undefined;
};

const moved = (before: Position, event: StayEvent): Position => {
  const kind = event.event === "transferred" && event.away ? "transferred-away" : event.event;
  const status = afterEvent[kind][before.status];
  if (status === undefined) return before;
  const { occurredAt: at, department } = event;
  const begins = isInWard(status) && !isInWard(before.status);
  return {
    status,
    at,
    department,
    ward: event.away ? before.ward : department,
    admittedAt: begins ? at : before.admittedAt,
    dischargedAt: status === "discharged" ? at : undefined,
    leftFrom: status === "discharged" ? leftFromOf(before) : undefined,
  };
};

/** The positions of a patient through a stay, one an event that moved it, in order. */
export const courseOf = (timeline: Timeline): Position[] => {
  let position = nowhere;
  return eventsInForce(timeline).flatMap((event) => {
    const next = moved(position, event);
    if (next === position) return [];
    position = next;
    return [next];
  });
};

/** Where the patient is, by every message that there is. */
export const positionOf = (timeline: Timeline): Position => courseOf(timeline).at(-1) ?? nowhere;
