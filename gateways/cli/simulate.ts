import { randomUUID } from "node:crypto";
import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { countArgument, glnArgument, lifetimeArgument } from "./arguments.ts";
import { rehearsal } from "./compose.ts";
import { CommandFailed } from "./failure.ts";
import type { Where } from "./hub-client.ts";
import {
  freshNow,
  inFormat,
  nameOf,
  type Organisation,
  openStage,
  printAcknowledgement,
  readOrganisations,
  rest,
  untilStopped,
} from "./parts.ts";
import { note } from "./say.ts";

const standards = ["oioxml", "fhir-xml", "fhir-json", "json"] as const;

type SimulateOptions = Where & {
  as?: string;
  standard?: (typeof standards)[number];
  to?: string;
  every?: number;
  answerAfter: number;
  refuse: number;
  silent?: boolean;
  duplicate?: boolean;
  truncate?: boolean;
  wrongReceipt?: boolean;
  seed: number;
  poll: number;
};

const kindsOf: Readonly<Record<rehearsal.SimulatedKind, readonly string[]>> = {
  gp: ["practice"],
  municipality: ["municipality", "acuteTeam"],
  hospital: ["department", "hospital"],
};

/** Whom the hub writes to in its own channel's standard; the first channel is the one that is used. */
const speaks = ({ channels }: Organisation, standard: SimulateOptions["standard"]): boolean => {
  const { standard: name, format = "xml" } = channels[0] ?? { standard: undefined };
  return standard === undefined || standard === name || standard === `${name ?? ""}-${format}`;
};

const partOf = (
  all: readonly Organisation[],
  kind: rehearsal.SimulatedKind,
  { as, standard }: SimulateOptions,
): Organisation => {
  const found = all.find((one) =>
    as === undefined ? kindsOf[kind].includes(one.kind) && speaks(one, standard) : one.gln === as,
  );
  if (found === undefined)
    throw new CommandFailed(
      "The directory has no such organisation: name one with --as, or another --standard.",
    );
  return found;
};

const othersOf: Readonly<Record<rehearsal.SimulatedKind, string>> = {
  gp: "department",
  municipality: "practice",
  hospital: "practice",
};

const operatorGln = "5790000999998";

const simulate = async (kind: rehearsal.SimulatedKind, options: SimulateOptions): Promise<void> => {
  const stage = await openStage(options);
  const all = await readOrganisations(stage.hub, operatorGln);
  const self = partOf(all, kind, options);
  const to = options.to ?? all.find((one) => one.kind === othersOf[kind] && one.gln !== self.gln)?.gln;
  const behaviour = {
    answerAfterMs: options.answerAfter * 1_000,
    refuse: options.refuse,
    silent: options.silent === true,
    duplicate: options.duplicate === true,
    truncate: options.truncate === true,
    wrongReceipt: options.wrongReceipt === true,
  };
  note(
    `Simulating ${nameOf(self)} (${self.gln}) at ${stage.hub.url}, seed ${String(options.seed)}. Ctrl-C ends it.`,
  );
  await rehearsal.simulate(
    {
      kind,
      self: self.gln,
      behaviour,
      signal: untilStopped(),
      pollMs: options.poll,
      ...(options.every === undefined || to === undefined
        ? {}
        : { says: { to, everyMs: options.every * 1_000 } }),
    },
    {
      client: stage.clientFor(self.gln),
      inFormat,
      print: printAcknowledgement,
      now: () => new Date().toISOString(),
      newId: randomUUID,
      fresh: freshNow,
      chance: rehearsal.seeded(options.seed),
      wait: rest,
      say: note,
    },
  );
};

const shareArgument = (text: string): number => {
  const share = Number(text);
  if (text !== "" && share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError("A share is a number from 0 to 1, e.g. 0.2.");
};

/** `sektorbro simulate`. */
export const addSimulate = (program: Command): void => {
  program
    .command("simulate")
    .summary("play a partner's system: it answers, delays, refuses and misbehaves as asked")
    .description(
      "Speaks as an organisation of the directory to a running hub of a development, over its inbox: gives receipts, answers questions, and with --every says something of its own accord: a practice asks, a municipality tells of a TOBS, a department publishes a place. Whatever it does is a line on standard error. (`npm run simulate` is another thing: it plays seeded histories of the whole hub.)",
    )
    .addArgument(new Argument("<kind>", "what it is").choices(rehearsal.simulatedKinds))
    .option("--as <gln>", "GLN of the organisation; else the first of its kind in the directory", glnArgument)
    .addOption(
      new Option("--standard <name>", "the first of its kind that takes documents so").choices(standards),
    )
    .option("--answer-after <time>", "how long an answer takes, e.g. 5s", lifetimeArgument, 0)
    .option("--refuse <share>", "refuse this share of documents without a fault, 0 to 1", shareArgument, 0)
    .option("--silent", "fetch, and never say a word")
    .option("--duplicate", "send everything twice, and take what comes twice for two")
    .option("--truncate", "send half of each document")
    .option("--wrong-receipt", "receipt documents that nobody sent")
    .option("--every <time>", "say something of its own accord so often, e.g. 30s", lifetimeArgument)
    .option("--to <gln>", "to whom; else the first organisation that fits", glnArgument)
    .option(
      "--seed <number>",
      "what its chances come from: the same seed, the same refusals",
      countArgument,
      1,
    )
    .option("--poll <ms>", "milliseconds between two looks into its inbox", countArgument, 500)
    .option(
      "--url <address>",
      "address of the hub, or of a conformance test (SEKTORBRO_URL; else that of the hub on the data folder)",
    )
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .action(simulate);
};
