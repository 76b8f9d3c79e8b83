import type { AttachmentRules } from "../../../contracts/codes/attachment-rules.ts";
import type { Letter } from "../../../contracts/letter.ts";
import type { AdviceFact } from "../../../contracts/messages/advice.ts";
import type { AlarmChange } from "../../../contracts/record.ts";
import { later } from "../../case/alarm.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse, type Telling } from "../../case/decision.ts";
import { canBeTold, takesAttachmentsInside } from "../../case/tell.ts";
import type { CommandOf } from "./command.ts";
import { type Held, joinedTo, missingIn, passOn, passOnLate } from "./held-letters.ts";
import type { OpenCase } from "./state.ts";
import { undelivered } from "./undelivered.ts";

type Recorded = Extract<Decision<AdviceFact>, { kind: "record" }>;
type WithLetter = Extract<AdviceFact, { letter: Letter }>;
type HeldIn = NonNullable<WithLetter["held"]>;
type Holding = { decision: Recorded; context: DecisionContext; rules: AttachmentRules };

/** Who cannot be told is not waited for either: the command is refused at once, and not when the time is up. */
const canGoLater = (telling: Telling, { decision, context }: Holding): boolean => {
  const receiver = context.directory.organisation(telling.to);
  return (
    receiver !== undefined &&
    takesAttachmentsInside(receiver) &&
    canBeTold({ tell: [telling], facts: decision.facts }, context.directory)
  );
};

/** Why and until when a letter waits for what it names, if it does. */
const heldFor = (telling: Telling, holding: Holding): HeldIn | undefined => {
  const { decision, context, rules } = holding;
  const fact = decision.facts[telling.fact];
  if (fact === undefined || !("letter" in fact) || fact.thread !== undefined) return undefined;
  const awaits = missingIn(fact.letter, fact.attachments);
  if (awaits.length === 0 || rules.neverWait.includes(fact.letter.sender.gln)) return undefined;
  if (!canGoLater(telling, holding)) return undefined;
  const alarmId = `attachments.${String(context.common.no + 1)}.${String(telling.fact)}`;
  return { alarmId, until: later(context.now, rules.waitSeconds), awaits };
};

/**
 * A letter that names attachments which have not come, to a receiver that takes them inside a message alone, waits for them: it is
 * recorded now, with whatever clock it starts, and told later.
 */
export const holdingBack = (holding: Holding): Recorded => {
  const { decision } = holding;
  const held = new Map<number, HeldIn>();
  for (const telling of decision.tell) {
    const found = heldFor(telling, holding);
    if (found !== undefined) held.set(telling.fact, found);
  }
  if (held.size === 0) return decision;
  const alarms = [...held.values()].map(({ alarmId, until }): AlarmChange => {
    return { change: "set", alarmId, at: until };
  });
  return {
    ...decision,
    facts: decision.facts.map((fact, at) => {
      const found = held.get(at);
      return found === undefined || !("letter" in fact) ? fact : { ...fact, held: found };
    }),
    tell: decision.tell.filter(({ fact }) => !held.has(fact)),
    alarms: [...(decision.alarms ?? []), ...alarms],
  };
};

/** Facts that hold letters, each told to whom it names; of one whose receiver has lost its way in meanwhile the sender is told. */
const telling = (
  before: AdviceFact[],
  letters: readonly WithLetter[],
  context: DecisionContext & { id: string },
): Recorded => {
  const facts: AdviceFact[] = [...before];
  const tell: Telling[] = [];
  for (const fact of letters) {
    facts.push(fact);
    const one = { to: fact.letter.receiver.gln, from: fact.letter.sender.gln, fact: facts.length - 1 };
    if (canBeTold({ tell: [one], facts }, context.directory)) tell.push(one);
    else {
      const { sender, receiver, authorised } = fact.letter;
      const about = { by: sender.gln, to: receiver.gln, authorised, why: "no-channel" } as const;
      const told = undelivered(fact.letter, about, context);
      if (told === undefined) continue;
      facts.push(told);
      tell.push({ to: sender.gln, from: receiver.gln, fact: facts.length - 1 });
    }
  }
  return { kind: "record", facts, tell };
};

/** What a letter that waits, or that went on without its attachments, comes to by what has come now. */
const movedBy = (before: Held, after: Held, written: { id: string; local: string }): WithLetter[] => {
  const fresh = after.attachments.filter(({ objectId }) => before.awaits.includes(objectId));
  if (fresh.length === 0) return [];
  if (after.passedOn) return [passOnLate(after, fresh, written)];
  return after.awaits.length === 0 ? [passOn(after, "complete")] : [];
};

/**
 * Attachments that came in a letter of their own are in the case, and what waited for them goes on. What joins is found in the
 * index by the hub; a party sends attachments in a letter.
 */
export const joinAttachments = (
  state: OpenCase,
  { id, payload }: CommandOf<"advice.joinAttachments">,
  context: DecisionContext,
): Decision<AdviceFact> => {
  if (context.actor !== hubActor) return refuse("not-your-turn", "sender", "Only the hub joins attachments.");
  const { attachmentCaseId, sender, objects } = payload;
  const joined = { type: "AttachmentsJoined", attachmentCaseId, sender, objects } as const;
  const before = state.held ?? [];
  const written = { id, local: context.local };
  const letters = before.flatMap((held) => movedBy(held, joinedTo(held, joined), written));
  const ended = letters.flatMap((fact): AlarmChange[] =>
    fact.type === "LetterPassedOn" && fact.because === "complete"
      ? [{ change: "cleared", alarmId: fact.heldAs }]
      : [],
  );
  const recorded = telling([joined], letters, { ...context, id });
  return ended.length === 0 ? recorded : { ...recorded, alarms: ended };
};

/** The time is up: the letter goes on and says what it lacks. */
export const stopWaiting = (
  state: OpenCase,
  { id, payload }: CommandOf<"advice.ring">,
  context: DecisionContext,
): Decision<AdviceFact> => {
  const held = state.held?.find(({ alarmId, passedOn }) => alarmId === payload.alarmId && !passedOn);
  if (held === undefined) return { kind: "ignore", reason: "not-held" };
  return telling([], [passOn(held, "time")], { ...context, id });
};
