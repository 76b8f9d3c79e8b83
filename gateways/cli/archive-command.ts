import { type Command, Option } from "commander";
import { ErasureReason } from "../../contracts/messages/erasure.ts";
import { listArchive, runArchive, searchArchive, showArchived, verifyArchive } from "./archive.ts";
import { caseArgument } from "./arguments.ts";
import { eraseCases } from "./erase.ts";

const withData = (command: Command): Command =>
  command
    .option("--json", "print JSON, for a program")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

const addErase = (archive: Command): void => {
  withData(archive.command("erase"))
    .summary(
      "erase cases before their time, wherever the running hub keeps them, and show that they are gone",
    )
    .description(
      "For who controls the data, or an authority, has ordered it. A case must be settled: nothing of it may be on its way or owed. Without --yes it only tells what would be erased. What is printed with --json is the proof: keep it, and after a backup has been restored that is older, erase the same cases again.",
    )
    .argument("<cases...>", "the cases")
    .addOption(
      new Option("--reason <reason>", "on whose word, or why")
        .choices(ErasureReason.options)
        .makeOptionMandatory(),
    )
    .requiredOption("--by <id>", "your own id in the organisation that runs the hub; no name")
    .option("--yes", "erase them: it cannot be taken back")
    .action(eraseCases);
};

/** `sektorbro archive list|show|search|verify|run|erase`. */
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
  addErase(archive);
};
