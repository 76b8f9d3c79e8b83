import type { ErrorCode } from "../../../contracts/errors.ts";
import type { ObservationCommand } from "../../../contracts/messages/observation.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import { refuse } from "../../case/decision.ts";
import type { ObservationDecision } from "./draft.ts";
import type { OpenEpisode } from "./state.ts";

export type CommandOf<Type extends ObservationCommand["type"]> = Extract<ObservationCommand, { type: Type }>;

/** A command on an episode that is open. */
export type Acting<Type extends ObservationCommand["type"]> = {
  state: OpenEpisode;
  command: CommandOf<Type>;
  context: DecisionContext;
};

export const refuseAll = (code: ErrorCode, problems: readonly Problem[]): ObservationDecision => ({
  kind: "refuse",
  code,
  problems: [...problems],
});

/** A version of the hub that reads an episode of a scheme that it was never given. */
export const schemeGone = (): ObservationDecision =>
  refuse("scheme-unknown", "scheme", "The episode's score scheme is not known to this version of the hub.");
