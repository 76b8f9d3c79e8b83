/** The simulator, by hand: `npm run simulate -- --help`. */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Share, Told } from "./worker.ts";

const help = `The whole hub in one process, over servers in memory, where chance from a seed decides what happens when and what goes wrong.

  npm run simulate                       200 histories, most of them short
  npm run simulate -- --seeds 10000      so many; --from 5000 begins with that one
  npm run simulate -- --seed 17          one, with its digest; --trace tells every step of it
  npm run simulate -- --seed 17 --shrink the shortest script that still breaks the same law, kept in test/simulate/found
  npm run simulate -- --defects          plants known defects, one by one, and looks whether each is found; --only takes part of a name
  --years 3                              histories begin on any day of so many years
  --jobs 2                               processes; one a core is usual
  --to-first                             ends with the first history that breaks a law

Ends with 1 when a law was broken, or a defect was not found.
`;

const options = {
  seeds: { type: "string", default: "200" },
  from: { type: "string", default: "0" },
  seed: { type: "string" },
  years: { type: "string", default: "3" },
  jobs: { type: "string" },
  shrink: { type: "boolean", default: false },
  trace: { type: "boolean", default: false },
  defects: { type: "boolean", default: false },
  "to-first": { type: "boolean", default: false },
  only: { type: "string", default: "" },
  share: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const tellCounts = (counts: Readonly<Record<string, number>>): void => {
  for (const [what, count] of Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    say(`  ${String(count).padStart(9)}  ${what}`);
};

type Tally = {
  lived: number;
  steps: number;
  records: number;
  counts: Record<string, number>;
  broken: Told[];
};

const add = (tally: Tally, told: Told): void => {
  tally.lived += 1;
  tally.steps += told.steps;
  tally.records += told.records;
  for (const [what, count] of Object.entries(told.counts))
    tally.counts[what] = (tally.counts[what] ?? 0) + count;
  if (told.faults.length === 0) return;
  tally.broken.push(told);
  say(`seed ${told.seed} breaks a law (npm run simulate -- --seed ${told.seed} --shrink):`);
  for (const fault of told.faults.slice(0, 5)) say(`  ${fault}`);
};

const worker = (share: Share, hear: (told: Told) => void): { ended: Promise<void>; stop: () => void } => {
  const child = fork(process.argv[1] ?? "", ["--share", JSON.stringify(share)], {
    execArgv: [...process.execArgv, "--max-semi-space-size=64"],
  });
  child.on("message", (told: Told) => {
    hear(told);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on("exit", (code, signal) => {
      if (code === 0 || signal === "SIGTERM") resolve();
      else reject(new Error(`A process of the simulation ended with ${String(code)}.`));
    });
  });
  return { ended, stop: () => void child.kill("SIGTERM") };
};

/** So many histories, over as many processes as there are cores. */
const runMany = async (
  { from, seeds, years, jobs }: { from: number; seeds: number; years: number; jobs: number },
  toFirst: boolean,
): Promise<number> => {
  const begun = performance.now();
  const tally: Tally = { lived: 0, steps: 0, records: 0, counts: {}, broken: [] };
  const names = Array.from({ length: seeds }, (_, i) => String(from + i));
  const workers = Array.from({ length: Math.min(jobs, seeds) }, (_, job) =>
    worker({ seeds: names.filter((_name, i) => i % jobs === job), years }, (told) => {
      add(tally, told);
      if (toFirst && tally.broken.length > 0) for (const { stop } of workers) stop();
    }),
  );
  await Promise.all(workers.map(({ ended }) => ended));
  const seconds = (performance.now() - begun) / 1_000;
  tellCounts(tally.counts);
  const speed = (tally.lived / seconds).toFixed(1);
  say(`${String(tally.lived)} histories, ${String(tally.steps)} steps, ${String(tally.records)} records`);
  say(`${seconds.toFixed(1)} s, ${speed} histories a second; ${String(tally.broken.length)} broke a law`);
  return tally.broken.length === 0 ? 0 : 1;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  if (values.help) {
    say(help);
    return 0;
  }
  const years = Number(values.years);
  // The hub is loaded by those alone who live through something: it takes seconds.
  if (values.share !== undefined) {
    const { work } = await import("./worker.ts");
    await work(JSON.parse(values.share) as Share, (told) => void process.send?.(told));
    process.disconnect();
    return 0;
  }
  if (values.defects) return (await import("./defects/try-defects.ts")).tryDefects(say, values.only);
  if (values.seed !== undefined)
    return (await import("./replay.ts")).replay(values.seed, { ...values, years, say });
  const jobs = Number(values.jobs ?? availableParallelism());
  const many = { from: Number(values.from), seeds: Number(values.seeds), years, jobs };
  return runMany(many, values["to-first"]);
};

process.exitCode = await main();
