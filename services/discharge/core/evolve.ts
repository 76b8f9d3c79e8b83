import type { ChecklistItem } from "../../../contracts/codes/discharge-rules.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { evolveResponsibility, evolveVisit, wishAfter } from "./evolve-after.ts";
import { evolveLone, isOfLone, type LoneFact } from "./lone-state.ts";
import { reportWanted } from "./report-wanted.ts";
import { isLone, isOpen, type Stay, type StayState, statusOf } from "./state.ts";
import { emptyTimeline, inOrderOfIssue, known, positionOf, type Timeline } from "./timeline.ts";

type FactOf<Type extends DischargeFact["type"]> = Extract<DischargeFact, { type: Type }>;
type StayMessage = FactOf<"StayEventReported" | "StayEventCorrected" | "StayEventCancelled">;

const begin = ({ stay }: StayMessage): Stay => ({
  status: "cancelled",
  hospital: stay.hospital,
  stayId: stay.stayId,
  region: stay.region,
  municipality: stay.municipality,
  practices: {},
  cpr: stay.patient?.cpr,
  relatesTo: [],
  timeline: emptyTimeline,
  position: positionOf(emptyTimeline),
  reportSent: false,
  checklist: {},
  completed: false,
  carePlans: 0,
  summaryIds: [],
  reviewed: false,
  suspensions: [],
  owed: { report: false, items: {} },
});

const eventOf = (fact: FactOf<"StayEventReported">): Timeline["events"][string] => {
  const { messageId, event, occurredAt, department, away, from, withinRegion, wantsReport } = fact;
  return { messageId, event, occurredAt, department, away, from, withinRegion, wantsReport };
};

const withMessage = (timeline: Timeline, fact: StayMessage): Timeline => {
  const { events, corrections, cancelled } = timeline;
  switch (fact.type) {
    case "StayEventReported":
      return { ...timeline, events: { ...events, [fact.messageId]: eventOf(fact) } };
    case "StayEventCorrected": {
      const { messageId, issuedAt, occurredAt, department, away } = fact;
      const one = { messageId, issuedAt, occurredAt, department, away };
      const all = [...(known(corrections, fact.corrects) ?? []), one];
      return { ...timeline, corrections: { ...corrections, [fact.corrects]: inOrderOfIssue(all) } };
    }
    case "StayEventCancelled":
      return { ...timeline, cancelled: { ...cancelled, [fact.cancels]: true } };
  }
};

const practicesAfter = ({ practices }: Stay, fact: StayMessage): Stay["practices"] => {
  const gln = fact.stay.practice;
  if (gln === undefined) return practices;
  const at = fact.type === "StayEventCancelled" ? "" : fact.occurredAt;
  return { ...practices, [fact.messageId]: { at, gln } };
};

const keyOf = ([messageId, { at }]: [string, { at: string }]): string => `${at} ${messageId}`;

/** The practice that the latest event names; messages may come in any order. */
const practiceOf = (practices: Stay["practices"]): string | undefined =>
  Object.entries(practices)
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .at(-1)?.[1].gln;

const told = (before: StayState, fact: StayMessage): Stay => {
  const stay = isOpen(before) ? before : begin(fact);
  const timeline = withMessage(stay.timeline, fact);
  const practices = practicesAfter(stay, fact);
  const relatesTo = [...new Set([...stay.relatesTo, ...fact.stay.relatesTo])].toSorted();
  const next = { ...stay, timeline, practices, relatesTo, position: positionOf(timeline) };
  const reportSince = reportWanted(next) ? (stay.reportSince ?? fact.toldAt) : undefined;
  return { ...next, practice: practiceOf(practices), reportSince };
};

const without = (items: Stay["owed"]["items"], item: ChecklistItem): Stay["owed"]["items"] =>
  Object.fromEntries(Object.entries(items).filter(([name]) => name !== item));

const noted = (stay: Stay, fact: FactOf<"ChecklistItemNoted">): Stay => {
  const { item, status, by, person, at } = fact;
  const items = status === "needed" ? stay.owed.items : without(stay.owed.items, item);
  return {
    ...stay,
    checklist: { ...stay.checklist, [item]: { status, by, person, at } },
    owed: { ...stay.owed, items },
  };
};

type Reporting = FactOf<
  | "DischargePlanned"
  | "StayAssessed"
  | "AdmissionReportRequested"
  | "AdmissionReportNotNeeded"
  | "AdmissionReportSent"
  | "AdmissionAnswered"
>;

const reported = (stay: Stay, fact: Reporting): Stay => {
  const { owed } = stay;
  switch (fact.type) {
    case "DischargePlanned":
      return { ...stay, planned: fact.date };
    case "StayAssessed":
      return { ...stay, assessment: fact.assessment };
    case "AdmissionReportRequested":
      return { ...stay, owed: { ...owed, report: true } };
    case "AdmissionReportNotNeeded":
      return { ...stay, owed: { ...owed, report: false } };
    case "AdmissionAnswered":
      return stay;
    case "AdmissionReportSent":
      return { ...stay, reportSent: true, reportSince: undefined, owed: { ...owed, report: false } };
  }
};

