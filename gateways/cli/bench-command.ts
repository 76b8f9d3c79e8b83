import { Argument, type Command } from "commander";
import { countArgument, countsArgument } from "./arguments.ts";
import { type BenchOptions, bench } from "./bench/bench.ts";
import { benchClocks, type ClockBenchOptions } from "./bench/clocks.ts";
import { benchMessages } from "./bench/fhir.ts";
import { benchLife } from "./bench/life.ts";
import { benchLog, type LogBenchOptions } from "./bench/log.ts";
import { benchOioxml } from "./bench/oioxml.ts";
import { benchRebuild, type RebuildBenchOptions } from "./bench/rebuild.ts";
import { benchStart } from "./bench/start.ts";
import type { CodecBenchOptions, FhirBenchOptions } from "./compose.ts";

type AnyBenchOptions = BenchOptions &
  ClockBenchOptions &
  RebuildBenchOptions &
  LogBenchOptions &
  CodecBenchOptions &
  FhirBenchOptions & { strict?: boolean; json?: boolean };

const benchPart = (what: string | undefined, options: AnyBenchOptions, command: Command): Promise<void> => {
  // Few clocks ring in two seconds.
  const seconds = command.getOptionValueSource("seconds") === "default" ? 30 : options.seconds;
  if (what === "life") return benchLife(options);
  if (what === "start") return benchStart(options);
  if (what === "rebuild") return benchRebuild(options);
  if (what === "log") return benchLog(options);
  if (what === "clocks") return benchClocks({ ...options, seconds });
  if (what === "fhir") return benchMessages(options);
  return what === "oioxml" ? benchOioxml(options) : bench(options);
};

const parts = ["oioxml", "fhir", "clocks", "rebuild", "log", "life", "start"];

/** `sektorbro bench`. */
export const addBench = (program: Command): void => {
  program
    .command("bench")
    .summary("measure how much a hub of its own takes on this machine")
    .description(
      "Starts a hub of its own on a temporary folder and measures each way in, beside what the NATS server alone takes with the same fsync setting; or, of `oioxml` and `fhir`, how fast MedCom's documents are read and written, beside other readers; or, of `clocks`, how late warnings and breaches come with a million running clocks; or, of `rebuild`, how fast an index is made anew from the journal; or, of `log`, how fast a message is found by each of its keys; or, of `life`, how many letters a second are brought to a webhook, receipted and their clocks stopped, and how long that takes at half the rate; or, of `start`, how soon a hub that is started on many open cases takes its first message. One JSON line for each measurement; close other programs first.",
    )
    .addArgument(new Argument("[what]", "a part to measure by itself").choices(parts))
    .option("--seconds <number>", "length of each measurement", countArgument, 2)
    .option("--schemas <folder>", "MedCom's schemas by date, to validate by (of oioxml)")
    .option("--samples <folder>", "more messages to measure (of fhir)")
    .option("--clocks <number>", "how many run; else 1000000 (of clocks)", countArgument)
    .option(
      "--records <number>",
      "how many there are; else 20000 (of rebuild; of start: open cases)",
      countArgument,
    )
    .option("--messages <number>", "how many there are; else 20000 (of log)", countArgument)
    .option("--json", "one JSON line for each message (of fhir), or for all (of clocks)")
    .option(
      "--strict",
      "fail when a document is read no faster than fast-xml-parser parses it (of oioxml), or less than three times as fast as the npm package fhir converts it (of fhir), or a clock rings more than a second late at the 99th percentile (of clocks), or an index is made slower than 20,000 records a second (of rebuild), or a message is found in more than 100 ms at the 99th percentile (of log), or fewer than 500 whole lives a second or one that takes more than 100 ms at the 99th percentile at half the rate (of life), or a hub takes its first message later than two seconds after it was started (of start)",
    )
    .option("--rounds <number>", "rounds; the median counts", countArgument, 3)
    .option(
      "--connections <numbers>",
      "callers at the same time, with commas between them",
      countsArgument,
      [1, 16, 64],
    )
    .option("--page <file>", "write the same as a page too: the machine, a table, charts (Markdown)")
    .option("--only <text>", "only measurements with this in their name")
    .action(benchPart);
};
