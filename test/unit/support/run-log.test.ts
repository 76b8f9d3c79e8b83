import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { markers } from "../../support/markers.ts";
import { leaksIn, searchRunLogs } from "../../support/run-log.ts";

const line = (value: string) => `{"level":"info","time":"2026-11-23T09:15:00.000Z","event":"${value}"}`;

describe("the search of the run's logs", () => {
  it.each([
    markers.cpr,
    markers.surname,
    markers.text,
    "Prøvesen",
    "010736-4006",
    "0107364006",
    "010736 4006",
  ])("finds %s", (planted) => {
    expect(leaksIn(line(planted))).not.toEqual([]);
  });

  it.each([
    "5790000100019",
    "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10.1.0",
    "clock rang",
    "1764000000",
    "2026-11-23T09:15:00.000Z",
    "9999999999",
  ])("takes %s for nobody's", (innocent) => {
    expect(leaksIn(line(innocent))).toEqual([]);
  });

  it("reads every line of every file", () => {
    const folder = mkdtempSync(join(tmpdir(), "run-log-test-"));
    writeFileSync(join(folder, "1.log"), `${line("fine")}\n${line(markers.given)}\n`);
    writeFileSync(join(folder, "2.log"), `${line("fine")}\n`);
    expect(searchRunLogs(folder)).toMatchObject({ lines: 3, leaks: [{ leaks: [markers.given] }] });
    rmSync(folder, { recursive: true });
  });
});
