import { z } from "zod";
import { InBothLanguages } from "../agreement.ts";
import { Family } from "../family.ts";
import { Address } from "../identifiers.ts";
import { Instant } from "../time.ts";
import { listPage } from "./case-list.ts";

/** An organisation of a row: its GLN, and what the directory calls it. */
const Owing = z.object({ gln: z.string(), name: z.string() });

/**
 * Something that one organisation owes another: an answer with a clock, a receipt, or what a case expects of somebody without any
 * agreement on when. No name, no CPR number, no text.
 */
export const OwedItem = z
  .object({
    caseId: z.string(),
    family: Family,
    /** The family's own kind of case, and where it stands; absent for a case that no list shows. */
    kind: z.string().optional(),
    status: z.string().optional(),
    /** Who must act, and who waits. Nobody waits where a case expects something of its only party. */
    debtor: Owing,
    creditor: Owing.optional(),
    /** What is owed, for people: the agreement's name, or without an agreement the act. */
    what: InBothLanguages,
    /** The act that the case expects of the debtor, in the family's word. */
    act: z.string().optional(),
    agreement: z.object({ id: z.string(), version: z.number() }).optional(),
    clockId: z.string().optional(),
    /** The document whose receipt is owed. */
    deliveryId: z.string().optional(),
    about: z.string().optional(),
    /** Since when it has been owed. */
    since: Instant,
    /** Absent without an agreement, and while the clock is paused. */
    due: Instant.optional(),
    /** The due time as people in Denmark read it. */
    dueLocal: z.string().optional(),
    overdue: z.boolean(),
    /** How late it is, in whole minutes of the clock on the wall. */
    overdueMinutes: z.number().int().min(0).optional(),
    /** The clock waits since then, because the creditor is the one to act. */
    pausedSince: Instant.optional(),
  })
  .meta({ id: "OwedItem" });
export type OwedItem = z.infer<typeof OwedItem>;

/** A page, what is due first coming first; what is paused or has no due time comes last. `next`: the cursor for more. */
export const OwedPage = z
  .object({ items: z.array(OwedItem), next: z.string().optional() })
  .meta({ id: "OwedPage" });
export type OwedPage = z.infer<typeof OwedPage>;

const cursorShape = /^owed_(\d{1,15})_([0-9a-f-]{36}\|\S{0,300})$/;

/** Where a page ended: a time in milliseconds, and what stands there. `undefined`: this is no cursor of ours. */
export const readOwedCursor = (cursor: string): { score: number; member: string } | undefined => {
  const [, score, member] = cursorShape.exec(cursor) ?? [];
  return score === undefined || member === undefined ? undefined : { score: Number(score), member };
};

/** `owes`: what the caller owes; `waits`: what is owed to it. */
export const OwedSide = z.enum(["owes", "waits"]);
export type OwedSide = z.infer<typeof OwedSide>;

export const owedFilter = {
  /** Absent: both sides. */
  side: OwedSide.optional(),
  family: Family.optional(),
  /** The other party, whichever side it stands on. */
  with: Address.optional(),
  agreement: z.string().max(60).optional(),
};

/** Who owes whom what. An operator asks for everybody. */
export const OwedQuery = z
  .object({
    ...owedFilter,
    /** Only what is late, or only what is not. */
    overdue: z.boolean().optional(),
    ...listPage,
    cursor: z
      .string()
      .max(400)
      .refine((cursor) => readOwedCursor(cursor) !== undefined, {
        message: "This is no cursor of what is owed: give the next of the page before, or leave it out.",
        params: { code: "cursor-unknown" },
      })
      .optional(),
  })
  .meta({ id: "OwedQuery" });
export type OwedQuery = z.infer<typeof OwedQuery>;
