import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aliveOf, cli, serverPids, startCli } from "../../support/cli.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const titles = (story: string): string[] =>
  [...story.matchAll(/^ ?(\d+) {2}(\S.*)$/gm)].map(([, n, title]) => `${n} ${title}`);

/**
 * What went wrong by standard error. That a machine with much to do was late to hear its servers is no fault of the story, and one
 * receiver of the region is away so that there is something to see.
 */
const troubles = (err: string): string[] =>
  err.split("\n").filter((line) => line !== "" && !/"event":"(pressure|receiver-away)"/.test(line));

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

let folder: TempDir;
beforeAll(async () => {
  folder = await tempDir();
});
afterAll(() => folder[Symbol.asyncDispose]());

describe("sektorbro demo", () => {
  it("tells the whole exchange, without colours where nobody watches, and ends with exit 0", async () => {
    const first = await cli(["demo", "--exit"], { SEKTORBRO_DATA: folder.path });
    expect(troubles(first.err)).toEqual([]);
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
      "12 FHIR: a hospital tells of an admission, in XML",
      "13 The patient goes home: a second message of the same stay",
      "14 The municipality writes to a practice: a message there, a letter here",
      "15 The practice answers with a letter, and it is a message again",
      "16 The acute team measures a citizen, in FHIR; the practice reads it in words",
      "17 Observation: the acute team measures a citizen (TOBS)",
      "18 The doctor plans, and the acute team is asked for",
      "19 Referral: the acute team finds it on its worklist, and goes",
      "20 Advice: the practice asks a specialist",
      "21 Booking: the visitation publishes sub-acute times, and the practice takes one",
      "22 Discharge: the hospital's system tells of the admission",
      "23 The patient goes home, with 72 hours of extended responsibility",
      "24 The practice reviews the summary, and the visit is held",
      "25 Referral: to what the municipality offers smokers",
      "26 Everything about the citizen that the practice may see, over all five families",
      "27 A clock starts, on a Friday at one o'clock",
      "28 It pauses while the practice is the one to act",
      "29 On Monday the practice answers, and it runs again",
      "30 Nobody answers, and the department is warned",
      "31 It is late, and those whom the agreement names are told",
      "32 The clock explains itself",
    ]);
    for (const family of [
      "referral (prevention)",
      "discharge (stay)",
      "booking",
      "advice (specialist)",
      "observation",
    ])
      expect(first.out.split("\n").findLast((line) => line.includes(`> ${family}`))).toBeDefined();
    for (const told of [
      "Bakkeby Kommune gets HospitalNotification, application/fhir+json",
      "activity discharge-inpatient-home, status finished, 2 steps in its history",
      "Fjordby Lægehus gets XDIS91, application/xml",
      "[specific-in-words]",
      "Bakkeby Kommune gets CareCommunication, application/fhir+json",
      "activity reply-message",
    ])
      expect(first.out).toContain(told);
    expect(first.out.split("Acknowledgement ok, in the sender's own format")).toHaveLength(5);
    // While the practice is open it is asked for a plan, too.
    expect(first.out).toMatch(/<Subject>TOBS 2(: en plan ønskes)?<\/Subject>/);
    expect(first.out).toContain("because: discharged, extended-responsibility");
    expect(first.out).toContain("XCTL03");
    for (const told of [
      /fredag 27\. november kl\. 1\d\.\d\d: paused/,
      /resumed, due torsdag 3\. december kl\. 15\.30/,
      /: warned$/m,
      /torsdag 3\. december kl\. \d\d\.\d\d: breached/,
      /in the digest of fredag 4\. december kl\. 08\.00/,
      /Saturday 28 November 2026: weekend, does not count/,
      /Thursday 3 December 2026: day 3; due at 15:30/,
    ])
      expect(first.out).toMatch(told);
    expect(first.out).toMatch(/clock ADVICE-MSG: paused/);
    expect(first.out).toMatch(
      /clock ADVICE-MSG: running, .*due \p{L}+dag \d+\. \p{L}+( \d{4})? kl\. 16\.00/u,
    );
    expect(first.out).toMatch(/clock ADVICE-MSG: met/);
    expect(first.out).toContain("the receipt is the first one again, to the byte");
    expect(first.out).not.toContain("\u001b");
    expect(readdirSync(folder.path)).not.toContain("hub.json");
  });

  it("a second time on the same folder tells other cases, stays up until it is stopped, and its calls can be made by hand", async () => {
    const demo = startCli(["demo"], { SEKTORBRO_DATA: folder.path });
    const [, url = ""] = await demo.prints(/The hub goes on at (\S+) until you press Ctrl-C/);
    const [, letters = ""] = await demo.prints(/LETTERS=(\S+)/);
    await demo.prints(/README\.md has the rest/);
    expect(demo.out()).toContain(`${url}/docs`);
    expect(titles(demo.out())).toHaveLength(32);
    expect(troubles(demo.err())).toEqual([]);
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
    const [, messages = ""] = await demo.prints(/MESSAGES=(\S+)/);
    const copy = ["send", `${messages}/admitted.xml`, "--as", "5790000200085", "--data", folder.path];
    expect((await cli(copy)).out).toContain("Received before");
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
