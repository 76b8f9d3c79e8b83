import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../../contracts/errors.ts";
import {
  createTimerPoll,
  heldMs,
  type TimerPoll,
} from "../../../../../services/agreement/timers/poll-timers.ts";

type Timer = { at: number; member: string };

let now: number;
/** What the index holds: a timer leaves it when its record is projected. */
let index: Timer[];
let held: Map<string, number>;
let fired: string[];
let faults: string[];
let ringing: number;
let mostRinging: number;
let broken: Map<string, Error>;
let atOnce: number;
/** Cases that have nothing left to ring for, in an index that does not know yet. */
let ended: Set<string>;

beforeEach(() => {
  now = 10_000;
  index = [];
  held = new Map();
  fired = [];
  faults = [];
  ringing = 0;
  mostRinging = 0;
  broken = new Map();
  atOnce = 10;
  ended = new Set();
});

/** As the index shares timers out: by due time, each to one hub for a while. */
const take = (nowMs: number, limit: number) => {
  const free = index
    .filter(({ at, member }) => at <= nowMs && (held.get(`${at}|${member}`) ?? 0) <= now)
    .toSorted((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ at, member }) => ({ member, holding: `${at}|${member}` }));
  for (const { holding } of free) held.set(holding, now + heldMs);
  return Promise.resolve(free);
};

const told = async (name: string, caseId: string): Promise<void> => {
  mostRinging = Math.max(mostRinging, ++ringing);
  await new Promise((resolve) => setImmediate(resolve));
  ringing--;
  const error = broken.get(caseId);
  if (error !== undefined) throw error;
  fired.push(name);
  index = index.filter(({ member }) => !member.startsWith(`${caseId}|`));
};

const aHub = (): TimerPoll =>
  createTimerPoll({
    take,
    putOff: ({ holding }, ms) => {
      held.set(holding, now + ms);
      return Promise.resolve();
    },
    fire: async (caseId, clockId) => {
      if (ended.has(caseId)) return false;
      await told(`${caseId} ${clockId}`, caseId);
      return true;
    },
    ring: (family, { caseId, alarmId }) => told(`${family} ${caseId} ${alarmId}`, caseId),
    nowMs: () => now,
    atOnce: () => atOnce,
    onFault: (_error, { member }) => {
      faults.push(member);
    },
  });

const due = (count: number): Timer[] =>
  Array.from({ length: count }, (_, i) => ({ at: i, member: `case-${i}|C.1|w` }));

/** Looks until there is nothing to take. */
const drain = async (...hubs: TimerPoll[]): Promise<void> => {
  for (let more = true; more; ) more = (await Promise.all(hubs.map((hub) => hub.look()))).some((n) => n > 0);
  await Promise.all(hubs.map((hub) => hub.quiet()));
};

describe("a look at the timers", () => {
  it("rings what is past due, and tells how many it started", async () => {
    const hub = aHub();
    index = [
      { at: 9_000, member: "case-1|ADVICE-MSG.1|w" },
      { at: 9_999, member: "case-2|RECEIPT.1.0|b" },
      { at: 10_000, member: "case-3|due-this-very-millisecond|b" },
    ];
    expect(await hub.look()).toBe(2);
    await hub.quiet();
    expect(fired).toEqual(["case-1 ADVICE-MSG.1", "case-2 RECEIPT.1.0"]);
  });

  it("tells an alarm to the family of its case", async () => {
    const hub = aHub();
    index = [{ at: 1, member: "case-1|hold.1|a|booking" }];
    await hub.look();
    await hub.quiet();
    expect(fired).toEqual(["booking case-1 hold.1"]);
  });

  it("does nothing when nothing is due", async () => {
    expect(await aHub().look()).toBe(0);
    expect(fired).toEqual([]);
  });

  it("gives the index's faults to whoever asked it to look", async () => {
    const hub = createTimerPoll({
      take: () => Promise.reject(new Fault("index-unavailable")),
      putOff: () => Promise.resolve(),
      fire: () => Promise.resolve(true),
      ring: () => Promise.resolve(),
      nowMs: () => now,
      atOnce: () => 1,
      onFault: () => undefined,
    });
    await expect(hub.look()).rejects.toThrow(Fault);
  });
});

