import type { Agreement } from "../../contracts/agreement.ts";
import type { ClockChange } from "../../contracts/clocks.ts";
import { documentRead } from "../../contracts/codes/promises.ts";
import type { CaseState } from "./case-state.ts";
import {
  answerClock,
  type ClockState,
  cancelClock,
  pauseClock,
  resumeClock,
  stopClock,
} from "./clock-book.ts";
import { corrected, owed } from "./clock-owed.ts";
import { type Hours, isLate } from "./clock-rules.ts";
import { agreementOf, type ClockWorld, type Happened, hoursOf } from "./clock-world.ts";

/** Nothing that is told later counts from before the last thing that was done to the clock. */
const countsFrom = ({ since }: ClockState, { at, happenedAt = at }: Happened): string => {
  if (happenedAt >= at) return at;
  return since > happenedAt ? since : happenedAt;
};

/** The documents that bring an answer to whom it was promised. */
const bringing = ({ creditor }: ClockState, factType: string, happened: Happened): string[] =>
  (happened.deliveries ?? []).flatMap((d) =>
    d.change === "owed" && d.to === creditor && happened.factTypes[d.fact] === factType ? [d.deliveryId] : [],
  );

type Turn = { agreement: Agreement; hours: Hours; happened: Happened };

/** What nobody is sent there is nothing to read of: it stops then, too. */
const answeredBy = (
  clock: ClockState,
  factType: string,
  { agreement, happened }: Turn,
): ClockChange | undefined => {
  const at = countsFrom(clock, happened);
  const deliveries = agreement.measuredTo === "reading" ? bringing(clock, factType, happened) : [];
  return deliveries.length === 0 ? stopClock(clock, at) : answerClock(clock, at, deliveries);
};

const changeOf = (clock: ClockState, factType: string, turn: Turn): ClockChange | undefined => {
  const { agreement, hours, happened } = turn;
  const at = countsFrom(clock, happened);
  if (agreement.stopsOn.includes(factType)) return answeredBy(clock, factType, turn);
  if (agreement.cancelsOn.includes(factType)) return cancelClock(clock, at, factType);
  if (agreement.pausesOn.includes(factType)) return pauseClock(clock, at, factType);
  return agreement.resumesOn.includes(factType) ? resumeClock(clock, { at, agreement, hours }) : undefined;
};

/** Whether the answer that was on its way has been read: its receiver said so, or has acted on the case. */
const isRead = ({ answered, creditor }: ClockState, { reader, deliveries = [] }: Happened): boolean =>
  answered !== undefined &&
  (reader === creditor ||
    deliveries.some(
      (d) => d.change === "acknowledged" && d.how !== "receipt" && answered.deliveries.includes(d.deliveryId),
    ));

/** Those who have read what the case sent them: by acting on it, or by saying so. */
const readersOf = ({ deliveries: known }: CaseState, { reader, deliveries = [] }: Happened): string[] => [
  ...(reader === undefined ? [] : [reader]),
  ...deliveries.flatMap((d) =>
    d.change === "acknowledged" && d.how !== "receipt" ? [known[d.deliveryId]?.to ?? d.by] : [],
  ),
];

type Heard = Happened & { readers: readonly string[] };

/** Whether what was owed was to read what was sent, and that has been done. */
const isSeen = ({ debtor }: ClockState, { stopsOn }: Agreement, { readers }: Heard): boolean =>
  stopsOn.includes(documentRead) && readers.includes(debtor);

const overdue = (clock: ClockState, at: string): ClockChange[] =>
  !clock.breached && isLate(at, clock.due) ? [{ change: "breached", clockId: clock.clockId, at }] : [];

const onClock = (clock: ClockState, happened: Heard, world: ClockWorld): ClockChange[] => {
  const agreement = agreementOf(clock, world.agreements);
  if (agreement === undefined) return [];
  const hours = hoursOf(world.directory, clock.debtor);
  const change =
    isRead(clock, happened) || isSeen(clock, agreement, happened)
      ? stopClock(clock, happened.at)
      : happened.factTypes
          .map((type) => changeOf(clock, type, { agreement, hours, happened }))
          .find((c) => c !== undefined);
  if (change === undefined) return [];
  // A question back that comes too late does not hide the breach, even when no timer came to tell it first.
  return change.change === "paused" ? [...overdue(clock, change.at), change] : [change];
};

/** What one decision does to the clocks that already run on the case (not those of receipts). */
const onRunning = (running: readonly ClockState[], happened: Heard, world: ClockWorld): ClockChange[] =>
  running.flatMap((clock) => {
    const { cancel, at } = happened;
    return cancel === undefined ? onClock(clock, happened, world) : (cancelClock(clock, at, cancel) ?? []);
  });

/** Every clock change of one decision, computed inside it: what stops, pauses, resumes, is cancelled, moves and starts. */
export const clockChanges = (state: CaseState, happened: Happened, world: ClockWorld): ClockChange[] => {
  const clocks = Object.values(state.clocks).filter((clock) => clock.deliveryId === undefined);
  return (happened.owing ?? []).reduce(
    (changes, owing) =>
      (owing.corrects === true ? corrected : owed)(owing, happened, { clocks, changes, world }),
    onRunning(clocks, { ...happened, readers: readersOf(state, happened) }, world),
  );
};
