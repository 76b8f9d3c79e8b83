import type { Family } from "../../contracts/family.ts";
import type { CaseRecord } from "../../contracts/record.ts";

/** A case as it leaves the journal, with what its records name. */
export type Leaving = {
  caseId: string;
  records: readonly { seq: number; record: CaseRecord }[];
  /** Ids of its documents in INTAKE. */
  intakes: readonly string[];
  /** Digests of its attachments and documents in the object store. */
  objects: readonly string[];
};

/** One file of the archive: cases that were put there together. */
export type Shelf = { no: number; at: string; purged: boolean };

export type ArchivePorts = {
  shards: readonly string[];
  /** Every record that a shard of the journal holds now, in order. */
  recordsOf: (shard: string) => AsyncIterable<CaseRecord>;
  /** The whole case, wherever its records are. */
  load: (caseId: string, family?: Family) => Promise<{ record: CaseRecord; seq: number }[]>;
  /** The last sequence of a case that the archive has; `undefined`: it has none. */
  archivedUpTo: (caseId: string) => Promise<number | undefined>;
  /** Puts cases, their documents and attachments on a shelf of their own. On disk, and read back, when it returns. */
  shelve: (cases: AsyncIterable<Leaving>, at: string) => Promise<void>;
  shelves: () => Promise<readonly Shelf[]>;
  casesOn: (shelf: number) => AsyncIterable<Leaving>;
  /** Removes the records of a case from the journal, up to a sequence and with it: never what came after. */
  purgeCase: (leaving: Leaving) => Promise<void>;
  purgeOriginal: (intakeId: string) => Promise<void>;
  purgeObject: (digest: string) => Promise<void>;
  notePurged: (shelf: number) => Promise<void>;
  now: () => string;
};
