import { z } from "zod";
import { Instant } from "../time.ts";
import { PatientQuery } from "./case-list.ts";

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
    /** `erased`: the cases are gone, by order (`contracts/messages/erasure.ts`). */
    outcome: z.enum(["shown", "refused", "erased"]),
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
    /** What the document that was shown had been passed on by; from the same table. */
    messageBasis: z.string().max(40).optional(),
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

const cursor = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional();

/** Which looks are asked for; of several conditions all must fit. Oldest first. */
export const AuditSearch = z
  .object({
    patient: PatientQuery.optional(),
    caseId: z.uuid().optional(),
    /** By this organisation, or for this unit. */
    organisation: z.string().max(35).optional(),
    person: z.string().max(60).optional(),
    outcome: z.enum(["shown", "refused", "erased"]).optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    limit: z.number().int().min(1).max(500).default(100),
    cursor,
  })
  .meta({ id: "AuditSearch" });
export type AuditSearch = z.infer<typeof AuditSearch>;

/** `no`: the entry's number in the chain. */
export const AuditPage = z
  .object({
    items: z.array(z.object({ no: z.number().int().min(1), entry: AuditEntry })),
    next: z.string().optional(),
  })
  .meta({ id: "AuditPage" });
export type AuditPage = z.infer<typeof AuditPage>;

/** One thing that is worth a closer look. `count`: how much of it there was from then to then. */
export const OddUse = z.object({
  rule: z.enum(["many-cases", "many-refusals", "emergency-access", "outside-hours", "no-case-of-citizen"]),
  from: Instant,
  to: Instant,
  gln: z.string(),
  person: z.string().optional(),
  count: z.number().int().min(1),
  emergency: z.string().optional(),
  /** Some of the cases. */
  cases: z.array(z.string()),
});
export type OddUse = z.infer<typeof OddUse>;
export const OddUseAnswer = z
  .object({ from: Instant, to: Instant, items: z.array(OddUse) })
  .meta({ id: "OddUseAnswer" });
export type OddUseAnswer = z.infer<typeof OddUseAnswer>;

/** What a citizen is given: whose looks, within which time. */
export const AskCitizenLooks = z
  .object({ patient: PatientQuery, from: Instant.optional(), to: Instant.optional() })
  .meta({ id: "AskCitizenLooks" });
export type AskCitizenLooks = z.infer<typeof AskCitizenLooks>;

/** A look without the name of the employee. */
const CitizenLook = z.object({
  at: Instant,
  gln: z.string(),
  organisation: z.string(),
  by: z.enum(["person", "system"]),
  what: z.string(),
  why: z.string(),
  emergency: z.boolean(),
  cases: z.array(z.string()),
});
export type CitizenLook = z.infer<typeof CitizenLook>;
export const CitizenLooks = z.object({ looks: z.array(CitizenLook) }).meta({ id: "CitizenLooks" });
export type CitizenLooks = z.infer<typeof CitizenLooks>;

/** Who a citizen is to the audit; asked by the gateway for those who control look-ups, and by no partner. */
export const AuditQueries = { "worklist.citizen": AskCitizenLooks } as const;
export const CitizenFound = z.object({ patient: z.string(), caseIds: z.array(z.string()) });
