import { z } from "zod";
import { Standard } from "../deliveries.ts";
import { ClockSummary } from "../envelope.ts";
import { Family } from "../family.ts";
import { Problem } from "../problem.ts";
import { CaseRecord } from "../record.ts";
import { Instant } from "../time.ts";

/** One case as its parties see it: where it stands, its clocks, and every record in order. */
export const CaseView = z
  .object({
    caseId: z.string(),
    family: Family,
    status: z.string(),
    parties: z.array(z.string()),
    clocks: z.array(ClockSummary),
    records: z.array(CaseRecord),
  })
  .meta({ id: "CaseView" });
export type CaseView = z.infer<typeof CaseView>;

/** A line of an inbox. No name, no CPR number, no text: those are in the document. */
export const InboxItem = z
  .object({
    deliveryId: z.string(),
    caseId: z.string(),
    from: z.string(),
    standard: Standard,
    documentType: z.string(),
    at: Instant,
    status: z.enum(["waiting", "fetched", "acknowledged", "failed"]),
  })
  .meta({ id: "InboxItem" });
export type InboxItem = z.infer<typeof InboxItem>;

/** A document that was refused or could not be read: for the operator, who can fetch the original. */
export const RefusedDocument = z
  .object({
    intake: z.string(),
    sender: z.string(),
    at: Instant,
    code: z.string(),
    documentType: z.string().optional(),
    problems: z.array(Problem),
  })
  .meta({ id: "RefusedDocument" });
export type RefusedDocument = z.infer<typeof RefusedDocument>;

export const WorklistQueries = {
  "worklist.case": z.object({ caseId: z.uuid() }),
  "worklist.inbox": z.object({
    gln: z.string(),
    /** `open`: waiting or fetched but not yet acknowledged. */
    show: z.enum(["open", "all"]).default("open"),
    limit: z.number().int().min(1).max(500).default(100),
    after: z.string().optional(),
  }),
  "worklist.delivery": z.object({ gln: z.string(), deliveryId: z.string() }),
} as const;
