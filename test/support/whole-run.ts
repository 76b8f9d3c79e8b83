import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runLogsVariable, searchRunLogs } from "./run-log.ts";

/**
 * Around the whole test run: every hub that a test starts logs at its most talkative into one folder, and when all is done
 * the folder is searched. A CPR number, a name or a planted text in any line fails the run.
 */
export const setup = (): (() => void) => {
  // Each project of the run has its own set-up: the first one does it for all.
  if (process.env[runLogsVariable] !== undefined) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), "sektorbro-run-logs-"));
  process.env[runLogsVariable] = folder;
  return () => {
    const { lines, leaks } = searchRunLogs(folder);
    rmSync(folder, { recursive: true, force: true });
    process.stdout.write(
      `\n ${String(lines)} lines of log searched for patients' data, ${String(leaks.length)} with any\n`,
    );
    if (leaks.length === 0) return;
    for (const { line, leaks: found } of leaks.slice(0, 20))
      process.stdout.write(`  ${found.join(", ")} in: ${line.slice(0, 500)}\n`);
    throw new Error("A log of the test run holds patients' data.");
  };
};
