import { describe, expect, test } from "vitest";
import {
  isGone,
  type Owner,
  ownerName,
  ownerOf,
  restMs,
  type Sign,
  silentLimitMs,
  stepOf,
} from "../../../../../gateways/folder/core/after-crash.ts";

const me: Owner = { host: "hub-a", pid: 4_000, run: "aaaa1111", part: 0 };
const sign = (over: Partial<Sign> = {}): Sign => ({
  me,
  running: new Set([ownerName(me)]),
  pidRuns: true,
  silentMs: 0,
  ...over,
});
const named = (over: Partial<Owner>): string => ownerName({ ...me, ...over });

describe("what to do with a claimed file, by what is in its folder", () => {
  test.each([
    [
      "a file and nothing else: killed before its outcome was on disk",
      { document: true, results: false },
      "read",
    ],
    [
      "a file and its results: killed before they were in place",
      { document: true, results: true },
      "hand-over",
    ],
    ["results alone: killed while they were put in place", { document: false, results: true }, "hand-over"],
    ["nothing: killed before the claim, or after everything", { document: false, results: false }, "sweep"],
  ] as const)("%s", (_what, contents, step) => {
    expect(stepOf(contents)).toBe(step);
  });
});

describe("a gateway whose place is found in a working folder", () => {
  test("keeps its name, whatever its host is called", () => {
    expect(ownerOf(ownerName(me))).toEqual(me);
    expect(ownerOf(ownerName({ ...me, host: "hub.region.example" }))?.host).toBe("hub-region-example");
    expect(ownerOf("somebody else")).toBeUndefined();
  });

  test("of this process is gone when it was stopped", () => {
    const second = named({ part: 1 });
    expect(isGone(second, sign({ running: new Set([ownerName(me), second]) }))).toBe(false);
    expect(isGone(second, sign())).toBe(true);
  });

  test("of an earlier process with our pid is gone: a container begins again at 1", () => {
    expect(isGone(named({ run: "bbbb2222" }), sign())).toBe(true);
  });

  test("of another process of this machine is gone as soon as that is", () => {
    expect(isGone(named({ pid: 4_001 }), sign({ pidRuns: false }))).toBe(true);
    expect(isGone(named({ pid: 4_001 }), sign({ pidRuns: true }))).toBe(false);
  });

  test("whose pid another program has now is gone when it has been silent for a minute", () => {
    const other = named({ pid: 4_001 });
    expect(isGone(other, sign({ silentMs: silentLimitMs - 1 }))).toBe(false);
    expect(isGone(other, sign({ silentMs: silentLimitMs }))).toBe(true);
  });

  test("of another machine is judged by its silence alone", () => {
    const other = named({ host: "hub-b" });
    expect(isGone(other, sign({ pidRuns: false, silentMs: silentLimitMs - 1 }))).toBe(false);
    expect(isGone(other, sign({ pidRuns: true, silentMs: silentLimitMs }))).toBe(true);
  });

  test("with a name of no form that we know is left alone for a minute", () => {
    expect(isGone("old-layout", sign({ silentMs: silentLimitMs - 1 }))).toBe(false);
    expect(isGone("old-layout", sign({ silentMs: silentLimitMs }))).toBe(true);
  });
});

test("what fails again and again rests longer, and never longer than a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 40].map((n) => restMs(n, 2_000))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ]);
});
