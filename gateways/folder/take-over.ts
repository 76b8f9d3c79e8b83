import { hostname } from "node:os";
import { join } from "node:path";
import { claimsOf } from "./claims.ts";
import { isGone, type Owner, ownerName, ownerOf } from "./core/after-crash.ts";
import { move, removeEmpty, removeTree, textNamesIn, touchedMs } from "./files.ts";
import { claimsIn, draftsIn, type OrganisationFolders, stagedIn } from "./organisation-folders.ts";

/** The gateways that run in this process now, by owner name. */
const running = new Set<string>();
let parts = 0;

/** A name for a gateway that starts now. `run` is the same for all of this process, and of no other. */
export const newOwner = (run: string): { me: Owner; leave: () => void } => {
  const me = { host: hostname(), pid: process.pid, run, part: parts++ };
  const name = ownerName(me);
  running.add(name);
  return { me, leave: () => void running.delete(name) };
};

const pidRuns = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

/** When each other owner last gave another sign of life than before, by a time of our own that goes on evenly. */
export type Others = { me: Owner; heard: Map<string, { touched: number | undefined; atMs: number }> };
export const othersSeenBy = (me: Owner): Others => ({ me, heard: new Map() });

/**
 * Two machines' clocks are not compared, nor ours with itself after it was set: who was looked at for the first time a moment ago
 * is silent for a moment.
 */
const silentFor = (
  { heard }: Others,
  name: string,
  sign: { touched: number | undefined; nowMs: number },
): number => {
  const before = heard.get(name);
  if (before !== undefined && before.touched === sign.touched) return sign.nowMs - before.atMs;
  heard.set(name, { touched: sign.touched, atMs: sign.nowMs });
  return 0;
};

/** The other owners of a working folder that are gone, by name. */
const goneIn = async (
  { work, owner }: OrganisationFolders,
  others: Others,
  nowMs: number,
): Promise<string[]> => {
  const gone: string[] = [];
  const names = await textNamesIn(work);
  for (const name of others.heard.keys()) if (!names.includes(name)) others.heard.delete(name);
  for (const name of names) {
    if (name === owner) continue;
    const touched = await touchedMs(join(work, name));
    const pid = ownerOf(name)?.pid;
    const sign = {
      me: others.me,
      running,
      pidRuns: pid !== undefined && pidRuns(pid),
      silentMs: silentFor(others, name, { touched, nowMs }),
    };
    if (isGone(name, sign)) gone.push(name);
  }
  return gone;
};

/**
 * Takes over what gateways that are gone had in hand: claims become ours, each by one rename. Staged deliveries stay where
 * they are, since their owner's name is part of how the journal knows them. `nowMs`: a time that goes on evenly. @returns the places that hold staged deliveries.
 */
export const takeOver = async (
  folders: OrganisationFolders,
  others: Others,
  nowMs: number,
): Promise<{ claims: number; staged: OrganisationFolders[] }> => {
  let claims = 0;
  const staged: OrganisationFolders[] = [];
  for (const owner of await goneIn(folders, others, nowMs)) {
    const left = { ...folders, owner, own: join(folders.work, owner) };
    for (const { id, dir } of await claimsOf(left.own))
      if (await move(dir, join(claimsIn(folders.own), id))) claims += 1;
    await removeTree(draftsIn(left.own));
    for (const dir of [claimsIn(left.own), stagedIn(left.own)]) await removeEmpty(dir);
    if (!(await removeEmpty(left.own))) staged.push(left);
  }
  return { claims, staged };
};
