import { describe, expect, it } from "vitest";
import type { WhatIfResult } from "../../../../../contracts/messages/what-if.ts";
import { createJobs } from "../../../../../services/agreement/what-if/jobs.ts";

const resultOf = (records: number) => ({ records }) as WhatIfResult;
const atOnce = { nowMs: () => 0, pause: () => Promise.resolve() };
const soon = { nowMs: () => 0, pause: () => new Promise((resolve) => setImmediate(resolve)) };
const patient = { nowMs: () => 0, pause: () => new Promise(() => undefined) };

/** Work that is done when it is told so. */
const work = () => {
  let finish: (result: WhatIfResult) => void = () => undefined;
  const result = new Promise<WhatIfResult>((resolve) => {
    finish = resolve;
  });
  return {
    result,
    finish: (records: number): void => {
      finish(resultOf(records));
    },
  };
};

describe("long work that is asked for again and again", () => {
  it("tells how far it is, and in the end its result, once", async () => {
    const jobs = createJobs(soon);
    const long = work();
    let begun = 0;
    const asked = () =>
      jobs("a", (onProgress) => {
        begun += 1;
        onProgress({ shards: 64, shardsDone: 3, records: 40 });
        return long.result;
      });
    expect(await asked()).toMatchObject({ status: "working" });
    expect(await asked()).toEqual({
      status: "working",
      progress: { shards: 64, shardsDone: 3, records: 40 },
    });
    expect(begun).toBe(1);
    long.finish(100);
    expect(await asked()).toEqual({ status: "done", result: { records: 100 } });
    expect(begun).toBe(1);
    await asked();
    expect(begun).toBe(2);
  });

  it("is done one after the other", async () => {
    const jobs = createJobs(patient);
    const [first, second] = [work(), work()];
    let begun = 0;
    const one = jobs("a", () => {
      begun += 1;
      return first.result;
    });
    const two = jobs("b", () => {
      begun += 1;
      return second.result;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBe(1);
    first.finish(1);
    expect(await one).toEqual({ status: "done", result: { records: 1 } });
    second.finish(2);
    expect(await two).toEqual({ status: "done", result: { records: 2 } });
    expect(begun).toBe(2);
  });

  it("that fails tells why, and is begun anew when it is asked for again", async () => {
    const jobs = createJobs(patient);
    await expect(jobs("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await jobs("a", () => Promise.resolve(resultOf(7)))).toMatchObject({ status: "done" });
  });

  it("is refused for a while when eight wait already", async () => {
    const jobs = createJobs(atOnce);
    for (let i = 0; i < 8; i++) await jobs(`job ${String(i)}`, () => work().result);
    await expect(jobs("one more", () => work().result)).rejects.toMatchObject({
      code: "service-unavailable",
    });
  });

  it("is given up when nobody has asked for it in five minutes, and makes room", async () => {
    let now = 0;
    const jobs = createJobs({ nowMs: () => now, pause: () => Promise.resolve() });
    const wanted: boolean[] = [];
    const one = work();
    const begin = (key: string) =>
      jobs(key, async (onProgress) => {
        await one.result;
        try {
          onProgress({ shards: 64, shardsDone: 1, records: 1 });
          wanted.push(true);
        } catch {
          wanted.push(false);
        }
        return resultOf(1);
      });
    for (let i = 0; i < 8; i++) await begin(`job ${String(i)}`);
    now += 5 * 60_000 + 1;
    expect(await begin("one more")).toMatchObject({ status: "working" });
    one.finish(1);
    while (wanted.length < 9) await new Promise((resolve) => setImmediate(resolve));
    expect(wanted).toEqual([...Array.from({ length: 8 }, () => false), true]);
  });
});
