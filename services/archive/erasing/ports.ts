import type { CaseRecord } from "../../../contracts/record.ts";

export type Loaded = { record: CaseRecord; seq: number };

/** What a case is erased with. Each removal finds nothing to do when it is done again. */
export type ErasePorts = {
  /** The whole case, wherever its records are. */
  load: (caseId: string) => Promise<readonly Loaded[]>;
  append: (record: CaseRecord, expectedSeq: number) => Promise<{ kind: "appended" | "conflict" }>;
  /** Of a document that is there: the object that its bytes are, if they are one, and the document that it was sent to correct. */
  document: (intakeId: string) => Promise<{ object: string; corrects?: string | undefined } | undefined>;
  hasObject: (digest: string) => Promise<boolean>;
  /** How many items of the archive are its own. */
  archivedCopies: (caseId: string) => Promise<number>;
  /** Those objects, or cases of attachments, that a case of the journal other than these names. */
  namedByOthers: (names: ReadonlySet<string>, group: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  purgeObject: (digest: string) => Promise<void>;
  /** A document, and what was noted of it. */
  purgeIntake: (intakeId: string) => Promise<void>;
  /** What is remembered of the case beside its records. */
  forget: (caseId: string) => Promise<void>;
  eraseArchived: (caseId: string) => Promise<unknown>;
  /** All of a case in the journal but its last record. */
  purgeRecords: (caseId: string) => Promise<void>;
  /** The cases in which people of a party, or of an organisation that it is a unit of, may have noted who has this one. */
  desksOf: (party: string, caseId: string) => string[];
  fingerprint: (text: string) => string;
  now: () => string;
};
