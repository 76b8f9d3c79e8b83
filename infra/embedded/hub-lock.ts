import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { EmbeddedError } from "./embedded-error.ts";
import { stampOf } from "./process-identity.ts";

const Owner = z.object({ pid: z.number(), stamp: z.string(), token: z.string(), since: z.string() });
export type HubOwner = z.infer<typeof Owner>;
export type HubLock = { readonly release: () => Promise<void> };

const lockFile = (dataDir: string): string => join(dataDir, "hub.lock");

const read = async (file: string): Promise<HubOwner | undefined> => {
  const text = await readFile(file, "utf8").catch(() => "");
  try {
    return Owner.parse(JSON.parse(text));
  } catch {
    // The file is written before it gets its name, so what cannot be read is damage, and nobody's.
    return undefined;
  }
};

const isLive = async (owner: HubOwner): Promise<boolean> => (await stampOf(owner.pid)) === owner.stamp;

/** The live hub that holds this data folder, if any. */
export const hubOwner = async (dataDir: string): Promise<HubOwner | undefined> => {
  const owner = await read(lockFile(dataDir));
  return owner !== undefined && (await isLive(owner)) ? owner : undefined;
};

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Atomic: the lock appears with its whole content or not at all. */
const tryCreate = async (dataDir: string, owner: HubOwner): Promise<boolean> => {
  const draft = `${lockFile(dataDir)}.${owner.token}`;
  await writeFile(draft, JSON.stringify(owner));
  try {
    await link(draft, lockFile(dataDir));
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
};

/** Puts a dead hub's lock aside. Should another hub have taken it meanwhile, that hub's lock is put back. */
const removeStale = async (dataDir: string, stale: HubOwner | undefined): Promise<void> => {
  const aside = `${lockFile(dataDir)}.${randomUUID()}`;
  await rename(lockFile(dataDir), aside).catch((error: unknown) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
  const moved = await read(aside);
  if (moved !== undefined && moved.token !== stale?.token)
    await link(aside, lockFile(dataDir)).catch((error: unknown) => {
      if (!hasCode(error, "EEXIST")) throw error;
    });
  await rm(aside, { force: true });
};

const alreadyRunning = (dataDir: string, owner: HubOwner): EmbeddedError =>
  new EmbeddedError(
    "hub-already-running",
    `Another hub (process ${owner.pid}, since ${owner.since}) uses ${dataDir}. Stop it, or give this one a data folder of its own with SEKTORBRO_DATA.`,
  );

/**
 * Takes the data folder for this process. Two nats-servers on one folder start happily and then lose acknowledged messages
 * (measured: 400 of 500), so a live owner is refused with `hub-already-running`; a dead one's lock is taken over.
 */
export const acquireHubLock = async (dataDir: string): Promise<HubLock> => {
  const me = { pid: process.pid, token: randomUUID(), since: new Date().toISOString() };
  const owner: HubOwner = { ...me, stamp: (await stampOf(process.pid)) ?? "" };
  for (;;) {
    if (await tryCreate(dataDir, owner)) break;
    const other = await read(lockFile(dataDir));
    if (other !== undefined && (await isLive(other))) throw alreadyRunning(dataDir, other);
    await removeStale(dataDir, other);
  }
  return {
    release: async () => {
      const now = await read(lockFile(dataDir));
      if (now?.token === owner.token) await rm(lockFile(dataDir), { force: true });
    },
  };
};
