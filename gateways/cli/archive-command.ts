import type { Command } from "commander";
import { listArchive, runArchive, searchArchive, showArchived, verifyArchive } from "./archive.ts";
import { caseArgument } from "./arguments.ts";

const withData = (command: Command): Command =>
  command
    .option("--json", "print JSON, for a program")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

/** `sektorbro archive list|show|search|verify|run`. */
export const addArchive = (program: Command): void => {
  const archive = program
    .command("archive")
    .summary("look into the archive of cases that have left the journal")
    .description(
      "Closed cases leave the journal after a time (SEKTORBRO_ARCHIVE_AFTER_DAYS). Their parties find them in the hub as ever; this reads the files themselves, on the hub's machine.",
    );
  withData(archive.command("list")).summary("show its files").action(listArchive);
  withData(archive.command("show"))
    .summary("print one case with all its records, as JSON")
    .argument("<case>", "the case", caseArgument)
    .action(showArchived);
  withData(archive.command("search"))
    .summary("find cases by what was said of them; of several all must fit")
    .option("--message <id>", "id that a sender gave a message or letter")
    .option("--envelope <id>", "number that a receipt names")
    .option("--intake <id>", "id of a document as it was received")
    .action(searchArchive);
  withData(archive.command("verify"))
    .summary("read all of it, and say whether every byte is what was written")
    .action(verifyArchive);
  withData(archive.command("run"))
    .summary("have the running hub look now for what may leave the journal")
    .action(runArchive);
};
