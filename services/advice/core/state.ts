import type { CareThread } from "../../../contracts/fhir/care-communication.ts";
import type { Letter, StoredObject } from "../../../contracts/letter.ts";
import type { AdviceFact, AdviceKind } from "../../../contracts/messages/advice.ts";
import type { CardDraft } from "../../case/card.ts";
import { type Held, heldAfter, isNamedBy } from "./held-letters.ts";

/** What is true of every question once it is asked. */
type Question = {
  kind: AdviceKind;
  /** GLN of who asked, and of the unit that is to answer now. */
  asker: string;
  unit: string;
  mayConvert: boolean;
  /** The question as it was asked: patient and thread of everything said later. */
  question: Letter;
  /** The objects that the question names, as far as they have come: another unit gets them with it. */
  attachments: readonly StoredObject[];
  /** The referral that was made of it. */
  referral?: string;
  /** The FHIR message that the question itself answers, when it came before it. */
  answers?: string;
  /** The FHIR messages that messages of the case follow: one of them that comes now comes late. */
  followed?: readonly string[];
  /** Letters that wait for attachments, and those that went on without them. */
  held?: readonly Held[];
};

/**
 * Where a question stands.
 * - `none`: no question yet. `AdviceAsked` leaves it; so does `RoutedToCase`.
 * - `asked`: the unit is to answer. Set by the asker, by information given, and by a redirection to another unit.
 *   Left by an answer, a question back, a conversion, a refusal to advise, a withdrawal, or by being marked handled.
 * - `informationRequested`: the asker is to answer the unit; the clock is paused. Left as `asked` is, and by `InformationGiven`.
 * - `reopened`: a further question on an ended case; as `asked`.
 * - `answered` `declined` `handled`: ended by the unit; a further question reopens. A case that was opened by an answer is
 *   `answered` when the message that it answers comes (`ThreadStarted`).
 * - `converted` `withdrawn`: ended for good; letters are still carried. `ConversionFailed` takes a converted one back to `asked`.
 * - `routed`: this id only points to the case that its message belongs to.
 */
export type AdviceState =
  | { status: "none" }
  | { status: "routed"; to: string }
  | ({
      status:
        | "asked"
        | "informationRequested"
        | "reopened"
        | "answered"
        | "declined"
        | "handled"
        | "converted"
        | "withdrawn";
    } & Question);

export type OpenCase = Extract<AdviceState, { asker: string }>;

export const initial: AdviceState = { status: "none" };

const begin = (fact: Extract<AdviceFact, { type: "AdviceAsked" }>): OpenCase => {
  const { kind, asker, unit, mayConvert, letter: question, attachments, thread } = fact;
  const answers = thread?.follows.at(-1);
  return {
    status: "asked",
    ...{ kind, asker, unit, mayConvert, question, attachments },
    ...(answers === undefined ? {} : { answers }),
    ...followedBy(undefined, thread),
  };
};

const followedBy = (
  before: readonly string[] | undefined,
  thread: CareThread | undefined,
): Pick<Question, "followed"> => {
  const followed = [...new Set([...(before ?? []), ...(thread?.follows ?? [])])];
  return followed.length === 0 ? {} : { followed };
};

/** The parties change places: who was asked is the one that had asked. */
const started = (
  { followed }: OpenCase,
  { kind, asker, unit, letter: question, attachments }: Extract<AdviceFact, { type: "ThreadStarted" }>,
): OpenCase => ({
  status: "answered",
  ...{ kind, asker, unit, question, attachments },
  mayConvert: false,
  ...(followed === undefined ? {} : { followed }),
});

const withJoined = (
  state: OpenCase,
  { sender, objects }: Extract<AdviceFact, { type: "AttachmentsJoined" }>,
): OpenCase => {
  if (sender !== state.asker) return state;
  const known = new Set(state.attachments.map((object) => object.objectId));
  const fresh = objects.filter((object) => isNamedBy(state.question, object) && !known.has(object.objectId));
  return { ...state, attachments: [...state.attachments, ...fresh] };
};

/** What a fact makes of an open case; a fact that is not here moves nothing. */
const statusAfter: Partial<Record<AdviceFact["type"], OpenCase["status"]>> = {
  InformationRequested: "informationRequested",
  InformationGiven: "asked",
  AdviceAnswered: "answered",
  AdviceConverted: "converted",
  AdviceRedirected: "asked",
  AdviceDeclined: "declined",
  AdviceWithdrawn: "withdrawn",
  FollowUpAsked: "reopened",
  CorrespondenceHandled: "handled",
  ConversionFailed: "asked",
};

const moved = (before: OpenCase, fact: AdviceFact): OpenCase => {
  if (fact.type === "AttachmentsJoined") return withJoined(before, fact);
  if (fact.type === "ThreadStarted") return started(before, fact);
  const state = "thread" in fact ? { ...before, ...followedBy(before.followed, fact.thread) } : before;
  const status = statusAfter[fact.type] ?? state.status;
  if (fact.type === "ReferralMade") return { ...state, referral: fact.referralCaseId };
  return fact.type === "AdviceRedirected" ? { ...state, status, unit: fact.to } : { ...state, status };
};

const withHeld = (state: OpenCase, before: readonly Held[] | undefined, fact: AdviceFact): OpenCase => {
  const held = heldAfter(before ?? [], fact);
  return held.length === 0 && before === undefined ? state : { ...state, held };
};

const next = (before: OpenCase, fact: AdviceFact): OpenCase =>
  withHeld(moved(before, fact), before.held, fact);

/** The state after a fact. Facts that a state cannot meet leave it as it is: the journal is never wrong afterwards. */
export const evolve = (state: AdviceState, fact: AdviceFact): AdviceState => {
  if ("asker" in state) return next(state, fact);
  if (fact.type === "AdviceAsked") return withHeld(begin(fact), undefined, fact);
  return fact.type === "RoutedToCase" ? { status: "routed", to: fact.caseId } : state;
};

/** Whether the unit owes an answer: it is asked, or waits for the asker's information. */
export const awaitsUnit = (state: OpenCase): boolean =>
  state.status === "asked" || state.status === "reopened" || state.status === "informationRequested";

const awaitedOf = (state: OpenCase): CardDraft["awaits"] => {
  if (state.status === "informationRequested") return [{ who: state.asker, act: "give-information" }];
  return awaitsUnit(state) ? [{ who: state.unit, act: "answer" }] : [];
};

/** How lists show a question: with whom the ball is, and whether anything is expected at all. */
export const cardOf = (state: AdviceState): CardDraft | undefined => {
  if (!("asker" in state)) return undefined;
  const { kind, asker: opener, question } = state;
  const awaits = awaitedOf(state);
  const urgency = question.priority === "high" ? { urgency: "high" } : {};
  const links = state.referral === undefined ? [] : [{ caseId: state.referral, relation: "convertedTo" }];
  return { kind, opener, awaits, closed: awaits.length === 0, patient: question.patient, ...urgency, links };
};

/** How urgent a question is, as agreements know it: only what is told apart from the routine. */
export const priorityOf = ({ priority }: { priority?: string | undefined }): { priority?: "high" } =>
  priority === "high" ? { priority } : {};
