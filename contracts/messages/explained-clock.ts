import { z } from "zod";
import { Instant } from "../time.ts";

/** One clock of a case, worked out again from the case's records alone. `language`: of its words. */
export const ExplainClock = z
  .object({
    caseId: z.uuid(),
    clockId: z.string().min(1).max(200),
    language: z.enum(["da", "en"]).default("da"),
  })
  .meta({ id: "ExplainClock" });
export type ExplainClock = z.infer<typeof ExplainClock>;

/** One thing that happened to the clock; what is there besides depends on `step`, as in `services/case/clock/trace.ts`. */
const ExplainedStep = z.looseObject({ step: z.string(), at: Instant, heard: Instant.optional() });

/** One date of the reckoning: whether it counts, with which number or minutes, and why not. */
const ExplainedDay = z.looseObject({ date: z.iso.date(), counts: z.boolean(), why: z.string() });

/**
 * `agrees`: the hub recorded the same; it does not only where a record is of an older version of the hub, which kept no hours with a
 * clock: then `recordedDue` counts, and the words say so.
 */
export const ExplainedClock = z
  .object({
    caseId: z.uuid(),
    clockId: z.string(),
    agreement: z.string(),
    /** The version that it runs under now. */
    agreementVersion: z.number(),
    debtor: z.string(),
    creditor: z.string(),
    about: z.string().optional(),
    status: z.enum(["notStarted", "running", "paused", "breached", "stopped", "cancelled"]),
    started: Instant,
    /** The last instant that is in time. */
    due: Instant,
    warnAt: z.array(Instant),
    stoppedAt: Instant.optional(),
    inTime: z.boolean().optional(),
    lateMinutes: z.number().optional(),
    pausedMinutes: z.number(),
    recordedDue: Instant,
    agrees: z.boolean(),
    steps: z.array(ExplainedStep),
    days: z.array(ExplainedDay),
    /** The answer in one sentence first, then how it came about. */
    words: z.array(z.string()),
  })
  .meta({ id: "ExplainedClock" });
export type ExplainedClock = z.infer<typeof ExplainedClock>;

export const ExplainQueries = { "agreement.explainClock": ExplainClock } as const;
