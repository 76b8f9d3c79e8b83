import type { ClockChange } from "../../../contracts/clocks.ts";
import { deliveryAlarmOf } from "../../../contracts/derived-ids.ts";
import type { AlarmChange } from "../../../contracts/record.ts";
import type { CaseState } from "../../case/case-state.ts";
import { type ClockState, fireClock } from "../../case/clock-book.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import { type Gathered, type RingCommand, ringStep } from "./escalate.ts";

/** A timer rang for a clock. The journal decides whether it still means anything. */
export type FireCommand = { type: "fire"; clockId: string };

/**
 * A receipt that is overdue for a document that nobody has fetched: the delivery service looks after it from now on. One that
 * was fetched has an alarm already.
 */
const lookAfter = (
  { deliveryId }: ClockState,
  { change, at }: ClockChange & { at: string },
  { deliveries, alarms }: CaseState,
): AlarmChange[] => {
  if (deliveryId === undefined || change !== "breached") return [];
  const alarmId = deliveryAlarmOf(deliveryId);
  const waits = deliveries[deliveryId]?.status === "waiting";
  return waits && !Object.hasOwn(alarms, alarmId) ? [{ change: "set", alarmId, at }] : [];
};

const fire = ({ clockId }: FireCommand, { common, now }: DecisionContext): Decision<never> => {
  const clock = common.clocks[clockId];
  const change = clock === undefined ? undefined : fireClock(clock, now);
  if (clock === undefined || change === undefined) return { kind: "ignore", reason: "not-due" };
  return { kind: "record", facts: [], tell: [], clocks: [change], alarms: lookAfter(clock, change, common) };
};

/**
 * Warnings and breaches of any case, and later steps: each once, because what was fired is in the record that the next decision reads.
 * Who is told of it the kernel finds.
 */
export const agreementCore: Core<undefined, FireCommand | RingCommand, Gathered> = {
  initial: undefined,
  // It reads no facts: what it decides on is what all cases share.
  adopts: (_fact): _fact is Gathered => false,
  evolve: (state) => state,
  decide: (_state, command, context) =>
    command.type === "fire" ? fire(command, context) : ringStep(command, context),
};
