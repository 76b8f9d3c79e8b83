import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cli } from "../../support/cli.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });
const demo = (name: string) => `contracts/examples/demo-clock/${name}.json`;
const files = ["--agreement", demo("agreement"), "--calendar", demo("calendar"), "--events", demo("events")];
let folder: TempDir;
const keep = async (name: string, content: unknown): Promise<string> => {
  const file = join(folder.path, name);
  await writeFile(file, JSON.stringify(content));
  return file;
};
beforeAll(async () => {
  folder = await tempDir();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

describe("clock, without a hub", () => {
  it("explains an answer that came in time, in Danish, with exit code 0", async () => {
    const { code, out, err } = await cli(["clock", ...files]);
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n")[0]).toBe("Svaret kom i tide.");
    expect(out).toContain("tirsdag 24. november 2026: ventede på svar, da dagen var slut; tælles ikke");
  });

  it("answers as it was known at a time, in English", async () => {
    const { code, out } = await cli(["clock", ...files, "--at", "2026-11-24T15:00", "--language", "en"]);
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe("The clock is paused while the one who asked is awaited.");
  });

  it("prints JSON for a program, the same whatever the time zone of the server", async () => {
    const args = ["clock", ...files, "--at", "2026-11-30T12:00", "--json"];
    const [here, there] = await Promise.all([cli(args), cli(args, { TZ: "Pacific/Auckland" })]);
    expect(there.out).toBe(here.out);
    expect(JSON.parse(here.out)).toMatchObject({
      status: "stopped",
      stoppedInTime: true,
      due: "2026-11-26T15:00:00.000Z",
      trace: { days: expect.any(Array) as unknown },
    });
  });

  it("of something late has exit code 4", async () => {
    const started = { event: "started", at: "2026-11-20T10:00" };
    const events = await keep("events.json", { events: [started] });
    const { code, out } = await cli([
      "clock",
      "--agreement",
      demo("agreement"),
      "--events",
      events,
      "--at",
      "2026-12-24T12:00",
    ]);
    expect(code).toBe(4);
    expect(out.split("\n")[0]).toContain("Fristen er overskredet med");
  });

  it("takes an agreement of a set as it is", async () => {
    const example = JSON.parse(readFileSync("contracts/examples/clocks/valid/agreement.json", "utf8")) as {
      message: unknown;
    };
    const agreement = await keep("agreement.json", example.message);
    const { code } = await cli(["clock", "--agreement", agreement, "--events", demo("events")]);
    expect(code).toBe(0);
  });

  it("tells every problem of all three files with its path, with exit code 1", async () => {
    const agreement = await keep("bad-agreement.json", { id: "X", limit: { kind: "workingDays", days: -1 } });
    const calendar = await keep("bad-calendar.json", { calendars: [{ id: "a", days: "weekdays" }] });
    const events = await keep("bad-events.json", { events: [{ event: "paused", at: "in the morning" }] });
    const { code, out, err } = await cli([
      "clock",
      "--agreement",
      agreement,
      "--calendar",
      calendar,
      "--events",
      events,
    ]);
    expect([code, out]).toEqual([1, ""]);
    for (const path of [
      "agreement.limit.days",
      "calendar.calendars.0.days",
      "events.events.0.at",
      "events.events.0.reason",
    ])
      expect(err).toContain(path);
  });

  it("tells what does not fit between the files", async () => {
    const agreement = await keep("other-agreement.json", {
      id: "X",
      limit: { kind: "elapsed", minutes: 5 },
      calendar: "nobody",
    });
    const events = await keep("other-events.json", {
      events: [{ event: "resumed", at: "2026-02-30T10:00" }],
    });
    const { code, err } = await cli(["clock", "--agreement", agreement, "--events", events]);
    expect(code).toBe(1);
    for (const problem of ["[calendar-unknown]", "[never-started]", "[no-such-date]"])
      expect(err).toContain(problem);
  });

  it("without its files, or with a time that is none, says how to use it, with exit code 2", async () => {
    const [bare, odd] = await Promise.all([cli(["clock"]), cli(["clock", ...files, "--at", "noon"])]);
    expect([bare.code, odd.code]).toEqual([2, 2]);
  });
});
