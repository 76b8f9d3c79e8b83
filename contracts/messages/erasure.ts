import { z } from "zod";
import { Instant } from "../time.ts";

/**
 * Why a case is erased before its time. The hub is a processor: it erases on the word of who controls the data (GDPR art. 28(3)(a)
 * and 17), of an authority, what was sent about the wrong citizen, or what was never about one.
 */
export const ErasureReason = z.enum(["controller", "authority", "wrong-citizen", "test-data"]);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** `cmd.archive.erase`. Asked for on the hub's own machine alone. */
export const EraseCases = z.object({
  caseIds: z.array(z.uuid()).min(1).max(500),
  reason: ErasureReason,
  /** The id of the person who does it, in the organisation that runs the hub. No name. */
  by: z.string().regex(/^[A-Za-z0-9._@-]{1,60}$/),
  /** Absent: it is only told what would be erased. */
  confirmed: z.boolean().optional(),
});
export type EraseCases = z.infer<typeof EraseCases>;

/** What of a case there is: counts of records, documents as they came, attachments, and copies in the archive. */
export const Holdings = z.object({
  records: z.number().int().min(0),
  documents: z.number().int().min(0),
  attachments: z.number().int().min(0),
  archived: z.number().int().min(0),
});
export type Holdings = z.infer<typeof Holdings>;

/**
 * `found`: what the hub held when it began; `left`: what it held when it looked again afterwards, all of it 0. `fingerprint`: a keyed
 * hash of the records that were erased, so that the same records, kept elsewhere, can be shown to be those. `spared`: attachments
 * that another case names too.
 */
export const Erasure = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("erased"),
    caseId: z.uuid(),
    erasedAt: Instant,
    found: Holdings,
    left: Holdings,
    spared: z.number().int().min(0),
    fingerprint: z.string(),
  }),
  z.object({ outcome: z.literal("would-be-erased"), caseId: z.uuid(), found: Holdings }),
  z.object({
    outcome: z.literal("refused"),
    caseId: z.uuid(),
    code: z.enum(["case-unknown", "case-not-settled"]),
    /** What holds it: `delivery-open`, `clock-running` and so on. */
    why: z.string().optional(),
  }),
]);
export type Erasure = z.infer<typeof Erasure>;
export const Erasures = z.object({ cases: z.array(Erasure) });
export type Erasures = z.infer<typeof Erasures>;
