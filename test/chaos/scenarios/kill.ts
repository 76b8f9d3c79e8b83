import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../support/load.ts";
import { type Fault, planOf } from "../plan.ts";
import { sharedServers } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { startWorld, type World } from "../world.ts";
import type { Asked, Scenario } from "./scenario.ts";

const everything = "everything";

/** Kills, leaves it dead for a while, and starts it again. Everything at once: servers first, as a machine would start. */
const strike = async (world: World, { victim, forMs }: Fault): Promise<void> => {
  const actors = [...world.actors.values()];
  const victims = victim === everything ? actors : actors.filter(({ name }) => name === victim);
  await Promise.all(victims.map((actor) => actor.kill()));
  await sleep(forMs);
  const hubs = victims.filter(({ name }) => name.startsWith("hub-"));
  await Promise.all(victims.filter((actor) => !hubs.includes(actor)).map((actor) => actor.start()));
  await Promise.all(hubs.map((actor) => actor.start()));
};

export const kill: Scenario = {
  name: "kill",
  describes: "hub, nats-server, Redis, receivers, and all of them at once, killed (SIGKILL) under load",
  run: async (asked: Asked) => {
    await using world = await startWorld({ ...asked, servers: sharedServers(asked.dir) });
    const blows = {
      victims: [...world.actors.keys(), everything],
      hows: ["kill"],
      gapMs: [50, 1_500],
      forMs: [0, 600],
    } as const;
    const plan = planOf(blows, asked.rounds, seededRandom(asked.seed));
    return await runUnderLoad(world, { ...asked, scenario: "kill", plan, strike });
  },
};
