import type { ObservationCommand } from "../../../contracts/messages/observation.ts";
import { isObservationFact, type ObservationFact } from "../../../contracts/messages/observation-facts.ts";
import { type Core, type DecisionContext, hubActor } from "../../case/core.ts";
import { refuse, refuseUnknownCase, refuseUsedId } from "../../case/decision.ts";
import { acknowledge, makePlan, measure, recordCall } from "./act.ts";
import type { Acting, CommandOf } from "./acting.ts";
import { cardOf } from "./card.ts";
import type { ObservationDecision } from "./draft.ts";
import { close, retract, ring } from "./end.ts";
import { refusalOf } from "./moves.ts";
import { open } from "./open.ts";
import { declareTerminal, order, orderScoring } from "./order.ts";
import { counting, evolve, initial, type ObservationState, type OpenEpisode } from "./state.ts";

type Turn = Exclude<ObservationCommand["type"], "observation.open" | "observation.ring">;
type Turns = { [Type in Turn]: (acting: Acting<Type>) => ObservationDecision };

const turns: Turns = {
  "observation.measure": measure,
  "observation.recordCall": recordCall,
  "observation.makePlan": makePlan,
  "observation.acknowledgePlan": acknowledge,
  "observation.order": order,
  "observation.declareTerminal": declareTerminal,
  "observation.orderScoring": orderScoring,
  "observation.retract": retract,
  "observation.close": close,
};

const taken = <Type extends Turn>(type: Type, acting: Acting<Type>): ObservationDecision =>
  turns[type](acting);

const notYours = (state: OpenEpisode, type: Turn, actor: string): ReturnType<typeof refusalOf> =>
  refusalOf(type, {
    status: state.status,
    holds: (role) => (role === "doctor" ? state.doctors.includes(actor) : state[role] === actor),
  });

const isTurn = (type: string): type is Turn => Object.hasOwn(turns, type);

/** Every turn that an episode takes from somebody as it stands. Only what counts can be taken back. */
const turnsOf = (state: OpenEpisode, actor: string): Turn[] =>
  Object.keys(turns)
    .filter(isTurn)
    .filter(
      (type) =>
        notYours(state, type, actor) === undefined &&
        (type !== "observation.retract" || counting(state).length > 0),
    );

const takeTurn = (
  state: OpenEpisode,
  command: CommandOf<Turn>,
  context: DecisionContext,
): ObservationDecision =>
  notYours(state, command.type, context.actor) ?? taken(command.type, { state, command, context });

const rang = (
  state: OpenEpisode,
  { payload }: CommandOf<"observation.ring">,
  context: DecisionContext,
): ObservationDecision =>
  context.actor === hubActor
    ? ring(state, payload.alarmId, context)
    : refuse("not-your-turn", "sender", "Only the hub rings the alarms of a case.");

/** What a command means for an episode as it stands. Pure and total: every command in every state gets an answer. */
const decide = (
  state: ObservationState,
  command: ObservationCommand,
  context: DecisionContext,
): ObservationDecision => {
  if (state.status === "none")
    return command.type === "observation.open" ? open(command, context) : refuseUnknownCase();
  if (command.type === "observation.open") return refuseUsedId();
  return command.type === "observation.ring"
    ? rang(state, command, context)
    : takeTurn(state, command, context);
};

/** The observation family, as the kernel runs it. */
export const observationCore: Core<ObservationState, ObservationCommand, ObservationFact> = {
  family: "observation",
  initial,
  adopts: isObservationFact,
  evolve,
  decide,
  can: (state, { actor }) => (state.status === "none" ? [] : turnsOf(state, actor)),
  statusOf: (state) => state.status,
  cardOf,
};
