import { followUpAct } from "../../../contracts/record.ts";
import { type CaseState, type DeliveryState, isSettled } from "../../case/case-state.ts";
import type { ClockState } from "../../case/clock-state.ts";

/** Why a case stays in the journal. */
type Unripe =
  | "open"
  | "delivery-open"
  | "clock-running"
  | "alarm-set"
  | "somebody-awaited"
  | "too-young"
  | "linked-to-open";

export type Ripeness = { kind: "ripe" } | { kind: "unripe"; why: Unripe };

/** What is known of a case besides its own records. */
export type Around = {
  now: string;
  /** When its last record was written. */
  lastAt: string;
  afterDays: number;
  /** A case that is open links to it, or it to one. */
  linkedToOpen: boolean;
};

const dayMs = 86_400_000;

/**
 * Nothing more can come of a delivery by itself: its receiver's system has said yes; or it did not arrive and a person has seen
 * to that; or it was fetched by a receiver whose system gives no receipts.
 */
const isDone = (delivery: DeliveryState): boolean => {
  if (delivery.status === "acknowledged" || delivery.handled === true) return true;
  if (isSettled(delivery) || delivery.trouble !== undefined) return false;
  return delivery.status === "fetched" && !delivery.receiptExpected;
};

const isOver = (clock: ClockState): boolean => {
  if (clock.status === "running" || clock.status === "paused") return false;
  return clock.status !== "breached" || clock.stoppedAt !== undefined;
};

/** A case that never got a card opened nothing: its command was refused, or its message belongs to another case. */
const isClosed = ({ card, status }: CaseState): boolean =>
  card === undefined ? status !== "unknown" : card.closed;

const awaitsSomebody = ({ card }: CaseState): boolean =>
  (card?.awaits.some(({ act }) => act === followUpAct) ?? false) || (card?.undelivered ?? []).length > 0;

const isYoung = ({ now, lastAt, afterDays }: Around): boolean =>
  Date.parse(now) - Date.parse(lastAt) < afterDays * dayMs;

/** In this order: the first that holds is why a case stays. Age comes last, so that it hides nothing. */
const reasons: readonly (readonly [Unripe, (state: CaseState, around: Around) => boolean])[] = [
  ["open", (state) => !isClosed(state)],
  ["delivery-open", ({ deliveries }) => !Object.values(deliveries).every(isDone)],
  ["clock-running", ({ clocks }) => !Object.values(clocks).every(isOver)],
  ["alarm-set", ({ alarms }) => Object.keys(alarms).length > 0],
  ["somebody-awaited", awaitsSomebody],
  ["linked-to-open", (_state, { linkedToOpen }) => linkedToOpen],
  ["too-young", (_state, around) => isYoung(around)],
];

/**
 * Whether a case may leave the journal for the archive. Whatever still has to be done about it, by a machine or by a person,
 * keeps it, however old it is.
 */
export const ripenessOf = (state: CaseState, around: Around): Ripeness => {
  const found = reasons.find(([, holds]) => holds(state, around));
  return found === undefined ? { kind: "ripe" } : { kind: "unripe", why: found[0] };
};
