import type { Command } from "commander";
import { caseArgument } from "./arguments.ts";
import { searchAudit, verifyAudit } from "./audit.ts";

const withData = (command: Command): Command =>
  command
    .option("--json", "print JSON, for a program")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

/** `sektorbro audit search|verify`. */
export const addAudit = (program: Command): void => {
  const audit = program
    .command("audit")
    .summary("who looked at what, and whether that is whole")
    .description(
      "Every look at patients' data, and every try that was refused, is kept before anything is shown. For the hub's own machine.",
    );
  withData(audit.command("search"))
    .summary("find looks; of several conditions all must fit")
    .option("--case <id>", "of this case", caseArgument)
    .option("--organisation <gln>", "by this organisation, or for this unit")
    .option("--person <id>", "by this person, as their organisation calls them")
    .option("--from <instant>", "from then on, e.g. 2026-11-23T00:00:00Z")
    .option("--to <instant>", "before then")
    .option("--refused", "only tries that were refused")
    .action(searchAudit);
  withData(audit.command("verify"))
    .summary("follow the chain, and tell of every entry that was changed, left out or moved")
    .option("--head <number:hash>", "a head that was printed before: it must be in the chain still")
    .action(verifyAudit);
};
