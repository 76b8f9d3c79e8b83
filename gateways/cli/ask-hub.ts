import { readFile } from "node:fs/promises";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { z } from "zod";
import { Fault } from "../../contracts/errors.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { endpointsFile } from "../../infra/embedded/start-embedded.ts";
import { createBus } from "../../infra/nats/bus.ts";
import { proofOptions } from "../../infra/nats/proof.ts";
import { serversIn } from "../../infra/nats/servers-in.ts";
import { CommandFailed, exitCodes } from "./failure.ts";

const Endpoints = z.object({ natsUrl: z.string() });

/** A journal of a whole region is read again in minutes; longer is a fault. */
const limitMs = 30 * 60_000;

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

/** Commands the running hub over its bus, and waits for as long as reading a whole journal takes. */
export type AskHub = (command: string, payload?: unknown) => Promise<unknown>;

type From = { data: string | undefined; name: string };

/** The NATS server of a running hub. `name`: of the connection. @throws CommandFailed */
export const withHubNats = async <T>(
  { data, name }: From,
  work: (nc: NatsConnection, config: Config) => Promise<T>,
): Promise<T> => {
  const config = configFrom(process.env, { data });
  const servers = await natsUrlOf(config);
  const proof = config.servers.kind === "external" ? config.servers.natsProof : undefined;
  const once = { name, reconnect: false, timeout: 5_000 };
  const nc = await connect({ ...serversIn(servers), ...proofOptions(proof), ...once }).catch(() => {
    throw nobody();
  });
  try {
    return await work(nc, config);
  } finally {
    await nc.close();
  }
};

/** What only the hub's own machine may ask for, over NATS. @throws CommandFailed, Fault */
export const withHubBus = <T>(from: From, work: (ask: AskHub) => Promise<T>): Promise<T> =>
  withHubNats(from, (nc) => {
    const bus = createBus(nc, () => undefined);
    return work((command, payload = {}) =>
      bus.ask(commandSubject(command), payload, limitMs).catch((error: unknown) => {
        if (error instanceof Fault && error.code === "service-unavailable") throw nobody();
        throw error;
      }),
    );
  });
