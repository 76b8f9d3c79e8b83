import type { Command } from "commander";
import {
  checkAgreements,
  exportAgreements,
  listAgreements,
  showAgreement,
  whyAgreement,
} from "./agreements.ts";
import { addWhatIf } from "./agreements-what-if.ts";
import { glnArgument } from "./arguments.ts";

/** The option of those who start a hub. */
export const withAgreements = (command: Command): Command =>
  command.option(
    "--agreements <folder>",
    "response-time agreements of the region: its .json files are one set (SEKTORBRO_AGREEMENTS; else those in force, or those that the hub was built with)",
  );

const withLanguage = (command: Command): Command =>
  command.option("--json", "print JSON, for a program").option("--english", "print English");

const withHub = (command: Command): Command =>
  withLanguage(command)
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

const addFiles = (agreements: Command): void => {
  withLanguage(agreements.command("check"))
    .summary("look for what is wrong with a folder of agreements, without a hub")
    .description(
      "Reads every .json file of the folder as one set and tells everything that keeps it from being in force, each with its file and path: agreements that overlap, promises that nobody keeps, names that do not exist, times that cannot be met. Exit code 0: in order; 1: not.",
    )
    .argument("<folder>", "the folder")
    .action(checkAgreements);
  agreements
    .command("export")
    .summary("write the agreements that the hub was built with, to begin your own with")
    .argument("<folder>", "where to")
    .action(exportAgreements);
};

const addQuestions = (agreements: Command): void => {
  withHub(agreements.command("list"))
    .summary("show the agreements that are in force in the hub")
    .option("--date <date>", "on this Danish date, yyyy-mm-dd; else today")
    .option("--family <name>", "advice, referral, discharge, observation or booking alone")
    .action(listAgreements);
  withHub(agreements.command("show"))
    .summary("show every version of an agreement, its source, and who brought it")
    .argument("<id>", "e.g. ADVICE-MSG")
    .action(showAgreement);
  withHub(agreements.command("why"))
    .summary("show which agreement binds two organisations, and why no other does")
    .requiredOption("--family <name>", "advice, referral, discharge, observation or booking")
    .requiredOption("--from <gln>", "who waits for the answer", glnArgument)
    .requiredOption("--to <gln>", "who owes the answer", glnArgument)
    .option("--kind <kind>", "kind of matter, e.g. specialist; else every kind of the family")
    .option("--tier <tier>", "what the time depends on besides, e.g. akut or ct-thorax")
    .option("--priority <priority>", "how urgent it is, e.g. high")
    .option("--speciality <code>", "MedCom's code of the speciality")
    .option("--promise <id>", "one promise alone, e.g. ADVICE-MSG")
    .option("--date <date>", "on this Danish date, yyyy-mm-dd; else today")
    .action(whyAgreement);
};

/** `sektorbro agreements check|export|list|show|why|what-if`. */
export const addAgreements = (program: Command): void => {
  const agreements = program
    .command("agreements")
    .summary("check, list and explain the response-time agreements")
    .description(
      "Response-time agreements: who answers whom, how fast, and by which source. Files of agreements are put in force by: sektorbro up --agreements <folder>",
    );
  addFiles(agreements);
  addQuestions(agreements);
  addWhatIf(agreements);
};
