import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import type { AdviceCommand as WireCommand } from "../../contracts/messages/advice.ts";
import type { CaseCommand } from "../case/case-handler.ts";
import { hubActor } from "../case/core.ts";
import { conversationKey } from "../case/thread-keys.ts";
import type { AdviceCommand } from "./core/command.ts";
import type { AdvicePorts } from "./ports.ts";

type Letter = Extract<WireCommand, { type: "advice.receiveLetter" }>;
type CaseLetter = { envelope: Envelope; command: Letter };
type Handle = (input: CaseCommand<AdviceCommand>) => Promise<CommandReply>;
type Needs = {
  handle: Handle;
  ports: Pick<AdvicePorts, "caseIdFor" | "indexDigest" | "findThread" | "load" | "pause">;
};

const routedTo = (reply: CommandReply): string | undefined =>
  reply.status === "ignored" && reply.reason.startsWith("routed:")
    ? reply.reason.slice("routed:".length)
    : undefined;

/** 20, 40, 80 ... ms: together over a second. */
const looks = 6;
const firstPauseMs = 20;

const isUnknown = (reply: CommandReply): boolean =>
  reply.status === "refused" && reply.code === "case-unknown";

const leavePointer = (
  handle: Handle,
  envelope: Envelope,
  { at, to }: { at: string; to: string },
): Promise<CommandReply> => {
  const route = { type: "advice.route", id: envelope.id, payload: { caseId: to } } as const;
  return handle({ caseId: at, opens: true, envelope: { ...envelope, ...route }, command: route });
};

/**
 * Binds the name of a letter's thread to a case, for ever, where the index knows none of that name.
 * @returns the case that it is bound to; `to` where the thread bears no name
 */
const bind = async (
  { handle, ports }: Needs,
  { envelope: { time, sender }, command }: CaseLetter,
  to: string,
): Promise<string> => {
  const { letter, thread } = command.payload;
  // In another's name nobody binds anything: the letter is refused, and would have led that one's next letter astray.
  if (thread === undefined || letter.sender.gln !== sender) return to;
  const type = "advice.route";
  // By what it binds to, not by the message: read again with the index changed, the message is told of the first binding.
  const own: Envelope = { id: `thread:${to}`, type, version: 1, time, sender: hubActor, payload: undefined };
  // No GLN, so no message opens the same case; the same from whichever side a message of the thread comes.
  const at = ports.caseIdFor("thread", conversationKey(letter, thread.id, ports.indexDigest));
  return routedTo(await leavePointer(handle, own, { at, to })) ?? to;
};

/**
 * The answer of a case that is perhaps not there yet: the message that its thread was bound to it by is on its way there.
 * None: that one was refused, or its hub died over it; it finds this one's case when it is read again.
 */
const begunIn = async (
  { handle, ports }: Needs,
  letter: CaseLetter,
  to: string,
): Promise<CommandReply | undefined> => {
  for (let n = 0; n < looks; n++) {
    const reply = await handle({ caseId: to, opens: false, ...letter });
    if (!isUnknown(reply)) return reply;
    if ((await ports.load(to)).length > 0) return undefined;
    await ports.pause(firstPauseMs * 2 ** n);
  }
  return undefined;
};

/** Where a letter belongs that may continue a thread, and whether the index knew it. */
const belongsTo = async (
  needs: Needs,
  letter: CaseLetter,
  own: string,
): Promise<{ to: string; known: boolean }> => {
  const { letter: read, thread } = letter.command.payload;
  const { named, guessed } = await needs.ports.findThread(read, thread);
  const to = named ?? (await bind(needs, letter, guessed ?? own));
  return { to, known: to === (named ?? guessed) };
};

/**
 * A letter that continues a thread first leaves a pointer under the id of its own message, so that the same letter, at any
 * distance in time, finds the same case whatever the index says by then. A thread that bears a name (a CareCommunication's)
 * leaves one under that as well when it begins: its next message may come before the index has the first, to another hub, or
 * while the index is away.
 */
export const createLetterReceiver =
  (handle: Handle, ports: Needs["ports"]) =>
  async (letter: CaseLetter): Promise<CommandReply> => {
    const { envelope, command } = letter;
    const messageId = command.payload.thread?.messageId ?? command.payload.letter.letterId;
    const own = ports.caseIdFor(envelope.sender, messageId);
    const pointTo = (to: string): Promise<CommandReply> =>
      leavePointer(handle, { ...envelope, id: `route:${command.id}` }, { at: own, to });

    const { to, known } = await belongsTo({ handle, ports }, letter, own);
    if (to !== own && known) await pointTo(to);
    // A message that is known under its own id stays there.
    else if (to !== own && (await ports.load(own)).length === 0) {
      const begun = await begunIn({ handle, ports }, letter, to);
      if (begun !== undefined) {
        await pointTo(to);
        return begun;
      }
    }
    const reply = await handle({ caseId: own, opens: true, ...letter });
    const routed = routedTo(reply);
    return routed === undefined ? reply : handle({ caseId: routed, opens: false, ...letter });
  };
