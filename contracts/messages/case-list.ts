import { z } from "zod";
import { Family } from "../family.ts";
import { hasOnePatientId, onePatientId, patientIds } from "../party.ts";
import { CaseCard } from "../record.ts";
import { Instant } from "../time.ts";

/**
 * A case as the index keeps it for lists: its card without the citizen, where it stands, and when it was last changed.
 * No name, no CPR number, no text.
 */
export const IndexedCase = CaseCard.omit({ patient: true })
  .extend({
    caseId: z.string(),
    family: Family,
    status: z.string(),
    /** Number of the record that it was last changed by. */
    no: z.number().int().min(1),
    updatedAt: Instant,
    parties: z.array(z.string()),
  })
  .meta({ id: "IndexedCase" });
export type IndexedCase = z.infer<typeof IndexedCase>;

/** What somebody is expected to do. `dueLocal` is the due time as people in Denmark read it. */
const Awaited = z.object({
  who: z.string(),
  /** What the directory calls them. */
  name: z.string(),
  act: z.string(),
  due: Instant.optional(),
  dueLocal: z.string().optional(),
  overdue: z.boolean(),
});

/** A line of a worklist: ids, words of the family, and who is expected to do what by when. */
export const CaseListItem = IndexedCase.omit({ awaits: true })
  .extend({ awaits: z.array(Awaited) })
  .meta({ id: "CaseListItem" });
export type CaseListItem = z.infer<typeof CaseListItem>;

/** A page of a list. `next` is what to give as `cursor` for more; with a filter a page may be short and still have a next. */
export const CaseList = z
  .object({ items: z.array(CaseListItem), next: z.string().optional() })
  .meta({ id: "CaseList" });
export type CaseList = z.infer<typeof CaseList>;

/** Reads your own writes: `<case id>.<record number>` of an answer, or the id of a live event. */
export const WrittenBefore = z
  .string()
  .regex(/^[0-9a-f-]{36}\.[1-9]\d{0,8}$/, "Give <case id>.<record number>.");

/** Which cases of a list are wanted; each that is given must fit. */
export const caseFilter = {
  family: Family.optional(),
  kind: z.string().max(60).optional(),
  status: z.string().max(60).optional(),
  urgency: z.string().max(60).optional(),
  /** Danish dates, both included, of the last change. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
};
export const CaseFilter = z.object(caseFilter);
export type CaseFilter = z.infer<typeof CaseFilter>;

/** A page of a list: how long, where it begins, and which write must be in it. */
export const listPage = {
  limit: z.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional(),
  after: WrittenBefore.optional(),
};

const overdue = z.boolean().optional();
const listQuery = z.object({ ...caseFilter, overdue, ...listPage });
export type ListQuery = z.infer<typeof listQuery>;

/** The citizen whose cases are asked for. Always in a body: a number in an address ends up in logs. */
export const PatientQuery = z
  .object(patientIds)
  .refine(hasOnePatientId, onePatientId)
  .meta({ id: "PatientQuery" });
export type PatientQuery = z.infer<typeof PatientQuery>;

/** Cases of one citizen, or cases by an id. Every id that is given must fit. */
export const PatientCasesQuery = z
  .object({ patient: PatientQuery, ...caseFilter, ...listPage })
  .meta({ id: "PatientCasesQuery" });

const id = z.string().min(1).max(150).optional();
const ids = { caseId: id, messageId: id, envelopeId: id, intakeId: id };
export const SearchQuery = z
  .object({ ...ids, patient: PatientQuery.optional(), after: WrittenBefore.optional() })
  .refine((query) => [...Object.keys(ids), "patient"].some((name) => Object.hasOwn(query, name)), {
    message: "Give at least one of caseId, messageId, envelopeId, intakeId and patient.",
    params: { code: "search-empty" },
  })
  .meta({ id: "SearchQuery" });
export type SearchQuery = z.infer<typeof SearchQuery>;

/**
 * Lists of the viewer's own cases and those of its units. `expected`: by what is expected of it; `sent`: by what it waits
 * for; `overdue`: both, what is late; `cases`: every one, the latest change first.
 */
export const ListQueries = {
  "worklist.expected": listQuery,
  "worklist.sent": listQuery,
  "worklist.overdue": listQuery,
  "worklist.cases": listQuery,
} as const;
export type ListName = keyof typeof ListQueries;

/** What changed, to whom it is of interest: the gateways tell it on to those that listen. Ids and words alone. */
export const CaseEvent = z
  .object({
    caseId: z.string(),
    family: Family,
    status: z.string(),
    no: z.number().int().min(1),
    at: Instant,
    /** GLNs that may know of it. Not told on. */
    audience: z.array(z.string()),
    deliveries: z.array(
      z.object({
        deliveryId: z.string(),
        to: z.string(),
        status: z.enum(["waiting", "fetched", "acknowledged", "failed"]),
      }),
    ),
  })
  .meta({ id: "CaseEvent" });
export type CaseEvent = z.infer<typeof CaseEvent>;
