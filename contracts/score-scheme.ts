/**
 * A score scheme as data: which values are scored, how each is read, which points it gives, and what a total asks for.
 * A municipality's own scheme is another file of data; `score.ts` names no scheme and no parameter.
 */
import { z } from "zod";
import { Limits } from "./limits.ts";
import { schemeProblems } from "./score-scheme-check.ts";

/** A text for people, in Danish and in English. */
const Words = z.object({ da: z.string().min(1).max(200), en: z.string().min(1).max(200) });
export type Words = z.infer<typeof Words>;

/** Where a rule was read. `sourced`: in a document; `default`: proposed here, to be set locally. */
const origin = { source: z.string().min(1), basis: z.enum(["sourced", "default"]) };

const name = z.string().regex(/^[a-z][a-zA-Z0-9]{0,29}$/);
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const points = z.number().int().min(0).max(9);
/** How registers and FHIR name what is measured, e.g. an NPU code. `system` as in MedCom HomeCareObservation. */
const Code = z.object({ system: z.string().min(1), code: z.string().min(1) });

/** `min` and `max` are inclusive, on the value after correction and rounding; absent: open. `printed`: as the source has it. */
const Band = z.object({
  min: z.number().optional(),
  max: z.number().optional(),
  points,
  printed: z.string().optional(),
});
export type Band = z.infer<typeof Band>;

/** Where on the body it is measured. `correction` is added before rounding; `warns`: the source has no correction for it. */
const Site = z.object({
  site: id,
  title: Words,
  correction: z.number().default(0),
  warns: z.boolean().default(false),
});

const named = { name, title: Words, code: Code.optional() };
const quantity = {
  ...named,
  unit: z.string().min(1).max(15),
  /** Decimals that count. 0: counted in whole units, and a fraction is a mistake. 1 or 2: rounded half up after correction. */
  decimals: z.number().int().min(0).max(2),
  /** Outside these limits, both included, a value is a slip of the hand: a problem, and no score. */
  plausible: z.object({ min: z.number(), max: z.number() }),
};

/** A value that is measured and scored. Its bands are without gap and without overlap. */
const Measured = z.object({
  kind: z.literal("measured"),
  ...quantity,
  bands: z.array(Band).min(1),
  /** Absent: where it is measured does not matter. Present: a value without a site is not corrected, and warned of. */
  sites: z.array(Site).min(1).optional(),
  /** A corrected value below `below`, or from `from` on, is to be confirmed at `site` when it was measured elsewhere. */
  confirm: z.object({ site: id, below: z.number(), from: z.number(), advice: Words, ...origin }).optional(),
});

/** A value that is chosen from a list, e.g. the level of consciousness. */
const Coded = z.object({
  kind: z.literal("coded"),
  ...named,
  values: z.array(z.object({ code: id, title: Words, points, snomed: z.string().optional() })).min(2),
});

const Parameter = z.discriminatedUnion("kind", [Measured, Coded]);
export type Parameter = z.infer<typeof Parameter>;

/** What a total asks for. Tiers are listed by rising severity; one without `from` is reached by a rule alone. */
const Tier = z.object({
  id,
  title: Words,
  /** The totals of the tier, both included. */
  from: z.number().int().optional(),
  to: z.number().int().optional(),
  /** When the next measurement is owed, and after how many repeats in this tier that is left to judgement. */
  repeat: z.object({ text: Words, limits: Limits.optional(), count: z.number().int().min(1).optional() }),
  /** Whether a doctor is asked. `optional` and `nurseDecides` are the team's to judge. */
  contact: z.enum(["none", "optional", "nurseDecides", "required", "immediate"]),
  /** How long the doctor has for a plan. Present: the question is put, and its clock runs. */
  plan: Limits.optional(),
  /** Where no doctor of the practice can be reached: ask the out-of-hours doctor, or `wait` until the practice opens. */
  outsideHours: z.enum(["outOfHours", "wait"]).default("outOfHours"),
  /** The team calls; the message supplements. */
  phoneFirst: z.boolean().default(false),
  /** The doctor is to be told by ISBAR. */
  isbar: z.boolean().default(false),
  actions: z.array(Words),
  ...origin,
});
export type Tier = z.infer<typeof Tier>;

const rule = { id, title: Words, atLeast: id, ...origin };
/**
 * What raises a tier, whatever the total says. `singlePoints`: any parameter gives so many points; `value`: a red flag on one
 * value; `concern`: the measurer is concerned, and names no tier herself.
 */
const Rule = z.discriminatedUnion("when", [
  z.object({ when: z.literal("singlePoints"), points, ...rule }),
  z.object({
    when: z.literal("value"),
    parameter: name,
    above: z.number().optional(),
    below: z.number().optional(),
    ...rule,
  }),
  z.object({ when: z.literal("concern"), ...rule }),
]);
export type Rule = z.infer<typeof Rule>;

export const ScoreScheme = z
  .object({
    id,
    version: z.number().int().min(1),
    /** What the score is called in a list: `TOBS`. */
    name: z.string().min(1).max(20),
    title: Words,
    range: z.object({ min: z.number().int(), max: z.number().int() }),
    /** How the total itself is named. */
    code: Code.optional(),
    parameters: z.array(Parameter).min(1),
    /** Values that may come along and are not scored. */
    carried: z.array(z.object(quantity)).default([]),
    tiers: z.array(Tier).min(1),
    rules: z.array(Rule).default([]),
    ...origin,
  })
  .superRefine((scheme, context) => {
    for (const { path, message } of schemeProblems(scheme))
      context.addIssue({ code: "custom", path, message, params: { code: "scheme-inconsistent" } });
  })
  .meta({ id: "ScoreScheme" });
export type ScoreScheme = z.infer<typeof ScoreScheme>;
