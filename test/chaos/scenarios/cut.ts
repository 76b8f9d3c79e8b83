import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../support/load.ts";
import { type Fault, planOf } from "../plan.ts";
import type { Wire } from "../relay.ts";
import { sharedServers } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { startWorld, type World } from "../world.ts";
import type { Asked, Scenario } from "./scenario.ts";

const ways = ["refused", "silent", "deaf", "slow"] as const satisfies readonly Wire[];
const lasting = { short: [500, 4_000], long: [5_000, 40_000] } as const;

const strike = async (world: World, { victim, how, forMs }: Fault): Promise<void> => {
  const wire = world.wires.get(victim);
  const way = ways.find((known) => known === how);
  if (wire === undefined || way === undefined) throw new Error(`no wire ${victim} can be ${how}`);
  wire.set(way);
  await sleep(forMs);
  wire.set("open");
};

export const cut: Scenario = {
  name: "cut",
  describes:
    "the wires of each hub to NATS and Redis, and to the receivers: cut, silent, deaf (answers are lost), slow",
  run: async (asked: Asked) => {
    await using world = await startWorld({ ...asked, servers: sharedServers(asked.dir) });
    const forMs = asked.long ? lasting.long : lasting.short;
    const blows = { victims: [...world.wires.keys()], hows: ways, gapMs: [100, 1_500], forMs } as const;
    const plan = planOf(blows, asked.rounds, seededRandom(asked.seed));
    return await runUnderLoad(world, { ...asked, scenario: "cut", plan, strike });
  },
};
