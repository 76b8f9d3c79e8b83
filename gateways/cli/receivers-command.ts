import type { Command } from "commander";
import { glnArgument } from "./arguments.ts";
import { listReceivers, pauseReceiver, resumeReceiver } from "./receivers.ts";

const withHub = (command: Command): Command =>
  command
    .option("--json", "print JSON, for a program")
    .option("--english", "print English")
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");

/** `sektorbro receivers list|pause|resume`. */
export const addReceivers = (program: Command): void => {
  const receivers = program
    .command("receivers")
    .summary("show, pause and resume the receivers that the hub brings documents to")
    .description(
      "Receivers whose channel in the directory is a webhook or a subject on the bus: what waits for each, whether its system answers, and who paused it.",
    );
  withHub(receivers.command("list")).summary("show how each fares").action(listReceivers);
  withHub(receivers.command("pause"))
    .summary("bring a receiver nothing until it is resumed; its senders are told after the usual time")
    .argument("<gln>", "GLN of the receiver", glnArgument)
    .option("--reason <text>", "why, for those who run the hub")
    .action(pauseReceiver);
  withHub(receivers.command("resume"))
    .summary("bring a paused receiver its documents again")
    .argument("<gln>", "GLN of the receiver", glnArgument)
    .action(resumeReceiver);
};
