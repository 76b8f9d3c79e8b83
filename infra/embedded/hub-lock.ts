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

/** Atomic: the file appears with its whole content or not at all. @returns false when it is there already */
const linked = async (draft: string, file: string): Promise<boolean> => {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
};

/** Who has this file takes the place of a dead hub, and nobody else: of all that want it one can make it. */
const heirFile = (dataDir: string, dead: HubOwner | undefined): string =>
  `${lockFile(dataDir)}.after-${dead?.token ?? "damage"}`;

/**
 * Takes a dead hub's place; or that of one that died while it did so.
 * @returns false when another hub is doing that, or has done it: look again
 */
const inherit = async (dataDir: string, draft: string, dead: HubOwner | undefined): Promise<boolean> => {
  const heirs = [heirFile(dataDir, dead)];
  while (!(await linked(draft, heirs.at(-1) ?? ""))) {
    const heir = await read(heirs.at(-1) ?? "");
    if (heir === undefined || (await isLive(heir))) return false;
    heirs.push(heirFile(dataDir, heir));
  }
  // Only heirs replace a lock, and there is one: what is read now is what is replaced. It may be another hub's by now.
  const isStill = (await read(lockFile(dataDir)))?.token === dead?.token;
  if (isStill) await rename(draft, lockFile(dataDir));
  for (const file of heirs) await rm(file, { force: true });
  return isStill;
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
  const draft = `${lockFile(dataDir)}.${owner.token}`;
  await writeFile(draft, JSON.stringify(owner));
  try {
    while (!(await linked(draft, lockFile(dataDir)))) {
      const other = await read(lockFile(dataDir));
      if (other !== undefined && (await isLive(other))) throw alreadyRunning(dataDir, other);
      if (await inherit(dataDir, draft, other)) break;
    }
  } finally {
    await rm(draft, { force: true });
  }
  return {
    release: async () => {
      const now = await read(lockFile(dataDir));
      if (now?.token === owner.token) await rm(lockFile(dataDir), { force: true });
    },
  };
};
