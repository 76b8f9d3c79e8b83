import { type AttachmentRules, defaultAttachmentRules } from "../../../contracts/codes/attachment-rules.ts";
import { isErrorCode } from "../../../contracts/errors.ts";
import { type AdviceFact, isAdviceFact } from "../../../contracts/messages/advice.ts";
import { type Core, type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse, refuseUnknownCase, refuseUsedId } from "../../case/decision.ts";
import { askByLetter, askTyped } from "./ask.ts";
import type { AdviceCommand, CommandOf } from "./command.ts";
import { holdingBack, joinAttachments, stopWaiting } from "./hold-back.ts";
import { owedBy, type TurnCommand, takeTurn, turnsOf } from "./say.ts";
import { type AdviceState, cardOf, evolve, initial, type OpenCase } from "./state.ts";
import { takeLetter } from "./take-letter.ts";
import { noteUndelivered } from "./undelivered.ts";

type AdviceDecision = Decision<AdviceFact>;
type Opening = CommandOf<"advice.ask" | "advice.receiveLetter" | "advice.refuseLetter" | "advice.route">;

const opens = (command: AdviceCommand): command is Opening =>
  command.type === "advice.ask" ||
  command.type === "advice.receiveLetter" ||
  command.type === "advice.refuseLetter" ||
  command.type === "advice.route";

const refuseUnread = ({ payload }: CommandOf<"advice.refuseLetter">): AdviceDecision => {
  const first = payload.problems[0]?.code ?? "";
  return {
    kind: "refuse",
    code: isErrorCode(first) ? first : "document-invalid",
    problems: payload.problems,
  };
};

const open = (command: Opening, context: DecisionContext): AdviceDecision => {
  switch (command.type) {
    case "advice.ask":
      return askTyped(command, context);
    case "advice.receiveLetter":
      return askByLetter(command.payload, context);
    case "advice.refuseLetter":
      return refuseUnread(command);
    case "advice.route":
      return {
        kind: "record",
        facts: [{ type: "RoutedToCase", caseId: command.payload.caseId }],
        tell: [],
        // A pointer of the hub's own is nobody's to see.
        parties: context.actor === hubActor ? [] : [context.actor],
      };
  }
};

/** The unit that converted it answers after all when no referral could be made: a new promise to the asker. */
const noteConversion = (
  state: OpenCase,
  { payload }: CommandOf<"advice.noteConversion">,
  actor: string,
): AdviceDecision => {
  if (actor !== hubActor) return refuse("not-your-turn", "sender", "Only the hub notes a conversion.");
  if (state.status !== "converted") return { kind: "ignore", reason: "not-converted" };
  if ("referralCaseId" in payload)
    return {
      kind: "record",
      facts: [{ type: "ReferralMade", referralCaseId: payload.referralCaseId }],
      tell: [],
    };
  const owing = owedBy(state);
  return { kind: "record", facts: [{ type: "ConversionFailed", refusal: payload.refusal }], tell: [], owing };
};

const onCase = (state: OpenCase, command: AdviceCommand, context: DecisionContext): AdviceDecision => {
  if (command.type === "advice.receiveLetter") return takeLetter(state, command.payload, context);
  if (command.type === "advice.refuseLetter") return refuseUnread(command);
  if (command.type === "advice.joinAttachments") return joinAttachments(state, command, context);
  if (command.type === "advice.ring") return stopWaiting(state, command, context);
  if (command.type === "advice.noteUndelivered") return noteUndelivered(state, command, context);
  if (command.type === "advice.noteConversion") return noteConversion(state, command, context.actor);
  if (command.type === "advice.ask") return refuseUsedId();
  if (command.type === "advice.route") return { kind: "ignore", reason: "own-case" };
  return takeTurn(state, command satisfies TurnCommand, context);
};

/** A letter speaks for its sender: whoever was authenticated as another may not send it (envelope, `sender`). */
const isForeign = (command: AdviceCommand, actor: string): boolean =>
  command.type === "advice.receiveLetter" && command.payload.letter.sender.gln !== actor;

/** These pass on what was held back. */
const ofTheHub: ReadonlySet<string> = new Set<AdviceCommand["type"]>([
  "advice.joinAttachments",
  "advice.ring",
  "advice.noteUndelivered",
]);

/** What a command means for a question as it stands. Pure and total: every command in every state gets an answer. */
const decide = (state: AdviceState, command: AdviceCommand, context: DecisionContext): AdviceDecision => {
  if (state.status === "routed") return { kind: "ignore", reason: `routed:${state.to}` };
  if (isForeign(command, context.actor))
    return refuse("sender-not-authorised", "sender.gln", "The letter names another sender than who sent it.");
  if (state.status !== "none") return onCase(state, command, context);
  return opens(command) ? open(command, context) : refuseUnknownCase();
};

/** The advice family, as the kernel runs it. `rules`: how long a letter waits for the attachments that it names. */
export const createAdviceCore = (
  rules: AttachmentRules = defaultAttachmentRules,
): Core<AdviceState, AdviceCommand, AdviceFact> => ({
  family: "advice",
  initial,
  adopts: isAdviceFact,
  evolve,
  decide: (state, command, context) => {
    const decision = decide(state, command, context);
    return decision.kind === "record" && !ofTheHub.has(command.type)
      ? holdingBack({ decision, context, rules })
      : decision;
  },
  can: (state, { actor }) => ("asker" in state ? turnsOf(state, actor) : []),
  statusOf: (state) => state.status,
  cardOf,
});
