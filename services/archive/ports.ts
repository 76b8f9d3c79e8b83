import type { Family } from "../../contracts/family.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { LooseHistory } from "./core/loose.ts";

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
  /** Ids of the documents in INTAKE that came before an instant. */
  olderDocuments: (before: string) => AsyncIterable<string>;
  /** What INTAKE and the archive tell of a document. */
  looseHistory: (intakeId: string) => Promise<LooseHistory | undefined>;
  /** Puts documents that no case was read from on a shelf of their own, with what was noted of them. */
  shelveLoose: (intakes: readonly string[], at: string) => Promise<void>;
  /** Such documents on a shelf, and the object that holds the bytes of a large one. */
  looseOn: (shelf: number) => AsyncIterable<{ intake: string; object?: string | undefined }>;
  shelves: () => Promise<readonly Shelf[]>;
  casesOn: (shelf: number) => AsyncIterable<Leaving>;
  /** Removes the records of a case from the journal, up to a sequence and with it: never what came after. */
  purgeCase: (leaving: Leaving) => Promise<void>;
  /** Removes a document from INTAKE, with what was noted of it. */
  purgeOriginal: (intakeId: string) => Promise<void>;
  purgeObject: (digest: string) => Promise<void>;
  notePurged: (shelf: number) => Promise<void>;
  now: () => string;
};
