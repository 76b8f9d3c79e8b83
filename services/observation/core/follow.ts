/** What a measurement leads to: the next one, and a doctor who is asked. */

import type { Limits } from "../../../contracts/limits.ts";
import type { ObservationFact } from "../../../contracts/messages/observation-facts.ts";
import type { Adjustment } from "../../../contracts/messages/observation-parts.ts";
import { type Problem, warning } from "../../../contracts/problem.ts";
import { rankOf, tierOf } from "../../../contracts/score.ts";
import type { ScoreScheme, Tier } from "../../../contracts/score-scheme.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Contact, contactFor } from "./contact.ts";
import { type Draft, noting, owingKind, schemeIn } from "./draft.ts";
import { type OpenEpisode, questionOf, type Taken } from "./state.ts";

/** The doctor's order, if it is in force at that time. */
export const orderedAt = (
  { adjustment }: Pick<OpenEpisode, "adjustment">,
  at: string,
): Adjustment | undefined => (adjustment !== undefined && at < adjustment.validTo ? adjustment : undefined);

/** A doctor who orders a repeat names no warning: it comes half-way, as for the question to the doctor (TOBS-MSG). */
const orderedLimits = (minutes: number): Limits => ({
  limit: { kind: "elapsed", minutes },
  warnAt: { kind: "elapsed", minutes: Math.floor(minutes / 2) },
});

type Next = { by: "tier" | "adjustment"; limits: Limits; left?: number };

/** When the next measurement is owed; `undefined` when it is left to judgement, or the tier's repeats are done. */
const nextOf = (state: OpenEpisode, tier: Tier, at: string): Next | undefined => {
  const minutes = orderedAt(state, at)?.repeatMinutes;
  if (minutes !== undefined) return { by: "adjustment", limits: orderedLimits(minutes) };
  const { limits, count } = tier.repeat;
  if (limits === undefined) return undefined;
  if (count === undefined) return { by: "tier", limits };
  const left = state.repeat?.tier === tier.id ? (state.repeat.left ?? count) : count;
  return left === 0 ? undefined : { by: "tier", limits, left: left - 1 };
};

type Following = { taken: Taken; tier: Tier; scheme: ScoreScheme; context: DecisionContext };

/** The repeat that a tier asks for, or a doctor. `from`: when it is counted from. */
const withRepeat = (draft: Draft, { taken, tier }: Following, from: string): Draft => {
  const next = nextOf(draft.state, tier, taken.measuredAt);
  if (next === undefined) return draft;
  const { by, limits, left } = next;
  const fact: ObservationFact = {
    type: "RepeatOwed",
    measurement: taken.no,
    by,
    tier: tier.id,
    ...(left === undefined ? {} : { left }),
  };
  const { team, practice } = draft.state;
  const owed = {
    kind: owingKind,
    tier: tier.id,
    debtor: team,
    creditor: practice,
    from,
    about: `measurement-${taken.no}`,
    limits,
    promises: ["TOBS-REPEAT"],
  };
  return { ...noting(draft, fact), owing: [...draft.owing, owed] };
};

/** A plan answers a tier no higher than it was made for, as long as it is valid. */
const isPlanned = ({ plan }: OpenEpisode, { scheme, tier, context }: Following): boolean =>
  plan !== undefined &&
  context.now < plan.plan.validUntil &&
  rankOf(scheme, tier.id) <= rankOf(scheme, plan.tier);

const isAsked = (state: OpenEpisode, { scheme, tier }: Following): boolean => {
  const question = questionOf(state);
  return question !== undefined && rankOf(scheme, tier.id) <= rankOf(scheme, question.tier);
};

