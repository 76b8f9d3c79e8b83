import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EmbeddedError } from "./embedded-error.ts";

export type ServerName = "nats-server" | "redis-server";
export type FoundServer = { readonly path: string; readonly version: string };

/**
 * The oldest servers the hub runs on. nats-server before 2.10.23 lost whole streams when its process crashed
 * (Jepsen, NATS 2.12.1 report, section 2; nats-server #6888).
 */
export const serverFloors = { "nats-server": "2.10.23", "redis-server": "6.0.0" } as const;
const variables = {
  "nats-server": "SEKTORBRO_NATS_SERVER",
  "redis-server": "SEKTORBRO_REDIS_SERVER",
} as const;

const numbers = (version: string): number[] => version.split(".").map(Number);

/** Negative when `a` is older than `b`, zero when they are the same; both are `major.minor.patch`. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [numbers(a), numbers(b)];
  const difference = [0, 1, 2].map((i) => (left[i] ?? 0) - (right[i] ?? 0)).find((n) => n !== 0);
  return difference ?? 0;
};

/** `nats-server: v2.10.27` and `Redis server v=7.0.15 sha=...` -> `2.10.27`, `7.0.15`. */
export const versionIn = (text: string): string | undefined => /v=?(\d+\.\d+\.\d+)/.exec(text)?.[1];

const run = promisify(execFile);
/** The version a binary tells, or `undefined` when it is not there or does not run. */
const versionOf = async (path: string): Promise<string | undefined> =>
  run(path, ["--version"], { timeout: 10_000 }).then(
    ({ stdout }) => versionIn(stdout),
    () => undefined,
  );

/** The project's own folder: sources and compiled code lie at different depths below it. */
const projectRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
};

const candidatesFor = (name: ServerName, explicit: string | undefined, env: NodeJS.ProcessEnv): string[] => {
  const named = explicit ?? env[variables[name]] ?? "";
  if (named !== "") return [named];
  const onPath = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const files = [join(projectRoot(), ".bin"), ...onPath].map((folder) => join(folder, name));
  return files.filter((file) => existsSync(file));
};

const missing = (name: ServerName): EmbeddedError =>
  new EmbeddedError(
    "server-missing",
    `${name} >= ${serverFloors[name]} was not found. Run "npm run setup", which fetches it into .bin/, or install it and name it in ${variables[name]}.`,
  );

const tooOld = (name: ServerName, found: FoundServer): EmbeddedError =>
  new EmbeddedError(
    "server-too-old",
    `${found.path} is ${name} ${found.version}; at least ${serverFloors[name]} is needed. Run "npm run setup", or name a newer one in ${variables[name]}.`,
  );

/**
 * The server to run: the one named by `explicit` or by SEKTORBRO_NATS_SERVER / SEKTORBRO_REDIS_SERVER (which must then do),
 * else the first new enough one of `.bin/` and PATH. Throws `EmbeddedError` `server-missing` or `server-too-old`.
 */
export const findServer = async (
  name: ServerName,
  explicit?: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FoundServer> => {
  let old: FoundServer | undefined;
  for (const path of candidatesFor(name, explicit, env)) {
    const version = await versionOf(path);
    if (version === undefined) continue;
    if (compareVersions(version, serverFloors[name]) >= 0) return { path, version };
    old ??= { path, version };
  }
  throw old === undefined ? missing(name) : tooOld(name, old);
};
