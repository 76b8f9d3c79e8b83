import {
  type ChecklistItem,
  checklistItems,
  dischargeRules,
} from "../../../contracts/codes/discharge-rules.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { instantOfLocal, localDateOf } from "../../case/clock-zone.ts";
import { evolve } from "./evolve.ts";
import { hoursBetween, responsibilityWanted, sameDecision } from "./qualify.ts";
import { reportWanted } from "./report-wanted.ts";
import { isOpen, type Owed, type Stay } from "./state.ts";
import { isInHospital } from "./timeline.ts";

type Facts = DischargeFact[];

/**
 * A report that was asked for and is not needed any more is taken back at once: its clock may not ring for a patient who has
 * left. Asking for it is the hub's (services/coordination).
 */
const settleReport = (stay: Stay): Facts =>
  stay.owed.report && !reportWanted(stay)
    ? [{ type: "AdmissionReportNotNeeded", reason: stay.position.status }]
    : [];

const isDone = ({ checklist, summary }: Stay, item: ChecklistItem): boolean => {
  if (item === "summary" && summary !== undefined) return true;
  const status = checklist[item]?.status;
  return status === "done" || status === "not-needed";
};

/** What the discharge still lacks, but for the care plan, which has a time of its own. */
const itemsWanted = (stay: Stay): ChecklistItem[] => {
  const { position, checklist } = stay;
  if (position.dischargedAt === undefined) return [];
  const needed: readonly ChecklistItem[] = dischargeRules.neededAtDischarge[position.leftFrom ?? "admitted"];
  return checklistItems.filter(
    (item) =>
      item !== "care-plan" &&
      (needed.includes(item) || checklist[item]?.status === "needed") &&
      !isDone(stay, item),
  );
};

/** Whether something is owed that should not be: for another discharge than the one in force, or not needed at all. */
const isOwedInVain = ({ owed, position }: Stay, wanted: readonly ChecklistItem[]): boolean =>
  checklistItems.some((item) => {
    const since = owed.items[item];
    return since !== undefined && (since !== position.dischargedAt || !wanted.includes(item));
  });

const settleChecklist = (stay: Stay): Facts => {
  const wanted = itemsWanted(stay);
  const { dischargedAt } = stay.position;
  const undo = isOwedInVain(stay, wanted) || (stay.completed && dischargedAt === undefined);
  const undone: Facts = undo ? [{ type: "DischargeUndone" }] : [];
  if (dischargedAt === undefined) return undone;
  const items = wanted.filter((item) => undo || stay.owed.items[item] === undefined);
  if (items.length > 0) return [...undone, { type: "ChecklistAwaited", dischargedAt, items }];
  return wanted.length === 0 && !(stay.completed && !undo)
    ? [...undone, { type: "ChecklistCompleted" }]
    : undone;
};

/** The Danish date of the discharge, or of the one that is planned. */
const dateOfLeaving = ({ position, planned }: Stay): string | undefined =>
  position.dischargedAt === undefined ? planned : localDateOf(position.dischargedAt);

/** A longer stay of a citizen with municipal care needs a plan, unless the hospital says otherwise. */
const needsCarePlan = (stay: Stay, date: string): boolean => {
  const status = stay.checklist["care-plan"]?.status;
  if (status !== undefined) return status === "needed";
  const { admittedAt, dischargedAt } = stay.position;
  if (stay.assessment?.municipalCare !== true || admittedAt === undefined) return false;
  const leaves = dischargedAt ?? instantOfLocal(date, dischargeRules.carePlanBy);
  return hoursBetween(admittedAt, leaves) > dischargeRules.carePlanAfterHours;
};

const carePlanWanted = (stay: Stay): string | undefined => {
  const { status } = stay.position;
  const date = dateOfLeaving(stay);
  if (date === undefined || !(isInHospital(status) || status === "discharged")) return undefined;
  return needsCarePlan(stay, date) ? date : undefined;
};

const settleCarePlan = (stay: Stay): Facts => {
  const wanted = carePlanWanted(stay);
  const { carePlan } = stay.owed;
  if (wanted === carePlan) return [];
  return [
    ...(carePlan === undefined ? [] : [{ type: "CarePlanNotAwaited" } as const]),
    ...(wanted === undefined ? [] : [{ type: "CarePlanAwaited", date: wanted } as const]),
  ];
};

const settleResponsibility = (stay: Stay): Facts => {
  const wanted = responsibilityWanted(stay);
  if (sameDecision(wanted, stay.responsibility)) return [];
  const moved = stay.responsibility !== undefined && wanted?.from !== stay.responsibility.from;
  return [
    ...(moved ? [{ type: "ResponsibilityLapsed" } as const] : []),
    ...(wanted === undefined ? [] : [{ type: "ResponsibilityDecided", ...wanted } as const]),
  ];
};

const reviewWanted = ({ summary, reviewed, practice, position }: Stay): Owed["review"] => {
  const priority = summary?.priority;
  if (summary === undefined || priority === undefined || reviewed) return undefined;
  // An unmarked summary is read at the next contact; of a dead patient nothing is awaited any more.
  if (practice === undefined || position.status === "dead" || position.status === "cancelled")
    return undefined;
  return { summaryId: summary.summaryId, priority };
};

const settleReview = (stay: Stay): Facts => {
  const wanted = reviewWanted(stay);
  const { review } = stay.owed;
  if (wanted?.summaryId === review?.summaryId) return [];
  return [
    ...(review === undefined ? [] : [{ type: "ReviewNotAwaited" } as const]),
    ...(wanted === undefined ? [] : [{ type: "ReviewAwaited", ...wanted } as const]),
  ];
};

/** The days count from the discharge, or from the asking when it came later. */
const visitWanted = ({ visit, position }: Stay): string | undefined => {
  const { dischargedAt } = position;
  if (visit === undefined || dischargedAt === undefined) return undefined;
  if (visit.status !== "asked" && visit.status !== "booked") return undefined;
  if (visit.contacts > 0) return undefined;
  return [visit.askedAt, dischargedAt].toSorted().at(-1);
};

const settleVisit = (stay: Stay): Facts => {
  const wanted = visitWanted(stay);
  const { visit } = stay.owed;
  if (wanted === visit) return [];
  return [
    ...(visit === undefined ? [] : [{ type: "HomeVisitNotDue" } as const]),
    ...(wanted === undefined ? [] : [{ type: "HomeVisitDue", from: wanted } as const]),
  ];
};

const settlements = [
  settleReport,
  settleChecklist,
  settleCarePlan,
  settleResponsibility,
  settleReview,
  settleVisit,
] as const;

const evolved = (stay: Stay, facts: readonly DischargeFact[]): Stay =>
  facts.reduce<Stay>((now, fact) => {
    const next = evolve(now, fact);
    return isOpen(next) ? next : now;
  }, stay);

/**
 * What follows from a stay as it now stands: what is awaited from now on, and what is not any more. It looks at the state
 * alone, so that whatever the order in which messages came, the same things are awaited in the end.
 */
export const settle = (stay: Stay): { stay: Stay; facts: DischargeFact[] } => {
  const facts: DischargeFact[] = [];
  let now = stay;
  for (const settlement of settlements) {
    const more = settlement(now);
    facts.push(...more);
    now = evolved(now, more);
  }
  return { stay: now, facts };
};
