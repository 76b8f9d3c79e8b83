import type { AttachmentRules } from "../../../contracts/codes/attachment-rules.ts";
import { shortId } from "../../../contracts/derived-ids.ts";
import { fromPlainText } from "../../../contracts/formatted-text.ts";
import type { AttachmentLetter, Letter, StoredObject } from "../../../contracts/letter.ts";
import type { AttachmentCommand, AttachmentFact } from "../../../contracts/messages/attachment.ts";
import { later } from "../../case/alarm.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { canBeTold } from "../../case/tell.ts";
import { type ReceivedAttachments, remainingOf } from "./state.ts";

type AttachmentDecision = Decision<AttachmentFact>;
type Recorded = Extract<AttachmentDecision, { kind: "record" }>;
type Alone = Extract<AttachmentFact, { type: "AttachmentsSentAlone" }>;
type PayloadOf<Type extends AttachmentCommand["type"]> = Extract<
  AttachmentCommand,
  { type: Type }
>["payload"];

const alarmId = "letter";

/** In Danish, and said to be the hub's own: its readers are Danish clinicians. */
const alone = "Sendt af Sektorbro: Bilag, som afsenderen har sendt uden en meddelelse, der nævner dem.";

/** A letter of the hub's own around attachments that no letter names; none when they name no citizen. */
const letterAround = (
  { letterId, sender, receiver, about }: AttachmentLetter,
  objects: readonly StoredObject[],
  { local, caseId }: Pick<DecisionContext, "local" | "caseId">,
): Letter | undefined => {
  if (about.kind !== "patient") return undefined;
  const { cpr, alternativeId, surname, givenName } = about;
  return {
    letterId: shortId(`alone:${caseId}:${letterId}`),
    status: "new",
    authorised: local,
    statisticalCode: "XDIS91",
    sender,
    receiver,
    patient: { cpr, alternativeId, surname, givenName, episodeOfCareStatus: "inaktiv" },
    subject: "Bilag",
    texts: [fromPlainText(alone)],
    references: objects.map(({ digest: _digest, ...object }, at) => ({
      description: `Bilag ${String(at + 1)}`,
      target: { kind: "bin", ...object },
    })),
  };
};

const tellingOf = ({ sender, receiver }: AttachmentLetter, fact: number): Recorded["tell"] => [
  { to: receiver.gln, from: sender.gln, fact },
];

/** What takes attachments to their receiver by themselves, if anything can. */
const sentAlone = (
  letter: AttachmentLetter,
  objects: readonly StoredObject[],
  context: DecisionContext,
): Alone | undefined => {
  const around = letterAround(letter, objects, context);
  if (around === undefined) return undefined;
  const fact: Alone = { type: "AttachmentsSentAlone", letter: around, attachments: [...objects] };
  return canBeTold({ tell: tellingOf(letter, 0), facts: [fact] }, context.directory) ? fact : undefined;
};

/**
 * What comes for a receiver that takes attachments inside a message alone waits for the letter that names it, unless its sender's never
 * wait: then it goes by itself.
 */
export const receiveToWait = (
  letter: AttachmentLetter,
  rules: AttachmentRules,
  context: DecisionContext,
): Recorded => {
  const received = { type: "AttachmentsReceived", letter } as const;
  const parties = [letter.sender.gln, letter.receiver.gln];
  const fact = rules.neverWait.includes(letter.sender.gln)
    ? sentAlone(letter, letter.objects, context)
    : undefined;
  if (fact !== undefined)
    return { kind: "record", facts: [received, fact], tell: tellingOf(letter, 1), parties };
  const until = later(context.now, rules.waitSeconds);
  return {
    kind: "record",
    facts: [{ ...received, held: { alarmId, until } }],
    tell: [],
    parties,
    alarms: [{ change: "set", alarmId, at: until }],
  };
};

/** No letter came in time for what is left: it goes by itself, or its sender is awaited. */
export const stopWaiting = (state: ReceivedAttachments, context: DecisionContext): AttachmentDecision => {
  const objects = remainingOf(state);
  if (state.held === undefined || objects.length === 0) return { kind: "ignore", reason: "passed-on" };
  const fact = sentAlone(state.letter, objects, context);
  if (fact !== undefined) return { kind: "record", facts: [fact], tell: tellingOf(state.letter, 0) };
  const objectIds = objects.map(({ objectId }) => objectId);
  return { kind: "record", facts: [{ type: "AttachmentsLeft", objectIds }], tell: [] };
};

/** A letter took some of it along. */
export const notePassedOn = (
  state: ReceivedAttachments,
  { letterCaseId, objectIds: named }: PayloadOf<"attachment.notePassedOn">,
  { actor, common }: DecisionContext,
): AttachmentDecision => {
  if (actor !== hubActor) return refuse("not-your-turn", "sender", "Only the hub notes what went on.");
  const objectIds = named.filter((id) => remainingOf(state).some(({ objectId }) => objectId === id));
  if (objectIds.length === 0) return { kind: "ignore", reason: "passed-on" };
  const over = remainingOf({ ...state, gone: [...state.gone, ...objectIds] }).length === 0;
  const ended = over && Object.hasOwn(common.alarms, alarmId);
  return {
    kind: "record",
    facts: [{ type: "AttachmentsPassedOn", letterCaseId, objectIds }],
    tell: [],
    ...(ended ? { alarms: [{ change: "cleared", alarmId }] } : {}),
  };
};
