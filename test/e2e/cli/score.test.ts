import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cli } from "../../support/cli.ts";
import { totalling, values } from "../../support/observation-given.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });
let folder: TempDir;
const file = (name: string) => join(folder.path, name);
const keep = (name: string, content: unknown) => writeFile(file(name), JSON.stringify(content));
beforeAll(async () => {
  folder = await tempDir();
  await keep("values.json", totalling(3));
  await keep("odd.json", values({ pulse: 4711, consciousness: "sover" }));
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

describe("score, without a hub", () => {
  it("prints the score in Danish", async () => {
    const { code, out, err } = await cli(["score", file("values.json")]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Samlet score: 3");
    expect(out).toContain("Niveau: Score 3-4 (tier-3)");
  });

  it("prints JSON for a program", async () => {
    const { code, out } = await cli(["score", file("values.json"), "--json", "--concern"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ total: 3, tier: "tier-3", flags: ["concern"], warnings: [] });
  });

  it("lists the schemes, and scores by a scheme of one's own", async () => {
    const listed = await cli(["score", "--list", "--json"]);
    const schemes = JSON.parse(listed.out) as { id: string }[];
    expect(schemes.map(({ id }) => id)).toEqual(["tobs-dk-2013", "news2"]);
    await keep("scheme.json", { ...schemes[0], id: "lokal", name: "LOKAL" });
    const own = await cli(["score", "--scheme", file("scheme.json"), file("values.json"), "--english"]);
    expect(own.out).toContain("LOKAL - ");
    expect(own.out).toContain("Total: 3");
  });

  it("tells every value that cannot be scored, and never the value, with exit code 1", async () => {
    const { code, out, err } = await cli(["score", file("odd.json")]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("values.pulse");
    expect(err).toContain("[code-unknown]");
    expect(err).not.toContain("4711");
  });

  it("without a file, or with a scheme that is none, says how to use it, with exit code 2", async () => {
    const [bare, none] = await Promise.all([
      cli(["score"]),
      cli(["score", "--scheme", "mews", file("values.json")]),
    ]);
    expect([bare.code, none.code]).toEqual([2, 2]);
    expect(bare.err).toContain('"temperature": ...');
    expect(none.err).toContain("tobs-dk-2013, news2");
  });
});
