import { z } from "zod";
import { MessageBasis } from "../access/message-basis.ts";
import { DeliveryStatus, Standard } from "../deliveries.ts";
import { ClockSummary } from "../envelope.ts";
import { Family } from "../family.ts";
import { Problem } from "../problem.ts";
import { CaseCard, CaseRecord } from "../record.ts";
import { Instant } from "../time.ts";
import { Can } from "./can.ts";
import { ListQueries, listPage, PatientCasesQuery, SearchQuery } from "./case-list.ts";
import { CasePatientsQuery } from "./case-patients.ts";
import { Desk } from "./desk.ts";
import { OwedQuery } from "./owed.ts";

/** One step of a case as a timeline shows it; what was written stands in the record of that number. */
const Step = z.object({
  no: z.number(),
  at: Instant,
  actor: z.string(),
  /** The command that it is the outcome of. */
  command: z.string(),
  facts: z.array(z.string()),
  refusal: z.string().optional(),
  status: z.string(),
  clocks: z.array(
    z.object({
      clockId: z.string(),
      agreement: z.string().optional(),
      change: z.string(),
      due: Instant.optional(),
    }),
  ),
  deliveries: z.array(z.object({ deliveryId: z.string(), change: z.string() })),
});

/** One document that is or was owed to somebody in a case. */
const OwedDocument = z.object({
  deliveryId: z.string(),
  from: z.string(),
  to: z.string(),
  documentType: z.string(),
  at: Instant,
  /** What it was passed on by, in law. Absent in what an older release answers. */
  basis: MessageBasis.optional(),
  status: DeliveryStatus,
  /** How often it was sent. */
  sendings: z.number().int().min(1).default(1),
  /** Why a receiver refused it, in its code and words; or why nobody knows whether it arrived. */
  code: z.string().optional(),
  text: z.string().optional(),
  /** A person at the sender has seen to it. */
  handled: z.boolean().optional(),
  /**
   * What became of the message that this document is a part of, where it went as several (XDIS91 and XBIN01): it has arrived when all
   * of them have, and is refused when one of them is.
   */
  together: z.enum(["underway", "arrived", "refused", "unconfirmed"]).optional(),
});

/**
 * One case as its parties see it: where it stands, its clocks, what happened step by step, every document by how far it
 * came, the originals it was made of (intake ids), its card and links, and every record in order.
 */
export const CaseView = z
  .object({
    caseId: z.string(),
    family: Family,
    status: z.string(),
    parties: z.array(z.string()),
    /** `clockId`: what explains it (`/v1/cases/{caseId}/clocks/{clockId}`). `warnAt`: while `due` is there, when its agreement first warns. */
    clocks: z.array(ClockSummary.extend({ clockId: z.string().optional(), warnAt: Instant.optional() })),
    card: CaseCard.omit({ patient: true }).optional(),
    links: CaseCard.shape.links,
    /**
     * The commands that the case takes now from whoever asks, e.g. `advice.answer`: refused is only what such a command says, or what
     * has changed meanwhile. Absent: the service that decides did not answer.
     */
    can: Can.optional(),
    /** The citizen has refused consent: it is to be seen at once, and nothing is passed on that needs it. */
    consentRefused: z.literal(true).optional(),
    /** What the caller's own people agreed about it. No other party is shown that. */
    desk: Desk.optional(),
    timeline: z.array(Step).default([]),
    deliveries: z.array(OwedDocument).default([]),
    originals: z.array(z.object({ intake: z.string(), no: z.number() })).default([]),
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
    status: DeliveryStatus,
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

/** A page of an inbox, oldest first. `next` is what to give as `cursor` when there may be more. */
export const InboxPage = z
  .object({ items: z.array(InboxItem), next: z.string().optional() })
  .meta({ id: "InboxPage" });
export type InboxPage = z.infer<typeof InboxPage>;

/** The answer to `worklist.waiting`. */
export const WaitingDeliveries = z.object({
  count: z.number().int(),
  items: z.array(z.object({ deliveryId: z.string(), at: Instant })),
});
export type WaitingDeliveries = z.infer<typeof WaitingDeliveries>;

export const WorklistQueries = {
  ...ListQueries,
  "worklist.case": z.object({ caseId: z.uuid() }),
  "worklist.inbox": z.object({
    gln: z.string(),
    /** `open`: waiting or fetched but not yet acknowledged. */
    show: z.enum(["open", "all"]).default("open"),
    ...listPage,
    limit: z.number().int().min(1).max(500).default(100),
  }),
  /** What the hub is to bring to a receiver and has not: oldest first, so many of them, and how many there are. */
  "worklist.waiting": z.object({ gln: z.string(), limit: z.number().int().min(0).max(1000).default(500) }),
  "worklist.delivery": z.object({ gln: z.string(), deliveryId: z.string() }),
  "worklist.ofPatient": PatientCasesQuery,
  "worklist.search": SearchQuery,
  "worklist.owed": OwedQuery,
  "worklist.patients": CasePatientsQuery,
} as const;
