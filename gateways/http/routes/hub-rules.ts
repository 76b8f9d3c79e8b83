import { declineReasons, returnReasons } from "../../../contracts/codes/referral-rules/reasons.ts";
import { contentRules } from "../../../contracts/codes/referral-rules/rules.ts";
import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import { ReferralRulesAnswer, ScoreSchemesAnswer } from "../../../contracts/messages/hub-rules.ts";
import type { Route } from "../route.ts";

const newest = scoreSchemes.filter((scheme) => schemeOf(scoreSchemes, { id: scheme.id }) === scheme);

/** Parsed once: what is told is what the contract says, and no more. */
const schemes = ScoreSchemesAnswer.parse({ schemes: newest });
const referralRules = ReferralRulesAnswer.parse({ rules: contentRules, returnReasons, declineReasons });

export const hubRuleRoutes = (): Route[] => [
  {
    method: "GET",
    path: "/v1/score-schemes",
    access: "caller",
    reads: "json",
    describe: {
      id: "listScoreSchemes",
      tag: "observations",
      summary: "How measurements are scored, as data / Scoringsskemaer",
      detail:
        "Bands, tiers, repeats and red flags of each scheme, with source and basis: what a bedside device needs to show a score at " +
        "once. The hub's own score counts.",
      answers: { 200: { text: "The newest version of each.", schema: ScoreSchemesAnswer } },
      problems: [],
    },
    handle: (_request, reply) => reply.send(schemes),
  },
  {
    method: "GET",
    path: "/v1/referral-rules",
    access: "caller",
    reads: "json",
    describe: {
      id: "listReferralRules",
      tag: "referrals",
      summary: "What a referral must hold, by kind and receiver / Krav til henvisninger",
      detail:
        "`required`: refused without; `warn`: taken, and told. A form that asks for it while it is written is spared the refusal.",
      answers: { 200: { text: "Every rule, with its source.", schema: ReferralRulesAnswer } },
      problems: [],
    },
    handle: (_request, reply) => reply.send(referralRules),
  },
];
