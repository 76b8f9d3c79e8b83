import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { BookingFact } from "../../../../../contracts/messages/booking.ts";
import type { BookingCommand } from "../../../../../services/booking/core/command.ts";
import { isLive, type SlotState } from "../../../../../services/booking/core/slot-state.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import {
  claiming,
  command,
  core,
  decided,
  now,
  published,
  slotId,
  visitation,
} from "../../../../support/booking-given.ts";

const claimants = Array.from({ length: 6 }, (_, i) => `7a1c9e52-6e1c-5a44-9d0e-2f4c8f6a7b1${String(i)}`);

type Action =
  | { kind: "hold" | "book" | "offer"; who: number }
  | { kind: "release"; who: number; stale: boolean }
  | { kind: "wait"; minutes: number }
  | { kind: "ring"; who: number }
  | { kind: "change"; places: number }
  | { kind: "cancel" }
  | { kind: "end" };

const whom = fc.integer({ min: 0, max: claimants.length - 1 });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("hold", "book", "offer"), who: whom }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("release"), who: whom, stale: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("wait"), minutes: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("ring"), who: whom }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("change"), places: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: "cancel" as const }, { kind: "end" as const }) },
);

const claimantOf = (who: number): string => claimants[who] ?? "";

type Claiming = Extract<Action, { kind: "hold" | "book" | "offer" }>;
const isClaiming = (one: Action): one is Claiming =>
  one.kind === "hold" || one.kind === "book" || one.kind === "offer";

const freeing = (who: number, wish: number): BookingCommand => ({
  type: "booking.free",
  id: "f",
  payload: { caseId: slotId, claimId: claimantOf(who), wish },
});

/** What is not a claim. A stale release is of a wish before the one that has the place. */
const otherCommand = (
  one: Exclude<Action, Claiming | { kind: "wait" }>,
  wishes: readonly number[],
): BookingCommand => {
  if (one.kind === "release") return freeing(one.who, (wishes[one.who] ?? 0) - (one.stale ? 1 : 0));
  if (one.kind === "change") return command("booking.changeSlot", { caseId: slotId, places: one.places });
  if (one.kind === "cancel") return command("booking.cancelSlot", { caseId: slotId, reason: "Sygdom" });
  const alarmId = one.kind === "ring" ? `hold.${claimantOf(one.who)}` : "ended";
  return command("booking.ring", { caseId: slotId, alarmId });
};

const byVisitation = new Set<string>(["booking.changeSlot", "booking.cancelSlot"]);

/** A slot that things happen to, with the alarms that the kernel would have set. */
const createRun = (places: number) => {
  let facts: BookingFact[] = [published(places)];
  let at = now;
  const wishes = claimants.map(() => 0);
  const alarms = new Set<string>(["ended"]);
  const commandOf = (one: Exclude<Action, { kind: "wait" }>): BookingCommand => {
    if (!isClaiming(one)) return otherCommand(one, wishes);
    const wish = (wishes[one.who] ?? 0) + 1;
    wishes[one.who] = wish;
    return claiming(claimantOf(one.who), { want: one.kind, wish });
  };
  const happen = (one: Exclude<Action, { kind: "wait" }>): void => {
    const asked = commandOf(one);
    // The kernel rings only alarms that are set.
    if (asked.type === "booking.ring" && !alarms.has(asked.payload.alarmId)) return;
    const by = byVisitation.has(asked.type) ? visitation : hubActor;
    const decision = decided(facts, asked, { by, at, caseId: slotId });
    if (decision.kind !== "record") return;
    if (asked.type === "booking.ring") alarms.delete(asked.payload.alarmId);
    for (const { change, alarmId } of decision.alarms ?? [])
      if (change === "set") alarms.add(alarmId);
      else alarms.delete(alarmId);
    checkFull(facts, decision.facts, at);
    facts = [...facts, ...decision.facts];
  };
  return {
    step: (one: Action): void => {
      if (one.kind === "wait") at = new Date(Date.parse(at) + one.minutes * 60_000).toISOString();
      else happen(one);
      checkAfter(facts, at);
    },
    alarms,
    held: (): string[] =>
      Object.entries(slotAfter(facts).claims).flatMap(([id, { until }]) => (until === undefined ? [] : [id])),
  };
};

const slotAfter = (facts: readonly BookingFact[]): SlotState => {
  const family = facts.reduce(core.evolve, core.initial);
  if (family.case !== "slot") throw new Error(family.case);
  return family.state;
};

/** What a plain reading of the facts says of every claim, without the state of the core. */
const claimsByFacts = (facts: readonly BookingFact[]): Map<string, string> => {
  const claims = new Map<string, string>();
  for (const fact of facts) {
    if (fact.type === "PlaceHeld") claims.set(fact.claimId, fact.until);
    if (fact.type === "PlaceTaken") claims.set(fact.claimId, "taken");
    if (fact.type === "PlaceFreed") claims.delete(fact.claimId);
    if (fact.type === "SlotCancelled") claims.clear();
  }
  return claims;
};

const checkAfter = (facts: readonly BookingFact[], at: string): void => {
  const state = slotAfter(facts);
  const byFacts = claimsByFacts(facts);
  const live = [...byFacts.values()].filter((until) => until === "taken" || until > at);
  // taken + live holds <= places, always.
  expect(live.length).toBeLessThanOrEqual(state.places);
  // A claim is in at most one state, and it is the one that its last fact says.
  const known = Object.entries(state.claims).map(([id, { until }]) => [id, until ?? "taken"] as const);
  expect(new Map(known)).toEqual(byFacts);
  expect(Object.values(state.claims).filter((claim) => isLive(claim, at))).toHaveLength(live.length);
};

/** A refusal for want of places is given only when there is none: nobody is turned away from an empty slot. */
const checkFull = (before: readonly BookingFact[], after: readonly BookingFact[], at: string): void => {
  for (const fact of after) {
    if (fact.type !== "PlaceRefused" || fact.reason !== "full") continue;
    const others = [...claimsByFacts(before)].filter(
      ([id, until]) => id !== fact.claimId && (until === "taken" || until > at),
    );
    expect(others.length).toBeGreaterThanOrEqual(slotAfter(before).places);
  }
};

describe("a slot, whatever bookers, alarms and its visitation do in any order", () => {
  test.prop([fc.integer({ min: 1, max: 4 }), fc.array(action, { maxLength: 60 })], { numRuns: 300 })(
    "never has more places taken and held than it has, and each claim in one state",
    (places, actions) => {
      const run = createRun(places);
      for (const one of actions) run.step(one);
    },
  );

  test.prop([fc.array(action, { maxLength: 40 })], { numRuns: 200 })(
    "has an alarm for every hold, and none for what is held no more",
    (actions) => {
      const run = createRun(3);
      for (const one of actions) {
        run.step(one);
        const rings = [...run.alarms].filter((id) => id !== "ended").toSorted();
        expect(rings).toEqual(
          run
            .held()
            .map((id) => `hold.${id}`)
            .toSorted(),
        );
      }
    },
  );
});
