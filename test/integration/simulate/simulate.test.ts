import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { everyRunsHistories, misplaced } from "../../simulate/defects/try-defects.ts";
import { digestOf, live } from "../../simulate/live.ts";
import { type Script, type Step, scriptOf } from "../../simulate/script.ts";
import { lawOf } from "../../simulate/shrink.ts";

const main = "test/simulate/main.ts";
const simulate = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args])).stdout;

/** More in the long run: SIMULATE_SEEDS=10000. */
const seeds = process.env["SIMULATE_SEEDS"] ?? String(everyRunsHistories);

const found = new URL("../../simulate/found/", import.meta.url);
const kept = existsSync(found) ? readdirSync(found).filter((name) => name.endsWith(".json")) : [];
const scriptIn = (name: string): Script & { law: string } =>
  JSON.parse(readFileSync(new URL(name, found), "utf8")) as Script & { law: string };

describe("a history of the simulation", () => {
  test("is the same, byte for byte, each time that its seed is lived through, here and in another process", async () => {
    const seed = "17";
    const [first, second] = [await live(scriptOf(seed)), await live(scriptOf(seed))];
    expect(second.lines).toEqual(first.lines);
    expect(await simulate("--seed", seed)).toContain(digestOf(first));
  });

  test("is another one with another seed", async () => {
    const [first, second] = [await live(scriptOf("a")), await live(scriptOf("b"))];
    expect(digestOf(second)).not.toBe(digestOf(first));
  });

  test("leaves time and chance as they were", async () => {
    const before = [setTimeout, Date, Math.random, performance.now.name];
    await live({ ...scriptOf("c"), steps: [] });
    expect([setTimeout, Date, Math.random, performance.now.name]).toEqual(before);
  });

  test("is judged: a hub that is never killed, cut off or slowed down breaks no law, and does something", async () => {
    const open: Step = { do: "open", n: 0, events: 50 };
    const steps = [open, { ...open, n: 1 }, { ...open, n: 2 }];
    const lived = await live({ seed: "calm", days: 0, streams: 2, steps });
    expect(lived.faults).toEqual([]);
    expect(lived.records).toBeGreaterThanOrEqual(3);
    expect(lived.counts["killed"]).toBeUndefined();
  });
});

test(`no law is broken in ${seeds} histories`, { timeout: 3_600_000 }, async () => {
  expect(await simulate("--seeds", seeds)).toContain("0 broke a law");
});

test("what is planted as a defect stands in the sources once, so that it is one", () => {
  expect(misplaced("./")).toEqual([]);
});

describe("histories that once broke a law", () => {
  test("are kept as files that say which law it was", () => {
    expect(kept.every((name) => scriptIn(name).law !== "")).toBe(true);
  });

  test.each(kept)("%s breaks it no more", async (name) => {
    const script = scriptIn(name);
    const lived = await live(script);
    expect(lived.faults.filter((fault) => lawOf(fault) === script.law)).toEqual([]);
  });
});
