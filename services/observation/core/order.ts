/** What a doctor orders for one citizen: other limits and repeats, no scoring, or scoring all the same. */
import type { Adjustment } from "../../../contracts/messages/observation-parts.ts";
import { type Problem, problem } from "../../../contracts/problem.ts";
import { rankOf, score } from "../../../contracts/score.ts";
import type { Values } from "../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../contracts/score-scheme.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Acting, refuseAll, schemeGone } from "./acting.ts";
import { type Draft, decided, draftOf, noting, type ObservationDecision, schemeIn } from "./draft.ts";
import { ending } from "./end.ts";
import { follow } from "./follow.ts";
import { lastComplete, type Taken } from "./state.ts";

const acceptProblems = (scheme: ScoreScheme, { limits }: Adjustment): Problem[] =>
  limits.accepts.flatMap(({ parameter, min, max }, i): Problem[] => {
    const path = `adjustment.limits.accepts.${i}`;
    const known = scheme.parameters.filter(({ kind }) => kind === "measured").map(({ name }) => name);
    return [
      ...(known.includes(parameter)
        ? []
        : [problem(`${path}.parameter`, "parameter-unknown", `Limits are set on: ${known.join(", ")}.`)]),
      ...(min === undefined && max === undefined
        ? [problem(path, "limits-empty", "Give a lower limit, an upper limit, or both.")]
        : []),
    ];
  });

const tierProblems = (scheme: ScoreScheme, { limits }: Adjustment): Problem[] => {
  const known = scheme.tiers.map(({ id }) => id).join(", ");
  return limits.tiers.flatMap((order, i) =>
    (["from", "as"] as const)
      .filter((end) => rankOf(scheme, order[end]) < 0)
      .map((end) =>
        problem(`adjustment.limits.tiers.${i}.${end}`, "tier-unknown", `A tier is one of: ${known}.`),
      ),
  );
};

const adjustmentProblems = (scheme: ScoreScheme, adjustment: Adjustment, now: string): Problem[] => [
  ...acceptProblems(scheme, adjustment),
  ...tierProblems(scheme, adjustment),
  ...(adjustment.validTo > now
    ? []
    : [problem("adjustment.validTo", "valid-until-past", "An order is valid until a time to come.")]),
];

/** The values of a score, to be scored again. */
const valuesOf = ({ score: { parts } }: Taken): Values =>
  Object.fromEntries(
    parts.map(({ parameter, measured, site }) => [
      parameter,
      site === undefined ? measured : { value: measured, site },
    ]),
  );

/** The next repeat follows the order from now on: the tier of the last measurement is found again under it. */
const reowed = (draft: Draft, adjustment: Adjustment, context: DecisionContext): Draft => {
  const { state } = draft;
  const [last, scheme] = [lastComplete(state), schemeIn(state)];
  if (last === undefined || scheme === undefined) return draft;
  const again = score(scheme, valuesOf(last), { ordered: adjustment.limits });
  if (!again.ok) return draft;
  const dropped =
    state.repeat?.owed === true ? noting(draft, { type: "RepeatDropped", reason: "adjusted" }) : draft;
  const taken = { ...last, measuredAt: context.now, score: again.score };
  return follow(dropped, taken, { context, repeatFrom: context.now, asks: false });
};

export const order = ({ state, command, context }: Acting<"observation.order">): ObservationDecision => {
  const { adjustment } = command.payload;
  const scheme = schemeIn(state);
  if (scheme === undefined) return schemeGone();
  const problems = adjustmentProblems(scheme, adjustment, context.now);
  if (problems.length > 0) return refuseAll("adjustment-invalid", problems);
  const ordered = noting(draftOf(state), { type: "AdjustmentOrdered", by: context.actor, adjustment });
  return decided(state, reowed(ordered, adjustment, context), context);
};

export const declareTerminal = (acting: Acting<"observation.declareTerminal">): ObservationDecision => {
  const { by: person, note } = acting.command.payload;
  return ending(acting, "terminal", {
    type: "TerminalDeclared",
    by: acting.context.actor,
    person,
    ...(note === undefined ? {} : { note }),
  });
};

export const orderScoring = ({
  state,
  command,
  context,
}: Acting<"observation.orderScoring">): ObservationDecision => {
  const { by: person, reason } = command.payload;
  const fact = { type: "ScoringOrdered", by: context.actor, person, reason } as const;
  return decided(state, noting(draftOf(state), fact), context);
};
