import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { developmentToken } from "../../gateways/http/main.ts";
import type { Actor } from "./actor.ts";
import { type HubActor, hubActor } from "./hub-program.ts";
import { directoryFor, everybody, operatorGln } from "./parties.ts";
import { type ReceiversActor, receiversActor } from "./receivers.ts";
import { type Relay, startRelay } from "./relay.ts";

/** Everything that a run happens to: the processes by name, and the wires between them that can be cut. */
export type World = AsyncDisposable & {
  hubs: readonly HubActor[];
  receivers: ReceiversActor;
  actors: ReadonlyMap<string, Actor>;
  wires: ReadonlyMap<string, Relay>;
  hubUrls: () => readonly string[];
  token: (hub: number, gln: string) => string;
  /** NATS as it is reached past every wire. */
  natsUrl: () => Promise<string>;
};

export type Servers = {
  actors: readonly Actor[];
  wires: ReadonlyMap<string, Relay>;
  /** Settings of the n-th hub that lead it to its servers; none: it brings its own. */
  env: (hub: number) => NodeJS.ProcessEnv;
  natsUrl: () => Promise<string>;
  /** After the hubs have stopped. */
  dispose: () => Promise<void>;
};

export type WorldOptions = {
  /** A folder of this run's own, for what the receivers wrote and the hubs' tokens; the hubs' data too, unless `dataDir` says where. */
  dir: string;
  program: string;
  hubs: number;
  dataDir?: string;
  nodeArgs?: readonly string[];
  env?: NodeJS.ProcessEnv;
  servers: (hubs: readonly HubActor[]) => Promise<Servers>;
};

/** Longer than any run: a clock that jumps must not make every caller a stranger. */
const tokenSeconds = 30 * 24 * 3_600;
const audience = "sektorbro";

const tokensOf = async (hubs: readonly HubActor[]): Promise<Map<string, string>> => {
  const tokens = new Map<string, string>();
  for (const [i, { dataDir }] of hubs.entries())
    for (const gln of [...everybody, operatorGln]) {
      const role = gln === operatorGln ? "operator" : "organisation";
      const token = await developmentToken({ dataDir, audience }, { gln, role, ttlSeconds: tokenSeconds });
      tokens.set(`${String(i)} ${gln}`, token);
    }
  return tokens;
};

const introduce = async (url: string, token: string, receiverUrl: string): Promise<void> => {
  const response = await fetch(`${url}/v1/directory/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(await directoryFor(receiverUrl)),
  });
  if (!response.ok) throw new Error(`directory: ${String(response.status)} ${await response.text()}`);
  await response.arrayBuffer();
};

const hubsOf = async (options: WorldOptions, servers: { env: Servers["env"] }): Promise<HubActor[]> => {
  const made: HubActor[] = [];
  for (let i = 0; i < options.hubs; i++) {
    const name = `hub-${String(i)}`;
    const dataDir = options.dataDir ?? join(options.dir, name);
    await mkdir(dataDir, { recursive: true });
    const { program, nodeArgs = [] } = options;
    made.push(
      hubActor({ name, program, dataDir, nodeArgs, env: () => ({ ...servers.env(i), ...options.env }) }),
    );
  }
  return made;
};

/** Starts everything, from the servers up, and puts the receivers into the directory behind a wire of their own. */
export const startWorld = async (options: WorldOptions): Promise<World> => {
  const receivers = receiversActor(join(options.dir, "received.jsonl"));
  await receivers.start();
  const toReceivers = await startRelay(() => ({ host: "127.0.0.1", port: receivers.port() }));
  let servers: Servers | undefined;
  const hubs = await hubsOf(options, { env: (i) => servers?.env(i) ?? {} });
  const end = async (): Promise<void> => {
    for (const hub of hubs) await hub.stop();
    await servers?.dispose();
    await receivers.kill();
    await toReceivers[Symbol.asyncDispose]();
  };
  try {
    servers = await options.servers(hubs);
    await Promise.all(hubs.map((hub) => hub.start()));
    const tokens = await tokensOf(hubs);
    const token = (hub: number, gln: string): string => tokens.get(`${String(hub)} ${gln}`) ?? "";
    const receiverUrl = `http://127.0.0.1:${String(toReceivers.port)}/documents`;
    await introduce(hubs[0]?.url() ?? "", token(0, operatorGln), receiverUrl);
    const actors = [...hubs, ...servers.actors, receivers];
    return {
      hubs,
      receivers,
      actors: new Map(actors.map((actor) => [actor.name, actor])),
      wires: new Map([...servers.wires, ["hub-receiver", toReceivers]]),
      hubUrls: () => hubs.map((hub) => hub.url()),
      token,
      natsUrl: servers.natsUrl,
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
};
