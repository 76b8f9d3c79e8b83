import type { Family } from "../../contracts/family.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Op } from "./core/project.ts";

/** What the worklist reads from: the journal for one case, the read models for questions across cases. */
export type WorklistPorts = {
  load: (caseId: string, family?: Family) => Promise<{ record: CaseRecord; seq: number }[]>;
  /** All reads of the index throw Fault `index-unavailable` when it is away. */
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
  hgetall: (key: string) => Promise<Record<string, string>>;
  /** Whether one organisation is, or is part of, another. */
  isPartOf: (gln: string, whole: string) => boolean;
};

export type ProjectorPorts = {
  apply: (stream: string, span: { from: number; to: number }, ops: readonly Op[]) => Promise<boolean>;
  position: (stream: string) => Promise<number>;
  digest: (text: string) => string;
};
