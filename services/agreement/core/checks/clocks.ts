/** Whether a clock can do what its agreement says: its facts, its time, its calendar, its warning. */
import { type Agreement, isClock, warningsOf } from "../../../../contracts/agreement.ts";
import { type AgreementProblem, agreementProblem } from "../../../../contracts/agreement-problem.ts";
import type { Limit } from "../../../../contracts/limits.ts";
import type { Opening } from "../../../../contracts/messages/directory.ts";
import { dueOf, type Hours } from "../../../case/clock-rules.ts";
import { knownFacts } from "./known-facts.ts";
import { at, type CheckWorld, type Placed } from "./placed.ts";

const moments = ["startsOn", "pausesOn", "resumesOn", "stopsOn", "cancelsOn"] as const;

const factProblems = (placed: Placed, agreement: Agreement): AgreementProblem[] => {
  const known = knownFacts(agreement);
  const { family } = agreement.appliesTo;
  const seen = new Set<string>();
  return moments.flatMap((moment) =>
    agreement[moment].flatMap((fact, i): AgreementProblem[] => {
      const place = at(placed, `${moment}.${String(i)}`);
      const twice = seen.has(fact);
      seen.add(fact);
      return [
        ...(known.includes(fact) ? [] : [agreementProblem(place, "fact-unknown", { family, fact })]),
        ...(twice ? [agreementProblem(place, "fact-twice", { fact })] : []),
      ];
    }),
  );
};

const courseProblems = (placed: Placed, agreement: Agreement): AgreementProblem[] => {
  const { startsOn, stopsOn, pausesOn, resumesOn, notYet } = agreement;
  const oneSided = (pausesOn.length === 0) !== (resumesOn.length === 0);
  return [
    ...(oneSided ? [agreementProblem(at(placed, "pausesOn"), "pause-without-end")] : []),
    ...(notYet === undefined && startsOn.length * stopsOn.length === 0
      ? [agreementProblem(at(placed, "startsOn"), "nothing-starts-it")]
      : []),
  ];
};

const needsDays: ReadonlySet<Limit["kind"]> = new Set(["workingDays", "sameOrNextDay"]);

/** Days are counted where days are told apart, and opening minutes where somebody opens and closes. */
const isCounted = (limit: Limit, calendar: Agreement["calendar"]): boolean => {
  if (needsDays.has(limit.kind)) return calendar === "workingDays" || calendar === "debtorHours";
  return limit.kind !== "openingMinutes" || calendar !== "clock";
};

/** An opening on a weekend alone is none where only working days count. */
const opensOnWorkingDays = (hours: readonly Opening[]): boolean =>
  hours.length === 0 || hours.some(({ days }) => days.some((day) => day <= 5));

const countsEveryDay = (calendar: Agreement["calendar"]): boolean =>
  calendar === "clock" || calendar === "everyDay";

const closedDebtors = ({ entry }: Placed, { organisation }: CheckWorld): boolean =>
  (entry.parties.debtor?.organisations ?? []).some(
    (gln) => !opensOnWorkingDays(organisation?.(gln)?.openingHours ?? []),
  );

const calendarProblems = (placed: Placed, agreement: Agreement, world: CheckWorld): AgreementProblem[] => {
  const { limit, calendar } = agreement;
  const never = limit.kind === "openingMinutes" && !countsEveryDay(calendar) && closedDebtors(placed, world);
  return [
    ...(isCounted(limit, calendar)
      ? []
      : [agreementProblem(at(placed, "limit"), "limit-not-in-calendar", { limit: limit.kind, calendar })]),
    ...(never ? [agreementProblem(at(placed, "calendar"), "calendar-never-open", { calendar })] : []),
  ];
};

/** An ordinary week of an ordinary office, and a question on a Monday morning: what is late there is late everywhere. */
const office: Hours = {
  openingHours: [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }],
  closingDays: [],
};
const mondayMorning = "2026-11-23T08:15:00.000Z";

const warningProblems = (placed: Placed, { warnAt, limit }: Agreement): AgreementProblem[] =>
  warningsOf({ warnAt }).flatMap((warning, i) => {
    if (dueOf(warning, mondayMorning, office) <= dueOf(limit, mondayMorning, office)) return [];
    const path = "kind" in warnAt ? "warnAt" : `warnAt.${String(i)}`;
    return [agreementProblem(at(placed, path), "warns-too-late")];
  });

export const clockProblems = (placed: Placed, world: CheckWorld): AgreementProblem[] => {
  const { entry } = placed;
  if (entry.kind === "availability" && !countsEveryDay(entry.calendar) && !opensOnWorkingDays(entry.hours))
    return [agreementProblem(at(placed, "hours"), "calendar-never-open", { calendar: entry.calendar })];
  if (!isClock(entry)) return [];
  return [
    ...factProblems(placed, entry),
    ...courseProblems(placed, entry),
    ...calendarProblems(placed, entry, world),
    ...warningProblems(placed, entry),
  ];
};
