import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { findServer } from "../../infra/embedded/binaries.ts";
import { httpGet } from "../../infra/embedded/http-get.ts";
import { signal } from "../../infra/embedded/process-identity.ts";
import { answersPing } from "../../infra/embedded/redis-child.ts";
import { serverPid } from "../../infra/embedded/watched-child.ts";
import { eventually } from "../support/eventually.ts";
import { startNatsServer } from "../support/nats-server.ts";
import { startProcess } from "../support/server-process.ts";
import type { Actor } from "./actor.ts";
import type { HubActor } from "./hub-program.ts";
import { type Relay, startRelay } from "./relay.ts";
import type { Servers } from "./world.ts";

const portOf = (url: string): number => Number(new URL(url).port);

const natsActor = async (): Promise<{
  actor: Actor;
  url: string;
  monitorUrl: string;
  dispose: () => Promise<void>;
}> => {
  const nats = await startNatsServer();
  let up = true;
  const kill = async (): Promise<void> => {
    up = false;
    await nats.kill();
  };
  const start = async (): Promise<void> => {
    await nats.restart();
    up = true;
  };
  const actor = { name: "nats", pid: () => (up ? nats.pid() : undefined), start, kill, stop: kill };
  return {
    actor,
    url: nats.url,
    monitorUrl: nats.monitorUrl,
    dispose: async () => {
      await nats[Symbol.asyncDispose]();
    },
  };
};

/** Redis as the hub runs its own, an append-only file fsynced each second, on a socket in `dir`. */
export const redisActor = async (dir: string): Promise<{ actor: Actor; path: string }> => {
  const { path: binary } = await findServer("redis-server");
  const path = join(dir, "redis.sock");
  const args = ["--port", "0", "--unixsocket", path, "--dir", dir, "--save", "", "--appendonly", "yes"];
  const run = () => startProcess(binary, args, () => answersPing(path));
  let server = await run();
  const kill = (): Promise<void> => server.end("SIGKILL");
  const start = async (): Promise<void> => {
    server = await run();
  };
  return {
    actor: { name: "redis", pid: () => (server.died() ? undefined : server.pid), start, kill, stop: kill },
    path,
  };
};

/** One nats-server and one Redis that several hubs share, each hub with wires of its own to both. */
export const sharedServers =
  (dir: string) =>
  async (hubs: readonly HubActor[]): Promise<Servers> => {
    const nats = await natsActor();
    const redis = await redisActor(dir);
    const wires = new Map<string, Relay>();
    for (const { name } of hubs) {
      wires.set(`${name}-nats`, await startRelay(() => ({ host: "127.0.0.1", port: portOf(nats.url) })));
      wires.set(`${name}-redis`, await startRelay(() => ({ path: redis.path })));
    }
    const port = (wire: string): string => String(wires.get(wire)?.port);
    return {
      actors: [nats.actor, redis.actor],
      wires,
      env: (i) => ({
        NATS_URL: `nats://127.0.0.1:${port(`hub-${String(i)}-nats`)}`,
        NATS_MONITOR_URL: nats.monitorUrl,
        REDIS_URL: `redis://127.0.0.1:${port(`hub-${String(i)}-redis`)}`,
      }),
      natsUrl: () => Promise.resolve(nats.url),
      dispose: async () => {
        await redis.actor.kill();
        await nats.dispose();
        for (const wire of wires.values()) await wire[Symbol.asyncDispose]();
      },
    };
  };

const Endpoints = z.object({ natsUrl: z.string(), natsMonitorUrl: z.string(), redisUrl: z.string() });

const endpointsIn = async (dataDir: string): Promise<z.infer<typeof Endpoints>> =>
  Endpoints.parse(JSON.parse(await readFile(join(dataDir, "endpoints.json"), "utf8")));

const isReady = async (name: "nats" | "redis", dataDir: string): Promise<boolean> => {
  const { natsMonitorUrl, redisUrl } = await endpointsIn(dataDir);
  return name === "redis"
    ? answersPing(redisUrl)
    : (await httpGet(`${natsMonitorUrl}/healthz`))?.status === 200;
};

/** A server that the hub runs for itself: killed by its pid, and started again by the hub. */
const ownedActor = (name: "nats" | "redis", dataDir: () => string): Actor => {
  let pid: number | undefined;
  const look = async (): Promise<number | undefined> => {
    pid = await serverPid(join(dataDir(), name));
    return pid;
  };
  const kill = async (): Promise<void> => {
    const victim = await look();
    // One that is being started again may be gone already.
    if (victim !== undefined) signal(victim, "SIGKILL");
  };
  const start = async (): Promise<void> => {
    const before = pid;
    await eventually(
      async () => ((await look()) !== before && (await isReady(name, dataDir())) ? true : undefined),
      `another ${name}-server`,
      30_000,
    );
  };
  return { name, pid: () => pid, start, kill, stop: kill };
};

/** One hub with servers of its own, as most people run it. */
export const ownServers = (hubs: readonly HubActor[]): Promise<Servers> => {
  const dataDir = (): string => hubs[0]?.dataDir ?? "";
  return Promise.resolve({
    actors: [ownedActor("nats", dataDir), ownedActor("redis", dataDir)],
    wires: new Map(),
    env: () => ({}),
    natsUrl: async () => (await endpointsIn(dataDir())).natsUrl,
    dispose: () => Promise.resolve(),
  });
};
