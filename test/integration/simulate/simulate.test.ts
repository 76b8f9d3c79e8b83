import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { prepareServers } from "../../simulate/base.ts";
import { live } from "../../simulate/live.ts";
import type { Durable } from "../../simulate/memory/nats-server.ts";
import { type Script, type Step, scriptOf } from "../../simulate/script.ts";
import { lawOf } from "../../simulate/shrink.ts";

const main = "test/simulate/main.ts";
const simulate = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args])).stdout;

/** More in the long run: SIMULATE_SEEDS=10000. */
const seeds = process.env["SIMULATE_SEEDS"] ?? "12";

const found = new URL("../../simulate/found/", import.meta.url);
const kept = existsSync(found) ? readdirSync(found).filter((name) => name.endsWith(".json")) : [];
const scriptIn = (name: string): Script & { law: string } =>
  JSON.parse(readFileSync(new URL(name, found), "utf8")) as Script & { law: string };

let durable: Durable;
beforeAll(async () => {
  durable = await prepareServers();
});

describe("a history of the simulation", () => {
  test("is the same, byte for byte, each time that its seed is lived through, here and in another process", async () => {
    const seed = "17";
    const [first, second] = [await live(scriptOf(seed), durable), await live(scriptOf(seed), durable)];
    expect(second.lines).toEqual(first.lines);
    expect(await simulate("--seed", seed)).toContain(first.digest);
  });

  test("is another one with another seed", async () => {
    const [first, second] = [await live(scriptOf("a"), durable), await live(scriptOf("b"), durable)];
    expect(second.digest).not.toBe(first.digest);
  });

  test("leaves time and chance as they were", async () => {
    const before = [setTimeout, Date, Math.random, performance.now.name];
    await live({ ...scriptOf("c"), steps: [] }, durable);
    expect([setTimeout, Date, Math.random, performance.now.name]).toEqual(before);
  });

  test("is judged: a hub that is never killed, cut off or slowed down breaks no law, and does something", async () => {
    const open: Step = { do: "open", n: 0, events: 50 };
    const lived = await live(
      { seed: "calm", days: 0, steps: [open, { ...open, n: 1 }, { ...open, n: 2 }] },
      durable,
    );
    expect(lived.faults).toEqual([]);
    expect(lived.records).toBeGreaterThanOrEqual(3);
    expect(lived.counts["killed"]).toBeUndefined();
  });
});

test(`no law is broken in ${seeds} histories`, { timeout: 3_600_000 }, async () => {
  expect(await simulate("--seeds", seeds)).toContain("0 broke a law");
});

describe("histories that once broke a law", () => {
  test("are kept as files that say which law it was", () => {
    expect(kept.every((name) => scriptIn(name).law !== "")).toBe(true);
  });

  test.each(kept)("%s breaks it no more", async (name) => {
    const script = scriptIn(name);
    const lived = await live(script, durable);
    expect(lived.faults.filter((fault) => lawOf(fault) === script.law)).toEqual([]);
  });
});
