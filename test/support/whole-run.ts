import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programVariable } from "./compiled-program.ts";
import { emittedVariable, judgeEmitted } from "./judge-emitted.ts";
import { searchLeftBehind } from "./left-behind.ts";
import { plantedCount } from "./markers.ts";
import { samplesPresent, schemaErrors } from "./oioxml-samples.ts";
import { runLogsVariable, searchRunLogs } from "./run-log.ts";

/** At most so many of what is wrong are told one by one. */
const told = 20;
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A CPR number, a name or a planted text in any line that a hub wrote fails the run. */
const checkLogs = (folder: string): string | undefined => {
  const { lines, leaks } = searchRunLogs(folder);
  say(`\n ${String(lines)} lines of log searched for patients' data, ${String(leaks.length)} with any`);
  for (const { line, leaks: found } of leaks.slice(0, told))
    say(`  ${found.join(", ")} in: ${line.slice(0, 500)}`);
  return leaks.length === 0 ? undefined : "A log of the test run holds patients' data.";
};

/** An OIOXML document of the hub's that MedCom's own schemas refuse fails the run. */
const checkDocuments = (folder: string): string | undefined => {
  if (!samplesPresent) {
    say(" OIOXML documents emitted were not held against MedCom's schemas: they are not here");
    return undefined;
  }
  const { documents, invalid } = judgeEmitted(folder, schemaErrors);
  say(
    ` ${String(documents)} OIOXML documents emitted, ${String(invalid.length)} not valid by MedCom's schemas`,
  );
  for (const { met, complaints } of invalid.slice(0, told))
    say(`  ${met}: ${complaints.join(" ").slice(0, 500)}`);
  return invalid.length === 0 ? undefined : "The hub emitted documents that MedCom's schemas refuse.";
};

/** A planted text in the name of a file that the run left, or in a dump of somebody's memory, fails it. */
const checkLeftBehind = (sinceMs: number): string[] => {
  const { names, dumps, leaks } = searchLeftBehind({ temporary: tmpdir(), here: process.cwd(), sinceMs });
  const { markers, spellings } = plantedCount;
  say(
    ` ${String(markers)} planted markers in ${String(spellings)} spellings looked for there, in ${String(names)} names of files left and in ${String(dumps)} dumps: ${String(leaks.length)} found`,
  );
  for (const path of leaks.slice(0, told)) say(`  ${path}`);
  return leaks.length === 0 ? [] : ["What the test run left behind holds patients' data."];
};

const checks = [
  { variable: runLogsVariable, named: "logs", check: checkLogs },
  { variable: emittedVariable, named: "documents", check: checkDocuments },
] as const;

/**
 * Around the whole test run: every hub that a test starts logs at its most talkative into one folder, every document that
 * tests get out of the product is kept in another, and when all is done both are gone through.
 */
export const setup = (): (() => void) => {
  // Each project of the run has its own set-up: the first one does it for all.
  if (process.env[runLogsVariable] !== undefined) return () => undefined;
  const folders = checks.map(({ variable, named, check }) => {
    const folder = mkdtempSync(join(tmpdir(), `sektorbro-run-${named}-`));
    process.env[variable] = folder;
    return { folder, check };
  });
  const sinceMs = Date.now();
  const program = mkdtempSync(join(tmpdir(), "sektorbro-run-program-"));
  process.env[programVariable] = program;
  return () => {
    rmSync(program, { recursive: true, force: true });
    const failures = folders.flatMap(({ folder, check }) => {
      const failure = check(folder);
      rmSync(folder, { recursive: true, force: true });
      return failure ?? [];
    });
    failures.push(...checkLeftBehind(sinceMs));
    if (failures.length > 0) throw new Error(failures.join(" "));
  };
};
