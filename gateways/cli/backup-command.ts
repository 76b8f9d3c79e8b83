import type { Command } from "commander";
import { backup, verifyBackup } from "./backup.ts";
import { restore } from "./restore.ts";

const withKey = (command: Command): Command =>
  command
    .option("--key-file <file>", "file of the key that encrypts it, at least 32 characters; else it is open")
    .option("--json", "print JSON, for a program")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

/** `sektorbro backup`, `backup verify` and `restore`. */
export const addBackup = (program: Command): void => {
  const taking = withKey(program.command("backup"))
    .summary("write everything that must survive into one file, while the hub runs")
    .description(
      "Journal, originals, attachments, directory, agreements and what else the hub keeps on disk, in one file. The file has its name when it is whole.",
    )
    .option("--to <file>", "the file; it must not be there yet")
    .action(backup);
  withKey(taking.command("verify"))
    .summary("read a backup from end to end, and say what it holds")
    .argument("<file>", "the backup")
    .action((file: string, _own: unknown, command: Command) => verifyBackup(file, command.optsWithGlobals()));
  withKey(program.command("restore"))
    .summary("make the store of a hub of a backup, in an empty place")
    .description(
      "Reads the whole backup first, then makes every stream anew with its own sequences. Refuses a store that holds anything. No hub may run there.",
    )
    .requiredOption("--from <file>", "the backup")
    .action(restore);
};
