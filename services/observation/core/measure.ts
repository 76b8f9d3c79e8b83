import type { FactOf } from "../../../contracts/messages/observation-facts.ts";
import type { MeasuredMedia, Measurement } from "../../../contracts/messages/observation-parts.ts";
import { type Problem, problem, warning } from "../../../contracts/problem.ts";
import { type Scored, score, tierOf } from "../../../contracts/score.ts";
import type { Score } from "../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../contracts/score-scheme.ts";
import { instantOf, msOf } from "../../case/clock-zone.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Draft, noting } from "./draft.ts";
import { follow, orderedAt } from "./follow.ts";
import { counting, lastComplete, type OpenEpisode, questionOf, takenOf } from "./state.ts";
import { trendOf } from "./trend.ts";

/** Clocks of devices differ by this much without anybody being wrong. */
const skewMs = 5 * 60_000;

type Input = {
  measurement: Measurement;
  scheme: ScoreScheme;
  context: DecisionContext;
  attachments?: MeasuredMedia[] | undefined;
  /** The measurement that it stands instead of. */
  replaces?: number | undefined;
};

const measuredAtOf = ({ measurement, context }: Input): string => measurement.measuredAt ?? context.now;

const timeProblems = (input: Input): Problem[] =>
  measuredAtOf(input) > instantOf(msOf(input.context.now) + skewMs)
    ? [problem("measurement.measuredAt", "measured-in-future", "A measurement is not in the future.")]
    : [];

const concernProblems = ({ measurement, scheme }: Input): Problem[] => {
  const tier = measurement.concern?.tier;
  if (tier === undefined || tierOf(scheme, tier) !== undefined) return [];
  const known = scheme.tiers.map(({ id }) => id).join(", ");
  return [problem("measurement.concern.tier", "tier-unknown", `A tier is one of: ${known}.`)];
};

const inMeasurement = (problem: Problem): Problem => ({ ...problem, path: `measurement.${problem.path}` });

const scoreOf = (input: Input, ordered: Parameters<typeof score>[2]): Scored =>
  score(input.scheme, input.measurement.values, { ...ordered, concern: input.measurement.concern });

/** Everything that keeps a measurement from being taken, at once. */
export const measurementProblems = (input: Input): Problem[] => {
  const scored = scoreOf(input, {});
  return [
    ...(scored.ok ? [] : scored.problems.map(inMeasurement)),
    ...timeProblems(input),
    ...concernProblems(input),
  ];
};

const totalWarning = ({ senderTotal }: Measurement, { total }: Score): Problem[] =>
  senderTotal === undefined || total === undefined || senderTotal === total
    ? []
    : [
        warning(
          "measurement.senderTotal",
          "total-differs",
          "The sender's total is not what the values add up to. Both are shown; the hub acts on its own.",
        ),
      ];

/** A message of other results alone, e.g. a blood sample, is no measurement that somebody left unfinished. */
const missingWarning = ({ results }: Measurement, { missing, parts }: Score): Problem[] =>
  missing.length === 0 || (parts.length === 0 && results !== undefined)
    ? []
    : [
        warning(
          "measurement.values",
          "measurement-incomplete",
          `No total: these are missing: ${missing.join(", ")}. The next measurement is still owed.`,
        ),
      ];

const orderWarning = (state: OpenEpisode, measuredAt: string): Problem[] => {
  const last = counting(state).at(-1);
  return last === undefined || measuredAt >= last.measuredAt
    ? []
    : [
        warning(
          "measurement.measuredAt",
          "measured-earlier",
          "A later measurement was there before this one.",
        ),
      ];
};

const terminalWarning = ({ status }: OpenEpisode): Problem[] =>
  status === "terminal"
    ? [
        warning(
          "measurement",
          "scoring-not-requested",
          "The citizen is declared terminal: it is kept, and nobody is asked.",
        ),
      ]
    : [];

/** What the tier asks of the team, and has not been done: the call, and ISBAR. Asked while a doctor owes a plan. */
const contactWarnings = (
  { state }: Draft,
  { measurement, scheme }: Pick<Input, "measurement" | "scheme">,
): Problem[] => {
  const question = questionOf(state);
  if (question === undefined) return [];
  const noCall = question.phoneFirst && !question.called;
  // Told once is enough: only the measurement that puts the question must bring it.
  const puts = question.measurement === state.taken.length;
  const noIsbar = puts && tierOf(scheme, question.tier)?.isbar === true && measurement.isbar === undefined;
  return [
    ...(noCall
      ? [
          warning(
            "measurement.call",
            "call-missing",
            "This tier is phoned first; the message supplements the call. Phone now, and record the call.",
          ),
        ]
      : []),
    ...(noIsbar
      ? [warning("measurement.isbar", "isbar-missing", "At this tier the doctor is told by ISBAR.")]
      : []),
  ];
};

type MeasuredFact = FactOf<"Measured"> | FactOf<"PartlyMeasured">;

type Along = Partial<Omit<FactOf<"PartlyMeasured">, "type">>;

/** What the sender told beside the values, as far as it told it. */
const along = ({ measurement }: Input): Along => {
  const { values: _values, measuredAt: _at, call: _call, ...rest } = measurement;
  return rest;
};

/** What is true of it in this episode. */
const standing = ({ restricted }: OpenEpisode, { attachments, replaces }: Input): Along => ({
  ...(attachments === undefined ? {} : { attachments }),
  ...(restricted ? { restricted: true } : {}),
  ...(replaces === undefined ? {} : { replaces }),
});

const factOf = (
  state: OpenEpisode,
  input: Input,
  found: { score: Score; warnings: Problem[] },
): MeasuredFact => {
  const { total, missing } = found.score;
  const base = {
    no: state.taken.length + 1,
    by: input.context.actor,
    patient: state.patient,
    measuredAt: measuredAtOf(input),
    ...found,
    ...along(input),
    ...standing(state, input),
  };
  if (total === undefined || missing.length > 0) return { type: "PartlyMeasured", ...base };
  const trend = trendOf(input.scheme, lastComplete(state), found.score);
  return { type: "Measured", ...base, ...(trend === undefined ? {} : { trend }) };
};

/** A measurement without problems: scored, compared with the last, and followed by what its tier asks for. */
export const takeMeasurement = (draft: Draft, input: Input): Draft => {
  const { context, measurement } = input;
  const measuredAt = measuredAtOf(input);
  const scored = scoreOf(input, { ordered: orderedAt(draft.state, measuredAt)?.limits });
  if (!scored.ok) return draft;
  const found = scored.score;
  const warnings = [
    ...scored.warnings.map(inMeasurement),
    ...totalWarning(measurement, found),
    ...missingWarning(measurement, found),
    ...orderWarning(draft.state, measuredAt),
    ...terminalWarning(draft.state),
  ];
  const fact = factOf(draft.state, input, { score: found, warnings });
  const noted = { ...noting(draft, fact), warnings: [...draft.warnings, ...warnings] };
  const repeatFrom = fact.type === "Measured" ? measuredAt : undefined;
  const followed = follow(noted, takenOf(fact), { context, repeatFrom });
  const { call } = measurement;
  const called =
    call === undefined ? followed : noting(followed, { type: "CallRecorded", by: context.actor, call });
  return { ...called, warnings: [...called.warnings, ...contactWarnings(called, input)] };
};
