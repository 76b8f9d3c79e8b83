import { InvalidArgumentError } from "commander";
import { When } from "../../contracts/clock-events.ts";
import { answerClock } from "./compose.ts";
import { type ExplainOptions, explainClock } from "./explain-clock.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { problemLines } from "./hub-client.ts";
import { readInput } from "./read-input.ts";
import { note, print, printJson } from "./say.ts";

export type ClockOptions = ExplainOptions & { calendar?: string; events?: string; at?: string };

/** A time as it was typed: on a Danish wall clock, or with Z or an offset. */
export const whenArgument = (text: string): string => {
  if (When.safeParse(text).success) return text;
  throw new InvalidArgumentError("A time looks like 2026-11-26T17:00 (Danish), or ends in Z or +01:00.");
};

/** A file that was named on the command line, as JSON. @throws CommandFailed */
export const readJson = async (file: string): Promise<unknown> => {
  const bytes = await readInput(file);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new CommandFailed(`That file is not JSON in UTF-8: ${file}`);
  }
};

/** From an agreement and what happened, without a hub. */
const fromFiles = async (options: ClockOptions): Promise<void> => {
  const { agreement, calendar, events, at, language } = options;
  if (agreement === undefined || events === undefined)
    throw new CommandFailed("Give --agreement and --events, or --case, or --records.", exitCodes.usage);
  const files = {
    agreement: await readJson(agreement),
    calendar: calendar === undefined ? {} : await readJson(calendar),
    events: await readJson(events),
  };
  const answer = answerClock(files, { at, now: new Date().toISOString() });
  if (!answer.ok) {
    for (const line of problemLines(answer.problems)) note(line);
    throw new CommandFailed("Not worked out: mend what is told above.");
  }
  const lines = answer.explain(language);
  if (options.json === true) printJson({ ...answer.clock, explanation: lines });
  else print(lines.join("\n"));
  if (answer.clock.breached) throw new CommandFailed(lines[0] ?? "Late.", exitCodes.late);
};

/**
 * Works out one clock and says how: from files, or from a case of the hub, or from its records.
 * @throws CommandFailed when a file does not fit (every problem told), or, with its own exit code, when the answer is late
 */
export const clock = (options: ClockOptions): Promise<void> =>
  options.case === undefined && options.records === undefined
    ? fromFiles(options)
    : explainClock(options, readJson);
