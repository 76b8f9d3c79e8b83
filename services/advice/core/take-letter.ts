import type { CareThread } from "../../../contracts/fhir/care-communication.ts";
import type { Letter, StoredObject } from "../../../contracts/letter.ts";
import type { AdviceFact, ReceiveLetter } from "../../../contracts/messages/advice.ts";
import type { DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";
import { kindOf } from "./ask.ts";
import { owedBy, tellOther } from "./say.ts";
import { awaitsUnit, type OpenCase } from "./state.ts";

type Said = { letter: Letter; attachments: StoredObject[]; thread?: CareThread };

/**
 * The unit's message that began the thread, and that the question of the case answers: the answer came first, and opened the
 * case. Of a thread that is longer nobody can tell so simply who awaits what.
 */
const startsThread = (state: OpenCase, { letter, thread }: Said): boolean =>
  thread !== undefined &&
  thread.activity !== "reply-message" &&
  state.status === "asked" &&
  letter.sender.gln === state.unit &&
  letter.receiver.gln === state.asker &&
  thread.messageId === state.answers;

/** What a message means that other messages of the case followed before it came: it was answered, or gone on from, long since. */
const lateMeaning = (state: OpenCase, said: Said, { directory, today }: DecisionContext): AdviceFact => {
  const { sender, receiver } = said.letter;
  const [from, to] = [directory.organisation(sender.gln), directory.organisation(receiver.gln)];
  if (!startsThread(state, said) || from === undefined || to === undefined)
    return { type: "LetterAdded", by: sender.gln, ...said };
  const kind = kindOf({ from, to }, today);
  return { type: "ThreadStarted", kind, asker: from.gln, unit: to.gln, ...said };
};

const meaningOf = (state: OpenCase, said: Said): AdviceFact => {
  const { letter } = said;
  const by = letter.sender.gln;
  if (letter.status === "corrected") return { type: "LetterAdded", by, ...said };
  if (by === state.unit && awaitsUnit(state)) return { type: "AdviceAnswered", outcome: "advice", ...said };
  if (by === state.asker && state.status === "informationRequested")
    return { type: "InformationGiven", ...said };
  const ended = state.status === "answered" || state.status === "declined" || state.status === "handled";
  if (by === state.asker && ended) return { type: "FollowUpAsked", ...said };
  return { type: "LetterAdded", by, ...said };
};

const isLate = ({ followed = [] }: OpenCase, { thread }: Said): boolean =>
  thread !== undefined && followed.includes(thread.messageId);

/**
 * A letter in the thread of a case. XDIS91 has no code for what a letter is in a conversation, so its meaning follows
 * from whose turn it is: the asked unit answers, the asker gives what it was asked for or asks again. A FHIR message is read
 * alike, but tells which messages it follows: one that comes after those that follow it moves nothing any more.
 */
export const takeLetter = (
  state: OpenCase,
  { letter, attachments = [], thread }: ReceiveLetter,
  context: DecisionContext,
): Decision<AdviceFact> => {
  const said = { letter, attachments, ...(thread === undefined ? {} : { thread }) };
  const fact = isLate(state, said) ? lateMeaning(state, said, context) : meaningOf(state, said);
  const told = tellOther(state, letter.sender.gln, fact);
  const decision = isLate(state, said) ? { ...told, readsNothing: true as const } : told;
  if (fact.type === "ThreadStarted") return { ...decision, cancelClocks: "answered-before" };
  return fact.type === "FollowUpAsked" ? { ...decision, owing: owedBy(state) } : decision;
};
