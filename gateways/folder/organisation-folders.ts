import { join } from "node:path";
import { type FolderName, folderNames, workName } from "./core/names.ts";
import { deviceOf, makeOwn, makeShared } from "./files.ts";

/** One organisation's folders, and the place of this gateway among those that work on them. */
export type OrganisationFolders = {
  gln: string;
  dir: string;
  /** Where everything is that is in hand, of every gateway. */
  work: string;
  /** This gateway's own place in there, by its name; of another: the place it left behind. */
  own: string;
  owner: string;
};

export const foldersOf = (root: string, gln: string, owner: string): OrganisationFolders => {
  const dir = join(root, gln);
  const work = join(dir, workName);
  return { gln, dir, work, owner, own: join(work, owner) };
};

export const folderIn = ({ dir }: OrganisationFolders, name: FolderName): string => join(dir, name);
/** One folder for each file that was claimed. */
export const claimsIn = (place: string): string => join(place, "in");
/** Printed deliveries, whole and on disk, that are not in `out` yet. */
export const stagedIn = (place: string): string => join(place, "out");
/** What is being written. */
export const draftsIn = (place: string): string => join(place, "drafts");

/**
 * A name that cannot be used as a folder: `missing`; `no-folder` (a file, or a link, which is never followed);
 * `other-file-system`: renaming from one to the other would not be atomic.
 */
export type FolderTrouble = { folder: string; trouble: "missing" | "no-folder" | "other-file-system" };

const deviceOrTrouble = async (dir: string): Promise<number | "missing" | "no-folder"> => {
  try {
    return (await deviceOf(dir)) ?? "missing";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return "no-folder";
    throw error;
  }
};

/** What is wrong with the folders of an organisation, each that is there looked at. */
export const troublesOf = async (root: string, gln: string): Promise<FolderTrouble[]> => {
  const dir = join(root, gln);
  const whole = await deviceOrTrouble(dir);
  if (typeof whole === "string") return [{ folder: ".", trouble: whole }];
  const found: FolderTrouble[] = [];
  for (const folder of [...folderNames, workName]) {
    const device = await deviceOrTrouble(join(dir, folder));
    if (typeof device === "string") found.push({ folder, trouble: device });
    else if (device !== whole) found.push({ folder, trouble: "other-file-system" });
  }
  return found;
};

const mkdirUnlessThere = async (dir: string): Promise<void> => {
  try {
    await makeShared(dir);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
};

/**
 * Makes what is missing in an organisation's folder, and that folder itself where the directory delivers there: what somebody
 * made by hand and took away again stays away. @returns what is wrong all the same; then nothing may be done in them.
 */
export const prepare = async (
  root: string,
  folders: OrganisationFolders,
  makesWhole: boolean,
): Promise<FolderTrouble[]> => {
  const troubles = await troublesOf(root, folders.gln);
  const gone = troubles.some(({ folder, trouble }) => folder === "." && trouble === "missing");
  if (gone && !makesWhole) return troubles;
  const others = troubles.filter(({ trouble }) => trouble !== "missing");
  if (others.length > 0) return others;
  if (gone) await mkdirUnlessThere(folders.dir);
  for (const name of folderNames) await mkdirUnlessThere(folderIn(folders, name));
  for (const place of [claimsIn, stagedIn, draftsIn]) await makeOwn(place(folders.own));
  return [];
};
