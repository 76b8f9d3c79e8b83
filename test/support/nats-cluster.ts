import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { findServer } from "../../infra/embedded/binaries.ts";
import { eventually, type ServerProcess, startProcess } from "./server-process.ts";

/** One nats-server of a cluster, always on the same ports and the same store. */
export type NatsNode = {
  readonly name: string;
  readonly url: string;
  readonly monitorUrl: string;
  readonly storeDir: string;
  readonly running: () => boolean;
  readonly pid: () => number;
  readonly log: () => string;
  /** SIGKILL, as a crash would; the store stays. */
  readonly kill: () => Promise<void>;
  /** SIGTERM: in order, as when it is to be replaced. */
  readonly stop: () => Promise<void>;
  /** The same store and the same ports again. Resolves when the server answers, not yet when it has caught up. */
  readonly start: () => Promise<void>;
};

/** Three nats-servers on loopback that keep their streams together (JetStream, R3), each message fsynced. */
export type NatsCluster = AsyncDisposable & {
  readonly nodes: readonly NatsNode[];
  /** The addresses of all, with commas between them, as `NATS_URL` takes them. */
  readonly url: string;
  readonly monitorUrl: string;
  /** Which node leads a stream now; `undefined` while none does. */
  readonly leaderOf: (stream: string) => Promise<NatsNode | undefined>;
  /**
   * Until every node that runs has said that it has all it should have: each by itself, for one says no for a moment whenever a consumer
   * is made or goes (decision 0056).
   */
  readonly healthy: (timeoutMs?: number) => Promise<void>;
};

export type NatsClusterOptions = {
  /** fsync before every acknowledgement, as in production. */
  readonly syncAlways?: boolean;
  /** Other ways from one node to another than its route port, e.g. through a proxy that can be cut. By their numbers, from 0. */
  readonly route?: (way: { from: number; to: number; port: number }) => number;
  /** More lines of configuration for each. */
  readonly config?: string;
};

type Ports = { client: number; monitor: number; route: number };

const listen = (): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve(server);
    });
  });

/** The kernel's choice, held all at once so that they differ. A cluster's routes must be known before its servers start. */
const pickPorts = async (nodes: number): Promise<Ports[]> => {
  const held = await Promise.all(Array.from({ length: nodes * 3 }, listen));
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return Array.from({ length: nodes }, (_, i) => {
    const [client = 0, monitor = 0, route = 0] = ports.slice(i * 3, i * 3 + 3);
    return { client, monitor, route };
  });
};

const local = (port: number): string => `127.0.0.1:${String(port)}`;

type Plan = { dir: string; ports: readonly Ports[]; options: NatsClusterOptions };

const nameOf = (index: number): string => `n${String(index)}`;
const storeOf = ({ dir }: Plan, index: number): string => join(dir, nameOf(index));

const configText = (plan: Plan, index: number): string => {
  const { ports, options } = plan;
  const own = ports[index] ?? { client: 0, monitor: 0, route: 0 };
  const routes = ports
    .map(({ route: port }, to) => ({ from: index, to, port }))
    .filter(({ to }) => to !== index)
    .map((way) => `"nats://${local(options.route?.(way) ?? way.port)}"`);
  return `server_name: "${nameOf(index)}"
listen: "${local(own.client)}"
http: "${local(own.monitor)}"
max_payload: 8MB
jetstream { store_dir: ${JSON.stringify(storeOf(plan, index))}${options.syncAlways === false ? "" : ", sync_interval: always"} }
cluster { name: "test", listen: "${local(own.route)}", routes: [${routes.join(", ")}] }
${options.config ?? ""}
`;
};

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (response) => {
      await response.text();
      return response.ok;
    },
    () => false,
  );

