import { dischargeRules } from "../../../contracts/codes/discharge-rules.ts";
import type { DischargeFact, DischargeFactType } from "../../../contracts/messages/discharge-facts.ts";
import type { Problem } from "../../../contracts/problem.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import type { Decision, Telling } from "../../case/decision.ts";
import { evolve } from "./evolve.ts";
import { alarmChanges, itemClocks, owingsOf } from "./promises.ts";
import { settle } from "./settle.ts";
import { isOpen, type Stay, type StayState, wardOf } from "./state.ts";
import { known } from "./timeline.ts";
import { warningsOf } from "./warn.ts";

export type DischargeDecision = Decision<DischargeFact>;
type Audience = readonly ("ward" | "practice" | "municipality")[];

const everybody: Audience = ["ward", "practice", "municipality"];

/**
 * Who is told of a fact, besides whoever did it. A summary and its review are between hospital and practice. What only
 * starts or ends a clock is told to nobody: the fact that caused it is.
 */
const audience: Readonly<Record<DischargeFactType, Audience>> = {
  StayEventReported: everybody,
  StayEventCorrected: everybody,
  StayEventCancelled: everybody,
  DischargePlanned: ["practice", "municipality"],
  StayAssessed: [],
  AdmissionReportRequested: ["municipality"],
  AdmissionReportNotNeeded: ["municipality"],
  AdmissionAnswered: ["ward"],
  AdmissionReportSent: ["ward"],
  ChecklistItemNoted: [],
  ChecklistAwaited: [],
  ChecklistCompleted: ["practice", "municipality"],
  DischargeUndone: [],
  CarePlanAwaited: [],
  CarePlanNotAwaited: [],
  CarePlanSent: ["municipality"],
  LoneSummaryReceived: ["practice"],
  SummarySent: ["practice"],
  SummaryCorrected: ["practice"],
  SummaryCancelled: ["practice"],
  ReviewAwaited: [],
  ReviewNotAwaited: [],
  SummaryReviewed: ["ward"],
  ResponsibilityDecided: ["practice", "municipality"],
  ResponsibilityLapsed: ["practice", "municipality"],
  ResponsibilityExtended: everybody,
  ResponsibilitySuspended: everybody,
  ResponsibilityResumed: everybody,
  ResponsibilityEnding: everybody,
  ResponsibilityReturned: everybody,
  HomeVisitAsked: everybody,
  HomeVisitDue: [],
  HomeVisitNotDue: [],
  HomeVisitBooked: everybody,
  HomeVisitHeld: everybody,
  HomeVisitDeclined: everybody,
};

/** A practice hears of an event as far as the rules say, and of a correction or cancellation of what it has heard of. */
const concernsPractice = (fact: DischargeFact, { timeline }: Stay): boolean => {
  if (fact.type === "StayEventReported") return dischargeRules.practiceToldOf.includes(fact.event);
  if (fact.type !== "StayEventCorrected" && fact.type !== "StayEventCancelled") return true;
  const about = fact.type === "StayEventCorrected" ? fact.corrects : fact.cancels;
  const event = known(timeline.events, about)?.event;
  return event !== undefined && dischargeRules.practiceToldOf.includes(event);
};

const receiversOf = (fact: DischargeFact, stay: Stay): string[] =>
  audience[fact.type].flatMap((role) => {
    if (role === "ward") return [wardOf(stay)];
    if (role === "municipality") return [stay.municipality];
    return stay.practice !== undefined && concernsPractice(fact, stay) ? [stay.practice] : [];
  });

const tellingsOf = (facts: readonly DischargeFact[], stay: Stay, actor: string): Telling[] =>
  facts.flatMap((fact, index) => {
    // What a summary wished for is asked by whoever sent it, whoever acts now.
    const doer = "by" in fact ? fact.by : actor;
    const from = doer === hubActor ? stay.hospital : doer;
    // A hospital that acts for its ward has told itself.
    const self = new Set([actor, doer, ...(from === stay.hospital ? [wardOf(stay)] : [])]);
    return receiversOf(fact, stay)
      .filter((to) => doer === hubActor || !self.has(to))
      .map((to) => ({ to, from, fact: index }));
  });

/** Whoever is told, and the hospital with the departments that act for it. */
const partiesOf = (tell: readonly Telling[], stay: Stay): string[] => [
  ...new Set([stay.hospital, wardOf(stay), ...tell.map(({ to }) => to)]),
];

/**
 * One record of what was done and of all that follows from it: what is awaited and what not any more, who is told, which
 * clocks and alarms change.
 */
export const conclude = (
  state: StayState,
  facts: readonly DischargeFact[],
  { context, warnings = [] }: { context: DecisionContext; warnings?: readonly Problem[] },
): DischargeDecision => {
  const reached = facts.reduce<StayState>(evolve, state);
  if (!isOpen(reached)) return { kind: "ignore", reason: "no-stay" };
  const settled = settle(reached);
  const { stay } = settled;
  const all = [...facts, ...settled.facts];
  const tell = tellingsOf(all, stay, context.actor);
  const clocks = isOpen(state) ? itemClocks(state, { after: stay, facts: all, context }) : [];
  return {
    kind: "record",
    facts: all,
    tell,
    parties: partiesOf(tell, stay),
    owing: owingsOf(all, stay),
    clocks,
    alarms: alarmChanges(stay, context),
    warnings: [...warnings, ...warningsOf(stay, all, context.now)],
  };
};
