import type { Letter, StoredObject } from "../../../contracts/letter.ts";
import type { AdviceFact } from "../../../contracts/messages/advice.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, type Owing, refuse } from "../../case/decision.ts";
import { activeOrganisation, advisesIn, channelFor, lacking } from "../../case/directory-view.ts";
import { notAllowed } from "../../case/moves.ts";
import { documentsOf } from "../../case/tell.ts";
import type { CommandOf } from "./command.ts";
import { letterOn, notices, readdressed, storedObjects } from "./compose-letter.ts";
import { moves, type Role, type Turn } from "./moves.ts";
import { type OpenCase, priorityOf } from "./state.ts";

type AdviceDecision = Decision<AdviceFact>;
type Said = { letter: Letter; attachments: StoredObject[] };

export type TurnCommand = CommandOf<Turn>;

const convertProblem = (state: OpenCase): Decision<never> | undefined => {
  if (state.kind !== "specialist")
    return refuse("specialist-kind-only", "caseId", "Correspondence is not converted; refer instead.");
  return state.mayConvert
    ? undefined
    : refuse(
        "conversion-not-authorised",
        "caseId",
        "The asker did not allow conversion (mayConvert) when asking.",
      );
};

/** What a question itself is in the way of, whoever asks and whatever is said. */
const notForThis = (state: OpenCase, type: Turn): Decision<never> | undefined => {
  if (type === "advice.convert") return convertProblem(state);
  return type === "advice.markHandled" && state.kind !== "correspondence"
    ? refuse(
        "wrong-state",
        "caseId",
        "A question to a specialist is answered or declined, not marked handled.",
      )
    : undefined;
};

const notYours = (state: OpenCase, type: Turn, actor: string): Decision<never> | undefined =>
  notAllowed<Role, OpenCase["status"]>(moves[type], {
    status: state.status,
    holds: (role) => state[role] === actor,
  });

const other = (state: OpenCase, actor: string): string => (actor === state.asker ? state.unit : state.asker);

export const tellOther = (
  state: OpenCase,
  actor: string,
  fact: AdviceFact,
): Extract<AdviceDecision, { kind: "record" }> => ({
  kind: "record",
  facts: [fact],
  tell: [{ to: other(state, actor), from: actor, fact: 0 }],
});

export const owedBy = (state: OpenCase, unit = state.unit): Owing[] => [
  { kind: state.kind, ...priorityOf(state.question), debtor: unit, creditor: state.asker },
];

type Turning<Type extends Turn> = {
  state: OpenCase;
  command: CommandOf<Type>;
  context: DecisionContext;
  /** Who speaks to whom, and under which number and time. */
  written: { id: string; local: string; from: Organisation; to: Organisation };
};

const redirectProblem = (state: OpenCase, to: Organisation, today: string): Decision<never> | undefined => {
  if (to.gln === state.unit)
    return refuse("wrong-state", "to.gln", "The question is with that unit already.");
  if (to.gln === state.asker)
    return refuse("wrong-state", "to.gln", "The asker cannot be the unit that is asked.");
  if (state.kind === "specialist" && !advisesIn(to, today))
    return refuse("no-unit-advises", "to.gln", "That unit gives no advice by the directory.");
  const { question: letter, attachments } = state;
  const documents = documentsOf({ type: "AdviceRedirected", ...{ letter, attachments } });
  return channelFor(to, documents) === undefined
    ? refuse("receiver-cannot-receive", "to.gln", `That unit has no channel for this. ${lacking(documents)}`)
    : undefined;
};

