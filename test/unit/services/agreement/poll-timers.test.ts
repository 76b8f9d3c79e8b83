import { beforeEach, describe, expect, it } from "vitest";
import { createTimerPoll } from "../../../../services/agreement/poll-timers.ts";

let now: number;
let due: string[];
let fired: string[];
let asked: { nowMs: number; limit: number }[];
let broken: Set<string>;
let poll: () => Promise<number>;
beforeEach(() => {
  now = 10_000;
  due = [];
  fired = [];
  asked = [];
  broken = new Set();
  poll = createTimerPoll({
    nowMs: () => now,
    dueTimers: (nowMs, limit) => {
      asked.push({ nowMs, limit });
      return Promise.resolve(due.slice(0, limit));
    },
    fire: (caseId, clockId) => {
      fired.push(`${caseId} ${clockId}`);
      return broken.has(caseId) ? Promise.reject(new Error("bug")) : Promise.resolve();
    },
    ring: (family, { caseId, alarmId }) => {
      fired.push(`${family} ${caseId} ${alarmId}`);
      return Promise.resolve();
    },
  });
});

describe("a look at the timers", () => {
  it("rings what is due by now, and tells how many", async () => {
    due = ["case-1|ADVICE-MSG.1|w", "case-2|RECEIPT.1.0|b"];
    expect(await poll()).toBe(2);
    expect(fired).toEqual(["case-1 ADVICE-MSG.1", "case-2 RECEIPT.1.0"]);
    expect(asked).toEqual([{ nowMs: 10_000, limit: 200 }]);
  });

  it("tells an alarm to the family of its case", async () => {
    due = ["case-1|hold.1|a|booking"];
    expect(await poll()).toBe(1);
    expect(fired).toEqual(["booking case-1 hold.1"]);
  });

  it("does not ring the same timer again within two seconds, while its record finds its way into the index", async () => {
    due = ["case-1|ADVICE-MSG.1|w"];
    await poll();
    now += 2_000;
    expect(await poll()).toBe(0);
    now += 1;
    expect(await poll()).toBe(1);
    expect(fired).toHaveLength(2);
  });

  it("rings warning and breach of one clock each by itself", async () => {
    due = ["case-1|ADVICE-MSG.1|w", "case-1|ADVICE-MSG.1|b"];
    expect(await poll()).toBe(2);
    expect(fired).toEqual(["case-1 ADVICE-MSG.1", "case-1 ADVICE-MSG.1"]);
  });

  it("is not filled by timers that have just rung: as many more are looked at", async () => {
    due = Array.from({ length: 250 }, (_, i) => `case-${String(i)}|C|w`);
    expect(await poll()).toBe(200);
    expect(await poll()).toBe(50);
    expect(asked.map(({ limit }) => limit)).toEqual([200, 400]);
    expect(new Set(fired).size).toBe(250);
  });

  it("rings the others when one fails, and that one again after a while", async () => {
    due = ["case-1|C|w", "case-2|C|w"];
    broken.add("case-1");
    await expect(poll()).rejects.toThrow("bug");
    expect(fired).toEqual(["case-1 C", "case-2 C"]);
    broken.clear();
    expect(await poll()).toBe(0);
    now += 2_001;
    expect(await poll()).toBe(2);
  });

  it("does nothing when nothing is due", async () => {
    expect(await poll()).toBe(0);
    expect(fired).toEqual([]);
  });
});
