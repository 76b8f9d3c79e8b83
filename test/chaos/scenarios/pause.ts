import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../support/load.ts";
import { resume, pause as stopProcess } from "../actor.ts";
import { type Fault, planOf } from "../plan.ts";
import { sharedServers } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { startWorld, type World } from "../world.ts";
import type { Asked, Scenario } from "./scenario.ts";

/** The servers' own time-outs are 5 s (a reader's hold on a document) and 15 s (a silent connection). */
const lasting = { short: [3_000, 6_500], long: [31_000, 40_000] } as const;

const strike = async (world: World, { victim, forMs }: Fault): Promise<void> => {
  const actor = world.actors.get(victim);
  if (actor === undefined) throw new Error(`there is no ${victim}`);
  stopProcess(actor);
  await sleep(forMs);
  resume(actor);
};

export const pause: Scenario = {
  name: "pause",
  describes:
    "each process stopped (SIGSTOP) for longer than the ack wait, its connections open, then let go on",
  run: async (asked: Asked) => {
    await using world = await startWorld({ ...asked, servers: sharedServers(asked.dir) });
    const forMs = asked.long ? lasting.long : lasting.short;
    const blows = { victims: [...world.actors.keys()], hows: ["pause"], gapMs: [100, 2_000], forMs } as const;
    const plan = planOf(blows, asked.rounds, seededRandom(asked.seed));
    return await runUnderLoad(world, { ...asked, scenario: "pause", plan, strike });
  },
};