const askedFact = (
  { state }: Draft,
  { taken, tier }: Following,
  { contact, movedFrom }: { contact: Contact; movedFrom?: string | undefined },
): ObservationFact => {
  const { patient, practice, team, municipalityCode } = state;
  const { doctor, name, phone, why } = contact;
  const { no: measurement, score, trend, isbar } = taken;
  return {
    type: "DoctorAsked",
    doctor,
    name,
    ...(phone === undefined ? {} : { phone }),
    why,
    measurement,
    tier: tier.id,
    phoneFirst: tier.phoneFirst,
    patient,
    practice,
    team,
    municipalityCode,
    score,
    ...(trend === undefined ? {} : { trend }),
    ...(isbar === undefined ? {} : { isbar }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
    ...(state.restricted ? { restricted: true } : {}),
  };
};

const nobodyOnDuty = warning(
  "practice",
  "nobody-on-duty",
  "The practice is closed, and the directory names nobody who answers instead: phone.",
);

const practiceAlone = warning(
  "practice",
  "sharing-refused",
  "The citizen refuses that it is passed on, so the practice is asked though another doctor answers now: phone, and ask the citizen again.",
);

const contactWarnings = ({ why }: Contact, { outsideHours }: Tier): Problem[] => {
  if (why === "sharingRefused") return [practiceAlone];
  return why === "practiceLater" && outsideHours !== "wait" ? [nobodyOnDuty] : [];
};

/** Puts the question to a doctor, whose clock runs by the tier's own limits. */
const withQuestion = (
  draft: Draft,
  following: Following,
  to: { contact: Contact; movedFrom?: string | undefined },
): Draft => {
  const { tier, taken } = following;
  const { contact } = to;
  const asked = noting(draft, askedFact(draft, following, to));
  const owed = {
    kind: owingKind,
    tier: tier.id,
    debtor: contact.doctor,
    creditor: draft.state.team,
    about: `measurement-${taken.no}`,
    limits: tier.plan,
    promises: ["TOBS-MSG"],
  };
  return {
    ...asked,
    owing: [...draft.owing, owed],
    closes: { at: tier.outsideHours === "wait" ? undefined : contact.until },
    warnings: [...draft.warnings, ...contactWarnings(contact, tier)],
  };
};

/** Whom a question of this tier goes to now. */
const contactNow = (state: OpenEpisode, tier: Tier, context: DecisionContext): Contact | undefined => {
  const teamKind = context.directory.organisation(state.team)?.kind;
  const { practice, restricted } = state;
  return contactFor({ practice, teamKind, waits: tier.outsideHours === "wait", restricted }, context);
};

const withDoctor = (draft: Draft, following: Following): Draft => {
  const { tier, context } = following;
  const { state } = draft;
  if (tier.plan === undefined || isPlanned(state, following) || isAsked(state, following)) return draft;
  const contact = contactNow(state, tier, context);
  if (contact === undefined) return draft;
  const question = questionOf(state);
  const dropped =
    question === undefined
      ? draft
      : noting(draft, { type: "QuestionDropped", doctor: question.doctor, reason: "moreUrgent" });
  return withQuestion(dropped, following, { contact });
};

/** The tier that a measurement asks for, as it stands in its scheme. */
const followingOf = (state: OpenEpisode, taken: Taken, context: DecisionContext): Following | undefined => {
  const scheme = schemeIn(state);
  const tier = scheme === undefined ? undefined : tierOf(scheme, taken.score.tier);
  return scheme === undefined || tier === undefined ? undefined : { taken, tier, scheme, context };
};

/** `asks`: whether a doctor may be asked by it; a doctor who orders something is not asked about it. */
type Follow = { context: DecisionContext; repeatFrom?: string | undefined; asks?: boolean };

/**
 * What a measurement leads to. `repeatFrom`: the instant that the next repeat is counted from; absent: none is owed by it,
 * since it was not complete. A citizen who is declared terminal is owed neither.
 */
export const follow = (draft: Draft, taken: Taken, { context, repeatFrom, asks = true }: Follow): Draft => {
  const following = followingOf(draft.state, taken, context);
  if (following === undefined || draft.state.status === "terminal") return draft;
  const repeating = repeatFrom === undefined ? draft : withRepeat(draft, following, repeatFrom);
  return asks ? withDoctor(repeating, following) : repeating;
};

/** The question goes to another doctor, since the one who has it has closed. `undefined`: it stays where it is. */
export const moveQuestion = (
  draft: Draft,
  taken: Taken,
  { context, tier }: { context: DecisionContext; tier: Tier },
): Draft | { staysUntil: string | undefined } => {
  const scheme = schemeIn(draft.state);
  const question = questionOf(draft.state);
  const contact = contactNow(draft.state, tier, context);
  if (scheme === undefined || question === undefined || contact === undefined)
    return { staysUntil: undefined };
  if (contact.doctor === question.doctor) return { staysUntil: contact.until };
  const movedFrom = question.doctor;
  const dropped = noting(draft, { type: "QuestionDropped", doctor: movedFrom, reason: "closed" });
  return withQuestion(dropped, { taken, tier, scheme, context }, { contact, movedFrom });
};
