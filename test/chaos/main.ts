import { appendFile, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compileInto } from "../support/compiled-program.ts";
import { detailsOf, tableOf } from "./report.ts";
import { type Scenario, scenarioNamed, scenarios } from "./scenarios/all.ts";
import type { Outcome } from "./under-load.ts";

class UsageError extends Error {
  override readonly name = "UsageError";
}

const exitCodes = { kept: 0, broken: 1, usage: 2, notHere: 3 } as const;

const help = `Breaks a running hub in every way we know, under load, and holds what it did against what it promised.

  npm run chaos -- [--scenario NAME[,NAME]] [--rounds N] [--messages N] [--seed S] [--senders N] [--hubs N] [--long] [--json] [--report FILE]

  --scenario   what to break, or all (the default):
${scenarios.map(({ name, describes }) => `                 ${name.padEnd(11)}${describes}`).join("\n")}
  --rounds     how many blows in each scenario (20)
  --messages   at least so many different messages in each scenario (1000)
  --seed       the same plan of blows again; else another each time, which is printed
  --senders    how many conversations at once (8)
  --hubs       how many hubs share the servers, where they do (2)
  --long       pauses and cuts last longer than every time-out, not just a few seconds
  --json       the outcomes as JSON on standard output, and nothing else
  --report     a file that the table is appended to
  --program    a folder that the product is compiled in; else it is compiled first, as it stands

Ends with ${String(exitCodes.kept)} when every promise was kept, ${String(exitCodes.broken)} when one was not, ${String(exitCodes.usage)} when it was asked wrongly, ${String(exitCodes.notHere)} when something could not be run here.
`;

const flags = {
  scenario: { type: "string", default: "all" },
  rounds: { type: "string", default: "20" },
  messages: { type: "string", default: "1000" },
  seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
  senders: { type: "string", default: "8" },
  hubs: { type: "string", default: "2" },
  long: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  report: { type: "string" },
  program: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

const readFlags = () => parseArgs({ options: flags, strict: true }).values;
type Flags = ReturnType<typeof readFlags>;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const whole = (
  flags: Flags,
  name: "rounds" | "messages" | "seed" | "senders" | "hubs",
  least: number,
): number => {
  const value = Number(flags[name]);
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`--${name} is a whole number of at least ${String(least)}`);
  return value;
};

const chosen = ({ scenario }: Flags): Scenario[] =>
  scenario === "all"
    ? [...scenarios]
    : scenario.split(",").map((name) => {
        const found = scenarioNamed(name);
        if (found === undefined) throw new UsageError(`--scenario: there is none called ${name}`);
        return found;
      });

const runAll = async (flags: Flags): Promise<Outcome[]> => {
  const numbers = {
    rounds: whole(flags, "rounds", 1),
    messages: whole(flags, "messages", 1),
    seed: whole(flags, "seed", 0),
    senders: whole(flags, "senders", 1),
    hubs: whole(flags, "hubs", 1),
  };
  const wanted = chosen(flags);
  const root = await realpath(await mkdtemp(join(tmpdir(), "sektorbro-chaos-")));
  const outcomes: Outcome[] = [];
  try {
    const program = flags.program ?? join(root, "program");
    if (flags.program === undefined) compileInto(program);
    for (const { name, run } of wanted) {
      say(`${name}: seed ${String(numbers.seed)}, ${String(numbers.rounds)} rounds`);
      const dir = await mkdtemp(join(root, `${name}-`));
      const outcome = await run({ ...numbers, long: flags.long, program, dir, say });
      outcomes.push(outcome);
      say(detailsOf(outcome));
    }
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  return outcomes;
};

const exitCodeOf = (outcomes: readonly Outcome[]): number => {
  if (outcomes.some(({ violations }) => violations.length > 0)) return exitCodes.broken;
  return outcomes.some(({ skipped }) => skipped !== undefined) ? exitCodes.notHere : exitCodes.kept;
};

const main = async (): Promise<number> => {
  const flags = readFlags();
  if (flags.help) {
    process.stdout.write(help);
    return exitCodes.kept;
  }
  const outcomes = await runAll(flags);
  const table = tableOf(outcomes);
  process.stdout.write(flags.json ? `${JSON.stringify(outcomes)}\n` : `${table}\n`);
  if (flags.report !== undefined) await appendFile(flags.report, `${table}\n`);
  return exitCodeOf(outcomes);
};

process.exitCode = await main().catch((error: unknown) => {
  say(
    error instanceof UsageError
      ? `${error.message}\n${help}`
      : String(error instanceof Error ? error.stack : error),
  );
  return error instanceof UsageError ? exitCodes.usage : exitCodes.broken;
});