describe("a burst", () => {
  it("rings all of it, the earliest first, never more at the same time than there is room for", async () => {
    index = due(1_000).toReversed();
    await drain(aHub());
    expect(mostRinging).toBe(10);
    expect(fired).toHaveLength(1_000);
    expect(fired.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, i) => `case-${i} C.1`));
    const places = fired.map((name, i) => Math.abs(Number(/\d+/.exec(name)?.[0]) - i));
    expect(Math.max(...places)).toBeLessThanOrEqual(10);
  });

  it("is shared by two hubs, and nothing rings in both", async () => {
    index = due(500);
    const [one, other] = [aHub(), aHub()];
    const counts = [0, 0];
    for (let more = true; more; ) {
      const started = await Promise.all([one.look(), other.look()]);
      started.forEach((n, i) => {
        counts[i] = (counts[i] ?? 0) + n;
      });
      more = started.some((n) => n > 0);
    }
    await Promise.all([one.quiet(), other.quiet()]);
    expect(new Set(fired).size).toBe(500);
    expect(fired).toHaveLength(500);
    expect(Math.min(...counts)).toBeGreaterThan(100);
  });

  it("leaves room for what becomes due while it rings: nothing waits behind all of it", async () => {
    index = due(100);
    const hub = aHub();
    await hub.look();
    index.push({ at: -1, member: "case-late|C.1|b" });
    await hub.look();
    await hub.look();
    await hub.quiet();
    expect(fired.indexOf("case-late C.1")).toBeLessThan(21);
    await drain(hub);
    expect(fired).toHaveLength(101);
  });
});

describe("a timer that was taken", () => {
  it("is left alone while its record finds its way into the index", async () => {
    const hub = aHub();
    index = [{ at: 1, member: "case-1|C.1|w" }];
    await hub.look();
    await hub.quiet();
    index = [{ at: 1, member: "case-1|C.1|w" }];
    now += heldMs - 1;
    expect(await hub.look()).toBe(0);
    now += 1;
    expect(await hub.look()).toBe(1);
    await hub.quiet();
  });

  it("of a clock that ended, in an index that is behind, is asked for less and less often", async () => {
    const hub = aHub();
    ended.add("case-1");
    index = [{ at: 1, member: "case-1|C.1|w" }];
    const asked: number[] = [];
    for (const end = now + 100_000; now < end; now += 1_000) {
      if ((await hub.look()) > 0) asked.push(now);
      await hub.quiet();
    }
    expect(asked.map((at) => at - 10_000)).toEqual([0, 20_000, 60_000]);
    expect(faults).toEqual([]);
  });

  it("rings after the other of its case, not beside it", async () => {
    const hub = aHub();
    index = [
      { at: 1, member: "case-1|C.1|w" },
      { at: 2, member: "case-1|C.1|b" },
    ];
    await hub.look();
    await hub.quiet();
    expect(fired).toHaveLength(2);
    expect(mostRinging).toBe(1);
  });

  it("rings again at once when it was set to another time", async () => {
    const hub = aHub();
    index = [{ at: 1, member: "case-1|hold.1|a|booking" }];
    await hub.look();
    await hub.quiet();
    index = [{ at: 2, member: "case-1|hold.1|a|booking" }];
    expect(await hub.look()).toBe(1);
  });

  it("is rung by another hub when the one that took it is gone", async () => {
    const [gone, other] = [aHub(), aHub()];
    broken.set("case-1", new Fault("journal-unavailable"));
    index = [{ at: 1, member: "case-1|C.1|b" }];
    await gone.look();
    await gone.quiet();
    broken.clear();
    expect(await other.look()).toBe(0);
    now += heldMs;
    await drain(other);
    expect(fired).toEqual(["case-1 C.1"]);
  });
});

describe("a case that fails", () => {
  it("stops no other, though many that fail are due before it", async () => {
    index = due(200);
    for (let i = 0; i < 100; i++) broken.set(`case-${i}`, new Error("bug"));
    await drain(aHub());
    expect(fired).toHaveLength(100);
    expect(new Set(faults).size).toBe(100);
  });

  it("waits longer each time, and no longer than five minutes", async () => {
    const hub = aHub();
    index = [{ at: 1, member: "case-1|C.1|w" }];
    broken.set("case-1", new Error("bug"));
    const rings: number[] = [];
    for (const end = now + 1_200_000; now < end; now += 1_000) {
      if ((await hub.look()) > 0) rings.push(now);
      await hub.quiet();
    }
    const waits = rings.slice(1).map((at, i) => at - (rings[i] ?? 0));
    expect(waits.slice(0, 4)).toEqual([20_000, 40_000, 80_000, 160_000]);
    expect(Math.max(...waits)).toBe(300_000);
  });

  it("rings as soon as it is free when the servers were away: all that fell due meanwhile", async () => {
    const hub = aHub();
    index = due(3);
    for (let i = 0; i < 3; i++) broken.set(`case-${i}`, new Fault("journal-unavailable"));
    for (let n = 0; n < 5; n++) {
      await drain(hub);
      now += heldMs;
    }
    broken.clear();
    await drain(hub);
    expect(fired).toHaveLength(3);
  });
});
