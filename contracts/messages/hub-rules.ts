/** The hub's rules that are data, for whoever fills in a form: what is scored how, and what a referral must hold. */
import { z } from "zod";
import { declineReasons, returnReasons } from "../codes/referral-rules/reasons.ts";
import { ScoreScheme } from "../score-scheme.ts";
import { ReferralKind } from "./referral-content.ts";

/** Every score scheme, the newest version of each. */
export const ScoreSchemesAnswer = z
  .object({ schemes: z.array(ScoreScheme) })
  .meta({ id: "ScoreSchemesAnswer" });
export type ScoreSchemesAnswer = z.infer<typeof ScoreSchemesAnswer>;

const words = z.object({ da: z.string(), en: z.string() });
const Condition = z.union([
  z.object({ field: z.string(), is: z.literal("present") }),
  z.object({ field: z.string(), in: z.array(z.string()) }),
  z.object({ ageBelow: z.number() }),
]);
const Check = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("present") }),
  z.object({ kind: z.literal("oneOf"), values: z.array(z.string()) }),
  z.object({ kind: z.literal("anyOf"), fields: z.array(z.string()) }),
  z.object({ kind: z.literal("ageAtLeast"), years: z.number() }),
  z.object({ kind: z.literal("past") }),
  z.object({ kind: z.literal("future") }),
]);

/** One demand on the content of a referral; what each part means: `codes/referral-rules/rule.ts`. */
export const ReferralRule = z
  .object({
    code: z.string(),
    kinds: z.array(ReferralKind),
    /** GLNs of the only receivers that demand it; absent: all. */
    receivers: z.array(z.string()).optional(),
    field: z.string(),
    check: Check,
    when: z.array(Condition).optional(),
    demand: z.enum(["required", "warn"]),
    text: words,
    source: z.string(),
    basis: z.enum(["sourced", "default"]),
  })
  .meta({ id: "ReferralRule" });
export type ReferralRule = z.infer<typeof ReferralRule>;

/** What is asked of referrals, and the reasons that one may come back with. */
export const ReferralRulesAnswer = z
  .object({
    rules: z.array(ReferralRule),
    returnReasons: z.array(z.enum(returnReasons)),
    declineReasons: z.array(z.enum(declineReasons)),
  })
  .meta({ id: "ReferralRulesAnswer" });
export type ReferralRulesAnswer = z.infer<typeof ReferralRulesAnswer>;
