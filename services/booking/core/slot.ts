import type { BookingFact } from "../../../contracts/messages/booking.ts";
import type { PlaceRefusal } from "../../../contracts/messages/booking-slot.ts";
import type { AlarmChange } from "../../../contracts/record.ts";
import { instantOf, msOf } from "../../case/clock-zone.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { type DirectoryView, isOrIsPartOf } from "../../case/directory-view.ts";
import type { CommandOf } from "./command.ts";
import { isSlotTurn, stepProblem, turnProblem, turnTypes } from "./moves.ts";
import type { BookingRules } from "./rules.ts";
import { type ClaimState, claimsOf, isLive, placesGone, type SlotState } from "./slot-state.ts";

type SlotDecision = Decision<BookingFact>;

const minuteMs = 60_000;
export const endAlarm = "ended";
const holdAlarm = (claimId: string): string => `hold.${claimId}`;

export const endOf = ({ start, lengthMinutes }: { start: string; lengthMinutes: number }): string =>
  instantOf(msOf(start) + lengthMinutes * minuteMs);

const cleared = (claimIds: readonly string[]): AlarmChange[] =>
  claimIds.map((claimId) => ({ change: "cleared", alarmId: holdAlarm(claimId) }));

const heldClaims = ({ claims }: SlotState): [string, ClaimState][] =>
  Object.entries(claims).filter(([, claim]) => claim.until !== undefined);

const when = ({ slot: { start, speciality } }: SlotState): { start: string; speciality: string } => ({
  start,
  speciality,
});

export type SlotCommand = CommandOf<
  "booking.changeSlot" | "booking.cancelSlot" | "booking.claim" | "booking.free" | "booking.ring"
>;

const change = (
  state: SlotState,
  { payload }: CommandOf<"booking.changeSlot">,
  { now }: DecisionContext,
): SlotDecision => {
  const { places, place, instructions } = payload;
  if (places === undefined && place === undefined && instructions === undefined)
    return refuse("message-invalid", "places", "Say what is to change: places, place or instructions.");
  const gone = placesGone(state, now);
  if (places !== undefined && places < gone)
    return refuse("places-taken", "places", "More places than that are booked or held already.");
  const told = place !== undefined || instructions !== undefined;
  const claims = told ? claimsOf(state, ({ until }) => until === undefined) : [];
  return {
    kind: "record",
    facts: [{ type: "SlotChanged", places, place, instructions, claims }],
    tell: [],
  };
};

const cancel = (state: SlotState, { payload }: CommandOf<"booking.cancelSlot">): SlotDecision => ({
  kind: "record",
  // Also holds that ran out and whose alarm has not rung: their bookings still believe that they have a place.
  facts: [{ type: "SlotCancelled", reason: payload.reason, ...when(state), claims: claimsOf(state) }],
  tell: [],
  alarms: [
    { change: "cleared", alarmId: endAlarm },
    ...cleared(heldClaims(state).map(([claimId]) => claimId)),
  ],
});

const isInRegion = (directory: DirectoryView, booker: string, region: string): boolean =>
  isOrIsPartOf(directory, booker, region) ||
  (directory.organisation(booker)?.authority.some(({ gln }) => gln === region) ?? false);

type Claiming = CommandOf<"booking.claim">["payload"];

const isForOthers = (state: SlotState, { by, municipality }: Claiming, directory: DirectoryView): boolean => {
  const { municipalities, regions } = state;
  if (regions !== undefined && !regions.some((region) => isInRegion(directory, by, region))) return true;
  // Whoever does not tell the citizen's municipality is believed to have looked.
  return municipalities !== undefined && municipality !== undefined && !municipalities.includes(municipality);
};

const refusalOf = (
  state: SlotState,
  claiming: Claiming,
  { now, directory }: DecisionContext,
): PlaceRefusal | undefined => {
  const { start } = state.slot;
  if (state.status === "cancelled") return "cancelled";
  if (state.status === "ended" || start <= now) return "begun";
  if (claiming.before !== undefined && start >= claiming.before) return "tooLate";
  if (isForOthers(state, claiming, directory)) return "notForCitizen";
  // Its own hold is no other's: whoever holds a place books that very place.
  return placesGone(state, now, claiming.claimId) < state.places ? undefined : "full";
};

