import type { CommandOf, DischargeCommand } from "../../../contracts/messages/discharge.ts";
import { type DischargeFact, isDischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { type Asking, type Core, type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuseUnknownCase } from "../../case/decision.ts";
import { notAllowed } from "../../case/moves.ts";
import { answerFor, responsibilityStop, ring } from "./answer-for.ts";
import { cardOf } from "./card-of.ts";
import type { DischargeDecision } from "./conclude.ts";
import { evolve } from "./evolve.ts";
import { decideLone, holdsLone } from "./lone-summary.ts";
import { commandTypes, moveOf, type Role } from "./moves.ts";
import { prepare } from "./prepare.ts";
import { noteTransfer, report } from "./report.ts";
import { initial, isLone, isOpen, type Stay, type StayState } from "./state.ts";
import { summarise, summaryStop } from "./summarise.ts";
import { visit, visitStop } from "./visit.ts";

type OpeningType = "discharge.notify" | "discharge.correct" | "discharge.cancel";
type Opening = Extract<DischargeCommand, { type: OpeningType }>;
type Turn = Exclude<DischargeCommand, Opening | CommandOf<"discharge.receiveSummary">>;

const opens = (command: DischargeCommand): command is Opening =>
  command.type === "discharge.notify" ||
  command.type === "discharge.correct" ||
  command.type === "discharge.cancel";

const isOwnDepartment = ({ timeline }: Stay, gln: string): boolean =>
  [...Object.values(timeline.events), ...Object.values(timeline.corrections).flat()].some(
    ({ department, away }) => !away && department === gln,
  );

/** Whether an organisation plays a role in a stay. The departments that had the patient act for the hospital. */
const holds =
  (stay: Stay, actor: string) =>
  (role: Role): boolean => {
    if (role === "hub") return actor === hubActor;
    if (role === "hospital") return actor === stay.hospital || isOwnDepartment(stay, actor);
    return stay[role] === actor;
  };

/** Why a case does not take a command from the actor as it stands; none is in the way of what opens a case. */
const stopped = (state: StayState, type: string, actor: string): Decision<never> | undefined => {
  if (state.status === "none") return undefined;
  const { status } = state;
  const playing = isLone(state) ? holdsLone(state, actor) : holds(state, actor);
  return notAllowed<Role, StayState["status"]>(moveOf(type), { status, holds: playing });
};

const preparing = [
  "discharge.plan",
  "discharge.assess",
  "discharge.requestAdmissionReport",
  "discharge.answerAdmission",
  "discharge.sendAdmissionReport",
  "discharge.tick",
  "discharge.sendCarePlan",
] as const;
const summarising = [
  "discharge.sendSummary",
  "discharge.correctSummary",
  "discharge.cancelSummary",
  "discharge.review",
] as const;
const answering = [
  "discharge.extendResponsibility",
  "discharge.suspendResponsibility",
  "discharge.resumeResponsibility",
] as const;

const isOneOf = <Type extends Turn["type"]>(
  types: readonly Type[],
  command: Turn,
): command is Extract<Turn, { type: Type }> => types.some((type) => type === command.type);

const visiting: readonly string[] = [
  "discharge.askHomeVisit",
  "discharge.bookHomeVisit",
  "discharge.holdHomeVisit",
  "discharge.declineHomeVisit",
];
const isAmong = (types: readonly string[], type: string): boolean => types.includes(type);

/** What the stay itself is in the way of, whoever asks and whatever is said. */
const notNow = (stay: Stay, type: string, now: string): Decision<never> | undefined => {
  if (isAmong(summarising, type)) return summaryStop(stay, type);
  if (isAmong(answering, type)) return responsibilityStop(stay, type, now);
  return isAmong(visiting, type) ? visitStop(stay, type) : undefined;
};

/** Every command that a stay takes from somebody as it stands. */
const commandsOn = (state: StayState, { actor, now }: Asking): string[] =>
  state.status === "none"
    ? []
    : commandTypes.filter(
        (type) =>
          stopped(state, type, actor) === undefined &&
          (!isOpen(state) || notNow(state, type, now) === undefined),
      );

const takeTurn = (stay: Stay, command: Turn, context: DecisionContext): DischargeDecision => {
  if (isOneOf(preparing, command)) return prepare(stay, command, context);
  if (isOneOf(summarising, command)) return summarise(stay, command, context);
  if (isOneOf(answering, command)) return answerFor(stay, command, context);
  if (command.type === "discharge.noteTransfer") return noteTransfer(stay, command, context);
  return command.type === "discharge.ring" ? ring(stay, command, context) : visit(stay, command, context);
};

/** What a command means for a stay as it stands. Pure and total: every command in every state gets an answer. */
const decide = (state: StayState, command: DischargeCommand, context: DecisionContext): DischargeDecision => {
  const stop = stopped(state, command.type, context.actor);
  if (stop !== undefined) return stop;
  if (opens(command)) return report(state, command, context);
  if (isLone(state) || command.type === "discharge.receiveSummary")
    return decideLone(state, command, context);
  return isOpen(state) ? takeTurn(state, command, context) : refuseUnknownCase();
};

/** The discharge family, as the kernel runs it. */
export const dischargeCore: Core<StayState, DischargeCommand, DischargeFact> = {
  family: "discharge",
  initial,
  adopts: isDischargeFact,
  evolve,
  decide,
  can: commandsOn,
  statusOf: (state) => state.status,
  cardOf,
};
