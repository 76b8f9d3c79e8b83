import {
  type ResponsibilityRules,
  responsibilityRules,
  rulesFor,
} from "../../../contracts/codes/responsibility.ts";
import type { ResponsibilityCriterion } from "../../../contracts/messages/discharge-facts.ts";
import type { Assessment } from "../../../contracts/messages/discharge-stay.ts";
import type { Instant } from "../../../contracts/time.ts";
import { instantOf, localDateOf, msOf } from "../../case/clock-zone.ts";
import type { Decided, Stay } from "./state.ts";

const hourMs = 3_600_000;

/** An instant so many exact hours later: what the clock on the wall shows is another matter. */
export const plusHours = (instant: Instant, hours: number): Instant =>
  instantOf(msOf(instant) + hours * hourMs);
export const hoursBetween = (from: Instant, to: Instant): number => (msOf(to) - msOf(from)) / hourMs;

export type Leaving = {
  assessment: Assessment;
  admittedAt: Instant | undefined;
  dischargedAt: Instant;
  region: string | undefined;
};

const criteriaOf = (
  { assessment, admittedAt, dischargedAt }: Leaving,
  rules: ResponsibilityRules | undefined,
): ResponsibilityCriterion[] => {
  if (rules === undefined) return [{ criterion: "rules-in-force", met: false }];
  const hours = admittedAt === undefined ? 0 : hoursBetween(admittedAt, dischargedAt);
  return [
    { criterion: "somatic", met: rules.psychiatric || !assessment.psychiatric },
    { criterion: "treatment-finished", met: assessment.treatmentFinished },
    { criterion: "stay-long-enough", met: hours > rules.stayOverHours },
    { criterion: "municipal-nursing", met: assessment.municipalNursing },
    { criterion: "terminal-included", met: rules.terminal || !assessment.terminal },
  ];
};

/**
 * Whether the hospital answers for a patient after the discharge, until when, and by which conditions (72-timers udvidet
 * behandlingsansvar; guide, section 2.2). The rules are those of the region on the day of the discharge.
 */
export const qualify = (
  leaving: Leaving,
  rows: readonly ResponsibilityRules[] = responsibilityRules,
): Decided => {
  const { dischargedAt: from, region, assessment } = leaving;
  const rules = rulesFor(rows, region, localDateOf(from));
  const criteria = criteriaOf(leaving, rules);
  return {
    applies: criteria.every(({ met }) => met),
    rules: rules?.id ?? "none",
    from,
    until: plusHours(from, rules?.hours ?? 0),
    remindHours: rules?.remindHoursBefore ?? 0,
    ...(assessment.phone === undefined ? {} : { phone: assessment.phone }),
    criteria,
  };
};

/** What is to be decided for a stay as it stands; `undefined` while there is no discharge or no assessment. */
export const responsibilityWanted = (stay: Stay): Decided | undefined => {
  const { position, assessment, region } = stay;
  const { dischargedAt, admittedAt } = position;
  if (dischargedAt === undefined || assessment === undefined) return undefined;
  return qualify({ assessment, admittedAt, dischargedAt, region });
};

/** Whether two decisions say the same. */
export const sameDecision = (a: Decided | undefined, b: Decided | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
