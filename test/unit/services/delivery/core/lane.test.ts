import { describe, expect, it } from "vitest";
import type { Carried } from "../../../../../contracts/push.ts";
import {
  begin,
  defaultLaneRules,
  emptyLane,
  knockBegins,
  knockEnds,
  type Lane,
  owe,
  plan,
  recorded,
  settle,
} from "../../../../../services/delivery/core/lane.ts";

const caseOf = (n: number): string => `0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b${String(n).padStart(2, "0")}`;
const id = (n: number, record: number, part = 0): string => `${caseOf(n)}.${String(record)}.${String(part)}`;
const rules = { ...defaultLaneRules, atOnce: 3 };
const at = (nowMs: number, random = 0) => ({ moment: { nowMs, random }, rules });

const attempt = (
  lane: Lane,
  deliveryId: string,
  carried: Pick<Carried, "result" | "retryAfterMs" | "earlier">,
  nowMs = 0,
) => {
  const settled = settle(begin(lane, deliveryId), { deliveryId, carried }, at(nowMs));
  const isAnswer = carried.result === "taken" || carried.result === "refused";
  return isAnswer ? recorded(settled, deliveryId) : settled;
};

/** So many attempts in a row fail, each when its time comes. */
const failing = (lane: Lane, times: number, from = 0): Lane => {
  let [now, nowMs] = [lane, from];
  for (let i = 0; i < times; i++) {
    for (let next = plan(now, nowMs, rules); next.attempts.length === 0; next = plan(now, nowMs, rules))
      nowMs = next.wakeMs ?? nowMs + 1_000;
    const [first = ""] = plan(now, nowMs, rules).attempts;
    now = attempt(now, first, { result: "unreachable" }, nowMs);
  }
  return now;
};
const five = owe(
  emptyLane,
  [1, 2, 3, 4, 5].map((n) => id(n, 1)),
);
const open = failing(five, 5);

describe("a lane", () => {
  it("sends the first of each case, as many at once as the receiver takes", () => {
    const lane = owe(emptyLane, [id(1, 2), id(1, 1), id(2, 1), id(3, 1), id(4, 1)]);
    expect(plan(lane, 0, rules).attempts).toEqual([id(1, 1), id(2, 1), id(3, 1)]);
  });

  it("orders a case by record and place, not by text", () => {
    const lane = owe(emptyLane, [id(1, 10), id(1, 9, 1), id(1, 9, 0)]);
    expect(plan(lane, 0, rules).attempts).toEqual([id(1, 9, 0)]);
  });

  it("keeps a later document of a case back while an earlier one is under way, or fails", () => {
    const lane = owe(emptyLane, [id(1, 1), id(1, 2)]);
    expect(plan(begin(lane, id(1, 1)), 0, rules).attempts).toEqual([]);
    const failed = attempt(lane, id(1, 1), { result: "failed" });
    expect(plan(failed, 0, rules)).toEqual({ attempts: [], knock: false, wakeMs: 500 });
    expect(plan(failed, 500, rules).attempts).toEqual([id(1, 1)]);
  });

  it("goes on with the next of a case when the first was taken, refused, or is not owed", () => {
    const lane = owe(emptyLane, [id(1, 1), id(1, 2)]);
    for (const result of ["taken", "refused", "not-owed"] as const)
      expect(plan(attempt(lane, id(1, 1), { result }), 0, rules).attempts).toEqual([id(1, 2)]);
  });

  it("keeps the next of a case back until the answer to the first is on disk, and nothing else", () => {
    const lane = begin(owe(emptyLane, [id(1, 1), id(1, 2), id(2, 1)]), id(1, 1));
    const settled = settle(lane, { deliveryId: id(1, 1), carried: { result: "taken" } }, at(0));
    expect(plan(settled, 0, rules).attempts).toEqual([id(2, 1)]);
    expect(plan(recorded(settled, id(1, 1)), 0, rules).attempts).toEqual([id(1, 2), id(2, 1)]);
    expect(plan(settled, 0, { ...rules, mostUnrecorded: 1 }).attempts).toEqual([]);
  });

  it("puts in front what the journal says is earlier", () => {
    const lane = attempt(owe(emptyLane, [id(1, 3)]), id(1, 3), { result: "behind", earlier: [id(1, 2)] });
    expect(plan(lane, 0, rules).attempts).toEqual([id(1, 2)]);
  });

  it("waits longer after each failure, up to a ceiling, and never a fixed time", () => {
    let lane = owe(emptyLane, [id(1, 1)]);
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 9; i++) {
      lane = settle(
        begin(lane, id(1, 1)),
        { deliveryId: id(1, 1), carried: { result: "own-fault" } },
        at(0, 1),
      );
      waits.push(plan(lane, 0, rules).wakeMs);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    const jittered = [0, 0.5].map(
      (random) =>
        plan(
          settle(
            begin(owe(emptyLane, [id(1, 1)]), id(1, 1)),
            { deliveryId: id(1, 1), carried: { result: "own-fault" } },
            at(0, random),
          ),
          0,
          rules,
        ).wakeMs,
    );
    expect(jittered).toEqual([500, 750]);
  });

  it("leaves a receiver in peace that asks for it, for as long as it asks, within reason", () => {
    const lane = owe(emptyLane, [id(1, 1), id(2, 1)]);
    const asked = attempt(lane, id(1, 1), { result: "busy", retryAfterMs: 3_000 });
    expect(plan(asked, 0, rules)).toEqual({ attempts: [], knock: false, wakeMs: 3_000 });
    expect(plan(asked, 3_000, rules).attempts).toHaveLength(2);
    const forEver = attempt(lane, id(1, 1), { result: "busy", retryAfterMs: 9e12 });
    expect(plan(forEver, 0, rules).wakeMs).toBe(rules.mostHoldMs);
  });
});

