import { open, readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { type Random, seededRandom } from "../../support/load.ts";
import { type Fault, planOf } from "../plan.ts";
import { ownServers } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { startWorld, type World } from "../world.ts";
import type { Asked, Scenario } from "./scenario.ts";

const ways = ["flipped", "cut short", "filled with zeros"] as const;
const flippedBytes = 40;

const filesIn = async (dataDir: string): Promise<string[]> => {
  const folder = join(dataDir, "redis", "appendonlydir");
  const names = await readdir(folder).catch((): string[] => []);
  return names.map((name) => join(folder, name));
};

const damage = async (file: string, how: string, random: Random): Promise<void> => {
  const { size } = await stat(file);
  if (how === "cut short") {
    await truncate(file, Math.floor(size * random()));
    return;
  }
  const handle = await open(file, "r+");
  try {
    const length = how === "flipped" ? 1 : Math.min(4_096, size);
    const times = how === "flipped" ? flippedBytes : 1;
    for (let i = 0; i < times && size > 0; i++) {
      const bytes = Buffer.alloc(length, how === "flipped" ? Math.floor(random() * 256) : 0);
      await handle.write(bytes, 0, length, Math.floor(random() * Math.max(1, size - length)));
    }
  } finally {
    await handle.close();
  }
};

/** Damages the append-only files while their Redis is dead, with the hub or alone, and lets it come up on them. */
const strikeWith =
  (random: Random) =>
  async (world: World, { victim, how }: Fault): Promise<void> => {
    const [hub] = world.hubs;
    const redis = world.actors.get("redis");
    if (hub === undefined || redis === undefined) throw new Error("there is no hub with a Redis of its own");
    if (victim === "hub-0") await hub.kill();
    for (const file of await filesIn(hub.dataDir)) await damage(file, how, random);
    if (victim === "hub-0") await hub.start();
    else {
      await redis.kill();
      await redis.start();
    }
  };

export const redisFile: Scenario = {
  name: "redis-file",
  describes:
    "Redis's append-only files damaged: bytes flipped, cut short, zeros; then Redis or the hub starts on them",
  run: async (asked: Asked) => {
    await using world = await startWorld({ ...asked, hubs: 1, servers: ownServers });
    const random = seededRandom(asked.seed);
    const blows = { victims: ["redis", "hub-0"], hows: ways, gapMs: [300, 2_000], forMs: [0, 0] } as const;
    const plan = planOf(blows, asked.rounds, random);
    return await runUnderLoad(world, { ...asked, scenario: "redis-file", plan, strike: strikeWith(random) });
  },
};
