import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../support/load.ts";
import { type Mounted, mountMemory, whyNot } from "../mounts.ts";
import { type Fault, planOf } from "../plan.ts";
import { ownServers } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { startWorld, type World } from "../world.ts";
import { type Asked, notHere, type Scenario } from "./scenario.ts";

const megabytes = 700;

/** Fills what is free to the last block, waits, and gives it back. */
const strikeIn =
  (folder: string) =>
  async (_world: World, { forMs }: Fault): Promise<void> => {
    const ballast = join(folder, "ballast");
    const { bavail, bsize } = await statfs(folder);
    const mostly = Buffer.alloc(1024 * 1024, 1);
    for (let left = bavail * bsize; left > 0; left -= mostly.length)
      await writeFile(ballast, mostly, { flag: "a" }).catch(() => undefined);
    await sleep(forMs);
    await rm(ballast, { force: true });
    // Whoever must be back before the next blow is back: what is under way is answered.
    await sleep(1_000);
  };

const runOn = async (asked: Asked, mounted: Mounted) => {
  const dataDir = join(mounted.path, "data");
  await using world = await startWorld({ ...asked, hubs: 1, dataDir, servers: ownServers });
  const blows = { victims: ["disk"], hows: ["fill"], gapMs: [500, 2_500], forMs: [500, 4_000] } as const;
  const plan = planOf(blows, asked.rounds, seededRandom(asked.seed));
  return await runUnderLoad(world, { ...asked, scenario: "disk", plan, strike: strikeIn(mounted.path) });
};

export const disk: Scenario = {
  name: "disk",
  describes: "the disk of the hub and its servers filled to the last block, and freed again (needs root)",
  run: async (asked: Asked) => {
    const mounted = await mountMemory(join(asked.dir, "small"), megabytes).catch(whyNot);
    if (typeof mounted === "string") return notHere("disk", asked, mounted);
    try {
      return await runOn(asked, mounted);
    } finally {
      await mounted.unmount();
    }
  },
};
