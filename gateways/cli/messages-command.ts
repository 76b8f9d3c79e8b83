import { type Command, Option } from "commander";
import { MessageDirection, MessageStatus } from "../../contracts/messages/message-log.ts";
import { caseArgument, countArgument, glnArgument } from "./arguments.ts";
import { messages } from "./messages.ts";

const withKeys = (command: Command): Command =>
  command
    .option(
      "--message-id <id>",
      "what its sender calls it: a letter's number, a MessageHeader.id, a Bundle.id",
    )
    .option("--envelope-id <id>", "an envelope that it went in")
    .option("--case-id <id>", "the case that it is of", caseArgument)
    .option("--intake-id <id>", "the document that it came in")
    .option("--sender <gln>", "who sent it", glnArgument)
    .option("--receiver <gln>", "who is to get it", glnArgument)
    .option("--type <type>", "e.g. XDIS91 or CareCommunication")
    .addOption(new Option("--status <status>", "where it stands").choices(MessageStatus.options))
    .addOption(new Option("--direction <way>", "in or out").choices(MessageDirection.options))
    .option("--from <time>", "an instant (2026-11-23T08:00:00.000Z) or a Danish date, and later")
    .option("--to <time>", "an instant that it is before, or the last Danish date")
    .option(
      "--patient",
      "the citizen whose number comes on standard input; with --export: citizens' numbers too",
    );

/** `sektorbro messages`. */
export const addMessages = (program: Command): void => {
  withKeys(program.command("messages"))
    .summary("find messages, and follow one hop by hop")
    .description(
      "Shows what came in and what goes out, newest first: by any keys together; or one message with its way. As somebody who runs the hub, or with --as as an organisation. No name and no number of a patient is in it.",
    )
    .argument("[id]", "one message, or the document in INTAKE that it came in")
    .option("--as <gln>", "as this organisation", glnArgument)
    .option("--for <gln>", "act as this unit of the organisation", glnArgument)
    .option("--limit <count>", "how many at most", countArgument, 100)
    .addOption(
      new Option(
        "--export <format>",
        "every hop between --from and --to: AuditEvents of EHMI's delivery status, one a line",
      ).choices(["eds"]),
    )
    .option("--out <file>", "file of the export; else standard output")
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--json", "print JSON, for a program")
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .action(messages);
};
