import type { InBothLanguages } from "../../contracts/agreement.ts";
import type { Family } from "../../contracts/family.ts";
import type { AnsweringFamily } from "../../contracts/messages/can.ts";
import type { OrganisationKind } from "../../contracts/messages/directory.ts";
import type { EmergencyGrant } from "../../contracts/messages/emergency.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Slice } from "../case/read-lanes.ts";

/** What the worklist reads from: the journal for one case, the read models for questions across cases. */
export type WorklistPorts = {
  load: (
    caseId: string,
    family?: Family,
  ) => Promise<{ record: CaseRecord; seq: number; traceparent?: string }[]>;
  /** All reads of the index throw Fault `index-unavailable` when it is away. */
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
  slice: Slice;
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
  /** What kind of organisation it is; `undefined`: the directory does not know it. */
  kindOf: (gln: string) => OrganisationKind | undefined;
  /** Every organisation of the directory, for those who run the hub. */
  everybody: () => readonly string[];
  /** What an agreement is called. */
  agreementName: (id: string, version: number) => InBothLanguages | undefined;
  /** Which commands a case takes from somebody now, of the family that decides; `undefined`: it does not answer. */
  can: (family: AnsweringFamily, caseId: string, viewer: string) => Promise<string[] | undefined>;
  /** The case that a message of a sender opens, whether or not there is one. */
  caseIdFor: (senderGln: string, messageId: string) => string;
  /** Ids of cases that have left the journal, by a name that is said of them; a citizen's by its hash. */
  archived: (kind: "id" | "from" | "envelope" | "patient", name: string) => Promise<string[]>;
  /** An emergency access, whether or not it has ended. */
  emergency: (id: string) => Promise<EmergencyGrant | undefined>;
  /** A keyed hash: the same as the projection's. */
  digest: (text: string) => string;
  now: () => string;
};
