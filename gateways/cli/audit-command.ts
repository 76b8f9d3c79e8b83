import type { Command } from "commander";
import { caseArgument } from "./arguments.ts";
import { searchAudit, verifyAudit } from "./audit.ts";
import { exportLooks, oddUse } from "./audit-asked.ts";

const withData = (command: Command): Command =>
  command
    .option("--json", "print JSON, for a program")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

const withHub = (command: Command): Command =>
  withData(command).option(
    "--url <address>",
    "address of the hub (SEKTORBRO_URL; else the one of the data folder)",
  );

/** `sektorbro audit search|verify|odd|export`. */
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
  withHub(audit.command("odd"))
    .summary("looks for a sample check: many in an hour, while closed, in an emergency, for nobody's citizen")
    .option("--from <instant>", "from then on (a week ago)")
    .option("--to <instant>", "before then (now)")
    .action(oddUse);
  withHub(audit.command("export"))
    .summary(
      "a citizen's looks, for the citizen: when, why and where, and not by which employee; the number on standard input",
    )
    .option("--from <instant>", "from then on")
    .option("--to <instant>", "before then")
    .option("--language <language>", "da or en", "da")
    .action(exportLooks);
};
