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
      "12 Observation: the acute team measures a citizen (TOBS)",
      "13 The doctor plans, and the acute team is asked for",
      "14 Referral: the acute team finds it on its worklist, and goes",
      "15 Advice: the practice asks a specialist",
      "16 Booking: the visitation publishes sub-acute times, and the practice takes one",
      "17 Discharge: the hospital's system tells of the admission",
      "18 The patient goes home, with 72 hours of extended responsibility",
      "19 The practice reviews the summary, and the visit is held",
      "20 Referral: to what the municipality offers smokers",
      "21 Everything about the citizen that the practice may see, over all five families",
    ]);
    for (const family of [
      "referral (prevention)",
      "discharge (stay)",
      "booking",
      "advice (specialist)",
      "observation",
    ])
      expect(first.out.split("\n").findLast((line) => line.includes(`> ${family}`))).toBeDefined();
    expect(first.out).toContain("because: discharged, extended-responsibility");
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
