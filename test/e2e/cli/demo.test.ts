import { readdirSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { aliveOf, cli, serverPids, startCli } from "../../support/cli.ts";
import { tempDir } from "../../support/temp-dir.ts";

const titles = (story: string): string[] =>
  [...story.matchAll(/^ ?(\d+) {2}(\S.*)$/gm)].map(([, n, title]) => `${n} ${title}`);

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

describe("sektorbro demo", () => {
  it("tells the whole exchange, without colours where nobody watches, and ends with exit 0", async () => {
    await using folder = await tempDir();
    const first = await cli(["demo", "--exit"], { SEKTORBRO_DATA: folder.path });
    expect(first.err).toBe("");
    expect(first.code).toBe(0);
    expect(titles(first.out)).toEqual([
      "1 The practice asks",
      "2 The department looks into its inbox",
      "3 It fetches the letter",
      "4 Its system gives a receipt",
      "5 The department needs to know more",
      "6 The practice finds the request in its inbox",
      "7 The practice answers the request",
      "8 The department answers",
      "9 The practice has its answer",
      "10 What happened, and when",
      "11 The practice's system sends the first letter once more",
    ]);
    expect(first.out).toContain("XCTL03");
    expect(first.out).toMatch(/clock ADVICE-MSG: paused/);
    expect(first.out).toMatch(
      /clock ADVICE-MSG: running, .*due \p{L}+dag \d+\. \p{L}+( \d{4})? kl\. 16\.00/u,
    );
    expect(first.out).toMatch(/clock ADVICE-MSG: met/);
    expect(first.out).toContain("the receipt is the first one again, to the byte");
    expect(first.out).not.toContain("\u001b");

    // On the same data folder, a second time is a case of its own.
    const second = await cli(["demo", "--exit"], { SEKTORBRO_DATA: folder.path });
    expect(second).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(folder.path)).not.toContain("hub.json");
  });

  it("stays up until it is stopped, says how to go on, and its calls can be made by hand", async () => {
    await using folder = await tempDir();
    const demo = startCli(["demo"], { SEKTORBRO_DATA: folder.path });
    const [, url = ""] = await demo.prints(/The hub goes on at (\S+) until you press Ctrl-C/);
    const [, letters = ""] = await demo.prints(/LETTERS=(\S+)/);
    await demo.prints(/README\.md has the rest/);
    expect(demo.out()).toContain(`${url}/docs`);
    const again = await cli([
      "send",
      `${letters}/question.xml`,
      "--as",
      "5790000100019",
      "--data",
      folder.path,
    ]);
    expect(again.code).toBe(0);
    expect(again.out).toContain("Received before");
    const pids = serverPids(folder.path);
    expect((await demo.end("SIGINT")).code).toBe(0);
    expect(aliveOf(pids)).toEqual([]);
  });

  it("ends with exit 1 and the reason when it cannot start", async () => {
    await using folder = await tempDir();
    const { code, err } = await cli(["demo", "--exit", "--data", folder.path], {
      SEKTORBRO_NATS_SERVER: "/nowhere/nats-server",
    });
    expect(code).toBe(1);
    expect(err).toContain("nats-server");
  });
});
