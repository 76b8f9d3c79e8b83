import type { CareThread } from "../../../contracts/fhir/care-communication.ts";
import type { Letter, StoredObject } from "../../../contracts/letter.ts";
import type { AdviceFact, AdviceKind, ReceiveLetter } from "../../../contracts/messages/advice.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import {
  activeOrganisation,
  advisesIn,
  channelFor,
  contradicts,
  lacking,
  unitsAdvising,
} from "../../case/directory-view.ts";
import { documentsOf } from "../../case/tell.ts";
import type { CommandOf } from "./command.ts";
import { questionLetter, storedObjects } from "./compose-letter.ts";
import { priorityOf } from "./state.ts";

type AdviceDecision = Decision<AdviceFact>;
type Parties = { from: Organisation; to: Organisation };

const isPractice = (o: Organisation): boolean => o.kind === "practice" || o.kind === "outOfHours";

/** A GP that writes to a unit which advises asks a specialist; every other letter is correspondence (guide, section 3). */
export const kindOf = ({ from, to }: Parties, today: string): AdviceKind =>
  isPractice(from) && advisesIn(to, today) ? "specialist" : "correspondence";

const forbidden = (kind: AdviceKind, { from, to }: Parties, today: string): Decision<never> | undefined => {
  if (kind === "correspondence") return undefined;
  if (!isPractice(from))
    return refuse("gp-asks-specialist", "kind", "A specialist is asked by general practice.");
  return advisesIn(to, today)
    ? undefined
    : refuse("no-unit-advises", "to", "That unit gives no advice by the directory.");
};

type Asked = {
  letter: Letter;
  attachments: StoredObject[];
  thread?: CareThread | undefined;
  kind?: AdviceKind | undefined;
  channel: "electronic" | "phone" | "video";
  mayConvert: boolean;
};

/** Units of one address may write to one another: their SOR codes tell them apart (MedCom's own example of a forward does). */
const isItself = ({ sender, receiver }: Letter): boolean =>
  sender.gln === receiver.gln &&
  !(
    sender.identifier.code === "sorkode" &&
    receiver.identifier.code === "sorkode" &&
    sender.identifier.value !== receiver.identifier.value
  );

/** A receiver must be in force, be who the letter says, and have a way in for what it would be sent. */
const receiverProblem = (receiver: Organisation | undefined, asked: Asked): Decision<never> | undefined => {
  if (isItself(asked.letter))
    return refuse("receiver-is-sender", "receiver.gln", "Nobody asks itself: the receiver is the sender.");
  if (receiver === undefined)
    return refuse(
      "receiver-unknown",
      "receiver.gln",
      "The receiver's GLN is not in the directory, or no longer in force.",
    );
  // FHIR is routed by GLN alone: a SOR code there may be that of a unit within it (guide to MedCom FHIR, section 2, Endpoint).
  if (asked.thread === undefined && contradicts(receiver, asked.letter.receiver.identifier))
    return refuse(
      "receiver-id-mismatch",
      "receiver.identifier",
      "The receiver's identifier is another organisation's than its GLN.",
    );
  const { letter, attachments } = asked;
  const documents = documentsOf({ type: "AdviceAsked", ...{ letter, attachments } });
  if (channelFor(receiver, documents) === undefined)
    return refuse(
      "receiver-cannot-receive",
      "receiver.gln",
      `The receiver has no channel for this. ${lacking(documents)}`,
    );
  return undefined;
};

const ask = (asked: Asked, context: DecisionContext): AdviceDecision => {
  const { today, directory } = context;
  const { sender, receiver } = asked.letter;
  const from = activeOrganisation(directory, sender.gln, today);
  if (from === undefined)
    return refuse("sender-unknown", "sender.gln", "The sender's GLN is not in the directory.");
  const to = activeOrganisation(directory, receiver.gln, today);
  const problem = receiverProblem(to, asked);
  if (problem !== undefined || to === undefined)
    return problem ?? refuse("receiver-unknown", "receiver.gln", "Unknown.");
  const kind = asked.kind ?? kindOf({ from, to }, today);
  const stop = forbidden(kind, { from, to }, today);
  if (stop !== undefined) return stop;
  const { letter, attachments, channel, mayConvert, thread } = asked;
  const [asker, unit] = [from.gln, to.gln];
  const said = { letter, attachments, ...(thread === undefined ? {} : { thread }) };
  return {
    kind: "record",
    facts: [{ type: "AdviceAsked", kind, asker, unit, channel, mayConvert, ...said }],
    tell: [{ to: unit, from: asker, fact: 0 }],
    parties: [asker, unit],
    owing: [{ kind, ...priorityOf(letter), debtor: unit, creditor: asker }],
  };
};

/** A question typed as JSON. A speciality is enough: the directory knows who advises in it. */
export const askTyped = (command: CommandOf<"advice.ask">, context: DecisionContext): AdviceDecision => {
  const { payload, id } = command;
  const { directory, today, actor, caseId, local } = context;
  const from = activeOrganisation(directory, actor, today);
  if (from === undefined) return refuse("sender-unknown", "sender", "Your GLN is not in the directory.");
  const unit =
    "gln" in payload.to
      ? activeOrganisation(directory, payload.to.gln, today)
      : unitsAdvising(directory, payload.to, today)[0];
  if (unit === undefined)
    return "gln" in payload.to
      ? refuse(
          "receiver-unknown",
          "to.gln",
          "The receiver's GLN is not in the directory, or no longer in force.",
        )
      : refuse("no-unit-advises", "to.speciality", "No unit in the directory advises in that speciality.");
  const letter = questionLetter(payload, caseId, { id, local, from, to: unit });
  const { kind, channel, mayConvert } = payload;
  return ask({ letter, attachments: storedObjects(payload.attachments), kind, channel, mayConvert }, context);
};

/** A letter that belongs to no thread opens a case of its own. */
export const askByLetter = (
  { letter, attachments = [], thread }: ReceiveLetter,
  context: DecisionContext,
): AdviceDecision => ask({ letter, attachments, thread, channel: "electronic", mayConvert: false }, context);