const startNode = async (plan: Plan, index: number): Promise<NatsNode> => {
  const { path: binary } = await findServer("nats-server");
  const { client, monitor } = plan.ports[index] ?? { client: 0, monitor: 0 };
  const config = join(plan.dir, `${nameOf(index)}.conf`);
  const monitorUrl = `http://${local(monitor)}`;
  await writeFile(config, configText(plan, index));
  const begin = (): Promise<ServerProcess> =>
    startProcess(binary, ["-c", config], () => answers(`${monitorUrl}/varz`));
  let server = await begin();
  return {
    name: nameOf(index),
    url: `nats://${local(client)}`,
    monitorUrl,
    storeDir: join(storeOf(plan, index), "jetstream"),
    running: () => !server.died(),
    pid: () => server.pid,
    log: () => server.log(),
    kill: () => server.end("SIGKILL"),
    stop: () => server.end("SIGTERM"),
    start: async () => {
      if (server.died()) server = await begin();
    },
  };
};

const Jsz = z.object({
  account_details: z
    .array(
      z.object({
        stream_detail: z
          .array(
            z.object({ name: z.string(), cluster: z.object({ leader: z.string().default("") }).optional() }),
          )
          .default([]),
      }),
    )
    .default([]),
});

const leaderSeenBy = async (node: NatsNode, stream: string): Promise<string | undefined> => {
  const answer = await fetch(`${node.monitorUrl}/jsz?streams=true`).catch(() => undefined);
  if (answer?.ok !== true) return undefined;
  const found = Jsz.parse(await answer.json())
    .account_details.flatMap(({ stream_detail }) => stream_detail)
    .find(({ name }) => name === stream);
  return found?.cluster?.leader;
};

/** By what the nodes that run say; one that leads says so of itself, which a node that was cut off may still do. */
const leaderAmong = async (nodes: readonly NatsNode[], stream: string): Promise<NatsNode | undefined> => {
  const seen = await Promise.all(
    nodes.filter(({ running }) => running()).map((node) => leaderSeenBy(node, stream)),
  );
  return nodes.find(({ name, running }) => running() && seen.includes(name));
};

/** `well`: those that have said so. */
const allHealthy = async (nodes: readonly NatsNode[], well: Set<NatsNode>): Promise<boolean> => {
  const asked = nodes.filter((node) => node.running() && !well.has(node));
  await Promise.all(
    asked.map(async (node) => {
      if (await answers(`${node.monitorUrl}/healthz`)) well.add(node);
    }),
  );
  return nodes.every((node) => !node.running() || well.has(node));
};

/** A port may be taken between the look and the start: then all of it is tried again. */
const startNodes = async (
  options: NatsClusterOptions,
  tries = 3,
): Promise<{ dir: string; nodes: NatsNode[] }> => {
  const dir = await mkdtemp(join(tmpdir(), "sb-cluster-"));
  const plan = { dir, ports: await pickPorts(3), options };
  const started = await Promise.allSettled(plan.ports.map((_, index) => startNode(plan, index)));
  const nodes = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = started.find((one) => one.status === "rejected");
  if (failed === undefined) return { dir, nodes };
  await Promise.all(nodes.map((node) => node.kill()));
  await rm(dir, { recursive: true, force: true });
  if (tries <= 1) throw failed.reason;
  return startNodes(options, tries - 1);
};

/** Three servers that have met and chosen who leads them; gone, with their stores, when the scope ends. */
export const startNatsCluster = async (options: NatsClusterOptions = {}): Promise<NatsCluster> => {
  const { dir, nodes } = await startNodes(options);
  const healthy = async (timeoutMs = 30_000): Promise<void> => {
    const well = new Set<NatsNode>();
    if (await eventually(() => allHealthy(nodes, well), timeoutMs)) return;
    throw new Error(
      `the cluster is not healthy: ${nodes.map((node) => node.log().slice(-1_000)).join("\n")}`,
    );
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.kill()));
    await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  await healthy().catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
  return {
    nodes,
    url: nodes.map(({ url }) => url).join(","),
    monitorUrl: nodes.map(({ monitorUrl }) => monitorUrl).join(","),
    leaderOf: (stream) => leaderAmong(nodes, stream),
    healthy,
    [Symbol.asyncDispose]: dispose,
  };
};
