import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../../support/load.ts";
import { type Fault, planOf } from "../plan.ts";
import { sharedServers } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { startWorld, type World } from "../world.ts";
import type { Asked, Scenario } from "./scenario.ts";

const preload = fileURLToPath(new URL("../clock-jump.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");

const jumps: Readonly<Record<string, number>> = {
  "half a minute back": -30_000,
  "an hour back": -3_600_000,
  "ten minutes on": 600_000,
  "two hours on": 7_200_000,
};

/** Sets one hub's clock, for a while, and then back to the truth: the hubs disagree meanwhile. */
const strikeWith =
  (file: string) =>
  async (world: World, { victim, how, forMs }: Fault): Promise<void> => {
    const set = async (offMs: number): Promise<void> => {
      await writeFile(file, String(offMs));
      const pid = world.actors.get(victim)?.pid();
      if (pid !== undefined) process.kill(pid, "SIGUSR2");
    };
    await set(jumps[how] ?? 0);
    await sleep(forMs);
    await set(0);
  };

export const clock: Scenario = {
  name: "clock",
  describes: "the time of one hub set back or on while the others' stays, and set right again",
  run: async (asked: Asked) => {
    const file = join(asked.dir, "clock");
    const nodeArgs = ["--import", tsx, "--import", preload];
    const env = { SEKTORBRO_CHAOS_CLOCK: file };
    await using world = await startWorld({ ...asked, nodeArgs, env, servers: sharedServers(asked.dir) });
    const blows = {
      victims: world.hubs.map(({ name }) => name),
      hows: Object.keys(jumps),
      gapMs: [200, 2_000],
      forMs: [500, 6_000],
    } as const;
    const plan = planOf(blows, asked.rounds, seededRandom(asked.seed));
    return await runUnderLoad(world, { ...asked, scenario: "clock", plan, strike: strikeWith(file) });
  },
};
