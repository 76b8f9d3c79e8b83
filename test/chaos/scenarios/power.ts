import { rm } from "node:fs/promises";
import { join } from "node:path";
import { seededRandom } from "../../support/load.ts";
import { copyImage, type Mounted, makeImage, mountImage, whyNot } from "../mounts.ts";
import { type Fault, planOf } from "../plan.ts";
import { ownServers } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { startWorld, type World } from "../world.ts";
import { type Asked, notHere, type Scenario } from "./scenario.ts";

const megabytes = 600;

/** The disk of a machine that loses its power, again and again: always mounted at the same place. */
type Disk = { mounted: Mounted; image: string };

/**
 * Everything dies at once, and of what the file system had not given to its disk nothing is left: the image is copied as it is, and
 * the machine comes up on the copy.
 */
const strikeOn =
  (disk: Disk, dir: string) =>
  async ({ hubs: [hub], actors }: World, { no }: Fault): Promise<void> => {
    if (hub === undefined) throw new Error("there is no hub");
    await Promise.all([hub.kill(), actors.get("nats")?.kill(), actors.get("redis")?.kill()]);
    const copy = join(dir, `disk-${String(no)}.img`);
    await copyImage(disk.image, copy);
    const { path } = disk.mounted;
    await disk.mounted.unmount();
    await rm(disk.image);
    disk.image = copy;
    disk.mounted = await mountImage(copy, path);
    await hub.start();
  };

const runOn = async (asked: Asked, disk: Disk) => {
  const dataDir = join(disk.mounted.path, "data");
  await using world = await startWorld({ ...asked, hubs: 1, dataDir, servers: ownServers });
  const blows = { victims: ["power"], hows: ["cut"], gapMs: [300, 3_000], forMs: [0, 0] } as const;
  const plan = planOf(blows, asked.rounds, seededRandom(asked.seed));
  return await runUnderLoad(world, { ...asked, scenario: "power", plan, strike: strikeOn(disk, asked.dir) });
};

const prepare = async (image: string, path: string): Promise<Disk> => {
  await makeImage(image, megabytes);
  return { mounted: await mountImage(image, path), image };
};

export const power: Scenario = {
  name: "power",
  describes:
    "the power cut in the middle of writing: only what had reached the disk is left (needs root, ext4, loop)",
  run: async (asked: Asked) => {
    const disk = await prepare(join(asked.dir, "disk-0.img"), join(asked.dir, "disk")).catch(whyNot);
    if (typeof disk === "string") return notHere("power", asked, disk);
    try {
      return await runOn(asked, disk);
    } finally {
      await disk.mounted.unmount();
    }
  },
};
