import { commandReplyFrom } from "../../contracts/envelope.ts";
import type { DirectoryFile } from "../../contracts/messages/directory.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { loadAgreements } from "../../services/agreement/main.ts";
import { startDirectory } from "../../services/directory/main.ts";
import { openPlatformIn } from "./hub.ts";
import { type Durable, nothingKept } from "./memory/nats-server.ts";
import { smallRegion } from "./region.ts";
import { createOwner } from "./scheduler.ts";
import { complete, createWorld, type World } from "./world.ts";

const importing = (file: DirectoryFile) => ({
  id: "import",
  type: "directory.import",
  version: 1,
  time: "2020-01-01T00:00:00.000Z",
  sender: "operator",
  payload: { file },
});

const prepare = async (world: World): Promise<void> => {
  const platform = await openPlatformIn(world);
  startDirectory(platform);
  const order = importing(smallRegion());
  const reply = commandReplyFrom(await platform.bus.ask(commandSubject(order.type), order));
  if (reply.status !== "accepted") throw new Error(`The directory was not taken: ${JSON.stringify(reply)}`);
  await loadAgreements(platform, undefined);
};

const made = new Map<number, Durable>();

/**
 * What the servers hold before a history begins: empty streams, a directory and the agreements. Made by the hub itself, once for
 * each number of streams that the journal lies on.
 */
export const serversWith = async (streams: number): Promise<Durable> => {
  const known = made.get(streams);
  if (known !== undefined) return known;
  const world = createWorld("before every history", { durable: nothingKept, streams });
  try {
    await complete(world, createOwner("setup"), () => prepare(world));
    const durable = { ...world.server().durable(), consumers: [] };
    made.set(streams, durable);
    return durable;
  } finally {
    world.end();
  }
};
