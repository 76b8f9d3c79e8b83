import { endpointOf } from "../../../contracts/codes/fhir-code.ts";
import { formFor, type HospitalForm, type StayAct } from "../../../contracts/codes/fhir-hospital-codes.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import type { FhirCorrespondent } from "../../../contracts/fhir/parts.ts";
import { type DischargeFact, isDischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { StayEventKind } from "../../../contracts/messages/discharge-stay.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { eventsIn, type KnownEvent, notificationsIn } from "../../families/known-stays.ts";
import { type Course, courseAt, stateOf } from "./hospital-course.ts";

export type StayFact = Extract<
  DischargeFact,
  { type: "StayEventReported" | "StayEventCorrected" | "StayEventCancelled" }
>;

export const isStayFact = (fact: DischargeFact): fact is StayFact => "stay" in fact;
export const stayFactsIn = (records: readonly CaseRecord[]): StayFact[] =>
  records.flatMap(({ facts }) => facts.filter(isDischargeFact).filter(isStayFact));
export const before = (records: readonly CaseRecord[], { meta }: CaseRecord): CaseRecord[] =>
  records.filter((one) => one.meta.no < meta.no);

const acts: Readonly<Record<StayFact["type"], StayAct>> = {
  StayEventReported: "report",
  StayEventCorrected: "correct",
  StayEventCancelled: "cancel",
};

/**
 * The event as the standard has it. A transfer is the admission at the department that received the patient; whoever has lost
 * the patient to another hospital tells nothing: the other does (HospitalNotification, clinical guidelines, section 5).
 */
const eventOf = ({ event, away }: StayFact): StayEventKind | undefined => {
  if (event !== "transferred") return event;
  return away === true ? undefined : "admitted";
};

/** When it happened: a cancellation repeats what was told of the event last. */
const happenedAt = (fact: StayFact, told: readonly KnownEvent[]): string | undefined =>
  fact.type === "StayEventCancelled"
    ? told.find(({ messageId }) => messageId === fact.cancels)?.occurredAt
    : fact.occurredAt;

/** The id of the event that a fact is about. */
export const aboutOf = (fact: StayFact): string => {
  if (fact.type === "StayEventReported") return fact.messageId;
  return fact.type === "StayEventCorrected" ? fact.corrects : fact.cancels;
};

/** What one fact says in the terms of the standard. `course`: where the patient was but for the event itself. */
export interface Telling {
  readonly act: StayAct;
  readonly event: StayEventKind;
  readonly at: string;
  readonly course: Course;
  readonly form: HospitalForm;
}

export const tellingOf = (fact: StayFact, earlier: readonly CaseRecord[]): Telling | undefined => {
  const event = eventOf(fact);
  const told = eventsIn(stayFactsIn(earlier));
  const at = happenedAt(fact, told);
  if (event === undefined || at === undefined) return undefined;
  const others = told.filter(({ messageId }) => messageId !== aboutOf(fact));
  const course = courseAt(others, at);
  const act = acts[fact.type];
  // There is no correction of a death: it is told again, with its new time.
  const form = formFor(act, event, course.class) ?? formFor("report", event, course.class);
  return form === undefined ? undefined : { act, event, at, course, form };
};

export const activityOf = ({ form, course }: Telling): string => form.activity ?? stateOf(course).activity;

type Stay = HospitalNotification["stay"];

export const isArrival = (event: StayEventKind): boolean =>
  event === "admitted" || event === "acute-ambulant";

const leaveOf = ({ act, event, at, course }: Telling): Pick<Stay, "leave"> => {
  const start = course.leave;
  if (act !== "cancel" && event === "leave-started") return { leave: { start: at } };
  if (act !== "cancel" && event === "leave-ended") return { leave: { start: start ?? at, end: at } };
  if (event === "leave-ended") return { leave: { start: start ?? at } };
  return event === "dead" && start !== undefined ? { leave: { start } } : {};
};

const endOf = ({ act, at, course }: Telling, status: Stay["status"]): Pick<Stay, "end"> => {
  if (status !== "finished") return {};
  return { end: act === "cancel" ? (course.end ?? at) : at };
};

/** The ids that a message gave the stay, else the one that its sender named it by, in the sender's own system. */
const episodesOf = (fact: StayFact, records: readonly CaseRecord[], sor: string): Stay["episodes"] => {
  const written = notificationsIn(records).at(-1);
  if (written !== undefined) return written.stay.episodes;
  const { stayId } = fact.stay;
  const hyphened = stayId.replace(/^(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})$/, "$1-$2-$3-$4-$5");
  return [{ system: endpointOf(sor), value: /^[0-9a-f]{32}$/i.test(stayId) ? hyphened : stayId }];
};

export const stayOf = (
  telling: Telling,
  fact: StayFact,
  context: { records: readonly CaseRecord[]; from: FhirCorrespondent },
): Stay => {
  const { form, course, event, at } = telling;
  const status = form.status ?? stateOf(course).status;
  return {
    status,
    class: form.class ?? course.class,
    episodes: episodesOf(fact, context.records, context.from.sor),
    start: isArrival(event) ? at : (course.start ?? at),
    ...endOf(telling, status),
    ...leaveOf(telling),
    serviceProvider: context.from,
  };
};
