import { keeps } from "../../../contracts/agreement.ts";
import type { ClockChange } from "../../../contracts/clocks.ts";
import { dischargeRules } from "../../../contracts/codes/discharge-rules.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { AlarmChange } from "../../../contracts/record.ts";
import type { Instant } from "../../../contracts/time.ts";
import { cancelClock, isOpenClock, stopClock } from "../../case/clock-book.ts";
import { instantOf, instantOfLocal, msOf } from "../../case/clock-zone.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Owing } from "../../case/decision.ts";
import { plusHours } from "./qualify.ts";
import { responsibleUntil, type Stay, wardOf } from "./state.ts";

const halfDayMs = 12 * 3_600_000;

/** Twelve hours before noon: midnight but on the two days a year with another number of hours in the morning. */
const twelveHoursBeforeNoon = (date: string): Instant =>
  instantOf(msOf(instantOfLocal(date, dischargeRules.carePlanBy)) - halfDayMs);

/** Who owes what because of a fact. The kernel finds the agreements. */
const owingOf = (fact: DischargeFact, stay: Stay): Owing[] => {
  const ward = wardOf(stay);
  const { municipality } = stay;
  const gp = stay.practice ?? municipality;
  const { type } = fact;
  if (type === "AdmissionReportRequested")
    return [{ kind: "admission-report", debtor: municipality, creditor: ward, from: fact.since }];
  if (type === "ReviewAwaited") return [{ kind: "review", tier: fact.priority, debtor: gp, creditor: ward }];
  if (type === "HomeVisitDue")
    return [{ kind: "home-visit", debtor: gp, creditor: stay.visit?.asker ?? ward, from: fact.from }];
  if (type === "CarePlanAwaited") {
    const from = twelveHoursBeforeNoon(fact.date);
    return [{ kind: "care-plan", debtor: ward, creditor: municipality, from }];
  }
  if (type !== "ChecklistAwaited") return [];
  const { dischargedAt: from, items } = fact;
  return items.map((about) => ({ kind: "discharge-ready", debtor: ward, creditor: gp, from, about }));
};

export const owingsOf = (facts: readonly DischargeFact[], stay: Stay): Owing[] =>
  facts.flatMap((fact) => owingOf(fact, stay));

/**
 * The clocks of single items that are no longer owed: the agreement's own facts end all of them at once. An item that is
 * done stops its clock; one that turns out not to be needed cancels it.
 */
export const itemClocks = (
  before: Stay,
  { after, facts, context }: { after: Stay; facts: readonly DischargeFact[]; context: DecisionContext },
): ClockChange[] => {
  if (facts.some(({ type }) => type === "ChecklistCompleted" || type === "DischargeUndone")) return [];
  const isOwed = (stay: Stay, about: string | undefined): boolean =>
    about !== undefined && Object.hasOwn(stay.owed.items, about);
  return Object.values(context.common.clocks)
    .filter((clock) => keeps(clock.agreement, "EPI-DISCHARGE") && isOpenClock(clock))
    .filter(({ about }) => isOwed(before, about) && !isOwed(after, about))
    .flatMap((clock) => {
      const dropped = facts.some(
        (fact) =>
          fact.type === "ChecklistItemNoted" && fact.item === clock.about && fact.status === "not-needed",
      );
      return (dropped ? cancelClock(clock, context.now, "not-needed") : stopClock(clock, context.now)) ?? [];
    });
};

export const reminderId = "responsibility-reminder";
export const endId = "responsibility-end";

/** When the others are to be reminded of the end, and told that it came: exact hours, also when they are past already. */
const alarmsWanted = (stay: Stay, now: Instant): Partial<Record<string, Instant>> => {
  const until = responsibleUntil(stay);
  if (until === undefined || stay.returnedAt === until) return {};
  const remindAt = plusHours(until, -(stay.responsibility?.remindHours ?? 0));
  // Nobody is reminded of what is over.
  const isReminded = stay.remindedOf === until || now >= until;
  return { [endId]: until, ...(isReminded ? {} : { [reminderId]: remindAt }) };
};

/** What has changed of the two alarms of a stay. */
export const alarmChanges = (stay: Stay, { common, now }: DecisionContext): AlarmChange[] => {
  const wanted = alarmsWanted(stay, now);
  return [reminderId, endId].flatMap((alarmId): AlarmChange[] => {
    const at = wanted[alarmId];
    const set = common.alarms[alarmId];
    if (at === set) return [];
    return [at === undefined ? { change: "cleared", alarmId } : { change: "set", alarmId, at }];
  });
};
