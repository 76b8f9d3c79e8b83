import { beforeEach, describe, expect, it } from "vitest";
import { createReadAhead, type ReadAhead } from "../../../../../services/agreement/timers/read-ahead.ts";

type Timer = { at: number; member: string };

let now: number;
let timers: Timer[];
/** Cases as they were read, in order. */
let read: string[];
let broken: Set<string>;
let atOnce: number;
let mostAtOnce: number;
let ahead: ReadAhead<string>;

const coming = ({ fromMs, toMs }: { fromMs: number; toMs: number }, limit: number) =>
  Promise.resolve(
    timers
      .filter(({ at }) => at > fromMs && at <= toMs)
      .map(({ member }) => member)
      .slice(0, limit),
  );

const load = async (caseId: string): Promise<string> => {
  mostAtOnce = Math.max(mostAtOnce, ++atOnce);
  await new Promise((resolve) => setImmediate(resolve));
  atOnce--;
  read.push(caseId);
  if (broken.has(caseId)) throw new Error("The journal is away.");
  return `${caseId} as at ${String(now)}`;
};

beforeEach(() => {
  now = 100_000;
  timers = [];
  read = [];
  broken = new Set();
  atOnce = 0;
  mostAtOnce = 0;
  ahead = createReadAhead({ coming, load, nowMs: () => now });
});

describe("reading ahead", () => {
  it("reads what rings within five seconds, each case once", async () => {
    timers = [
      { at: 101_000, member: "a|ADVICE-MSG.1|w" },
      { at: 101_000, member: "a|ADVICE-MSG.1|b" },
      { at: 104_000, member: "b|ADVICE-MSG.1|w" },
      { at: 106_000, member: "later|ADVICE-MSG.1|w" },
      { at: 99_000, member: "late already|ADVICE-MSG.1|w" },
    ];
    await ahead.look();
    expect(read).toEqual(["a", "b"]);
    now = 102_000;
    await ahead.look();
    expect(read).toEqual(["a", "b", "later"]);
    expect(await ahead.foreseen("a")).toBe("a as at 100000");
  });

  it("gives what it read once: who finds it old reads again", async () => {
    timers = [{ at: 101_000, member: "a|x|w" }];
    await ahead.look();
    expect(await ahead.foreseen("a")).toBe("a as at 100000");
    expect(ahead.foreseen("a")).toBeUndefined();
  });

  it("forgets what did not ring", async () => {
    timers = [{ at: 101_000, member: "a|x|w" }];
    await ahead.look();
    now = 111_000;
    expect(ahead.foreseen("a")).toBeUndefined();
  });

  it("leaves alarms to their families", async () => {
    timers = [{ at: 101_000, member: "a|hold|a|booking" }];
    await ahead.look();
    expect(read).toEqual([]);
  });

  it("holds nothing of a case that could not be read, and reads the others", async () => {
    broken.add("a");
    timers = ["a", "b"].map((caseId) => ({ at: 101_000, member: `${caseId}|x|w` }));
    await ahead.look();
    expect(ahead.foreseen("a")).toBeUndefined();
    expect(await ahead.foreseen("b")).toBeDefined();
  });

  it("reads a few at a time, and holds some thousands at the most", async () => {
    timers = Array.from({ length: 9_000 }, (_, i) => ({ at: 102_000, member: `c${String(i)}|x|w` }));
    await ahead.look();
    expect(read).toHaveLength(4_000);
    expect(mostAtOnce).toBe(16);
  });
});
