import { isLeftAlone } from "./names.ts";

/** What a look at one name in `in` shows. `name` is `undefined` when it is not UTF-8. Times in milliseconds. */
export type Seen = {
  name: string | undefined;
  kind: "file" | "directory" | "link" | "other";
  sizeBytes: number;
  mtimeMs: number;
  ino: number;
};

/** The same file in the same state, and since when we see it so. */
export type Look = Pick<Seen, "sizeBytes" | "mtimeMs" | "ino"> & { sinceMs: number };

/**
 * `left-alone`: unfinished by its name, or none of ours. `never`: no file, so it stays where it is and a person is told.
 * `wait`: perhaps still being written. `ready`: whole, as far as can be seen from outside; `patient` when it has rested so
 * long that it is taken even though it ends in the midst of something.
 */
export type Verdict =
  | { kind: "left-alone" }
  | { kind: "never"; what: "directory" | "link" | "other" }
  | { kind: "wait"; look: Look }
  | { kind: "ready"; look: Look; patient: boolean };

export type Circumstances = {
  /** The look before this one, if there was one. */
  before: Look | undefined;
  /** The other names in the folder. */
  beside: ReadonlySet<string>;
  /** The machine's clock, for the file's own time. */
  nowMs: number;
  /** For how long it looks the same: a clock that is set must neither hasten nor hold up a file. */
  steadyMs: number;
  settleMs: number;
};

export const isSame = (a: Omit<Look, "sinceMs">, b: Omit<Look, "sinceMs">): boolean =>
  a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs && a.ino === b.ino;

/** By the file's own time; a time that has not come yet is another machine's clock, and says nothing. */
export const hasRested = (mtimeMs: number, nowMs: number, settleMs: number): boolean =>
  mtimeMs > nowMs || nowMs - mtimeMs >= settleMs;

/** How much longer a file rests that seems to be cut off, before it is taken as it is and refused. */
const patience = 10;

/**
 * Whether a file of `in` may be taken: unchanged over two looks that are the settle time apart, and as old itself. Both are
 * asked, since a copy may carry an old time of its own, and a clock may be wrong.
 */
export const judge = (seen: Seen, { before, beside, nowMs, steadyMs, settleMs }: Circumstances): Verdict => {
  if (isLeftAlone(seen.name, beside)) return { kind: "left-alone" };
  if (seen.kind !== "file") return { kind: "never", what: seen.kind };
  const { sizeBytes, mtimeMs, ino } = seen;
  const unchanged = before !== undefined && isSame(before, seen);
  const look = { sizeBytes, mtimeMs, ino, sinceMs: unchanged ? before.sinceMs : steadyMs };
  const restsMs = steadyMs - look.sinceMs;
  if (!unchanged || restsMs < settleMs || !hasRested(mtimeMs, nowMs, settleMs)) return { kind: "wait", look };
  return { kind: "ready", look, patient: restsMs >= settleMs * patience };
};

const blanks = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20]);
const ends = new Set([0x3e, 0x7d]);

/**
 * Whether a file's last bytes look like the end of a document: `>` or `}`, in any encoding. Two halves of a letter are told
 * apart by nothing else when a copy stands still for a while.
 */
export const endsWhole = (tail: Uint8Array): boolean => {
  const last = tail.findLast((byte) => !blanks.has(byte));
  return last === undefined || ends.has(last);
};
