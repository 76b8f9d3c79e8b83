import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type Command, Option } from "commander";
import { countArgument, glnArgument, lifetimeArgument } from "./arguments.ts";
import { rehearsal } from "./compose.ts";
import { conversationText, summaryText } from "./conform-text.ts";
import { CommandFailed } from "./failure.ts";
import type { Where } from "./hub-client.ts";
import {
  heedingHub,
  inFormat,
  nameOf,
  type Organisation,
  openStage,
  readOrganisations,
  rest,
} from "./parts.ts";
import { columns, note, print, printJson } from "./say.ts";

type ConformOptions = Where & {
  as?: string;
  with?: string;
  only?: string[];
  within: number;
  quiet: number;
  linePort: string;
  language: "da" | "en";
  list?: boolean;
  json?: boolean;
};

type Conversation = rehearsal.Conversation;

type Line = Awaited<ReturnType<typeof rehearsal.openLine>>;

/** Somebody has to start that system first: what is awaited within a time counts from its first call. @throws CommandFailed */
const firstCall = async ({ called, url }: Line): Promise<void> => {
  const nobody = setTimeout(600_000, false, { ref: false });
  if (!(await Promise.race([called.then(() => true), nobody])))
    throw new CommandFailed(`Nobody called ${url} within ten minutes.`);
};

const operatorGln = "5790000999998";

/** Whom the partner talks with: a department, or a practice where the partner is in a hospital. */
const counterpartOf = (
  all: readonly Organisation[],
  self: Organisation,
  named: string | undefined,
): Organisation => {
  const kind = /^(department|hospital)$/.test(self.kind) ? "practice" : "department";
  const found = all.find((one) =>
    named === undefined ? one.kind === kind && one.gln !== self.gln : one.gln === named,
  );
  if (found === undefined || found.gln === self.gln)
    throw new CommandFailed(
      "There is nobody to talk with in the directory: name another organisation with --with.",
    );
  return found;
};

/** What can be tried with this organisation, of what was asked for. */
const chosen = (self: Organisation, only: readonly string[] | undefined): Conversation[] => {
  const unknown = only?.find((id) => !rehearsal.conversations.some((one) => one.id === id));
  if (unknown !== undefined) throw new CommandFailed(`There is no conversation "${unknown}": see --list.`);
  const standard = self.channels[0]?.standard;
  const fitting = rehearsal.conversations.filter(
    ({ id, standards, kind }) =>
      standards.some((one) => one === standard) &&
      (kind === undefined || kind === self.kind) &&
      (only === undefined || only.includes(id)),
  );
  if (fitting.length > 0) return fitting;
  throw new CommandFailed(
    `Nothing of that can be held with ${nameOf(self)}: its first channel takes ${standard ?? "nothing"}.`,
  );
};

const list = ({ json, language }: ConformOptions): void => {
  const all = rehearsal.conversations;
  if (json === true) printJson(all);
  else print(columns(all.map(({ id, standards, title }) => [id, standards.join(", "), title[language]])));
};

const holdAll = async (options: ConformOptions, as: string): Promise<rehearsal.ConversationResult[]> => {
  const stage = await openStage(options);
  const all = await readOrganisations(stage.hub, operatorGln);
  const self = all.find(({ gln }) => gln === as);
  if (self === undefined) throw new CommandFailed(`${as} is not in the hub's directory: import it first.`);
  const counterpart = counterpartOf(all, self, options.with);
  const wanted = chosen(self, options.only);
  const now = { nowMs: Date.now, inFormat };
  const line = await rehearsal.openLine({ hub: stage.hub.url, port: Number(options.linePort), ...now });
  note(`line ${line.url}`);
  note(
    `Let the system of ${nameOf(self)} call ${line.url} instead of the hub. It talks with ${nameOf(counterpart)}.`,
  );
  const side = {
    ...now,
    counterpart: stage.clientFor(counterpart.gln),
    partner: stage.clientFor(self.gln),
    counterpartGln: counterpart.gln,
    partnerGln: self.gln,
    newId: randomUUID,
    wait: rest,
  };
  const { language, within, quiet } = options;
  const waiting = ({ id }: Conversation, { tells }: { tells: Record<"da" | "en", string> }): void => {
    note(`  ${id}: ${tells[language]} …`);
  };
  const conforming = { side, line, withinMs: within * 1_000, quietMs: quiet, waiting };
  try {
    await firstCall(line);
    const results: rehearsal.ConversationResult[] = [];
    for (const conversation of wanted) {
      const result = await rehearsal.converse(conforming, conversation);
      if (options.json !== true) print(conversationText(result, language));
      results.push(result);
    }
    return results;
  } finally {
    await line.stop();
  }
};

/** @throws CommandFailed when something is to be mended */
const conform = async (options: ConformOptions): Promise<void> => {
  if (options.list === true) {
    list(options);
    return;
  }
  const { as } = options;
  if (as === undefined) throw new CommandFailed("Say whose system is tried: --as GLN.");
  const results = await heedingHub(() => holdAll(options, as));
  if (options.json === true) printJson(results);
  const summary = summaryText(results, options.language);
  if (results.every(({ passed }) => passed)) note(summary);
  else throw new CommandFailed(summary);
};

/** `sektorbro conform`. */
export const addConform = (program: Command): void => {
  program
    .command("conform")
    .summary("try a partner's system in scripted conversations, and tell what to mend")
    .description(
      "Opens an address that the partner's system calls instead of a hub of a development. A counterpart writes to the partner over that hub; on the way some letters are changed or come twice, which no hub would let through. Every step tells what passed, what to mend, and where the standard says so. Exit code 0: all passed; 1: something is to be mended.",
    )
    .option("--as <gln>", "GLN of the organisation whose system is tried", glnArgument)
    .option(
      "--with <gln>",
      "GLN of the counterpart, an organisation of the directory; else one that fits",
      glnArgument,
    )
    .option("--only <ids...>", "these conversations alone")
    .option(
      "--within <time>",
      "how long each thing is waited for, from the first call on, e.g. 30s",
      lifetimeArgument,
      60,
    )
    .option(
      "--quiet <ms>",
      "milliseconds without a word before nothing more is awaited",
      countArgument,
      2_000,
    )
    .option("--line-port <number>", "port that the partner's system calls; 0: any free one", "0")
    .addOption(
      new Option("--language <language>", "language of what is told").choices(["da", "en"]).default("da"),
    )
    .option("--list", "list the conversations; no hub needed")
    .option("--json", "print JSON, for a program")
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .action(conform);
};