const claim = (
  state: SlotState,
  { payload }: CommandOf<"booking.claim">,
  { context, rules }: { context: DecisionContext; rules: BookingRules },
): SlotDecision => {
  const { claimId, wish, by, want } = payload;
  const named = { claimId, wish, by };
  const { slot } = state;
  const reason = refusalOf(state, payload, context);
  if (reason !== undefined) {
    const { hospital } = slot;
    return { kind: "record", facts: [{ type: "PlaceRefused", ...named, reason, hospital }], tell: [] };
  }
  if (want === "book") {
    const wasHeld = state.claims[claimId]?.until !== undefined;
    const taken = { kind: "record", facts: [{ type: "PlaceTaken", ...named, slot }], tell: [] } as const;
    return { ...taken, facts: [...taken.facts], tell: [], alarms: wasHeld ? cleared([claimId]) : [] };
  }
  const minutes = want === "offer" ? rules.offerMinutes : rules.holdMinutes;
  // Nobody holds a place that has begun.
  const until = [instantOf(msOf(context.now) + minutes * minuteMs), slot.start].toSorted()[0] ?? slot.start;
  return {
    kind: "record",
    facts: [{ type: "PlaceHeld", ...named, until, slot }],
    tell: [],
    alarms: [{ change: "set", alarmId: holdAlarm(claimId), at: until }],
  };
};

const free = (state: SlotState, { payload }: CommandOf<"booking.free">): SlotDecision => {
  const { claimId, wish } = payload;
  const known = state.claims[claimId];
  // Given up under an older wish than the one that has the place now, which is another.
  if (known?.wish !== wish) return { kind: "ignore", reason: "not-claimed" };
  return {
    kind: "record",
    facts: [{ type: "PlaceFreed", claimId, wish, by: known.by, why: "givenUp" }],
    tell: [],
    alarms: known.until === undefined ? [] : cleared([claimId]),
  };
};

const expired = ([claimId, { wish, by }]: [string, ClaimState]): BookingFact => ({
  type: "PlaceFreed",
  claimId,
  wish,
  by,
  why: "expired",
});

const ring = (
  state: SlotState,
  { payload }: CommandOf<"booking.ring">,
  { now }: DecisionContext,
): SlotDecision => {
  const { alarmId } = payload;
  const held = heldClaims(state);
  if (alarmId === endAlarm) {
    const claims = claimsOf(state, ({ until }) => until === undefined);
    const facts = [...held.map(expired), { type: "SlotEnded", ...when(state), claims } as const];
    return { kind: "record", facts, tell: [], alarms: cleared(held.map(([claimId]) => claimId)) };
  }
  const over = held.find(([claimId, one]) => holdAlarm(claimId) === alarmId && !isLive(one, now));
  return over === undefined
    ? { kind: "ignore", reason: "not-held" }
    : { kind: "record", facts: [expired(over)], tell: [] };
};

const isTurn = (command: SlotCommand): command is CommandOf<"booking.changeSlot" | "booking.cancelSlot"> =>
  command.type === "booking.changeSlot" || command.type === "booking.cancelSlot";

/** What a command means for a slot. It knows claims, never patients. */
const standingOf = ({ status, slot }: SlotState, actor: string) => ({
  status,
  actor,
  visitation: slot.visitation,
});

/** Every turn that a slot takes from somebody as it stands. */
export const slotTurns = (state: SlotState, actor: string): string[] =>
  turnTypes.filter((type) => isSlotTurn(type) && turnProblem(type, standingOf(state, actor)) === undefined);

export const decideSlot = (
  state: SlotState,
  command: SlotCommand,
  world: { context: DecisionContext; rules: BookingRules },
): SlotDecision => {
  const { context } = world;
  const standing = standingOf(state, context.actor);
  const problem = isTurn(command) ? turnProblem(command.type, standing) : stepProblem(command.type, standing);
  if (problem !== undefined) return problem;
  switch (command.type) {
    case "booking.changeSlot":
      return change(state, command, context);
    case "booking.cancelSlot":
      return cancel(state, command);
    case "booking.claim":
      return claim(state, command, world);
    case "booking.free":
      return free(state, command);
    case "booking.ring":
      return ring(state, command, context);
  }
};
