import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Carried } from "../../../../../contracts/push.ts";
import {
  begin,
  defaultLaneRules,
  drop,
  emptyLane,
  knockBegins,
  knockEnds,
  type Lane,
  owe,
  plan,
  recorded,
  settle,
  sizeOf,
} from "../../../../../services/delivery/core/lane.ts";

const caseOf = (n: number): string => `0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b${String(n).padStart(2, "0")}`;
const id = (n: number, record: number): string => `${caseOf(n)}.${String(record)}.0`;
const rules = { ...defaultLaneRules, atOnce: 3 };
const at = (nowMs: number, random = 0) => ({ moment: { nowMs, random }, rules });

/** Any order of arrivals, answers, knocks and waits, as the shell would have them. */
type Event =
  | { kind: "owe"; n: number; record: number }
  | { kind: "answer"; pick: number; result: Carried["result"] }
  | { kind: "wait"; ms: number }
  | { kind: "knock"; awake: boolean }
  | { kind: "drop"; n: number; record: number };

const place = { n: fc.integer({ min: 0, max: 4 }), record: fc.integer({ min: 1, max: 6 }) };
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant("owe" as const), ...place }),
  fc.record({ kind: fc.constant("drop" as const), ...place }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 70_000 }) }),
  fc.record({ kind: fc.constant("knock" as const), awake: fc.boolean() }),
  fc.record({
    kind: fc.constant("answer" as const),
    pick: fc.nat(),
    result: fc.constantFrom("taken", "refused", "busy", "failed", "unreachable", "not-owed", "own-fault"),
  }),
);

type World = { lane: Lane; nowMs: number; taken: string[]; perWindow: number[] };

const startAll = (world: World): void => {
  for (let next = plan(world.lane, world.nowMs, rules); next.attempts.length > 0; ) {
    for (const deliveryId of next.attempts) {
      world.lane = begin(world.lane, deliveryId);
      world.perWindow.push(world.nowMs);
    }
    next = plan(world.lane, world.nowMs, rules);
  }
};

const answered = (world: World, pick: number, result: Carried["result"]): void => {
  const going = [...world.lane.underway];
  const deliveryId = going[pick % Math.max(1, going.length)];
  if (deliveryId === undefined) return;
  const settled = settle(world.lane, { deliveryId, carried: { result } }, at(world.nowMs, 0.5));
  const isAnswer = result === "taken" || result === "refused";
  world.lane = isAnswer ? recorded(settled, deliveryId) : settled;
  if (result === "taken") world.taken.push(deliveryId);
};

const happen = (world: World, one: Event): void => {
  const { lane, nowMs } = world;
  switch (one.kind) {
    case "owe":
      world.lane = owe(lane, [id(one.n, one.record)]);
      return;
    case "drop":
      world.lane = drop(lane, id(one.n, one.record));
      return;
    case "wait":
      world.nowMs += one.ms;
      return;
    case "knock":
      if (plan(lane, nowMs, rules).knock)
        world.lane = knockEnds(knockBegins(lane), one.awake, at(nowMs, 0.5));
      return;
    case "answer":
      answered(world, one.pick, one.result);
  }
};

describe("whatever happens to a lane", () => {
  test.prop([fc.array(event, { maxLength: 80 })], { numRuns: 500 })(
    "no two documents of a case are under way, and no more than the receiver takes at once",
    (events) => {
      const world: World = { lane: emptyLane, nowMs: 0, taken: [], perWindow: [] };
      for (const one of events) {
        happen(world, one);
        startAll(world);
        const cases = [...world.lane.underway].map((deliveryId) => deliveryId.slice(0, 36));
        expect(new Set(cases).size).toBe(cases.length);
        expect(cases.length).toBeLessThanOrEqual(rules.atOnce);
        if (world.lane.breaker.state === "half-open") expect(cases.length).toBeLessThanOrEqual(1);
      }
    },
  );

  test.prop([fc.array(event, { maxLength: 80 })], { numRuns: 300 })(
    "a case whose documents were all owed before is taken in their order",
    (events) => {
      const ids = [1, 2, 3].flatMap((n) => [1, 2, 3, 4].map((record) => id(n, record)));
      const world: World = { lane: owe(emptyLane, ids), nowMs: 0, taken: [], perWindow: [] };
      startAll(world);
      for (const one of events.filter(({ kind }) => kind !== "owe" && kind !== "drop")) {
        happen(world, one);
        startAll(world);
      }
      for (const n of [1, 2, 3]) {
        const own = world.taken.filter((deliveryId) => deliveryId.startsWith(caseOf(n)));
        expect(own).toEqual(own.toSorted());
      }
    },
  );

  test.prop([fc.array(event, { maxLength: 60 })], { numRuns: 300 })(
    "a receiver that is well again gets everything, with nobody's help",
    (events) => {
      const world: World = { lane: owe(emptyLane, [id(1, 1), id(2, 1)]), nowMs: 0, taken: [], perWindow: [] };
      startAll(world);
      for (const one of events) {
        happen(world, one);
        startAll(world);
      }
      for (let i = 0; i < 200 && sizeOf(world.lane) > 0; i++) {
        const next = plan(world.lane, world.nowMs, rules);
        happen(world, { kind: "knock", awake: true });
        while (world.lane.underway.size > 0) {
          happen(world, { kind: "answer", pick: 0, result: "taken" });
          startAll(world);
        }
        world.nowMs = Math.max(world.nowMs + 1, next.wakeMs ?? 0);
        startAll(world);
      }
      expect(sizeOf(world.lane)).toBe(0);
    },
  );

  test.prop([fc.array(event, { maxLength: 80 })], { numRuns: 200 })(
    "a receiver that fails each time is tried a bounded number of times",
    (events) => {
      const world: World = {
        lane: owe(
          emptyLane,
          [1, 2, 3, 4].map((n) => id(n, 1)),
        ),
        nowMs: 0,
        taken: [],
        perWindow: [],
      };
      for (let i = 0; i < 3_000 && world.nowMs < 600_000; i++) {
        startAll(world);
        while (world.lane.underway.size > 0) happen(world, { kind: "answer", pick: i, result: "failed" });
        happen(world, { kind: "knock", awake: events.length % 2 === 0 });
        world.nowMs = Math.max(world.nowMs + 1, plan(world.lane, world.nowMs, rules).wakeMs ?? 0);
      }
      // In ten minutes: five to find out, then ever more seldom.
      expect(world.perWindow.length).toBeLessThan(150);
    },
  );
});
