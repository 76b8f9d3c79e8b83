import { z } from "zod";
import { AgreementId } from "../agreement.ts";
import { breachReasonIds, figureIds } from "../codes/indicator-words.ts";
import { Family } from "../family.ts";
import { Address } from "../identifiers.ts";
import { Instant } from "../time.ts";

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "A month is yyyy-mm.");

/** No figure is worked out of fewer cases than this, and none can be found by subtraction (`infra/decisions/0038`). */
export const fewestCases = 5;

/**
 * What clocks may be grouped by. `organisation`: who owed the answer; `creditor`: who was promised it; `hospital`, `municipality`
 * and `region`: those that the debtor is, or is part of, by the directory as it is now; `speciality`, `kind`, `priority`,
 * `tier`: what the promise was about; `month`: the Danish month in which the clock started.
 */
export const IndicatorDimension = z.enum([
  "agreement",
  "organisation",
  "creditor",
  "municipality",
  "hospital",
  "region",
  "speciality",
  "family",
  "kind",
  "priority",
  "tier",
  "month",
]);
export type IndicatorDimension = z.infer<typeof IndicatorDimension>;

const word = z.string().min(1).max(60).optional();

/**
 * Clocks that started in the months from `from` to `to`, both included, at most 36. A filter that is given must fit.
 * `organisation`: the debtor or a whole that it is part of; `creditor` likewise.
 */
export const IndicatorsQuery = z
  .object({
    from: month,
    to: month,
    groupBy: z.array(IndicatorDimension).max(4).default([]),
    agreement: AgreementId.optional(),
    organisation: Address.optional(),
    creditor: Address.optional(),
    hospital: Address.optional(),
    region: Address.optional(),
    /** Four digits. */
    municipality: z
      .string()
      .regex(/^\d{4}$/, "A municipality is four digits.")
      .optional(),
    speciality: word,
    family: Family.optional(),
    kind: word,
    priority: word,
    tier: word,
  })
  .refine(({ from, to }) => from <= to || ![from, to].every((one) => month.safeParse(one).success), {
    message: "The first month must not come after the last.",
    path: ["to"],
    params: { code: "period-order" },
  })
  .meta({ id: "IndicatorsQuery" });
export type IndicatorsQuery = z.infer<typeof IndicatorsQuery>;

const count = z.number().int().min(0);
/** `null`: it would be of fewer than five cases, or of none. */
const countOrNothing = count.nullable();
/** Percent with one decimal; `null` as above. */
const share = z.number().min(0).max(100).nullable();
const spread = z.object({ median: count, p90: count }).nullable();

/**
 * The numbers of a group of clocks: `clocks` = `decided` + `open` + `cancelled`, and `decided` = `inTime` + `late` + `openLate` +
 * `cancelledLate`.
 */
const numbers = {
  clocks: count,
  /** Different cases at the least: what decides whether a group is small. */
  cases: count,
  /** What the share is of: answered, or past the due time. */
  decided: count,
  inTime: countOrNothing,
  /** Answered after the due time. */
  late: countOrNothing,
  /** Not answered, and past the due time. */
  openLate: countOrNothing,
  /** No longer owed, but past the due time by then: a breach all the same. */
  cancelledLate: countOrNothing,
  /** late + openLate + cancelledLate */
  breached: countOrNothing,
  /** Still open within its time, or paused within it. */
  open: count,
  /** No longer owed, in time. */
  cancelled: count,
  /** inTime / decided */
  shareInTime: share,
  /** Of those answered: whole minutes by the clock on the wall from start to answer, less the pauses. By nearest rank. */
  answerMinutes: spread,
  /** Of those answered: working days (Monday to Friday without public holidays) after the day of the start, less those begun paused. */
  answerWorkingDays: spread,
  /** Of those unanswered: whole hours since the oldest started, less the pauses. */
  longestOpenHours: countOrNothing,
  /** Clocks that were paused at least once. */
  pausedClocks: count,
  /** How much of all the time from start to end, or till now, was pause. */
  pausedShare: share,
  /** `null`: fewer than five breached, and these are not split. */
  reasons: z.partialRecord(z.enum(breachReasonIds), count).nullable(),
};

