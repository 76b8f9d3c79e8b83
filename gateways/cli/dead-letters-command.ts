import { type Command, Option } from "commander";
import { Standard, Transport } from "../../contracts/deliveries.ts";
import { DeadLetterKind, DeadLetterState } from "../../contracts/messages/dead-letters.ts";
import { glnArgument } from "./arguments.ts";
import { closeDeadLetter, listDeadLetters, sendDeadLettersAgain, showDeadLetter } from "./dead-letters.ts";

const withHub = (command: Command): Command =>
  command
    .option("--as <gln>", "as the organisation that sent it; else as who runs the hub", glnArgument)
    .option("--json", "print JSON, for a program")
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

const idText = "as the list shows it";

const addLooking = (letters: Command): void => {
  withHub(letters.command("list"))
    .summary("show what went wrong, newest first")
    .addOption(new Option("--kind <kind>", "only this kind").choices(DeadLetterKind.options))
    .addOption(new Option("--state <state>", "in this state; else open").choices(DeadLetterState.options))
    .option("--sender <gln>", "only from this sender", glnArgument)
    .option("--receiver <gln>", "only to this receiver", glnArgument)
    .option("--type <type>", "only of this type, e.g. XDIS91 or CareCommunication")
    .option("--code <code>", "only for this reason, e.g. receiver-unknown")
    .option("--from <time>", "from this time on: a Danish date, or an instant")
    .option("--to <time>", "up to this Danish date, or before this instant")
    .action(listDeadLetters);
  withHub(letters.command("show"))
    .summary("show one with its reason, the place of it, and every step since")
    .argument("<id>", idText)
    .option("--original", "print the bytes as they came, to mend them")
    .action(showDeadLetter);
};

/** `sektorbro dead-letters list|show|send-again|close`. */
export const addDeadLetters = (program: Command): void => {
  const letters = program
    .command("dead-letters")
    .summary("show, correct and send again what was refused, failed, unreadable or unconfirmed")
    .description(
      "Documents of which nothing was taken, or that did not surely arrive. Each step is recorded with who did it, when and why.",
    );
  addLooking(letters);
  withHub(letters.command("send-again"))
    .summary("send one again, corrected or to another address; or many as they are")
    .argument("<ids...>", idText)
    .option("--document <file>", "the corrected document, of one that came in")
    .option("--to <gln>", "another address, of one that went out", glnArgument)
    .addOption(
      new Option("--standard <standard>", "with --to: by a way in of this standard").choices(
        Standard.options,
      ),
    )
    .addOption(
      new Option("--transport <transport>", "with --to: by this transport").choices(Transport.options),
    )
    .option("--reason <text>", "why, for those who run the hub; nothing of a patient")
    .action(sendDeadLettersAgain);
  withHub(letters.command("close"))
    .summary("say that one has been seen to")
    .argument("<id>", idText)
    .requiredOption("--reason <text>", "why, for those who run the hub; nothing of a patient")
    .action(closeDeadLetter);
};
