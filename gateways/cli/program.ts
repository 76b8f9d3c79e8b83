import { Argument, Command, CommanderError, Option } from "commander";
import { ListSort } from "../../contracts/messages/case-list.ts";
import { addAgreements, withAgreements } from "./agreements-command.ts";
import { addArchive } from "./archive-command.ts";
import { caseArgument, glnArgument, lifetimeArgument } from "./arguments.ts";
import { addAudit } from "./audit-command.ts";
import { addBackup } from "./backup-command.ts";
import { addBench } from "./bench-command.ts";
import { addClock } from "./clock-command.ts";
import { hubVersion } from "./compose.ts";
import { addConform } from "./conform.ts";
import { addConvert } from "./convert-command.ts";
import { addDeadLetters } from "./dead-letters-command.ts";
import { demo } from "./demo.ts";
import { exportDirectory, importDirectory } from "./directory.ts";
import { doctor } from "./doctor.ts";
import { exitCodes, explain } from "./failure.ts";
import { inbox } from "./inbox.ts";
import { addIndicators } from "./indicators-command.ts";
import { addMessages } from "./messages-command.ts";
import { addOwed } from "./owed.ts";
import { parse } from "./parse.ts";
import { addPartners } from "./partners.ts";
import { rebuild, rebuildable } from "./rebuild.ts";
import { addReceivers } from "./receivers-command.ts";
import { render } from "./render.ts";
import { note } from "./say.ts";
import { score } from "./score.ts";
import { send } from "./send.ts";
import { showCase } from "./show-case.ts";
import { addSimulate } from "./simulate.ts";
import { token } from "./token.ts";
import { addTop } from "./top.ts";
import { addTrace } from "./trace.ts";
import { up } from "./up.ts";
import { worklist } from "./worklist.ts";

const withData = (command: Command): Command =>
  command.option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)");
const withHub = (command: Command): Command =>
  withData(
    command.option(
      "--url <address>",
      "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)",
    ),
  );
const withJson = (command: Command): Command => command.option("--json", "print JSON, for a program");

const withUnit = (command: Command): Command =>
  command.option("--for <gln>", "act as this unit of the organisation", glnArgument);

const withServer = (command: Command): Command =>
  withData(command)
    .option("--port <number>", "port to listen on; 0: any free one (SEKTORBRO_PORT; else 8080)")
    .option("--host <address>", "address to listen on (SEKTORBRO_HOST; else 127.0.0.1, this machine alone)")
    .option("--log-level <level>", "debug, info, warn, error or silent (SEKTORBRO_LOG_LEVEL; else info)")
    .option("--unsafe-fsync", "start even where a power cut can lose what was accepted");

const withFolders = (command: Command): Command =>
  command.option(
    "--folders <folder>",
    "drop folders of partners: one folder for each GLN in here (SEKTORBRO_FOLDERS; else none)",
  );

const addRunning = (program: Command): void => {
  withAgreements(withFolders(withServer(program.command("up"))))
    .summary("run the hub")
    .description(
      "Runs the hub, with its own nats-server and redis-server, until Ctrl-C. When it is ready it prints one line: listening <address>.",
    )
    .action(up);
  withAgreements(withServer(program.command("demo")))
    .summary("show a real exchange, step by step")
    .description(
      "Starts a hub of its own and plays a question from a practice to a hospital department and back, with the calls to do it by hand. Stays up until Ctrl-C.",
    )
    .option("--exit", "stop when the story is told")
    .action(demo);
  withFolders(withJson(withHub(program.command("doctor"))))
    .summary("look for what is wrong on this machine")
    .description(
      "Checks Node, the servers, the disk, the data folder and the running hub, and says what to do.",
    )
    .action(doctor);
  withJson(withData(program.command("rebuild")))
    .summary("make an index again from the journal")
    .description(
      "Has the running hub read the journal again into a new index in Redis, beside the one that answers, and swaps them when the new one is whole. Shows how far it is. Prints how many keys there are and one sha256 over all of them.",
    )
    .addArgument(
      new Argument("[index]", "the index, or all; worklist: worklists, inboxes and timers")
        .choices(rebuildable)
        .default("worklist"),
    )
    .action(rebuild);
};

const addExchange = (program: Command): void => {
  withJson(withHub(program.command("send")))
    .summary("send a document")
    .description(
      "Sends a MedCom document for an organisation and tells what came of it, every problem with its place.",
    )
    .argument("<file>", "the document, e.g. an XDIS91")
    .requiredOption("--as <gln>", "GLN of the organisation that sends", glnArgument)
    .option("--receipt", "print the standard's own receipt as it is")
    .action(send);
  withUnit(withJson(withHub(program.command("inbox"))))
    .summary("show what waits for an organisation, or fetch it")
    .argument("<gln>", "GLN of the organisation", glnArgument)
    .option("--all", "also what was settled")
    .option(
      "--fetch <delivery>",
      "print one document in the organisation's own standard; that it was fetched is recorded",
    )
    .action(inbox);
  withUnit(withJson(withHub(program.command("case"))))
    .summary("show a case: what happened, when, and which clocks run")
    .argument("<id>", "the case, as the answer to a message names it", caseArgument)
    .requiredOption("--as <gln>", "GLN of a party to the case", glnArgument)
    .action(showCase);
  withData(program.command("token"))
    .summary("print a token for calls by hand")
    .description(
      "Prints a bearer token of the hub's own issuer, which is trusted where the hub listens on this machine alone.",
    )
    .argument("<gln>", "GLN of the organisation that it speaks for", glnArgument)
    .option("--operator", "for somebody who runs the hub: directory, refused documents")
    .addOption(
      new Option("--ttl <time>", "how long it lasts, e.g. 30m or 8h")
        .argParser(lifetimeArgument)
        .default(lifetimeArgument("8h"), "8h"),
    )
    .action(token);
};

