import type { Decision } from "../../case/decision.ts";
import { type Move, type Moves, notAllowed } from "../../case/moves.ts";
import type { ObservationState } from "./state.ts";

/** `doctor`: whoever has been asked for a plan in this episode; `practice`: the citizen's own. */
export type Role = "team" | "doctor" | "practice";
type Status = ObservationState["status"];

const doctors = ["doctor", "practice"] as const;
const anyone = ["team", "doctor", "practice"] as const;
const running = ["observing", "awaitingDoctor", "planned"] as const;
const open = [...running, "terminal"] as const;

/**
 * Who may do what, and when. A command with several lines is named again with what tells them apart: where it leads depends on
 * the state. An empty `leadsTo`: the case stays as it is.
 */
export const moves = {
  "observation.measure": { by: ["team"], when: ["observing"], leadsTo: ["observing", "awaitingDoctor"] },
  // One that stands instead of another takes the other's question with it.
  "observation.measure.asked": {
    by: ["team"],
    when: ["awaitingDoctor"],
    leadsTo: ["observing", "awaitingDoctor"],
  },
  "observation.measure.planned": { by: ["team"], when: ["planned"], leadsTo: ["planned", "awaitingDoctor"] },
  "observation.measure.terminal": { by: ["team"], when: ["terminal"], leadsTo: ["terminal"] },
  "observation.recordCall": { by: anyone, when: open, leadsTo: [] },
  "observation.makePlan": { by: doctors, when: running, leadsTo: ["planned"] },
  "observation.acknowledgePlan": { by: ["team"], when: ["planned"], leadsTo: ["observing"] },
  "observation.order": { by: doctors, when: running, leadsTo: [] },
  "observation.declareTerminal": { by: anyone, when: running, leadsTo: ["terminal"] },
  "observation.orderScoring": { by: doctors, when: ["terminal"], leadsTo: ["observing"] },
  "observation.retract": {
    by: ["team"],
    when: ["observing", "awaitingDoctor"],
    leadsTo: ["observing", "awaitingDoctor"],
  },
  "observation.retract.planned": { by: ["team"], when: ["planned"], leadsTo: ["planned", "awaitingDoctor"] },
  "observation.retract.terminal": { by: ["team"], when: ["terminal"], leadsTo: ["terminal"] },
  "observation.close": { by: ["team"], when: open, leadsTo: ["closed"] },
} as const satisfies Moves<Role, Status>;

/** How an episode begins: with its first measurement. */
export const openings = {
  "observation.open": { by: ["team"], when: ["none"], leadsTo: ["observing", "awaitingDoctor"] },
} as const satisfies Moves<Role, Status>;

/** Every line of a command. */
export const linesOf = (type: string): Move<Role, Status>[] =>
  Object.entries(moves)
    .filter(([name]) => name === type || name.startsWith(`${type}.`))
    .map(([, move]) => move);

/** Whether a command is allowed, over all its lines; or why not. */
export const refusalOf = (
  type: string,
  at: { status: Status; holds: (role: Role) => boolean },
): Decision<never> | undefined => {
  const lines = linesOf(type);
  const by = [...new Set(lines.flatMap((line) => line.by))];
  return notAllowed({ by, when: lines.flatMap((line) => line.when), leadsTo: [] }, at);
};
