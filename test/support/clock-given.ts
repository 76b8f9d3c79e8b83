import type { Agreement } from "../../contracts/agreement.ts";
import type { ClockChange } from "../../contracts/clocks.ts";
import { agreements } from "../../contracts/codes/agreements.ts";
import { type ClockState, evolveClock, startClock } from "../../services/case/clock-book.ts";
import { instantOfLocal } from "../../services/case/clock-zone.ts";
import { nineToFive } from "./clock-arbitraries.ts";

export const local = (text: string) => {
  const [date = "", time = ""] = text.split(" ");
  return instantOfLocal(date, time);
};
export const agreementOf = (id: string): Agreement => {
  const found = agreements.find((agreement) => agreement.id === id);
  if (found === undefined) throw new Error(`No agreement ${id}.`);
  return found;
};
export const advice = agreementOf("ADVICE-MSG");

/** Monday at a quarter past ten; warns on Wednesday at 17:00, due on Thursday at 17:00. */
export const asked = startClock(advice, {
  clockId: "ADVICE-MSG.1",
  debtor: "5790000200016",
  creditor: "5790000100019",
  at: local("2026-11-23 10:15"),
  hours: nineToFive,
});
export const warnAt = local("2026-11-25 17:00");
export const due = local("2026-11-26 17:00");
export const clockId = asked.clockId;
export const change = {
  pausedOn: (at: string): ClockChange => ({
    change: "paused",
    clockId,
    at: local(at),
    reason: "InformationRequested",
  }),
  warned: { change: "warned", clockId, at: warnAt },
  breached: { change: "breached", clockId, at: due },
  stoppedOn: (at: string, inTime: boolean): ClockChange => ({
    change: "stopped",
    clockId,
    at: local(at),
    inTime,
  }),
  cancelled: { change: "cancelled", clockId, at: due, reason: "AdviceWithdrawn" },
  resumedOn: (at: string, newDue: string): ClockChange => ({
    change: "resumed",
    clockId,
    at: local(at),
    warnAt: local(newDue),
    due: local(newDue),
  }),
} as const;

export const given = (...changes: ClockChange[]): ClockState =>
  changes.reduce<ClockState>(evolveClock, evolveClock(undefined, asked));
