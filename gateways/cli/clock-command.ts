import { type Command, Option } from "commander";
import { caseArgument, glnArgument } from "./arguments.ts";
import { clock, whenArgument } from "./clock.ts";

const help = `
A time in a file is a Danish wall-clock time, 2026-11-20T16:30, or ends in Z or an offset such as +01:00.
Examples of the three files: contracts/examples/clock; their schemas: contracts/schema/clock-*.json.
Exit codes: 0 in time so far, answered in time, or nothing is owed; 1 a file does not fit; 2 wrong usage; 4 late, answered or not.`;

/** `sektorbro clock`. */
export const addClock = (program: Command): void => {
  program
    .command("clock")
    .summary("work out when an answer is due, and explain it, with or without a hub")
    .description(
      "Reads an agreement, the calendars of those who owe the answer, and what happened, and tells when the answer is due, whether it came in time, and how that was counted, day by day. The same files always give the same answer.",
    )
    .option("--agreement <file>", "limit, warnings, calendar (JSON); an agreement of a set will do")
    .option("--calendar <file>", "opening hours, closing days (JSON); else working days, all day")
    .option("--events <file>", "what happened, in any order (JSON)")
    .option("--case <id>", "instead: a clock of this case of a running hub, from its records", caseArgument)
    .option("--records <file>", 'instead: a clock of the case that "sektorbro case ID --json" printed')
    .option("--clock <id>", "which, with --case or --records: the id that the case's timeline names")
    .option("--as <gln>", "with --case: GLN of a party to the case", glnArgument)
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .option(
      "--at <time>",
      "as it was known then; else all that the file tells, and no earlier than now",
      whenArgument,
    )
    .addOption(
      new Option("--language <language>", "language of the explanation").choices(["da", "en"]).default("da"),
    )
    .option("--json", "print JSON, for a program; with the trace and the explanation")
    .addHelpText("after", help)
    .action(clock);
};
