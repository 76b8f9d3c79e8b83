import { setTimeout as sleep } from "node:timers/promises";
import { type Command, Option } from "commander";
import { z } from "zod";
import { WhatIfProgress, WhatIfResult } from "../../contracts/messages/what-if.ts";
import { agreementProblemLines } from "./agreement-text.ts";
import { whatIfText } from "./agreements-what-if-text.ts";
import { glnArgument, listArgument } from "./arguments.ts";
import { readJson } from "./clock.ts";
import { checkFolder } from "./compose.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, type HubClient, readAnswer, type Where } from "./hub-client.ts";
import { note, print, printJson } from "./say.ts";

type WhatIfOptions = Where & {
  change?: string[];
  calendar?: string;
  from: string;
  to: string;
  on?: string;
  as?: string;
  language: "da" | "en";
  json?: boolean;
};

const operator: Caller = { gln: "operator", role: "operator" };
/** Between two questions; the hub itself waits a moment before it says that it is not done. */
const pauseMs = 200;

/** The files of a folder, when they are in order. @throws CommandFailed with every problem, as `agreements check` tells them */
const setsOf = async (folder: string, language: "da" | "en"): Promise<unknown[]> => {
  const { files, problems } = await checkFolder(folder).catch(() => {
    throw new CommandFailed(`The folder cannot be read: ${folder}`);
  });
  for (const line of agreementProblemLines(problems, language)) note(line);
  if (problems.length > 0) throw new CommandFailed(`Not in order. Problems: ${String(problems.length)}`);
  return files.map(({ set }) => set);
};

/** A file with one agreement, or with a list of them. */
const changesOf = async (files: readonly string[]): Promise<unknown[]> => {
  const values = await Promise.all(files.map(readJson));
  return values.flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]));
};

const questionOf = async (folder: string | undefined, options: WhatIfOptions): Promise<string> => {
  const { change, calendar, from, to, on, language } = options;
  return JSON.stringify({
    ...(folder === undefined ? {} : { sets: await setsOf(folder, language) }),
    ...(change === undefined ? {} : { changes: await changesOf(change) }),
    ...(calendar === undefined ? {} : { calendars: await readJson(calendar) }),
    from,
    to,
    ...(on === undefined ? {} : { on }),
  });
};

const Answered = z.union([WhatIfResult, WhatIfProgress]);

/** Asks until it is done, and tells meanwhile how far the hub is. */
const askUntilDone = async (hub: HubClient, as: Caller, body: string): Promise<WhatIfResult> => {
  let told = 0;
  for (;;) {
    const call = { method: "POST", path: "/v1/agreements/what-if", type: "application/json" } as const;
    const answer = readAnswer(await hub.call({ ...call, as, body }), Answered);
    if ("answers" in answer) return answer;
    if (answer.shardsDone > told)
      note(`read ${answer.shardsDone} of ${answer.shards} parts of the journal, ${answer.records} records`);
    told = answer.shardsDone;
    await sleep(pauseMs);
  }
};

/**
 * What other agreements, or other opening hours, would have meant for a past period.
 * @throws CommandFailed when the set is not in order (every problem told), or the hub says no
 */
const tryAgreements = async (folder: string | undefined, options: WhatIfOptions): Promise<void> => {
  const body = await questionOf(folder, options);
  const hub = await findHub(options);
  const as: Caller = options.as === undefined ? operator : { gln: options.as, role: "organisation" };
  const result = await askUntilDone(hub, as, body);
  if (options.json === true) printJson(result);
  else print(whatIfText(result, options.language));
};

const help = `
"Two working days instead of three": a folder with the whole set as it would be, or --change with that one agreement (JSON).
"Friday afternoon closed": --calendar with {"use": [{"kinds": ["department"], "closes": [{"days": [5], "at": "12:00"}]}]}.
Schemas: contracts/schema/what-if-calendars.json, agreement-entry.json. Exit codes: 0 answered; 1 not in order, or refused; 2 wrong usage; 3 no hub.`;

/** `sektorbro agreements what-if`. */
export const addWhatIf = (agreements: Command): void => {
  agreements
    .command("what-if")
    .summary("show what other agreements would have meant for the answers of a past period")
    .description(
      "Lives the cases of a period through once more, from the journal of a running hub, under other agreements or opening hours, and tells what would have been late and warned of, by who owes the answer. Nothing is put in force.",
    )
    .argument("[folder]", "the whole set as it would be: the .json files of a folder")
    .option(
      "--change <file>",
      "one agreement, or a list, instead of that of the same id; again for more",
      listArgument,
    )
    .option("--calendar <file>", "other opening hours (JSON)")
    .requiredOption(
      "--from <date>",
      "first Danish date, yyyy-mm-dd, of the clocks that are counted: by their start",
    )
    .requiredOption("--to <date>", "last date")
    .option("--on <date>", "the set as on this date; else when all of it has begun")
    .option("--as <gln>", "as this organisation sees it: its own clocks, with cases", glnArgument)
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--json", "print JSON, for a program")
    .addHelpText("after", help)
    .action(tryAgreements);
};
