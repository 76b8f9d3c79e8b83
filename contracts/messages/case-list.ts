import { z } from "zod";
import { DeliveryStatus } from "../deliveries.ts";
import { Family } from "../family.ts";
import { hasOnePatientId, onePatientId, patientIds } from "../party.ts";
import { CaseCard } from "../record.ts";
import { Instant } from "../time.ts";
import { Desk } from "./desk.ts";

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
  /** When the agreement warns for the first time before `due`, and the clock that it is of. */
  warnAt: Instant.optional(),
  clockId: z.string().optional(),
  overdue: z.boolean(),
});

/** A line of a worklist: ids, words of the family, and who is expected to do what by when. */
export const CaseListItem = IndexedCase.omit({ awaits: true })
  .extend({
    awaits: z.array(Awaited),
    /** What the caller's own people agreed about it; absent: nothing. */
    desk: Desk.optional(),
    /** Others did something that nobody of the caller's has seen. */
    unread: z.boolean().optional(),
  })
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

/**
 * How a list is sorted: by when something is due, by the latest change, or by when the case was opened. `-` turns it round:
 * the latest first. What has no due time comes after all that has one, in the order of its last change.
 */
export const ListSort = z.enum(["due", "-due", "changed", "-changed", "opened", "-opened"]);
export type ListSort = z.infer<typeof ListSort>;

/** A cursor's sort, and where the page before ended: the place in milliseconds and the case that stood there. */
const cursorShape = /^(-?[a-z]+)_(-?\d{1,15})_([0-9a-f-]{36})$/;

/** What a cursor tells; `undefined`: it is none. To callers it is opaque, so a later release may make others. */
export const readListCursor = (
  cursor: string,
): { sort: ListSort; score: number; member: string } | undefined => {
  const [, name, score, member] = cursorShape.exec(cursor) ?? [];
  const sort = ListSort.safeParse(name);
  if (!sort.success || score === undefined || member === undefined) return undefined;
  return { sort: sort.data, score: Number(score), member };
};

/** The order of a list, and the cursor that goes on in it; `usual` is the order of whoever names none. */
export const listOrder = (
  usual: ListSort,
): { sort: z.ZodDefault<typeof ListSort>; cursor: z.ZodOptional<z.ZodString> } => ({
  sort: ListSort.default(usual).describe(
    "By when something is `due`, by the latest change (`changed`) or by when the case was `opened`; with `-` the latest first. " +
      "What has no due time comes after all that has one, so with `-due` before it.",
  ),
  cursor: z
    .string()
    .max(200)
    .refine((cursor) => readListCursor(cursor) !== undefined, {
      message: "This is no cursor of a list: give the next of the page before as it is, or leave it out.",
      params: { code: "cursor-unknown" },
    })
    .optional()
    .describe("`next` of the page before. It goes on in that page's order alone."),
});

/** What a cursor and a sort are read from, before anything else of a query is known to be right. */
const ordered = z.object({ sort: ListSort, cursor: z.string().optional() });

/** A cursor of another order would leave out some cases and show others twice. */
export const cursorHasSort = ({ sort, cursor }: z.infer<typeof ordered>): boolean =>
  cursor === undefined || (readListCursor(cursor)?.sort ?? sort) === sort;
export const cursorOfAnotherSort = {
  path: ["cursor"],
  message:
    "This cursor belongs to a list with another sort: ask with the sort that it came from, or leave it out to begin anew.",
  params: { code: "cursor-of-another-sort" },
  // Also when something else is wrong: every problem is told at once.
  when: ({ value }: { value: unknown }): boolean => ordered.safeParse(value).success,
};

const overdue = z.boolean().optional();

/** Of the caller's own people: the id of whoever has a case, or `nobody`. */
export const deskHolder = z
  .string()
  .max(60)
  .optional()
  .describe("The cases that one of the caller's own people has, by id, or `nobody` has.");
const desk = { holder: deskHolder, unread: z.boolean().optional() };
const listQuery = (usual: ListSort) =>
  z
    .object({ ...caseFilter, overdue, ...desk, ...listPage, ...listOrder(usual) })
    .refine(cursorHasSort, cursorOfAnotherSort);
export type ListQuery = z.infer<ReturnType<typeof listQuery>>;

/** The citizen whose cases are asked for. Always in a body: a number in an address ends up in logs. */
export const PatientQuery = z
  .object(patientIds)
  .refine(hasOnePatientId, onePatientId)
  .meta({ id: "PatientQuery" });
export type PatientQuery = z.infer<typeof PatientQuery>;

/** Cases of one citizen, or cases by an id. Every id that is given must fit. */
export const PatientCasesQuery = z
  .object({ patient: PatientQuery, ...caseFilter, ...listPage, ...listOrder("-changed") })
  .refine(cursorHasSort, cursorOfAnotherSort)
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

/** The order of each list for whoever names none. */
export const usualSorts = {
  "worklist.expected": "due",
  "worklist.sent": "due",
  "worklist.overdue": "due",
  "worklist.cases": "-changed",
} as const satisfies Readonly<Record<string, ListSort>>;

/**
 * Lists of the viewer's own cases and those of its units. `expected`: what is expected of it; `sent`: what it waits for;
 * `overdue`: both, what is late; `cases`: every one.
 */
export const ListQueries = {
  "worklist.expected": listQuery(usualSorts["worklist.expected"]),
  "worklist.sent": listQuery(usualSorts["worklist.sent"]),
  "worklist.overdue": listQuery(usualSorts["worklist.overdue"]),
  "worklist.cases": listQuery(usualSorts["worklist.cases"]),
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
        status: DeliveryStatus,
      }),
    ),
  })
  .meta({ id: "CaseEvent" });
export type CaseEvent = z.infer<typeof CaseEvent>;
