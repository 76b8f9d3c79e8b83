import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { compareVersions, findServer, type ServerName } from "./binaries.ts";
import { durabilityOf, inspectServer, unsafeAdvice } from "./doctor.ts";
import { freeBytes } from "./folder-space.ts";
import { hubOwner } from "./hub-lock.ts";
import { endpointsFile } from "./start-embedded.ts";

/** One thing `sektorbro doctor` looked at. `whatToDo` is empty when it is `ok`. */
export type Check = {
  readonly name: string;
  readonly status: "ok" | "warn" | "bad";
  readonly detail: string;
  readonly whatToDo: string;
};

export type DoctorOptions = {
  readonly dataDir: string;
  readonly natsServerBin?: string | undefined;
  readonly redisServerBin?: string | undefined;
  /** Of a NATS that is not the hub's own child. */
  readonly natsMonitorUrl?: string | undefined;
  readonly nodeVersion?: string | undefined;
};

const ok = (name: string, detail: string): Check => ({ name, status: "ok", detail, whatToDo: "" });
const warn = (name: string, detail: string, whatToDo: string): Check => ({
  name,
  status: "warn",
  detail,
  whatToDo,
});
const bad = (name: string, detail: string, whatToDo: string): Check => ({
  name,
  status: "bad",
  detail,
  whatToDo,
});

const oldestNode = "20.19.0";
const checkNode = (version: string): Check =>
  compareVersions(version, oldestNode) >= 0
    ? ok("node", version)
    : bad("node", version, `Install Node ${oldestNode} or newer.`);

const checkServer = (name: ServerName, explicit: string | undefined): Promise<Check> =>
  findServer(name, explicit).then(
    (found) => ok(name, `${found.version} (${found.path})`),
    (error: unknown) => bad(name, "not usable", error instanceof Error ? error.message : ""),
  );

const checkFolder = async (dataDir: string): Promise<Check> => {
  const probe = join(dataDir, `.probe-${randomUUID()}`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, "");
    await rm(probe);
    return ok("data-folder", dataDir);
  } catch {
    return bad(
      "data-folder",
      `${dataDir} cannot be written`,
      "Make it writable, or name another one in SEKTORBRO_DATA.",
    );
  }
};

const gigabyte = 1024 ** 3;
/** Of free disk: below the first the journal may fill up within hours, below the second within days. */
export const diskStatus = (free: number): Check => {
  const detail = `${(free / gigabyte).toFixed(1)} GB free`;
  if (free < gigabyte)
    return bad("disk", detail, "Free some space: a full disk makes the hub refuse what is sent.");
  if (free < 5 * gigabyte) return warn("disk", detail, "Plan for more space.");
  return ok("disk", detail);
};

const checkDisk = (dataDir: string): Promise<Check> =>
  freeBytes(dataDir).then(diskStatus, () => warn("disk", "unknown", "Make the data folder; then ask again."));

const Endpoints = z.object({ natsMonitorUrl: z.string() });
const monitorOf = async (dataDir: string): Promise<string | undefined> => {
  const text = await readFile(endpointsFile(dataDir), "utf8").catch(() => "");
  return text === "" ? undefined : Endpoints.safeParse(JSON.parse(text)).data?.natsMonitorUrl;
};

const checkDurability = async (monitorUrl: string | undefined): Promise<Check> => {
  const facts = monitorUrl === undefined ? undefined : await inspectServer(monitorUrl).catch(() => undefined);
  const durability = durabilityOf(facts);
  const version = facts === undefined ? "no answer" : `nats-server ${facts.version}`;
  if (durability.kind === "safe") return ok("durability", `${version}, every acknowledgement is fsynced`);
  return bad("durability", `${version}: ${durability.reason}`, unsafeAdvice[durability.reason]);
};

const checkHub = async (options: DoctorOptions): Promise<Check[]> => {
  const owner = await hubOwner(options.dataDir);
  const monitors = options.natsMonitorUrl?.split(",") ?? [];
  // Of a cluster each server by itself: an acknowledgement is as good as what most of them do.
  if (monitors.length > 0) return Promise.all(monitors.map(checkDurability));
  if (owner === undefined) return [ok("hub", "none is running on this data folder")];
  const running = ok("hub", `process ${owner.pid} since ${owner.since}`);
  return [running, await checkDurability(await monitorOf(options.dataDir))];
};

/** Everything that can be wrong with this machine, best read from the top. Changes nothing but a probe file. */
export const doctor = async (options: DoctorOptions): Promise<readonly Check[]> => [
  checkNode(options.nodeVersion ?? process.versions.node),
  await checkServer("nats-server", options.natsServerBin),
  await checkServer("redis-server", options.redisServerBin),
  await checkFolder(options.dataDir),
  await checkDisk(options.dataDir),
  ...(await checkHub(options)),
];
