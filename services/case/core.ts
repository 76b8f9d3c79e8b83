import type { Family } from "../../contracts/family.ts";
import type { CardDraft } from "./card.ts";
import type { CaseState } from "./case-state.ts";
import type { Decision } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";

/** All that a decision may know of the world. Nothing is looked up while deciding. */
export type DecisionContext = {
  caseId: string;
  /** GLN of the organisation that sent the command, or `hub`. */
  actor: string;
  now: string;
  /** `now` on a Danish wall clock, `yyyy-mm-ddThh:mm`. */
  local: string;
  /** The Danish calendar date of `now`: directories and agreements are dated. */
  today: string;
  directory: DirectoryView;
  /** What every family shares of the case: clocks, deliveries, parties. */
  common: CaseState;
};

/** Who asks what may be done, and when that is. */
export type Asking = Pick<DecisionContext, "actor" | "now" | "today">;

/**
 * The pure part of a family: what the kernel needs to decide and remember. Without `family` it is a core that acts on
 * any case by what all cases share (clocks, deliveries), and leaves its status as it is.
 */
export type Core<State, Command, Fact extends { type: string }> = {
  family?: Family;
  initial: State;
  /** Whether a fact read back from the journal is one of this family that this version knows. */
  adopts: (fact: { type: string }) => fact is Fact;
  evolve: (state: State, fact: Fact) => State;
  decide: (state: State, command: Command, context: DecisionContext) => Decision<Fact>;
  /** The commands that the case takes from somebody as it stands: `decide` refuses none of them but for what it says. */
  can?: (state: State, asking: Asking) => readonly string[];
  statusOf?: (state: State) => string;
  /** How lists show the case; `undefined` for one that no list shows, e.g. a pointer. */
  cardOf?: (state: State) => CardDraft | undefined;
};

export { hubActor } from "./hub-actor.ts";
