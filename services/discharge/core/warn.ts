import { dischargeRules } from "../../../contracts/codes/discharge-rules.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { DischargeSummary } from "../../../contracts/messages/discharge-summary.ts";
import { type Problem, problem, warning } from "../../../contracts/problem.ts";
import { instantOfLocal } from "../../case/clock-zone.ts";
import { hoursBetween } from "./qualify.ts";
import { responsibleUntil, type Stay } from "./state.ts";

const field = "extendedResponsibility";

const untilProblems = (said: string | undefined, until: string): Problem[] => {
  const path = `${field}.until`;
  if (said === undefined)
    return [problem(path, "responsibility-until-missing", "Say until when it applies.")];
  return said === until
    ? []
    : [
        problem(
          path,
          "responsibility-until-differs",
          "It ends at another time by the rules of the region: see the case.",
        ),
      ];
};

const phoneProblems = (phone: string | undefined): Problem[] =>
  phone === undefined
    ? [problem(`${field}.phone`, "responsibility-phone-missing", "Say which number reaches the ward.")]
    : [];

/**
 * What a summary lacks of extended responsibility: that it applies, until when, and the telephone number (72-timers udvidet
 * behandlingsansvar, Sygehus Sønderjylland, October 2023). All of it at once.
 */
export const statementProblems = (
  stay: Stay,
  said: DischargeSummary["extendedResponsibility"],
): Problem[] => {
  const until = responsibleUntil(stay);
  if (until === undefined) {
    const isDecided = stay.responsibility !== undefined;
    return said === undefined || !isDecided
      ? []
      : [
          problem(
            field,
            "responsibility-does-not-apply",
            "This patient is not under extended responsibility.",
          ),
        ];
  }
  if (said === undefined)
    return [
      problem(
        field,
        "responsibility-missing",
        "The patient is under extended responsibility: the summary says so, until when, and which number to phone.",
      ),
    ];
  return [...untilProblems(said.until, until), ...phoneProblems(said.phone)];
};

/** The same, of a summary that was sent before it was decided: it is to be corrected. */
const lateStatement = (stay: Stay, facts: readonly DischargeFact[]): Problem[] => {
  const isNew = facts.some(
    ({ type }) => type === "ResponsibilityDecided" || type === "ResponsibilityExtended",
  );
  if (!isNew || stay.summary === undefined) return [];
  const problems = statementProblems(stay, stay.summary.extended);
  return problems.length === 0
    ? []
    : [
        warning(
          "summary",
          "summary-lacks-responsibility",
          "The summary that was sent does not say what now applies of extended responsibility: correct it.",
        ),
      ];
};

const itemsMissing = (facts: readonly DischargeFact[]): Problem[] =>
  facts.flatMap((fact) =>
    fact.type === "ChecklistAwaited"
      ? fact.items.map((item) =>
          warning(
            `checklist.${item}`,
            "not-ready-at-discharge",
            "The patient has left, and this is not ready.",
          ),
        )
      : [],
  );

const planTooLate = (facts: readonly DischargeFact[], now: string): Problem[] =>
  facts.flatMap((fact) =>
    fact.type === "CarePlanAwaited" && now >= instantOfLocal(fact.date, dischargeRules.carePlanBy)
      ? [
          warning(
            "checklist.care-plan",
            "care-plan-late",
            "It is too late for the plan alone: phone the municipality.",
          ),
        ]
      : [],
  );

const toldLate = (facts: readonly DischargeFact[], now: string): Problem[] =>
  facts.flatMap((fact) =>
    fact.type === "StayEventReported" &&
    hoursBetween(fact.occurredAt, now) * 60 > dischargeRules.notifyWithinMinutes
      ? [
          warning(
            "occurredAt",
            "notified-late",
            "Events are told of at once, when the patient comes or leaves.",
          ),
        ]
      : [],
  );

/** What is taken all the same and is worth a look. */
export const warningsOf = (stay: Stay, facts: readonly DischargeFact[], now: string): Problem[] => [
  ...toldLate(facts, now),
  ...itemsMissing(facts),
  ...planTooLate(facts, now),
  ...lateStatement(stay, facts),
];
