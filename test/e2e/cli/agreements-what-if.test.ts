import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WhatIfResult } from "../../../contracts/messages/what-if.ts";
import { localDateOf } from "../../../services/case/clock-zone.ts";
import { likeAgreement, setWith } from "../../support/agreement-sets.ts";
import { cli, startUp, type UpProcess } from "../../support/cli.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const practice = "5790000100019";
const department = "5790000200016";
// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const today = localDateOf(new Date().toISOString());
const twoDays = likeAgreement("ADVICE-MSG", {
  version: 2,
  validFrom: today,
  limit: { kind: "workingDays", days: 2 },
  warnAt: { kind: "workingDays", days: 1 },
});

let folder: TempDir;
let hub: UpProcess;
const inFolder = (name: string) => join(folder.path, name);
const data = () => inFolder("data");
beforeAll(async () => {
  folder = await tempDir();
  hub = await startUp(data());
  const token = (await cli(["token", practice, "--data", data()])).out.trim();
  const question = {
    messageId: "SP-1",
    to: { gln: department },
    patient: { cpr: "0107364006", surname: "Prøvesen" },
    subject: "TSH",
    question: "Hvad nu?",
  };
  const asked = await fetch(`${hub.url}/v1/advice`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(question),
  });
  if (asked.status !== 201) throw new Error(await asked.text());
}, 180_000);
afterAll(async () => {
  await hub.end("SIGTERM");
  await folder[Symbol.asyncDispose]();
}, 60_000);

const tried = (...args: string[]) =>
  cli(["agreements", "what-if", "--data", data(), "--from", today, "--to", today, ...args]);

describe("sektorbro agreements what-if", () => {
  it("tells of one other agreement in words, in English and in Danish", async () => {
    await writeFile(inFolder("two-days.json"), JSON.stringify(twoDays));
    const english = await tried("--change", inFolder("two-days.json"), "--as", practice, "--language", "en");
    expect(english).toMatchObject({ code: 0 });
    expect(english.out).toContain("0 of 1 answers would have been late, as many as now.");
    expect(english.out).toMatch(/ADVICE-MSG +.*Endokrinologisk Afd\. +1 +0 > 0 +0 > 0 +0 +0 > 0 +1 > 1/);
    const danish = await tried("--change", inFolder("two-days.json"), "--as", practice);
    expect(danish.out).toContain("0 af 1 svar ville være kommet for sent, lige så mange som nu.");
  });

  it("tells of other opening hours, as JSON, without small groups to those who run the hub", async () => {
    const fridays = { use: [{ kinds: ["department"], closes: [{ days: [5], at: "12:00" }] }] };
    await writeFile(inFolder("fridays.json"), JSON.stringify(fridays));
    const { code, out } = await tried("--calendar", inFolder("fridays.json"), "--json");
    expect(code).toBe(0);
    expect(WhatIfResult.parse(JSON.parse(out))).toMatchObject({
      scope: "all",
      answers: { now: null, tried: null },
      changed: { worse: 0, better: 0 },
    });
  });

  it("tries the whole set of a folder, and refuses one that is not in order with all its problems", async () => {
    const sets = await tempDir();
    await writeFile(join(sets.path, "region.json"), JSON.stringify(setWith(twoDays)));
    expect(await tried(sets.path, "--as", department)).toMatchObject({ code: 0 });
    const bad = { ...twoDays, stopsOn: ["NoSuchFact"], resumesOn: [] };
    await writeFile(join(sets.path, "region.json"), JSON.stringify(setWith(bad)));
    const refused = await tried(sets.path);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toMatch(/region\.json: agreements\.\d+\.stopsOn\.0: [\s\S]*\[pause-without-end\]/);
    await sets[Symbol.asyncDispose]();
  });

  it("says what is wrong with a single agreement, or that there is nothing to try", async () => {
    await writeFile(inFolder("bad.json"), JSON.stringify({ ...twoDays, stopsOn: ["NoSuchFact"] }));
    const refused = await tried("--change", inFolder("bad.json"));
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("[fact-unknown]");
    expect((await tried()).err).toContain("[nothing-to-try]");
  });
});