const redirect = ({ state, command, context, written }: Turning<"advice.redirect">): AdviceDecision => {
  const { reason } = command.payload;
  const to = activeOrganisation(context.directory, command.payload.to.gln, context.today);
  if (to === undefined)
    return refuse("receiver-unknown", "to.gln", "That unit is not in the directory, or no longer in force.");
  const problem = redirectProblem(state, to, context.today);
  if (problem !== undefined) return problem;
  const letter = readdressed(state.question, to);
  const attachments = [...state.attachments];
  const notice = letterOn(state.question, { text: notices.redirected(to, reason) }, written);
  return {
    kind: "record",
    facts: [
      { type: "AdviceRedirected", from: state.unit, to: to.gln, reason, letter, attachments },
      { type: "LetterAdded", by: state.unit, letter: notice, attachments: [] },
    ],
    tell: [
      { to: to.gln, from: state.asker, fact: 0 },
      { to: state.asker, from: state.unit, fact: 1 },
    ],
    parties: [to.gln],
    cancelClocks: "redirected",
    owing: owedBy(state, to.gln),
  };
};

type Saying = Exclude<Turn, "advice.redirect" | "advice.markHandled" | "advice.withdraw">;

const factOf = (command: CommandOf<Saying>, said: Said): AdviceFact => {
  switch (command.type) {
    case "advice.requestInformation":
      return { type: "InformationRequested", ...said };
    case "advice.giveInformation":
      return { type: "InformationGiven", ...said };
    case "advice.answer": {
      const { outcome, adviser } = command.payload;
      return { type: "AdviceAnswered", outcome, ...(adviser === undefined ? {} : { adviser }), ...said };
    }
    case "advice.convert": {
      const { adviser } = command.payload;
      return { type: "AdviceConverted", ...(adviser === undefined ? {} : { adviser }), ...said };
    }
    case "advice.decline":
      return { type: "AdviceDeclined", ...said };
    case "advice.askFollowUp":
      return { type: "FollowUpAsked", ...said };
  }
};

const say = ({ state, command, context, written }: Turning<Saying>): AdviceDecision => {
  const letter = letterOn(state.question, command.payload, written);
  const attachments = storedObjects(command.payload.attachments);
  const decision = tellOther(state, context.actor, factOf(command, { letter, attachments }));
  return command.type === "advice.askFollowUp" ? { ...decision, owing: owedBy(state) } : decision;
};

const withdraw = ({ state, command, context, written }: Turning<"advice.withdraw">): AdviceDecision => {
  const { reason } = command.payload;
  const letter = letterOn(state.question, { text: notices.withdrawn(reason) }, written);
  const fact: AdviceFact = { type: "AdviceWithdrawn", reason, letter, attachments: [] };
  return { ...tellOther(state, context.actor, fact), cancelClocks: "withdrawn" };
};

const markHandled = (state: OpenCase, actor: string): AdviceDecision => ({
  kind: "record",
  facts: [{ type: "CorrespondenceHandled", by: actor, question: state.question }],
  tell: [],
});

const isTurn = (type: string): type is Turn => Object.hasOwn(moves, type);

/** Every turn that the question takes from somebody as it stands. */
export const turnsOf = (state: OpenCase, actor: string): Turn[] =>
  Object.keys(moves)
    .filter(isTurn)
    .filter((type) => (notYours(state, type, actor) ?? notForThis(state, type)) === undefined);

/** A typed command on a case: whose turn it is, whether the case allows it, and the letter that tells the other party. */
export const takeTurn = (state: OpenCase, command: TurnCommand, context: DecisionContext): AdviceDecision => {
  const { actor, directory, local } = context;
  const stop = notYours(state, command.type, actor) ?? notForThis(state, command.type);
  if (stop !== undefined) return stop;
  if (command.type === "advice.markHandled") return markHandled(state, actor);
  const [from, to] = [directory.organisation(actor), directory.organisation(other(state, actor))];
  if (from === undefined || to === undefined)
    return refuse("receiver-unknown", "caseId", "A party of the case has left the directory.");
  const written = { id: command.id, local, from, to };
  if (command.type === "advice.redirect") return redirect({ state, command, context, written });
  if (command.type === "advice.withdraw") return withdraw({ state, command, context, written });
  return say({ state, command, context, written });
};
