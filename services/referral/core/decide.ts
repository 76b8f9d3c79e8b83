import {
  isReferralFact,
  type ReferralCommand,
  type ReferralFact,
} from "../../../contracts/messages/referral.ts";
import { type Core, type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse, refuseUnknownCase, refuseUsedId } from "../../case/decision.ts";
import { notAllowed } from "../../case/moves.ts";
import { act } from "./acts.ts";
import { cardOf } from "./card.ts";
import type { CommandOf } from "./command.ts";
import { addLate, isLate } from "./letters.ts";
import {
  lettersOfReceivers,
  moves,
  type Opening,
  onlyFor,
  openings,
  type ReceiversLetter,
  type Role,
  type Turn,
} from "./moves.ts";
import { openReferral } from "./open.ts";
import { receiveLetter } from "./receive-letter.ts";
import { evolve, initial, type OpenCase, type ReferralState, type Status } from "./state.ts";

type ReferralDecision = Decision<ReferralFact>;

const opens = (command: ReferralCommand): command is CommandOf<Opening> =>
  Object.hasOwn(openings, command.type);
const isLetterOfReceiver = (type: string): type is ReceiversLetter =>
  lettersOfReceivers.some((letter) => letter === type);
const isReceiversLetter = (command: ReferralCommand): command is CommandOf<ReceiversLetter> =>
  isLetterOfReceiver(command.type);
const takesTurn = (command: ReferralCommand): command is CommandOf<Turn> =>
  Object.hasOwn(moves, command.type);

const holdsIn =
  (state: OpenCase, actor: string) =>
  (role: Role): boolean =>
    role === "hub" ? actor === hubActor : state[role] === actor;

/** Whose turn it is, whether the case allows it, and whether this kind of referral knows it at all. */
const notYours = (state: OpenCase, type: Turn, actor: string): Decision<never> | undefined => {
  const { status, kind } = state;
  const stop = notAllowed<Role, Status>(moves[type], { status, holds: holdsIn(state, actor) });
  if (stop !== undefined) return stop;
  return onlyFor[type]?.includes(kind) === false
    ? refuse("not-for-this-kind", "caseId", `A referral of the kind ${kind} does not know this.`)
    : undefined;
};

const isTurn = (type: string): type is Turn => Object.hasOwn(moves, type);

/** Every turn that a referral takes from somebody as it stands; a letter of its receiver's also when all is over. */
const turnsOf = (state: OpenCase, actor: string): Turn[] =>
  Object.keys(moves)
    .filter(isTurn)
    .filter(
      (type) =>
        notYours(state, type, actor) === undefined ||
        (isLetterOfReceiver(type) && isLate({ type }, state, actor)),
    );

const takeTurn = (state: OpenCase, command: CommandOf<Turn>, context: DecisionContext): ReferralDecision => {
  if (isReceiversLetter(command) && isLate(command, state, context.actor))
    return addLate(command, state, context);
  const stop = notYours(state, command.type, context.actor);
  if (stop === undefined) return act(command, { state, context });
  // The validity of a referral that was taken up is nobody's concern any more; a refused alarm would ring for ever.
  return command.type === "referral.ring" && context.actor === hubActor
    ? { kind: "ignore", reason: "in-use" }
    : stop;
};

const onlyALetter = (): ReferralDecision =>
  refuse("not-for-this-kind", "caseId", "This case is a letter that answers no referral here.");

/** A message id is used once; the letter that was corrected before it came has nothing more to say. */
const opensAgain = (state: OpenCase, command: CommandOf<Opening>): ReferralDecision =>
  command.type === "referral.send" && command.payload.standard === "oioxml" && state.asCorrection === true
    ? { kind: "ignore", reason: "corrected-already" }
    : refuseUsedId();

const onReferral = (
  state: OpenCase,
  command: ReferralCommand,
  context: DecisionContext,
): ReferralDecision => {
  if (takesTurn(command)) return takeTurn(state, command, context);
  return opens(command) ? opensAgain(state, command) : refuseUnknownCase();
};

/** What a command means for a referral as it stands. Pure and total: every command in every state gets an answer. */
const decide = (
  state: ReferralState,
  command: ReferralCommand,
  context: DecisionContext,
): ReferralDecision => {
  if ("sender" in state) return onReferral(state, command, context);
  if (command.type === "referral.receiveLetter") return receiveLetter(state, command.payload, context);
  if (state.status === "letter") return opens(command) ? refuseUsedId() : onlyALetter();
  return opens(command) || command.type === "referral.correct"
    ? openReferral(command, context)
    : refuseUnknownCase();
};

/** The referral family, as the kernel runs it. */
export const referralCore: Core<ReferralState, ReferralCommand, ReferralFact> = {
  family: "referral",
  initial,
  adopts: isReferralFact,
  evolve,
  decide,
  can: (state, { actor }) => ("sender" in state ? turnsOf(state, actor) : []),
  statusOf: (state) => state.status,
  cardOf,
};