/** One month of a group. `hidden`: fewer than five cases, or hidden so that such a one cannot be found by subtraction. */
const TrendMonth = z.discriminatedUnion("hidden", [
  z.object({ month, hidden: z.literal(true) }),
  z.object({
    month,
    hidden: z.literal(false),
    clocks: count,
    decided: count,
    inTime: countOrNothing,
    breached: countOrNothing,
    shareInTime: share,
    answerMinutes: spread,
  }),
]);
export type TrendMonth = z.infer<typeof TrendMonth>;

/** Each month of the period in order; absent for one month, or when grouped by month. */
const trend = z.array(TrendMonth).optional();

/** `by`: the group's codes by dimension, `""` where there is none; `names`: what these are called, where known. */
const group = { by: z.record(z.string(), z.string()), names: z.record(z.string(), z.string()) };

/** The numbers of a group that may be told. */
export const IndicatorNumbers = z.object({ hidden: z.literal(false), ...numbers, trend });
export type IndicatorNumbers = z.infer<typeof IndicatorNumbers>;
const Hidden = z.object({ hidden: z.literal(true) });

export const IndicatorRow = z.discriminatedUnion("hidden", [
  Hidden.extend(group),
  IndicatorNumbers.extend(group),
]);
export type IndicatorRow = z.infer<typeof IndicatorRow>;

const FigureMonth = z.discriminatedUnion("hidden", [
  z.object({ month, hidden: z.literal(true) }),
  z.object({ month, hidden: z.literal(false), of: count, met: countOrNothing, share }),
]);
export type FigureMonth = z.infer<typeof FigureMonth>;

const figure = {
  figure: z.enum(figureIds),
  ...group,
};

/**
 * A figure of a family (`codes/indicator-words.ts` says what it counts): `met` of `of`. Grouped by those dimensions of the question
 * that it has: all but agreement, priority and tier; `tobs-answered-in-time` has these, and is always by tier. `organisation`: who was to
 * act, `creditor`: who asked or sent.
 */
export const IndicatorFigure = z.discriminatedUnion("hidden", [
  z.object({ ...figure, hidden: z.literal(true) }),
  z.object({
    ...figure,
    hidden: z.literal(false),
    of: count,
    met: countOrNothing,
    share,
    trend: z.array(FigureMonth).optional(),
  }),
]);
export type IndicatorFigure = z.infer<typeof IndicatorFigure>;

/** An agreement that the clocks ran under, as it is at the end of the period. */
const CountedAgreement = z.object({
  id: AgreementId,
  version: z.number(),
  name: z.object({ da: z.string(), en: z.string() }),
  targetShare: z.number().optional(),
  basis: z.enum(["sourced", "default"]),
  source: z.object({ document: z.string(), section: z.string().optional(), note: z.string().optional() }),
});

/** How well what was promised was kept. No group of fewer than five cases, and none that a total gives away. */
export const Indicators = z
  .object({
    from: month,
    to: month,
    /** Open clocks are counted as they stand then. */
    asOf: Instant,
    groupBy: z.array(IndicatorDimension),
    /** Whose they are; absent: everybody's (for operators). */
    organisation: z.string().optional(),
    fewest: count,
    total: z.discriminatedUnion("hidden", [Hidden, IndicatorNumbers]),
    rows: z.array(IndicatorRow),
    figures: z.array(IndicatorFigure),
    agreements: z.array(CountedAgreement),
  })
  .meta({ id: "Indicators" });
export type Indicators = z.infer<typeof Indicators>;

export const IndicatorQueries = { "agreement.indicators": IndicatorsQuery } as const;
