import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandFailed } from "../failure.ts";
import { packageRoot } from "../package-root.ts";

/** Processor seconds that were used so far. */
export type Cpu = () => Promise<number>;

/** Processor seconds that a hub has used so far. */
export const cpuReader =
  (url: URL): Cpu =>
  async () => {
    const text = await (await fetch(new URL("/metrics", url))).text();
    return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1] ?? "NaN");
  };

/** A hub of the bench's own, in a process of its own. */
export const startChild = async (
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<{ url: URL; stop: () => Promise<void> }> => {
  const [, script = ""] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, script, "up"], {
    cwd: packageRoot,
    // One caller asks for all of them here: its turns are not what is measured.
    env: {
      ...process.env,
      ...{ SEKTORBRO_DATA: dataDir, SEKTORBRO_PORT: "0", SEKTORBRO_REQUESTS_PER_SECOND: "0" },
      ...settings,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  for await (const line of createInterface(child.stdout))
    if (line.startsWith("listening "))
      return {
        url: new URL(line.slice("listening ".length)),
        stop: async () => {
          child.kill("SIGTERM");
          await exited;
        },
      };
  throw new CommandFailed('The hub of the bench did not start. "sektorbro doctor" tells what is missing.');
};

/** Of one core: what a hub takes that nobody asks anything. */
const quietShare = 0.2;
const lookMs = 1_000;
const limitMs = 30 * 60_000;

/**
 * A hub that was just started has the lived cases before it: what follows them, and what became late. Measured meanwhile, that work would
 * be counted as the rebuild's. @throws CommandFailed when it does not come to rest
 */
export const untilQuiet = async (cpu: Cpu): Promise<void> => {
  const endMs = Date.now() + limitMs;
  let [before, quiet] = [await cpu(), 0];
  while (quiet < 3) {
    if (Date.now() > endMs) throw new CommandFailed("The hub of the bench does not come to rest.");
    await sleep(lookMs);
    const now = await cpu();
    quiet = now - before < (quietShare * lookMs) / 1_000 ? quiet + 1 : 0;
    before = now;
  }
};
