import { type Command, Option } from "commander";
import { instantArgument, listArgument } from "./arguments.ts";
import { convert, forms } from "./convert.ts";

const examples = `
Examples:
  sektorbro convert letter.xml --to fhir-json --directory region.json > message.json
  sektorbro convert xdis91.xml xbin01.xml --to fhir-xml --directory region.json    the letter with its attachments
  sektorbro convert message.json --to oioxml --out letters                         XDIS91, and XBIN01 where there is something attached
  sektorbro convert message.xml --to fhir-json                                     the other format of FHIR; nothing is lost
  sektorbro convert answer.xml --original xdis91.xml --original xbin01.xml --to oioxml --out receipts
  sektorbro convert xctl03.xml --original message.json --to fhir-xml

Counterparts: XDIS91 and XBIN01 - CareCommunication; XDIS20, XDIS17 - HospitalNotification; XCTL03, XCTL02 - Acknowledgement.
Other types have none, and are refused.
Exit codes: 0 converted; 1 refused, and nothing was written; 2 wrong usage.`;

/** `sektorbro convert`. */
export const addConvert = (program: Command): void => {
  program
    .command("convert")
    .summary("turn MedCom OIOXML into FHIR and back, without a hub")
    .description(
      "Reads documents as the hub would and writes their counterparts in the other standard, by MedCom's mapping sheets, or a FHIR message in its other format. The same documents always come to the same, ids and times included. One document goes to standard output. What does not come along is told on standard error, with its place and a code; what is refused has every problem with its path.",
    )
    .argument(
      "<files...>",
      "the documents; - for standard input. An XBIN01 beside its XDIS91 becomes part of its message, and an XDIS20 beside its XDIS17 says when the stay began",
    )
    .addOption(
      new Option("--to <form>", "what to make; json: the typed form that `parse` prints")
        .choices(forms)
        .makeOptionMandatory(),
    )
    .option("--out <folder>", "folder of the documents; needed where they are several")
    .addOption(
      new Option("--language <language>", "language of what is told").choices(["da", "en"]).default("da"),
    )
    .option("--losses <file>", "also write what is lost as JSON")
    .option(
      "--directory <file>",
      "a directory file: SOR codes, names and telephone numbers that a document does not tell",
    )
    .option(
      "--original <file>",
      "what a receipt answers, in the standard that the receipt is converted to and, where another system converted it, in both; may be repeated",
      listArgument,
    )
    .option(
      "--at <time>",
      "when the result is made, e.g. 2026-11-23T09:15:00+01:00; else when the original was sent",
      instantArgument,
    )
    .addHelpText("after", examples)
    .action(convert);
};
