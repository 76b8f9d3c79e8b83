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

/** What the servers hold before a history begins: empty streams, a directory and the agreements. Made by the hub itself, once. */
export const prepareServers = async (): Promise<Durable> => {
  const world = createWorld("before every history", { durable: nothingKept });
  try {
    await complete(world, createOwner("setup"), () => prepare(world));
    return { ...world.server().durable(), consumers: [] };
  } finally {
    world.end();
  }
};
