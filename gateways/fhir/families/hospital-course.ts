import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { StayEventKind } from "../../../contracts/messages/discharge-stay.ts";
import type { KnownEvent } from "../../families/known-stays.ts";

type Stay = HospitalNotification["stay"];

/** Where a patient was at some moment of a stay, as a notification tells it. Times are instants. */
export interface Course {
  readonly class: Stay["class"];
  /** The event that brought the patient there. */
  readonly last?: StayEventKind | undefined;
  /** When the present part of the stay began: the acute visit, or the admission. */
  readonly start?: string | undefined;
  /** Since when the patient is on leave. */
  readonly leave?: string | undefined;
  /** When the patient was discharged. */
  readonly end?: string | undefined;
}

const nowhere: Course = { class: "IMP" };

const began = (course: Course, stayClass: Stay["class"], { event, occurredAt }: KnownEvent): Course => {
  const goesOn = course.class === stayClass && course.last !== undefined && course.end === undefined;
  return {
    class: stayClass,
    last: event,
    start: goesOn ? (course.start ?? occurredAt) : occurredAt,
  };
};

const inWard = ({ class: stayClass, last, end }: Course): boolean =>
  stayClass === "IMP" && last !== undefined && end === undefined;

/** A stay whose beginning nobody told of begins, for a receiver, with the first that is known of it. */
const wentOn = (course: Course, { event, occurredAt }: KnownEvent): Course => ({
  ...course,
  last: event,
  start: course.start ?? occurredAt,
});

type Step = (course: Course, event: KnownEvent) => Course;
const steps: Readonly<Record<StayEventKind, Step>> = {
  // Whoever is in a ward is not in the emergency department: what comes late of it is history.
  "acute-ambulant": (course, event) => (inWard(course) ? course : began(course, "EMER", event)),
  admitted: (course, event) => began(course, "IMP", event),
  transferred: (course, event) => began(course, "IMP", event),
  "leave-started": (course, event) => ({
    ...wentOn(course, event),
    class: "IMP",
    leave: event.occurredAt,
  }),
  "leave-ended": (course, event) => ({ ...wentOn(course, event), class: "IMP", leave: undefined }),
  discharged: (course, event) => ({ ...wentOn(course, event), end: event.occurredAt }),
  // Death has no state of its own in a notification: it is told beside the state that the patient was in.
  dead: (course, event) => ({ ...course, start: course.start ?? event.occurredAt }),
};

/** Of events at the same instant, dead on arrival has its admission first (HospitalNotification, MORS). */
const order: readonly StayEventKind[] = [
  "acute-ambulant",
  "admitted",
  "transferred",
  "leave-started",
  "leave-ended",
  "discharged",
  "dead",
];

const byTime = (a: KnownEvent, b: KnownEvent): number =>
  Number(a.occurredAt > b.occurredAt) - Number(a.occurredAt < b.occurredAt) ||
  order.indexOf(a.event) - order.indexOf(b.event);

/** Where the patient was after those of the events that had happened by then. */
export const courseAt = (events: readonly KnownEvent[], at: string): Course =>
  events
    .filter(({ occurredAt }) => occurredAt <= at)
    .toSorted(byTime)
    .reduce((course, event) => steps[event.event](course, event), nowhere);

const admission = { IMP: "admit-inpatient", EMER: "admit-emergency" } as const;
const discharge = { IMP: "discharge-inpatient-home", EMER: "discharge-emergency-home" } as const;

/** The activity and the status of the state that the patient is in: a death is told with them (guide, section 4.1). */
export const stateOf = (course: Course): { readonly activity: string; readonly status: Stay["status"] } => {
  if (course.end !== undefined) return { activity: discharge[course.class], status: "finished" };
  if (course.leave !== undefined) return { activity: "start-leave-inpatient", status: "onleave" };
  const activity = course.last === "leave-ended" ? "end-leave-inpatient" : admission[course.class];
  return { activity, status: "in-progress" };
};
