import { z } from "zod";
import { Instant } from "../time.ts";

/** The most cases that one entry names: as many as the longest page of a list has. */
const mostCases = 500;

/**
 * One look at patients' data, or one try: who, for which organisation, in which role and for what purpose, what, when, from where. Ids
 * and words alone: no name, no CPR number, nothing of what was read. What somebody changed is told by the journal's own records.
 */
export const AuditEntry = z
  .object({
    at: Instant,
    /** What is behind the door, in the policy's words, and the address, its pattern alone. */
    resource: z.string().max(40),
    door: z.string().max(120),
    outcome: z.enum(["shown", "refused"]),
    /** Why it was refused. */
    code: z.string().max(60).optional(),
    /** The organisation that the caller was authenticated as; `acting`: the unit of it that it asked for. */
    gln: z.string().max(35),
    acting: z.string().max(35).optional(),
    /** A person's id in their organisation; absent: a system. */
    person: z.string().max(60).optional(),
    role: z.string().max(40).optional(),
    purpose: z.string().max(40).optional(),
    /** The rule that it was shown by: a code of `contracts/access/law.ts`. */
    basis: z.string().max(40).optional(),
    cases: z.array(z.string().max(60)).max(mostCases).default([]),
    /** Keyed hash of the citizen that was asked about. */
    patient: z.string().max(80).optional(),
    /** The emergency access that it was seen under; on the entry that begins one, why it was asked for. */
    emergency: z.string().max(60).optional(),
    reason: z.string().max(40).optional(),
    /** In a person's own words: these stand here alone. */
    words: z.string().max(500).optional(),
    /** The caller's network address. */
    from: z.string().max(60).optional(),
    request: z.string().max(60),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** An entry in its chain: each holds the hash of the one before it. */
export const SealedEntry = z.object({
  no: z.number().int().min(1),
  before: z.string(),
  hash: z.string(),
  entry: AuditEntry,
});
export type SealedEntry = z.infer<typeof SealedEntry>;
