import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { leaksIn } from "./run-log.ts";

/** What Node and the system write when a program breaks, or somebody asks what is in it: all of its memory, perhaps. */
const dump =
  /^(?:core(?:\.\d+)?|vgcore\.\d+|report\..*\.json|.*\.heapsnapshot|.*\.heapprofile|.*\.cpuprofile|npm-debug\.log)$/;
/** Folders of the tests' own and of the hub's. */
const ours = /^(?:sb-|sektorbro-)/;

type Places = { temporary: string; here: string; sinceMs: number };
type LeftBehind = { names: number; dumps: number; leaks: string[] };

const entriesOf = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    // Another test of the machine cleans up after itself just now.
    return [];
  }
};
const isOfThisRun = (path: string, sinceMs: number): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= sinceMs;

/** Stores hold content on purpose; what a file is called holds none, and a dump is not to be there with any. */
export const searchLeftBehind = ({ temporary, here, sinceMs }: Places): LeftBehind => {
  const folders = readdirSync(temporary)
    .filter((name) => ours.test(name))
    .map((name) => join(temporary, name))
    .filter((path) => isOfThisRun(path, sinceMs));
  const paths = folders.flatMap((folder) => [
    folder,
    ...entriesOf(folder).map(({ parentPath, name }) => join(parentPath, name)),
  ]);
  const dumps = [here, temporary].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => dump.test(name))
      .map((name) => join(folder, name))
      .filter((path) => isOfThisRun(path, sinceMs)),
  );
  const inNames = paths.filter((path) => leaksIn(path).length > 0);
  const inDumps = dumps.filter((path) => leaksIn(readFileSync(path, "latin1")).length > 0);
  return { names: paths.length, dumps: dumps.length, leaks: [...inNames, ...inDumps] };
};