const addLists = (program: Command): void => {
  withUnit(withJson(withHub(program.command("worklist"))))
    .summary("show what is expected of an organisation, by when")
    .description(
      "Shows the open cases in which something is expected of an organisation or of its units, what is due first coming first.",
    )
    .argument("<gln>", "GLN of the organisation", glnArgument)
    .option("--sent", "instead: what it waits for, and of whom")
    .option("--overdue", "instead: what is late, of it and of others")
    .option("--family <name>", "advice, referral, discharge, observation or booking alone")
    .addOption(
      new Option(
        "--sort <order>",
        "by when something is due, by the latest change or by opening; with - the latest first",
      ).choices(ListSort.options),
    )
    .action(worklist);
};

const addDirectory = (program: Command): void => {
  const directory = program
    .command("directory")
    .summary("read or write the directory of organisations")
    .description("The directory: who can be written to, in which format, when they are open.");
  withJson(withHub(directory.command("import")))
    .summary("add or replace the organisations of a file")
    .description(
      "Adds or replaces every organisation of the file: all of them, or with a problem anywhere none. The format: services/directory/FORMAT.md",
    )
    .argument("<file>", "the directory file (JSON)")
    .action(importDirectory);
  withHub(directory.command("export"))
    .summary("write the whole directory")
    .argument("[file]", "where to; else standard output")
    .action(exportDirectory);
};

const addScore = (program: Command): void => {
  withJson(program.command("score"))
    .summary("score measured values, e.g. a TOBS, without a hub")
    .description(
      'Prints the points of each value, the total, the tier and what it asks for, in Danish. A file of values: { "pulse": 92, "temperature": { "value": 38.7, "site": "rectal" }, ... }. A value that cannot be what was measured is refused; one that is missing leaves no total.',
    )
    .argument("[file]", "the values (JSON); - for standard input")
    .option("--scheme <id>", "score scheme, or a file of your own that ends in .json", "tobs-dk-2013")
    .option("--list", "list the score schemes")
    .option("--concern", "the measurer is concerned")
    .option("--english", "print English")
    .action(score);
};

const addDocuments = (program: Command): void => {
  program
    .command("parse")
    .summary("read MedCom documents, OIOXML or FHIR, and print what they hold, without a hub")
    .description(
      "Reads each document as the hub would, OIOXML bare or in a VANSEnvelope, FHIR in XML or JSON, and prints it as JSON: one object, or a list for several. Attachments are told by digest and size. Every problem and warning goes to standard error, with its path. Exit code 0: all can be taken; 1: some cannot.",
    )
    .argument("<files...>", "the documents (XML or JSON); - for standard input")
    .option("--pretty", "print the JSON on several lines")
    .action(parse);
  program
    .command("render")
    .summary("make a page for people of MedCom documents, OIOXML or FHIR, without a hub")
    .description(
      "Makes one HTML page of each document, that stands alone: nothing is fetched and nothing runs. The page of a document that cannot be taken says why, and shows what could be read; the exit code is then 1.",
    )
    .argument("<files...>", "the documents (XML or JSON); - for standard input")
    .option("--out <path>", "file of the page; for several documents a folder. Else standard output")
    .addOption(new Option("--lang <language>", "language of the labels").choices(["da", "en"]).default("da"))
    .action(render);
};

const exitCodeHelp = `
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no hub is running, 4 late (of clock).
Help on one command: sektorbro <command> --help`;

/** The commands, their arguments and their help; nothing runs until it parses. */
export const createProgram = (version: string): Command => {
  const program = new Command("sektorbro")
    .description(
      "The hub over which general practice, municipalities and hospitals hand a patient over to one another.",
    )
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText("after", exitCodeHelp)
    .exitOverride();
  addRunning(program);
  addTop(program);
  addBackup(program);
  addArchive(program);
  addAudit(program);
  addExchange(program);
  addLists(program);
  addOwed(program);
  addMessages(program);
  addTrace(program);
  addDirectory(program);
  addReceivers(program);
  addPartners(program);
  addDeadLetters(program);
  addAgreements(program);
  addClock(program);
  addIndicators(program);
  addScore(program);
  addDocuments(program);
  addConvert(program);
  addBench(program);
  addSimulate(program);
  addConform(program);
  return program;
};

/** Runs one command line. Never rejects. @returns the exit code */
export const run = async (args: readonly string[]): Promise<number> => {
  try {
    await createProgram(await hubVersion()).parseAsync(args, { from: "user" });
    return exitCodes.ok;
  } catch (error) {
    // Commander has told what was wrong, or has printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const { text, exitCode } = explain(error);
    note(text);
    return exitCode;
  }
};
