import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { gathering } from "../../../../../services/agreement/indicators/gather.ts";

const restMs = 30;
const messages = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ seq: from + i, data: new Uint8Array() }));

/** A count that remembers its runs, and fails when told to. */
const counter = () => {
  const runs: number[][] = [];
  const state = { away: false };
  return {
    runs,
    state,
    position: () => Promise.resolve(runs.flat().at(-1) ?? 0),
    intact: () => Promise.resolve(true),
    apply: (_stream: string, batch: readonly { seq: number }[]) => {
      if (state.away) return Promise.reject(new Error("away"));
      runs.push(batch.map(({ seq }) => seq));
      return Promise.resolve();
    },
  };
};

describe("runs that are gathered", () => {
  test("are counted together after a rest, in order", async () => {
    const count = counter();
    const { apply } = gathering("JOURNAL_0", count, restMs);
    for (const one of messages(1, 5)) await apply([one]);
    expect(count.runs).toEqual([]);
    await sleep(2 * restMs);
    await apply(messages(6, 1));
    await sleep(2 * restMs);
    expect(count.runs).toEqual([[1, 2, 3, 4, 5], [6]]);
  });

  test("are counted at once when they are many, so that a long journal waits for no rest", async () => {
    const count = counter();
    const { apply } = gathering("JOURNAL_0", count, 60_000);
    for (let n = 0; n < 10; n++) await apply(messages(1 + n * 250, 250));
    expect(count.runs.map((run) => run.length)).toEqual([1_000, 1_000]);
  });

  test("that cannot be counted are told of, and read again from where the count stands", async () => {
    const count = counter();
    const { apply, position, lost } = gathering("JOURNAL_0", count, restMs);
    await apply(messages(1, 3));
    await sleep(2 * restMs);
    count.state.away = true;
    await apply(messages(4, 3));
    await sleep(2 * restMs);
    expect(lost()).toBe(true);
    await expect(apply(messages(7, 1))).rejects.toThrow("away");
    count.state.away = false;
    expect(await position()).toBe(3);
    expect(lost()).toBe(false);
    await apply(messages(4, 4));
    await sleep(2 * restMs);
    expect(count.runs.flat()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
