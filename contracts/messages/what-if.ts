/** What a set of agreements would have meant for the answers of a past period, before anybody signs it. */
import { z } from "zod";
import { AgreementEntry, AgreementSet } from "../agreement.ts";
import { AgreementProblem } from "../agreement-problem.ts";
import { CalendarId, ClockCalendar } from "../clock-calendar.ts";
import { Address } from "../identifiers.ts";
import { TimeOfDay } from "../limits.ts";
import { Instant } from "../time.ts";
import { OrganisationKind } from "./directory.ts";

const weekday = z.number().int().min(1).max(7);

/**
 * Other hours for somebody, instead of those that the directory has: for `organisations` (itself or a whole that it is part of), for
 * `kinds`, or without either for everybody. `calendar`: one of the file; `closes`: whoever is open then closes at that time on those
 * weekdays (1 is Monday), and keeps the rest.
 */
const OtherHours = z
  .strictObject({
    organisations: z.array(Address).min(1).max(1000).optional(),
    kinds: z.array(OrganisationKind).min(1).optional(),
    calendar: CalendarId.optional(),
    closes: z
      .array(z.strictObject({ days: z.array(weekday).min(1), at: TimeOfDay }))
      .min(1)
      .optional(),
  })
  .refine(({ calendar, closes }) => calendar !== undefined || closes !== undefined, {
    message: "Other hours are a calendar, or times at which somebody closes.",
    path: ["closes"],
    params: { code: "hours-missing" },
  });
export type OtherHours = z.infer<typeof OtherHours>;

/** The file `--calendar` of `sektorbro agreements what-if`. The nearest in `use` counts: an organisation before a kind before everybody. */
export const WhatIfCalendars = z
  .strictObject({
    calendars: z.array(ClockCalendar).max(1000).default([]),
    use: z.array(OtherHours).min(1).max(1000),
  })
  .refine(
    ({ calendars, use }) =>
      use.every(({ calendar }) => calendar === undefined || calendars.some(({ id }) => id === calendar)),
    {
      message: "`use` names a calendar that is not among them.",
      path: ["use"],
      params: { code: "calendar-unknown" },
    },
  )
  .meta({ id: "WhatIfCalendars" });
export type WhatIfCalendars = z.infer<typeof WhatIfCalendars>;

const somethingToTry = {
  message:
    "Name the sets of files, or single agreements, or other calendars: not sets and single agreements.",
  path: ["sets"],
  params: { code: "nothing-to-try" },
};
const inOrder = {
  message: "A period ends no earlier than it begins.",
  path: ["to"],
  params: { code: "period-order" },
};

/**
 * `sets`: a region's whole set instead of the one in force; `changes`: single agreements instead of those of the same id; neither: the set
 * in force. Tried is what is in force on the Danish date `on`, throughout the period; absent: when all of it has begun. The period is of
 * Danish dates, both included, and holds the clocks that started in it.
 */
export const WhatIf = z
  .strictObject({
    sets: z.array(AgreementSet).min(1).max(50).optional(),
    changes: z.array(AgreementEntry).min(1).max(200).optional(),
    calendars: WhatIfCalendars.optional(),
    from: z.iso.date(),
    to: z.iso.date(),
    on: z.iso.date().optional(),
  })
  .refine(({ from, to }) => from <= to, inOrder)
  .refine(
    ({ sets, changes, calendars }) =>
      (sets === undefined) !== (changes === undefined) ||
      (sets === undefined && changes === undefined && calendars !== undefined),
    somethingToTry,
  )
  .meta({ id: "WhatIf" });
export type WhatIf = z.infer<typeof WhatIf>;

const count = z.number().int().min(0);

/**
 * Clocks by where they stand at `asOf`: `clocks` = `inTime` + `late` + `open` + `cancelled`. `late`: not answered when it was due, whether it
 * was since; `lateOpen`: those of them that still are not; `open`: not answered, not late; `cancelled`: no longer owed, and was not late.
 * `warned`: the debtor was warned at least once. `unbound`: no agreement gives it a time; such a clock is none of the others.
 */