describe("the breaker of a lane", () => {
  it("opens after five failures in a row, and then nothing goes out", () => {
    expect(failing(five, 4).breaker).toEqual({ state: "closed", failures: 4 });
    expect(open.breaker).toMatchObject({ state: "open", knocks: true });
    const when = open.breaker.state === "open" ? open.breaker.sinceMs : 0;
    expect(plan(open, when, rules)).toEqual({ attempts: [], knock: false, wakeMs: when + 250 });
  });

  it("does not open when another document was taken in between", () => {
    const lane = attempt(failing(five, 4), id(5, 1), { result: "taken" });
    expect(failing(lane, 4, 60_000).breaker).toMatchObject({ state: "closed", failures: 4 });
  });

  it("is not opened by a fault of the hub's own", () => {
    let lane = owe(emptyLane, [id(1, 1)]);
    for (let i = 0; i < 20; i++) lane = attempt(lane, id(1, 1), { result: "own-fault" });
    expect(lane.breaker.state).toBe("closed");
  });

  it("knocks, and when somebody answers one document tells; then all that failed goes out at once", () => {
    const nowMs = 1e6;
    const knocked = knockEnds(knockBegins(open), true, at(nowMs));
    const { attempts } = plan(knocked, nowMs, rules);
    expect(attempts).toHaveLength(1);
    const [probe = ""] = attempts;
    expect(plan(begin(knocked, probe), nowMs, rules).attempts).toEqual([]);
    const back = attempt(knocked, probe, { result: "taken" }, nowMs);
    expect(plan(back, nowMs, rules).attempts).toHaveLength(3);
  });

  it("knocks again within half a second when nobody answers, and not twice at once", () => {
    const nowMs = (plan(open, 0, rules).wakeMs ?? 0) + 1;
    expect(plan(open, nowMs, rules).knock).toBe(true);
    expect(plan(knockBegins(open), nowMs, rules).knock).toBe(false);
    expect(plan(knockEnds(knockBegins(open), false, at(nowMs, 1)), nowMs, rules).wakeMs).toBe(nowMs + 500);
  });

  it("heeds no knock any more once one was answered and the document after it failed", () => {
    const nowMs = 20_000;
    const knocked = knockEnds(knockBegins(open), true, at(nowMs));
    const [probe = ""] = plan(knocked, nowMs, rules).attempts;
    const failed = attempt(knocked, probe, { result: "failed" }, nowMs);
    expect(failed.breaker).toMatchObject({ state: "open", knocks: false });
    const wakeMs = plan(failed, nowMs, rules).wakeMs ?? 0;
    expect(wakeMs - nowMs).toBeLessThanOrEqual(1_000);
    expect(plan(failed, wakeMs, rules)).toMatchObject({ knock: false, attempts: [expect.any(String)] });
  });

  it("tries with the document that failed least: one may be more than the receiver bears", () => {
    const lane = owe(open, [id(6, 1)]);
    const knocked = knockEnds(knockBegins(lane), true, at(1e6));
    expect(plan(knocked, 1e6, rules).attempts).toEqual([id(6, 1)]);
  });

  it("waits for what was under way when it opened", () => {
    const busy = { ...open, underway: new Set([id(5, 1)]) };
    expect(plan(busy, 1e9, rules)).toEqual({ attempts: [], knock: false });
  });
});
