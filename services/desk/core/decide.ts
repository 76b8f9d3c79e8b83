import type { DeskCommand } from "../../../contracts/messages/desk.ts";
import { type Colleague, type Desk, type DeskFact, isDeskFact } from "../../../contracts/messages/desk.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";

/**
 * What an organisation's people agreed about one case. `free`: nobody has it; left by a claim and by an assignment. `held`: somebody has;
 * left by a release. Who has it changes by an assignment, and by a claim that takes over. How far it was read never goes back.
 */
const initial: Desk = { readTo: 0 };

const recording = (
  type: DeskFact["type"],
  { command, desk, context }: { command: DeskCommand; desk: Desk; context: DecisionContext },
): Decision<DeskFact> => ({
  kind: "record",
  facts: [{ type, about: command.payload.caseId, by: command.payload.by, desk }],
  tell: [],
  parties: [context.actor],
});

const asBefore: Decision<never> = { kind: "ignore", reason: "as-before" };
const isHeldBy = ({ holder }: Desk, { id }: Colleague): boolean => holder?.id === id;

const isTaken = ({ holder }: Desk, { takeOver }: { takeOver?: boolean | undefined }): boolean =>
  holder !== undefined && takeOver !== true;

/** Of two who claim at once the journal takes one; the other is decided again, and meets this. */
const heldByAnother = (): Decision<never> =>
  refuse("held-by-colleague", "caseId", "A colleague has this case: take it over, or leave it there.");

const decide = (desk: Desk, command: DeskCommand, context: DecisionContext): Decision<DeskFact> => {
  const { payload } = command;
  switch (command.type) {
    case "desk.claim":
      if (isHeldBy(desk, payload.by)) return asBefore;
      if (isTaken(desk, command.payload)) return heldByAnother();
      return recording("CaseClaimed", { command, desk: { ...desk, holder: payload.by }, context });
    case "desk.assign": {
      const holder = command.payload.to;
      if (isHeldBy(desk, holder)) return asBefore;
      return recording("CaseAssigned", { command, desk: { ...desk, holder }, context });
    }
    case "desk.release": {
      if (desk.holder === undefined) return asBefore;
      return recording("CaseReleased", { command, desk: { readTo: desk.readTo }, context });
    }
    case "desk.read": {
      const { no } = command.payload;
      if (no <= desk.readTo) return asBefore;
      return recording("CaseRead", { command, desk: { ...desk, readTo: no }, context });
    }
  }
};

/** An organisation's desk of a case: a case of its own that no list shows, and that nobody else is a party to. */
export const deskCore: Core<Desk, DeskCommand, DeskFact> = {
  family: "desk",
  initial,
  adopts: isDeskFact,
  evolve: (_before, { desk }) => desk,
  decide,
  statusOf: ({ holder }) => (holder === undefined ? "free" : "held"),
};
