import { readFile } from "node:fs/promises";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { z } from "zod";
import { Fault } from "../../contracts/errors.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { endpointsFile } from "../../infra/embedded/start-embedded.ts";
import { createBus } from "../../infra/nats/bus.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { note, print, printJson } from "./say.ts";

export type RebuildOptions = { data?: string; json?: boolean };

const Endpoints = z.object({ natsUrl: z.string() });
const Rebuilt = z.object({ keys: z.number(), sha256: z.string() });

/** A journal of a whole region is read again in minutes; longer is a fault. */
const limitMs = 30 * 60_000;
const progressMs = 2_000;

const nobody = (): CommandFailed =>
  new CommandFailed(
    `No running hub was found. Start one with "sektorbro up", or name its data folder with --data or its NATS server with NATS_URL.`,
    exitCodes.notRunning,
  );

const natsUrlOf = async ({ servers, dataDir }: Config): Promise<string> => {
  if (servers.kind === "external") return servers.natsUrl;
  const text = await readFile(endpointsFile(dataDir), "utf8").catch(() => {
    throw nobody();
  });
  return Endpoints.parse(JSON.parse(text)).natsUrl;
};

const ask = async (nc: NatsConnection): Promise<z.infer<typeof Rebuilt>> => {
  const bus = createBus(nc, () => undefined);
  const begun = Date.now();
  note(
    "Every worklist, inbox and timer is made again from the journal. The hub goes on taking messages meanwhile.",
  );
  const progress = setInterval(() => {
    note(`... ${Math.round((Date.now() - begun) / 1000)} s`);
  }, progressMs);
  try {
    return Rebuilt.parse(await bus.ask(commandSubject("worklist.rebuild"), {}, limitMs));
  } catch (error) {
    if (error instanceof Fault && error.code === "service-unavailable") throw nobody();
    throw error;
  } finally {
    clearInterval(progress);
  }
};

/** Has the running hub forget its index (Redis) and read the journal again. @throws CommandFailed, Fault */
export const rebuild = async ({ data, json }: RebuildOptions): Promise<void> => {
  const servers = await natsUrlOf(configFrom(process.env, { data }));
  const nc = await connect({ servers, name: "sektorbro-rebuild", reconnect: false, timeout: 5_000 }).catch(
    () => {
      throw nobody();
    },
  );
  try {
    const rebuilt = await ask(nc);
    if (json === true) printJson(rebuilt);
    else print(`Rebuilt: ${rebuilt.keys} keys, sha256 ${rebuilt.sha256}`);
  } finally {
    await nc.close();
  }
};
