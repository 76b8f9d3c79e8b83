import { z } from "zod";
import { Limits } from "./limits.ts";
import { ClosingDay, Opening } from "./messages/directory.ts";
import { Instant } from "./time.ts";

/**
 * The debtor's days and hours that a clock is counted by, as the directory had them when it started: what is told of it later is
 * told by these. In the record wherever they could matter, also when there were none.
 */
const ClockHours = z.object({
  openingHours: z.array(Opening).optional(),
  closingDays: z.array(ClosingDay).optional(),
});
export type ClockHours = z.infer<typeof ClockHours>;

/**
 * `warnAt` is the next warning that was not given, or the last one; `warnings` all of them, in the order of the agreement; absent
 * where there is but one.
 */
const times = { warnAt: Instant, warnings: z.array(Instant).optional(), due: Instant };

/** Where the days alone lead, when it was paused at that very time and so is due at the next closing time. */
const counted = z.object(times).optional();

/** A pause that is over, of a clock that took the place of another. */
const WaitedPause = z.object({ pausedAt: Instant, resumedAt: Instant });

/** What a promise is about, within the family of its record: the words that agreements are chosen by (`appliesTo`). */
const ClockMatter = z.object({
  kind: z.string(),
  speciality: z.string().optional(),
  priority: z.string().optional(),
  tier: z.string().optional(),
});
export type ClockMatter = z.infer<typeof ClockMatter>;

/**
 * What one decision did to one clock. The arithmetic is done inside the decision, so the due time is in the record.
 * A clock runs for a `debtor` (who must act) towards a `creditor` (who was promised).
 */
export const ClockChange = z
  .discriminatedUnion("change", [
    z.object({
      change: z.literal("started"),
      clockId: z.string(),
      agreement: z.string(),
      agreementVersion: z.number(),
      debtor: z.string(),
      creditor: z.string(),
      /** The delivery whose receipt is awaited, for a receipt clock. */
      deliveryId: z.string().optional(),
      /** This clock's own limits where the decision set others than the agreement's, e.g. ordered by a doctor. */
      limits: Limits.optional(),
      /** What was promised about: the agreement's matter when a case has several, e.g. a measurement or a slot. */
      about: z.string().optional(),
      /** What kind of matter it was, so that another set can be asked which of its agreements would have bound. Absent in old records. */
      matter: ClockMatter.optional(),
      /** Absent in old records, and where no hours can matter: counted by the clock on the wall, or to midnight. */
      calendar: ClockHours.optional(),
      at: Instant,
      ...times,
    }),
    z.object({ change: z.literal("paused"), clockId: z.string(), at: Instant, reason: z.string() }),
    z.object({
      change: z.literal("resumed"),
      clockId: z.string(),
      at: Instant,
      ...times,
      counted,
    }),
    z.object({
      /**
       * Counted anew, for a reason: `limits-changed` under a newer version, from its own start; `calendar-changed` by other hours or
       * closing days; `start-moved`: it started at `startedAt` all the time; `reopened`: it goes on with what was left; `merged`:
       * another clock of the same promise was due first, and it goes on as that one.
       */
      change: z.literal("rescheduled"),
      clockId: z.string(),
      at: Instant,
      why: z.enum(["limits-changed", "calendar-changed", "start-moved", "merged", "reopened"]),
      ...times,
      counted,
      /** What may still ring. */
      rings: z.array(z.enum(["warn", "breach"])),
      /** It goes on being paused; the times are as they were when the pause began. */
      paused: z.literal(true).optional(),
      /** Where they are others from now on. */
      agreementVersion: z.number().optional(),
      calendar: ClockHours.optional(),
      startedAt: Instant.optional(),
      limits: Limits.optional(),
      /** The clock that it was merged with, `<caseId>/<clockId>`, and the pauses that one had. */
      from: z.string().optional(),
      waited: z.array(WaitedPause).optional(),
      /** Of one that had ended, and is open again: whose it is, for lists that forgot it. */
      again: z
        .object({
          debtor: z.string(),
          creditor: z.string(),
          agreementVersion: z.number(),
          since: Instant,
          about: z.string().optional(),
        })
        .optional(),
    }),
    z.object({
      /** What was owed is on its way, under an agreement that is measured to reading: kept when one of these is read there. */
      change: z.literal("answered"),
      clockId: z.string(),
      at: Instant,
      deliveries: z.array(z.string()),
    }),
    z.object({ change: z.literal("stopped"), clockId: z.string(), at: Instant, inTime: z.boolean() }),
    z.object({ change: z.literal("cancelled"), clockId: z.string(), at: Instant, reason: z.string() }),
    z.object({
      change: z.literal("warned"),
      clockId: z.string(),
      at: Instant,
      /** Which of several, from 1; absent: the first. `next`: when the one after it is given. */
      no: z.number().int().min(1).optional(),
      next: Instant.optional(),
    }),
    z.object({ change: z.literal("breached"), clockId: z.string(), at: Instant }),
  ])
  .meta({ id: "ClockChange" });
export type ClockChange = z.infer<typeof ClockChange>;
