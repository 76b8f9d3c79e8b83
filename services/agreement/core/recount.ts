/** Running clocks under a change: of their agreement, of the debtor's hours, or by the end of what was agreed. */
import type { Agreement } from "../../../contracts/agreement.ts";
import { type AgreementBook, clocksOf } from "../../../contracts/agreement-book.ts";
import type { ClockChange } from "../../../contracts/clocks.ts";
import { type ClockState, cancelClock, evolveClock, isOpenClock } from "../../case/clock-book.ts";
import { recountClock } from "../../case/clock-recount.ts";
import { isLate } from "../../case/clock-rules.ts";
import { agreementOf, hoursOf } from "../../case/clock-world.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";

/** `recomputing`: the versions whose change was made for running clocks too. */
export type Terms = {
  agreements: readonly Agreement[];
  recomputing: readonly Pick<Agreement, "id" | "version">[];
};

/** A case looks at its open clocks: those that are not counted as they should be by now are counted anew. */
export type RecountCommand = { type: "recount"; terms: Terms };

export const termsIn = (book: AgreementBook): Terms => ({
  agreements: clocksOf(book),
  recomputing: book.kept
    .filter(({ runningClocks }) => runningClocks === "recompute")
    .map(({ agreement: { id, version } }) => ({ id, version })),
});

const newerThan = (clock: ClockState, { agreements }: Terms, today: string): Agreement[] =>
  agreements
    .filter(({ id, version }) => id === clock.agreement && version > clock.agreementVersion)
    .filter(({ validFrom }) => validFrom <= today)
    .toSorted((a, b) => b.version - a.version);

const isEnded = ({ onEnd, validTo }: Agreement, today: string): boolean =>
  onEnd === "cancel" && validTo !== undefined && validTo < today;

/** That it was late before anything was changed is not hidden by the change, even when no timer came to record it first. */
const overdue = (clock: ClockState, now: string): ClockChange[] =>
  clock.status === "running" && isLate(now, clock.due)
    ? [{ change: "breached", clockId: clock.clockId, at: now }]
    : [];

const onClock = (
  clock: ClockState,
  terms: Terms,
  { now, today, directory }: DecisionContext,
): ClockChange[] => {
  const newer = newerThan(clock, terms, today);
  const own = agreementOf(clock, terms.agreements);
  const changed = newer.find(({ id, version }) =>
    terms.recomputing.some((one) => one.id === id && one.version === version),
  );
  const agreement = changed ?? own;
  if (agreement === undefined) return [];
  const late = overdue(clock, now);
  const before = late.reduce<ClockState>(evolveClock, clock);
  const isOver = newer.length === 0 && isEnded(agreement, today);
  const hours = hoursOf(directory, clock.debtor);
  const anew = agreement.onChange === "recompute" ? { hours } : {};
  const change = isOver
    ? cancelClock(before, now, "agreement-ended")
    : recountClock(before, { at: now, agreement, directory: hours, ...anew });
  return change === undefined ? [] : [...late, change];
};

const decide = (_state: undefined, { terms }: RecountCommand, context: DecisionContext): Decision<never> => {
  const clocks = Object.values(context.common.clocks)
    .filter(isOpenClock)
    .flatMap((clock) => onClock(clock, terms, context));
  return clocks.length === 0
    ? { kind: "ignore", reason: "counted-so-already" }
    : { kind: "record", facts: [], tell: [], clocks };
};

/** Decided on the case, so that it is done once whoever asks how often. */
export const recountCore: Core<undefined, RecountCommand, never> = {
  initial: undefined,
  // It reads no facts: what it decides on is what all cases share.
  adopts: (_fact): _fact is never => false,
  evolve: (state) => state,
  decide,
};
