import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { EmbeddedError } from "./embedded-error.ts";
import { storeLimitBytes, tailOf } from "./folder-space.ts";
import { httpGet } from "./http-get.ts";
import type { ServerSpec } from "./supervisor.ts";

type NatsPorts = { readonly natsUrl: string; readonly natsMonitorUrl: string };
export type NatsChild = { readonly spec: ServerSpec; readonly ports: () => NatsPorts };

export type NatsConfig = {
  readonly dir: string;
  readonly storeDir: string;
  /** The ports of the server's first start in this hub's life; absent: the kernel picks. */
  readonly ports: NatsPorts | undefined;
  readonly syncAlways: boolean;
  readonly maxFileStoreBytes: number;
  /** Of the one user: without it another user of this machine could read the journal on its loopback. */
  readonly password: string;
  /** Whether the store is encrypted, with the key in the server's environment. */
  readonly encrypted: boolean;
};

/** The variable that tells the server its key: in the file of its configuration it would lie beside what it locks. */
const storeKeyVariable = "SEKTORBRO_STORE_KEY";
const user = "hub";

const address = (url: string | undefined): string =>
  `127.0.0.1:${url === undefined ? -1 : new URL(url).port}`;

/** nats-server's configuration (nats-server 2.10 reference; `sync_interval: always` is what makes an acknowledgement true). */
export const natsConfigText = (config: NatsConfig): string => `# Written by the hub at every start.
server_name: "sektorbro"
listen: "${address(config.ports?.natsUrl)}"
http: "${address(config.ports?.natsMonitorUrl)}"
ports_file_dir: ${JSON.stringify(join(config.dir, "ports"))}
log_file: ${JSON.stringify(join(config.dir, "nats.log"))}
logfile_size_limit: 10MB
max_payload: 8MB
authorization { user: "${user}", password: ${JSON.stringify(config.password)} }
jetstream {
  store_dir: ${JSON.stringify(config.storeDir)}
  max_memory_store: 64MB
  max_file_store: ${config.maxFileStoreBytes}
${config.encrypted ? `  cipher: aes\n  key: $${storeKeyVariable}\n` : ""}${config.syncAlways ? "  sync_interval: always\n" : ""}}
`;

const PortsFile = z.object({ nats: z.tuple([z.string()]), monitoring: z.tuple([z.string()]) });

const portsOf = async (folder: string, pid: number): Promise<NatsPorts | undefined> => {
  // The file is called <name of the executable>_<pid>.ports, whatever the executable is called.
  const name = (await readdir(folder).catch((): string[] => [])).find((file) =>
    file.endsWith(`_${pid}.ports`),
  );
  const text = name === undefined ? "" : await readFile(join(folder, name), "utf8").catch(() => "");
  if (!text.endsWith("}")) return undefined;
  const { nats, monitoring } = PortsFile.parse(JSON.parse(text));
  return { natsUrl: nats[0], natsMonitorUrl: monitoring[0] };
};

const notReady = async (dir: string): Promise<EmbeddedError> => {
  const said = `${await tailOf(join(dir, "stderr.log"))}\n${await tailOf(join(dir, "nats.log"))}`.trim();
  return new EmbeddedError("server-not-ready", `nats-server did not become ready. Its last words:\n${said}`);
};

export type NatsChildOptions = {
  readonly binary: string;
  readonly dir: string;
  readonly syncAlways: boolean;
  readonly password: string;
  /** What the store is encrypted with; absent: it is not. */
  readonly storeKey?: string | undefined;
};

/** The address with its user: who reads the file of addresses may connect, and nobody else. */
const signedIn = ({ natsUrl, ...rest }: NatsPorts, password: string): NatsPorts => ({
  ...rest,
  natsUrl: natsUrl.replace("//", `//${user}:${password}@`),
});

/** The nats-server of one data folder. Its ports are the kernel's choice once and the same for all later starts. */
export const natsChild = ({ binary, dir, syncAlways, password, storeKey }: NatsChildOptions): NatsChild => {
  const storeDir = join(dir, "store");
  let ports: NatsPorts | undefined;
  const spec: ServerSpec = {
    name: "nats",
    dir,
    argv: [binary, "-c", join(dir, "nats.conf")],
    ...(storeKey === undefined ? {} : { env: { [storeKeyVariable]: storeKey } }),
    readyTimeoutMs: 60_000,
    prepare: async () => {
      await rm(join(dir, "ports"), { recursive: true, force: true });
      await mkdir(join(dir, "ports"), { recursive: true });
      const maxFileStoreBytes = await storeLimitBytes(dir, storeDir);
      const encrypted = storeKey !== undefined;
      const text = natsConfigText({
        ...{ dir, storeDir, ports, syncAlways, maxFileStoreBytes, password, encrypted },
      });
      await writeFile(join(dir, "nats.conf"), text, { mode: 0o600 });
    },
    isReady: async (pid) => {
      const now = await portsOf(join(dir, "ports"), pid);
      if (now === undefined || (await httpGet(`${now.natsMonitorUrl}/healthz`))?.status !== 200) return false;
      ports = now;
      return true;
    },
    repair: () => Promise.resolve(false),
    explain: () => notReady(dir),
  };
  return {
    spec,
    ports: () => {
      if (ports === undefined) throw new Error("nats-server has not been ready yet");
      return signedIn(ports, password);
    },
  };
};
