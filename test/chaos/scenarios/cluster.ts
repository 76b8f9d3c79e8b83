import { setTimeout as sleep } from "node:timers/promises";
import { type Random, seededRandom } from "../../support/load.ts";
import { type NatsCluster, type NatsNode, startNatsCluster } from "../../support/nats-cluster.ts";
import { type Fault, planOf } from "../plan.ts";
import { type Relay, startRelay } from "../relay.ts";
import { redisActor } from "../servers.ts";
import { runUnderLoad } from "../under-load.ts";
import { type Servers, startWorld } from "../world.ts";
import type { Asked, Scenario } from "./scenario.ts";

const nodes = 3;
const streams = 4;
const hows = ["leader killed", "two killed", "leader cut off", "leader not heard", "leader stopped"] as const;
/** An election takes some seconds: a blow that ends before it was none. */
const lasting = { short: [1_000, 8_000], long: [5_000, 40_000] } as const;

type Ways = ReadonlyMap<string, Relay>;
const between = (from: number, to: number): string => `${String(from)}-${String(to)}`;

/** Three nodes whose every route to one another can be cut. */
const startNodes = async (): Promise<{ cluster: NatsCluster; ways: Ways }> => {
  const ports = new Map<string, number>();
  const ways = new Map<string, Relay>();
  for (let from = 0; from < nodes; from++)
    for (let to = 0; to < nodes; to++) {
      const way = between(from, to);
      if (from !== to)
        ways.set(way, await startRelay(() => ({ host: "127.0.0.1", port: ports.get(way) ?? 0 })));
    }
  const cluster = await startNatsCluster({
    route: ({ from, to, port }) => {
      ports.set(between(from, to), port);
      return ways.get(between(from, to))?.port ?? port;
    },
  });
  return { cluster, ways };
};

const setAround = (ways: Ways, node: number, wire: "open" | "refused" | "silent"): void => {
  for (const [name, way] of ways) if (name.split("-").includes(String(node))) way.set(wire);
};

/** What happens to some nodes, and how it is made good. */
const blowTo = ({ cluster, ways }: { cluster: NatsCluster; ways: Ways }, how: string, leader: NatsNode) => {
  const index = cluster.nodes.indexOf(leader);
  const two = [leader, ...cluster.nodes.filter((node) => node !== leader)].slice(0, 2);
  const set = (wire: "open" | "refused" | "silent") => (): Promise<void> => {
    setAround(ways, index, wire);
    return Promise.resolve();
  };
  const cut = (wire: "refused" | "silent") => ({ strike: set(wire), mend: set("open") });
  const killed = (victims: readonly NatsNode[]) => ({
    strike: () => Promise.all(victims.map((node) => node.kill())),
    mend: () => Promise.all(victims.map((node) => node.start())),
  });
  const stopped = {
    strike: () => Promise.resolve(process.kill(leader.pid(), "SIGSTOP")),
    mend: () => Promise.resolve(process.kill(leader.pid(), "SIGCONT")),
  };
  if (how === "leader cut off") return cut("refused");
  if (how === "leader not heard") return cut("silent");
  if (how === "leader stopped") return stopped;
  return killed(how === "two killed" ? two : [leader]);
};

const leaderOfAny = async (cluster: NatsCluster, random: Random): Promise<NatsNode> => {
  for (let tries = 0; tries < 100; tries++) {
    const leader = await cluster.leaderOf(`JOURNAL_${String(Math.floor(random() * streams))}`);
    if (leader !== undefined) return leader;
    await sleep(200);
  }
  throw new Error("no stream of the journal has a leader");
};

const isWell = async ({ monitorUrl }: NatsNode): Promise<boolean> =>
  (await fetch(`${monitorUrl}/healthz`).catch(() => undefined))?.ok === true;

/**
 * A node may say for longer than anybody waits that it is behind its meta leader while it is not (decision 0056). It is started again
 * then, as a person would do who does not know better, and that is said: the next blow is to strike three.
 */
const watchedOver = async ({ nodes: all, healthy }: NatsCluster, say: Asked["say"]): Promise<void> => {
  const well = await healthy(30_000).then(
    () => true,
    () => false,
  );
  if (well) return;
  for (const node of all)
    if (!(await isWell(node))) {
      say(`cluster: ${node.name} did not get well by itself, and is started again`);
      await node.kill();
      await node.start();
    }
  await healthy(60_000);
};

const clusterServers = async (
  dir: string,
  { cluster, ways }: { cluster: NatsCluster; ways: Ways },
): Promise<Servers> => {
  const redis = await redisActor(dir);
  return {
    actors: [redis.actor],
    wires: new Map(),
    env: () => ({
      NATS_URL: cluster.url,
      NATS_MONITOR_URL: cluster.monitorUrl,
      REDIS_URL: redis.path,
      SEKTORBRO_REPLICAS: String(nodes),
    }),
    natsUrl: () => Promise.resolve(cluster.url),
    dispose: async () => {
      await redis.actor.kill();
      await cluster[Symbol.asyncDispose]();
      for (const way of ways.values()) await way[Symbol.asyncDispose]();
    },
  };
};

export const cluster: Scenario = {
  name: "cluster",
  describes:
    "three nats-servers (R3): a leader killed, two of three killed, a leader cut off, unheard, stopped",
  run: async (asked: Asked) => {
    const nats = await startNodes();
    const random = seededRandom(asked.seed);
    await using world = await startWorld({ ...asked, servers: () => clusterServers(asked.dir, nats) });
    const forMs = asked.long ? lasting.long : lasting.short;
    const plan = planOf({ victims: ["journal"], hows, gapMs: [500, 2_000], forMs }, asked.rounds, random);
    const strike = async (_world: unknown, { how, forMs: lastsMs }: Fault): Promise<void> => {
      const { strike: hit, mend } = blowTo(nats, how, await leaderOfAny(nats.cluster, random));
      await hit();
      await sleep(lastsMs);
      await mend();
      await watchedOver(nats.cluster, asked.say);
    };
    return await runUnderLoad(world, { ...asked, scenario: "cluster", plan, strike });
  },
};
