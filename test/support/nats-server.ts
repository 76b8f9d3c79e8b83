import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer } from "../../infra/embedded/binaries.ts";
import { type ServerProcess, startProcess } from "./server-process.ts";

export type NatsServerOptions = {
  /** fsync before every acknowledgement, as in production. Off makes a test of pure behaviour faster. */
  readonly syncAlways?: boolean;
  /** More lines of nats-server configuration, e.g. `authorization { token: "t" }`. */
  readonly config?: string;
};

/** One private JetStream server on ports the kernel picks; gone, with its store, when the scope ends. */
export type NatsServer = AsyncDisposable & {
  readonly url: string;
  readonly monitorUrl: string;
  readonly storeDir: string;
  readonly pid: () => number;
  readonly log: () => string;
  /** SIGKILL, as a crash would; the store stays. */
  readonly kill: () => Promise<void>;
  /** The same store and the same ports again, so that connected clients find their way back. */
  readonly restart: () => Promise<void>;
};

type Ports = { nats: string; monitor: string };

const portsOf = async (dir: string, pid: number): Promise<Ports | undefined> => {
  const file = (await readdir(dir)).find((name) => name.endsWith(`_${pid}.ports`));
  const text = file === undefined ? "" : await readFile(join(dir, file), "utf8");
  if (text === "") return undefined;
  const { nats, monitoring } = JSON.parse(text) as { nats: [string]; monitoring: [string] };
  return { nats: nats[0], monitor: monitoring[0] };
};

const portIn = (url: string | undefined): string => (url === undefined ? "-1" : new URL(url).port);

const configText = (dir: string, options: NatsServerOptions, ports: Ports | undefined): string =>
  `listen: "127.0.0.1:${portIn(ports?.nats)}"
http: "127.0.0.1:${portIn(ports?.monitor)}"
ports_file_dir: ${JSON.stringify(dir)}
max_payload: 8MB
jetstream { store_dir: ${JSON.stringify(dir)}${options.syncAlways === false ? "" : ", sync_interval: always"} }
${options.config ?? ""}
`;

const healthy = (monitor: string): Promise<boolean> =>
  fetch(`${monitor}/healthz`).then(
    async (response) => {
      await response.text();
      return response.ok;
    },
    () => false,
  );

export const startNatsServer = async (options: NatsServerOptions = {}): Promise<NatsServer> => {
  const { path: binary } = await findServer("nats-server");
  const dir = await mkdtemp(join(tmpdir(), "sb-nats-"));
  const config = join(dir, "nats.conf");
  let ports: Ports | undefined;
  const start = async (): Promise<ServerProcess> => {
    await writeFile(config, configText(dir, options, ports));
    return startProcess(binary, ["-c", config], async (pid) => {
      const now = await portsOf(dir, pid);
      if (now === undefined || !(await healthy(now.monitor))) return false;
      ports = now;
      return true;
    });
  };
  let server = await start();
  const address = (): Ports => ports ?? { nats: "", monitor: "" };
  return {
    url: address().nats,
    monitorUrl: address().monitor,
    storeDir: join(dir, "jetstream"),
    pid: () => server.pid,
    log: () => server.log(),
    kill: () => server.end("SIGKILL"),
    restart: async () => {
      await server.end("SIGKILL");
      server = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await server.end("SIGKILL");
      await rm(dir, { recursive: true, force: true });
    },
  };
};