type Preparing = FactOf<
  | "ChecklistItemNoted"
  | "ChecklistAwaited"
  | "ChecklistCompleted"
  | "DischargeUndone"
  | "CarePlanAwaited"
  | "CarePlanNotAwaited"
  | "CarePlanSent"
>;

const carePlanSent = (stay: Stay, { by, at }: FactOf<"CarePlanSent">): Stay => ({
  ...stay,
  carePlans: stay.carePlans + 1,
  checklist: { ...stay.checklist, "care-plan": { status: "done", by, person: "", at } },
  owed: { ...stay.owed, carePlan: undefined },
});

const awaited = (stay: Stay, { items, dischargedAt }: FactOf<"ChecklistAwaited">): Stay => {
  const fresh = Object.fromEntries(items.map((item) => [item, dischargedAt]));
  return { ...stay, completed: false, owed: { ...stay.owed, items: { ...stay.owed.items, ...fresh } } };
};

const prepared = (stay: Stay, fact: Preparing): Stay => {
  const { owed } = stay;
  switch (fact.type) {
    case "ChecklistItemNoted":
      return noted(stay, fact);
    case "ChecklistAwaited":
      return awaited(stay, fact);
    case "ChecklistCompleted":
      return { ...stay, completed: true };
    case "DischargeUndone":
      return { ...stay, completed: false, owed: { ...owed, items: {} } };
    case "CarePlanAwaited":
      return { ...stay, owed: { ...owed, carePlan: fact.date } };
    case "CarePlanNotAwaited":
      return { ...stay, owed: { ...owed, carePlan: undefined } };
    case "CarePlanSent":
      return carePlanSent(stay, fact);
  }
};

type Summarising = FactOf<
  | "SummarySent"
  | "SummaryCorrected"
  | "SummaryCancelled"
  | "ReviewAwaited"
  | "ReviewNotAwaited"
  | "SummaryReviewed"
>;

const sent = (stay: Stay, fact: FactOf<"SummarySent" | "SummaryCorrected">): Stay => {
  const { summaryId, summary } = fact;
  const named = fact.type === "SummarySent" ? fact.practice : undefined;
  const practices =
    named === undefined ? stay.practices : { ...stay.practices, [summaryId]: { at: "", gln: named } };
  return {
    ...stay,
    practices,
    practice: practiceOf(practices),
    reviewed: false,
    wish: fact.type === "SummarySent" ? wishAfter(stay, fact) : stay.wish,
    summary: { summaryId, priority: summary.actionPriority, extended: summary.extendedResponsibility },
    summaryIds: [...stay.summaryIds, summaryId],
    owed: { ...stay.owed, items: without(stay.owed.items, "summary") },
  };
};

const summarised = (stay: Stay, fact: Summarising): Stay => {
  const { owed } = stay;
  switch (fact.type) {
    case "SummarySent":
    case "SummaryCorrected":
      return sent(stay, fact);
    case "SummaryCancelled":
      return { ...stay, summary: undefined, reviewed: false };
    case "ReviewAwaited": {
      const { summaryId, priority } = fact;
      return { ...stay, owed: { ...owed, review: { summaryId, priority } } };
    }
    case "ReviewNotAwaited":
      return { ...stay, owed: { ...owed, review: undefined } };
    case "SummaryReviewed":
      return { ...stay, reviewed: true, owed: { ...owed, review: undefined } };
  }
};

const isMessage = (fact: DischargeFact): fact is StayMessage => "stay" in fact;
const isSummarising = (fact: DischargeFact): fact is Summarising => /^(Summary|Review)/.test(fact.type);
const isReporting = (fact: DischargeFact): fact is Reporting =>
  /^(DischargePlanned|StayAssessed|Admission)/.test(fact.type);
const isPreparing = (fact: DischargeFact): fact is Preparing =>
  /^(Checklist|DischargeUndone|CarePlan)/.test(fact.type);
const isVisiting = (fact: DischargeFact): fact is Extract<DischargeFact, { type: `HomeVisit${string}` }> =>
  fact.type.startsWith("HomeVisit");

const after = (stay: Stay, fact: Exclude<DischargeFact, StayMessage | LoneFact>): Stay => {
  if (isReporting(fact)) return reported(stay, fact);
  if (isPreparing(fact)) return prepared(stay, fact);
  if (isSummarising(fact)) return summarised(stay, fact);
  return isVisiting(fact) ? evolveVisit(stay, fact) : evolveResponsibility(stay, fact);
};

/** The state after a fact. A stay begins with any message on it; other facts need one. */
export const evolve = (state: StayState, fact: DischargeFact): StayState => {
  if (isOfLone(fact)) return evolveLone(state, fact);
  if (!isMessage(fact)) {
    if (isLone(state)) return evolveLone(state, fact);
    if (!isOpen(state)) return state;
    const next = after(state, fact);
    return { ...next, status: statusOf(next) };
  }
  const next = told(state, fact);
  return { ...next, status: statusOf(next) };
};
