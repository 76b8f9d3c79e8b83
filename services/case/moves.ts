import { type Decision, refuse } from "./decision.ts";

/**
 * What a family allows: one line a command, read by the decision, by the tests and by the drawing of the state machine.
 * `by`: who may, in the family's roles. `when`: in which states. `leadsTo`: the states that it can lead to.
 * `stays`: it may also leave the case in the state that it was in.
 */
export type Move<Role extends string, Status extends string> = {
  by: readonly Role[];
  when: readonly Status[];
  leadsTo: readonly Status[];
  stays?: boolean;
};
export type Moves<Role extends string, Status extends string> = Readonly<Record<string, Move<Role, Status>>>;

const listed = (words: readonly string[]): string => words.join(" or ");

/**
 * Whether a move is allowed, or why not. Who comes first: a party learns whose turn it is before it learns the state.
 * `holds`: whether the actor plays a role.
 */
export const notAllowed = <Role extends string, Status extends string>(
  move: Move<Role, Status>,
  { status, holds }: { status: Status; holds: (role: Role) => boolean },
): Decision<never> | undefined => {
  if (!move.by.some(holds))
    return refuse("not-your-turn", "sender", `Only the ${listed(move.by)} may do this.`);
  if (move.when.includes(status)) return undefined;
  return refuse(
    "wrong-state",
    "caseId",
    `The case is ${status}; this is possible while it is ${listed(move.when)}.`,
  );
};

/** A Mermaid drawing of the moves, from the first state on. Deterministic: it is committed, and a test compares. */
export const drawMoves = (moves: Moves<string, string>, initial: string): string => {
  const lines = Object.entries(moves).flatMap(([command, { by, when, leadsTo, stays }]) => {
    const label = `${command.split(".")[1] ?? command} (${by.join(", ")})`;
    return when.flatMap((from) =>
      [...leadsTo, ...(stays === true ? [from] : [])].map(
        (to) => `  ${from === initial ? "[*]" : from} --> ${to}: ${label}`,
      ),
    );
  });
  return ["stateDiagram-v2", ...new Set(lines)].join("\n");
};
