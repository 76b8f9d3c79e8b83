import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Scenario, scenarioNamed } from "../../chaos/scenarios/all.ts";
import { compiledProgram } from "../../support/compiled-program.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

/** `SEKTORBRO_CHAOS_SEED` runs the same blows again; `npm run chaos` is the long form. */
const seed = Number(process.env["SEKTORBRO_CHAOS_SEED"] ?? Date.now() % 1_000_000_000);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

let root: TempDir;
beforeAll(async () => {
  root = await tempDir();
  say(`chaos: SEKTORBRO_CHAOS_SEED=${String(seed)}`);
}, 60_000);
afterAll(() => root[Symbol.asyncDispose]());

const named = (name: string): Scenario => {
  const found = scenarioNamed(name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return found;
};

const few: [name: string, rounds: number, hubs: number][] = [
  ["kill", 4, 1],
  ["pause", 1, 1],
  ["cut", 3, 1],
  ["redis-file", 2, 1],
];

test.each(few)(
  "a little of %s: every promise is kept",
  async (name, rounds, hubs) => {
    const dir = await mkdtemp(join(root.path, `${name}-`));
    const asked = {
      seed,
      rounds,
      hubs,
      messages: 50,
      senders: 4,
      long: false,
      program: compiledProgram(),
      dir,
      say,
    };
    const { violations, messages, clocks } = await named(name).run(asked);
    expect(violations).toEqual([]);
    expect([messages > 0, clocks > 0]).toEqual([true, true]);
  },
  120_000,
);
