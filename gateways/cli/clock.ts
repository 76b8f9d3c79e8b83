import { InvalidArgumentError } from "commander";
import { When } from "../../contracts/clock-events.ts";
import { answerClock } from "./compose.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { problemLines } from "./hub-client.ts";
import { readInput } from "./read-input.ts";
import { note, print, printJson } from "./say.ts";

export type ClockOptions = {
  agreement: string;
  calendar?: string;
  events: string;
  at?: string;
  language: "da" | "en";
  json?: boolean;
};

/** A time as it was typed: on a Danish wall clock, or with Z or an offset. */
export const whenArgument = (text: string): string => {
  if (When.safeParse(text).success) return text;
  throw new InvalidArgumentError("A time looks like 2026-11-26T17:00 (Danish), or ends in Z or +01:00.");
};

const readJson = async (file: string): Promise<unknown> => {
  const bytes = await readInput(file);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new CommandFailed(`That file is not JSON in UTF-8: ${file}`);
  }
};

/**
 * Works out one clock and says how, without a hub.
 * @throws CommandFailed when a file does not fit (every problem told), or, with its own exit code, when the answer is late
 */
export const clock = async (options: ClockOptions): Promise<void> => {
  const answer = answerClock(
    {
      agreement: await readJson(options.agreement),
      calendar: options.calendar === undefined ? {} : await readJson(options.calendar),
      events: await readJson(options.events),
    },
    { at: options.at, now: new Date().toISOString() },
  );
  if (!answer.ok) {
    for (const line of problemLines(answer.problems)) note(line);
    throw new CommandFailed("Not worked out: mend what is told above.");
  }
  const lines = answer.explain(options.language);
  if (options.json === true) printJson({ ...answer.clock, explanation: lines });
  else print(lines.join("\n"));
  if (answer.clock.breached) throw new CommandFailed(lines[0] ?? "Late.", exitCodes.late);
};
