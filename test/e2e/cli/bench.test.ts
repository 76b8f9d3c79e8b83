import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliProcess } from "../../support/cli.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** That it measures what it says; how fast it is, no test can tell on a machine that others share. */
describe("sektorbro bench", () => {
  it("counts whole lives: each letter that it sent was brought, receipted, and its clock stopped", async () => {
    const { code, out, err } = await cliProcess(["bench", "life", "--seconds", "1"]);
    expect(code, err).toBe(0);
    const told = JSON.parse(out) as {
      perSecond: number;
      rawPerSecond: number;
      atHalf: Record<string, number>;
    };
    expect(told.perSecond).toBeGreaterThan(0);
    expect(told.rawPerSecond).toBeGreaterThan(told.perSecond);
    const { perSecond = 0, lives = 0, p50Ms = 0, p99Ms = 0 } = told.atHalf;
    // One second of them, sent evenly.
    expect(Math.abs(lives - perSecond)).toBeLessThanOrEqual(2);
    expect(p50Ms).toBeGreaterThan(0);
    expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
  }, 120_000);

  it("tells how soon a started hub took its first message, with its index and with none", async () => {
    const { code, out, err } = await cliProcess(["bench", "start", "--records", "200", "--rounds", "1"]);
    expect(code, err).toBe(0);
    const told = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { index: string; listeningMs: number; acceptedMs: number });
    expect(told.map(({ index }) => index)).toEqual(["kept", "emptied"]);
    for (const { listeningMs, acceptedMs } of told) expect(acceptedMs).toBeGreaterThan(listeningMs);
  }, 120_000);

  it("tells each measurement as JSON, and all of them as a page", async () => {
    await using folder = await tempDir();
    const page = join(folder.path, "bench.md");
    const few = ["--only", "over NATS", "--seconds", "1", "--rounds", "1", "--connections", "2"];
    const { code, out, err } = await cliProcess(["bench", ...few, "--page", page]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ bench: "advice over NATS", connections: 2, fsync: "always" });
    expect(await readFile(page, "utf8")).toMatch(/^\| advice over NATS, 2 +\| \d+ \(/m);
  }, 120_000);
});
