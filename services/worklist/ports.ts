import type { InBothLanguages } from "../../contracts/agreement.ts";
import type { Family } from "../../contracts/family.ts";
import type { CaseEvent } from "../../contracts/messages/case-list.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Op } from "./core/project.ts";

/** A member of a sorted set and its score. Equal scores stand in the order of their members. */
export type Place = { score: number; member: string };

/** Scores from one up to, and not with, another; of these what stands beyond a place, in the direction of reading. */
export type Span = { from: number; to: number; after?: Place };

/** What the worklist reads from: the journal for one case, the read models for questions across cases. */
export type WorklistPorts = {
  load: (caseId: string, family?: Family) => Promise<{ record: CaseRecord; seq: number }[]>;
  /** All reads of the index throw Fault `index-unavailable` when it is away. */
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
  /** The first members of each span of each sorted set, lowest first or, backwards, highest first: set by set, span by span. */
  slice: (
    keys: readonly string[],
    of: { spans: readonly Span[]; limit: number; backwards: boolean },
  ) => Promise<Place[][]>;
  /** How many members a sorted set has. */
  count: (key: string) => Promise<number>;
  hgetall: (key: string) => Promise<Record<string, string>>;
  get: (key: string) => Promise<string | null>;
  /** The values of several keys, in their order. */
  mget: (keys: readonly string[]) => Promise<(string | null)[]>;
  /** Waits a little for the index to hold a record of the journal. `unknown`: there is no such record. */
  reached: (written: { caseId: string; recordNo: number }) => Promise<"reached" | "behind" | "unknown">;
  /** Waits until the index holds all that the journal holds now. @throws Fault `index-unavailable` when it takes too long. */
  caughtUp: () => Promise<void>;
  /** Whether one organisation is, or is part of, another. */
  isPartOf: (gln: string, whole: string) => boolean;
  /** An organisation and all that is part of it, itself first. */
  unitsOf: (gln: string) => readonly string[];
  nameOf: (gln: string) => string;
  /** Every organisation of the directory, for those who run the hub. */
  everybody: () => readonly string[];
  /** What an agreement is called. */
  agreementName: (id: string, version: number) => InBothLanguages | undefined;
  /** The case that a message of a sender opens, whether or not there is one. */
  caseIdFor: (senderGln: string, messageId: string) => string;
  /** A keyed hash: the same as the projection's. */
  digest: (text: string) => string;
  now: () => string;
};

export type ProjectorPorts = {
  apply: (stream: string, span: { from: number; to: number }, ops: readonly Op[]) => Promise<boolean>;
  position: (stream: string) => Promise<number>;
  get: (key: string) => Promise<string | null>;
  /** Forgets everything that is projected. */
  wipe: () => Promise<void>;
  /** A keyed hash: whoever has the index alone cannot find a CPR number by trying them all. */
  digest: (text: string) => string;
  /** Tells whoever listens; nobody need. */
  tell: (event: CaseEvent) => void;
  nowMs: () => number;
};
