import type { DeadLetterStep } from "../../contracts/messages/dead-letters.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Slice } from "../case/read-lanes.ts";

/** One of the two indexes of the log. All reads throw Fault `index-unavailable` when it is away. */
export type Shelf = {
  slice: Slice;
  /** The values of several keys, in their order. */
  mget: (keys: readonly string[]) => Promise<(string | null)[]>;
  /** How many members a sorted set has. */
  count: (key: string) => Promise<number>;
  /** The first so many members of a sorted set, in order. */
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
};

/** What INTAKE holds of a document, but its bytes. */
export type KnownDocument = {
  sender: string;
  receivedAt: string;
  standard: string;
  refused?: RefusedDocument | undefined;
  steps: readonly DeadLetterStep[];
};

/** What the message log reads. */
export type LogPorts = {
  /** Of the journal: what was sent and what went out. */
  cases: Shelf & {
    /** The members of a sorted set of equal scores that begin with a text. */
    startingWith: (key: string, start: string, limit: number) => Promise<string[]>;
  };
  /** Of INTAKE: documents that became nothing. */
  notes: Shelf;
  load: (caseId: string) => Promise<{ record: CaseRecord; seq: number }[]>;
  document: (intakeId: string) => Promise<KnownDocument | undefined>;
  /** Records of one stream of the journal, or refusals of one of INTAKE, after a sequence: so many at most. */
  read: ReadStream;
  /** An organisation and all that is part of it, itself first. */
  unitsOf: (gln: string) => readonly string[];
  nameOf: (gln: string) => string;
  /** A keyed hash: the same as the projection's. */
  digest: (text: string) => string;
};

/** A page of a stream, from a time on. `next`: the sequence to go on after; absent: nothing more is there now. */
export type StreamPage = {
  records: readonly CaseRecord[];
  refusals: readonly RefusedDocument[];
  next: number | undefined;
};
/** `undefined`: there is no stream of that number. */
export type ReadStream = (
  stream: number,
  place: { from: string; seq: number; limit: number },
) => Promise<StreamPage | undefined>;
