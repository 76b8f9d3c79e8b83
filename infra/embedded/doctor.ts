import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { Fault } from "../../contracts/errors.ts";
import { compareVersions, serverFloors } from "./binaries.ts";
import { httpGet } from "./http-get.ts";

/** What a nats-server's monitoring tells of itself. */
export type ServerFacts = {
  /** `major.minor.patch`. */
  readonly version: string;
  readonly jetstream: boolean;
  /** Whether an acknowledged message has been fsynced: `sync_interval: always` in its configuration. */
  readonly syncAlways: boolean;
  readonly storeDir: string;
  readonly maxStorageBytes: number;
  readonly maxPayloadBytes: number;
  /** `/healthz` says 200: every stream and consumer was recovered. */
  readonly healthy: boolean;
  /** The `+S` attribute of the store folder could be read on this machine and is set. */
  readonly storeSynchronous: boolean;
};

const Varz = z.object({ version: z.string(), max_payload: z.number() });
/** `sync_always` is left out of the answer when it is false, and servers before 2.10.0 do not know it. */
const Jsz = z.object({
  disabled: z.boolean().default(false),
  config: z
    .object({
      store_dir: z.string().default(""),
      sync_always: z.boolean().default(false),
      max_storage: z.number().default(0),
    })
    .prefault({}),
});

const answer = async <T>(url: string, schema: z.ZodType<T>): Promise<T> => {
  const reply = await httpGet(url);
  if (reply?.status !== 200) throw new Fault("journal-unavailable");
  try {
    return schema.parse(JSON.parse(reply.body));
  } catch (cause) {
    throw new Fault("journal-unavailable", { cause });
  }
};

const isLoopback = (url: string): boolean => /^(127\.|localhost$|\[::1\])/.test(new URL(url).hostname);
const run = promisify(execFile);

/** Whether the folder carries the ext4 attribute that makes every write to a file in it synchronous (chattr(1), `S`). */
export const isSynchronous = async (dir: string): Promise<boolean> =>
  run("lsattr", ["-d", dir]).then(
    ({ stdout }) => /^\S*S\S*\s/.test(stdout),
    () => false,
  );

/**
 * Reads a server's facts from its monitoring address, e.g. `http://127.0.0.1:8222`.
 * Throws `Fault` `journal-unavailable` when it does not answer.
 */
export const inspectServer = async (natsMonitorUrl: string): Promise<ServerFacts> => {
  const base = natsMonitorUrl.replace(/\/+$/, "");
  const varz = await answer(`${base}/varz`, Varz);
  const jsz = await answer(`${base}/jsz?config=1`, Jsz);
  const health = await httpGet(`${base}/healthz`);
  const storeDir = jsz.config.store_dir;
  return {
    version: /^v?(\d+\.\d+\.\d+)/.exec(varz.version)?.[1] ?? "0.0.0",
    jetstream: !jsz.disabled && storeDir !== "",
    syncAlways: jsz.config.sync_always,
    storeDir,
    maxStorageBytes: jsz.config.max_storage,
    maxPayloadBytes: varz.max_payload,
    healthy: health?.status === 200,
    // A folder of the same name on another machine proves nothing.
    storeSynchronous: storeDir !== "" && isLoopback(base) && (await isSynchronous(storeDir)),
  };
};

/**
 * Why an acknowledged message could be lost.
 * `monitoring-unknown`: no monitoring address, so nothing can be verified. `jetstream-off`: nothing is stored at all.
 * `crash-loses-streams`: 2.10.20 to 2.10.22 lost whole streams when their process crashed (nats-server #6888).
 * `version-too-old`: before 2.10.23, without a synchronous store folder. `fsync-off`: `sync_interval` is not `always`.
 */
export type UnsafeReason =
  | "monitoring-unknown"
  | "jetstream-off"
  | "crash-loses-streams"
  | "version-too-old"
  | "fsync-off";
export type Durability =
  | { readonly kind: "safe" }
  | { readonly kind: "unsafe"; readonly reason: UnsafeReason };

const unsafe = (reason: UnsafeReason): Durability => ({ kind: "unsafe", reason });
const olderThan = (version: string, other: string): boolean => compareVersions(version, other) < 0;

/** Whether an acknowledgement of this server is a promise that a power cut does not break (design, section 2). */
export const durabilityOf = (facts: ServerFacts | undefined): Durability => {
  if (facts === undefined) return unsafe("monitoring-unknown");
  if (!facts.jetstream) return unsafe("jetstream-off");
  const old = olderThan(facts.version, serverFloors["nats-server"]);
  if (old && !olderThan(facts.version, "2.10.20")) return unsafe("crash-loses-streams");
  if (old) return facts.storeSynchronous ? { kind: "safe" } : unsafe("version-too-old");
  return facts.syncAlways ? { kind: "safe" } : unsafe("fsync-off");
};

/** What a person should do about it. */
export const unsafeAdvice: Readonly<Record<UnsafeReason, string>> = {
  "monitoring-unknown":
    "Give nats-server a monitoring port (http: 8222) and the hub its address in NATS_MONITOR_URL.",
  "jetstream-off": "Turn JetStream on in nats-server's configuration.",
  "crash-loses-streams": `Upgrade nats-server to ${serverFloors["nats-server"]} or newer.`,
  "version-too-old": `Upgrade nats-server to ${serverFloors["nats-server"]} or newer, or set chattr +S on its empty store folder before its first start.`,
  "fsync-off": 'Put "sync_interval: always" into the jetstream block of nats-server\'s configuration.',
};
