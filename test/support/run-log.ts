import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { birthDateOfCpr } from "../../contracts/identifiers.ts";
import { createLog, type Log, noLog } from "../../infra/observability/logger.ts";
import { markersIn } from "./markers.ts";

/** Where the logs of every hub of the whole test run are kept until they have been searched; set by `whole-run.ts`. */
export const runLogsVariable = "SEKTORBRO_TEST_RUN_LOGS";

/** Keeps what a hub of the run wrote. */
export const keepRunLog = (text: string): void => {
  const folder = process.env[runLogsVariable];
  if (folder !== undefined) appendFileSync(join(folder, `${String(process.pid)}.log`), text);
};

/** The log of a hub in a test: at its most talkative, kept for the search at the end of the run. */
export const runLog = (): Log =>
  process.env[runLogsVariable] === undefined
    ? noLog
    : createLog({
        level: "debug",
        to: {
          write: (line) => {
            keepRunLog(line);
          },
        },
      });

/**
 * The names and words of the made-up people of the tests and the examples. Each is spelled so that no code, id or host is
 * spelled alike.
 */
const people =
  "Prøvesen Hybenrose Testesen Eksempelsen Markørsen Brombærris Lynggård Nancy Berggren Klokkeblomst".split(
    " ",
  );

/** Ten digits, alone or split as people write them, that begin with a real date. */
const cprLike = /(?<![\w.:-])\d{6}[- ]?\d{4}(?![\w.:-])/g;
const isCpr = (digits: string): boolean => birthDateOfCpr(digits.replace(/\D/g, "")) !== undefined;

/** What a line of a log may not hold: planted markers, people's names, anything like a CPR number. */
export const leaksIn = (line: string): string[] => [
  ...markersIn(line),
  ...people.filter((name) => line.includes(name)),
  ...(line.match(cprLike) ?? []).filter(isCpr),
];

type Searched = { lines: number; leaks: { line: string; leaks: string[] }[] };

/** Searches everything that the hubs of a run wrote. */
export const searchRunLogs = (folder: string): Searched => {
  const lines = readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((line) => line !== "");
  const leaks = lines
    .map((line) => ({ line, leaks: leaksIn(line) }))
    .filter((found) => found.leaks.length > 0);
  return { lines: lines.length, leaks };
};
