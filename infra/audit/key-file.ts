import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const keyBytes = 32;
const fileIn = (dataDir: string): string => join(dataDir, "audit.key");

/** The key of a hub that was given none. `undefined`: there is none yet. */
export const readAuditKey = (dataDir: string): Promise<string | undefined> =>
  readFile(fileIn(dataDir), "utf8").catch(() => undefined);

/**
 * The key of the chain of looks, made at first use and readable by this user alone. It stands beside the servers' stores and not in
 * them, and in no backup: whoever gets hold of those cannot make a chain that fits.
 */
export const keptAuditKey = async (dataDir: string): Promise<string> => {
  const known = await readAuditKey(dataDir);
  if (known !== undefined) return known;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${fileIn(dataDir)}.${randomUUID()}`;
  const made = randomBytes(keyBytes).toString("base64url");
  await writeFile(draft, made, { mode: 0o600, flush: true });
  // It appears whole or not at all, and one that is there stays.
  await link(draft, fileIn(dataDir)).catch(() => undefined);
  await rm(draft, { force: true });
  return (await readAuditKey(dataDir)) ?? made;
};
