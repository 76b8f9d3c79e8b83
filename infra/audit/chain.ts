import { createHmac } from "node:crypto";
import type { AuditEntry, SealedEntry } from "../../contracts/messages/audit.ts";

/** Where a chain stands: the number and the hash of its last entry. */
export type Head = { no: number; hash: string };
export const noHead: Head = { no: 0, hash: "" };

/** Keyed: whoever can write to the store, and has not the key, cannot make a chain that fits. */
const hashOf = (key: string, { no, hash }: Head, entry: AuditEntry): string =>
  createHmac("sha256", key)
    .update(JSON.stringify([no + 1, hash, entry]))
    .digest("hex");

/** The next entries of a chain. */
export const seal = (key: string, head: Head, entries: readonly AuditEntry[]): SealedEntry[] => {
  const sealed: SealedEntry[] = [];
  for (const entry of entries) {
    const last = sealed.at(-1) ?? head;
    sealed.push({ no: last.no + 1, before: last.hash, hash: hashOf(key, last, entry), entry });
  }
  return sealed;
};

/** What is wrong with a chain, and at which entry. */
type Broken = { no: number; what: "changed" | "missing" | "out-of-order" | "cut-short" };

type Follower = {
  take: (sealed: SealedEntry) => void;
  end: () => { first: number; head: Head; broken: Broken[] };
};

/** Follows a chain entry by entry. `known`: a head that was noted elsewhere before, and must be in the chain still. */
export const createFollower = (key: string, known?: Head): Follower => {
  let head: Head | undefined;
  let first: number | undefined;
  const broken: Broken[] = [];
  const placeOf = ({ no }: SealedEntry, last: Head): Broken["what"] | undefined => {
    if (no === last.no + 1) return undefined;
    return no > last.no + 1 ? "missing" : "out-of-order";
  };
  return {
    take: (sealed: SealedEntry): void => {
      first ??= sealed.no;
      // Before the first that is kept there may have been others: their hash is taken for granted, its own entry is not.
      const last = head ?? { no: sealed.no - 1, hash: sealed.before };
      const misplaced = placeOf(sealed, last);
      if (misplaced !== undefined) broken.push({ no: sealed.no, what: misplaced });
      const own = hashOf(key, { no: sealed.no - 1, hash: sealed.before }, sealed.entry) === sealed.hash;
      const follows = misplaced !== undefined || sealed.before === last.hash;
      const isKnown = sealed.no !== known?.no || sealed.hash === known.hash;
      if (!own || !follows || !isKnown) broken.push({ no: sealed.no, what: "changed" });
      head = { no: sealed.no, hash: sealed.hash };
    },
    end: () => {
      const end = head ?? noHead;
      const isShort = known !== undefined && end.no < known.no;
      return {
        first: first ?? 0,
        head: end,
        broken: isShort ? [...broken, { no: end.no, what: "cut-short" }] : broken,
      };
    },
  };
};