export const WhatIfFigures = z.object({
  clocks: count,
  inTime: count,
  late: count,
  lateOpen: count,
  open: count,
  cancelled: count,
  warned: count,
  unbound: count,
});
export type WhatIfFigures = z.infer<typeof WhatIfFigures>;

/**
 * `null` for operators: a group of fewer than 5 clocks, hidden so that no patient can be found, or one more that is hidden so that such a
 * group cannot be found by subtraction.
 */
const Sides = { now: WhatIfFigures.nullable(), tried: WhatIfFigures.nullable() };

/** A clock that comes on the other side: late and was not, or the other way round. */
const ChangedClock = z.object({
  caseId: z.string(),
  clockId: z.string(),
  promise: z.string(),
  debtor: z.string(),
  change: z.enum(["worse", "better"]),
  /** Absent: no agreement gives it a time. */
  due: z.object({ now: Instant.optional(), tried: Instant.optional() }),
});
export type ChangedClock = z.infer<typeof ChangedClock>;

/**
 * What the agreements of the period gave (`now`, counted by the same arithmetic) and what those that are tried would have given. `answers`
 * are all clocks but those of receipts, which systems answer. `scope`: all clocks of the hub, as its operators are told, without cases and
 * with small groups hidden; or those that the asker and its units owe or were promised.
 */
export const WhatIfResult = z
  .object({
    scope: z.enum(["all", "own"]),
    from: z.iso.date(),
    to: z.iso.date(),
    /** The date on which the tried set was looked at. */
    on: z.iso.date(),
    asOf: Instant,
    answers: z.object(Sides),
    /** In the order of the promises' names; `agreements`: id and version of those that bound, and would have. */
    promises: z.array(
      z.object({
        promise: z.string(),
        agreements: z.object({ now: z.array(z.string()), tried: z.array(z.string()) }),
        ...Sides,
      }),
    ),
    /** By promise and then by who owes the answer. */
    parties: z.array(z.object({ promise: z.string(), debtor: z.string(), name: z.string(), ...Sides })),
    /** `null` for operators: from 1 to 4. `cases`: the first thousand, for those who may see them. */
    changed: z.object({
      worse: count.nullable(),
      better: count.nullable(),
      cases: z.array(ChangedClock).optional(),
    }),
    /**
     * How `now` agrees with what the journal recorded: `differing` clocks were due, late or warned otherwise there, e.g. because a rule of
     * counting was changed since, opening hours were not yet recorded with the clock, or the hub was away when a warning was due.
     */
    recorded: z.object({ clocks: count, differing: count, due: count, late: count, warned: count }),
    /** Clocks from before the matter was recorded: what they were about was worked out from the promise and the case. */
    withoutMatter: count,
    /** Clocks of agreements that the hub does not know any more: in none of the figures. */
    unknown: count,
    /** Promises that the tried set gives a time to and nobody was given in the period: nothing can be said of them. */
    notTried: z.array(z.string()),
    /** Records of the journal that were read. */
    records: count,
  })
  .meta({ id: "WhatIfResult" });
export type WhatIfResult = z.infer<typeof WhatIfResult>;

/** How far it has come. The journal is read in shards, each whole. */
export const WhatIfProgress = z
  .object({
    shards: z.number().int(),
    shardsDone: z.number().int(),
    records: z.number().int(),
  })
  .meta({ id: "WhatIfProgress" });
export type WhatIfProgress = z.infer<typeof WhatIfProgress>;

/** `working`: the same question again tells how far it is, and in the end the result. `refused`: everything that is wrong with the set. */
export const WhatIfAnswer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("done"), result: WhatIfResult }),
  z.object({ status: z.literal("working"), progress: WhatIfProgress }),
  z.object({ status: z.literal("refused"), problems: z.array(AgreementProblem) }),
]);
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>;

export const WhatIfQueries = { "agreement.whatIf": WhatIf } as const;
