import { type CommandReply, Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { ReferralCommand } from "../../contracts/messages/referral.ts";
import { type ReferralPatterns, ReferralQueries } from "../../contracts/messages/referral-patterns.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import { createCaseHandler } from "../case/case-handler.ts";
import { writtenBySender } from "../case/tell.ts";
import { referralCore } from "./core/decide.ts";
import { patternsOf } from "./core/patterns.ts";
import type { PatternPorts, ReferralPorts } from "./ports.ts";

/** What a letter cannot say is forgiven a letter alone: without one a sender writes in the hub's own words, which can. */
const asWritten = (command: ReferralCommand, envelope: Envelope): ReferralCommand => {
  if (command.type !== "referral.send" && command.type !== "referral.correct") return command;
  if (writtenBySender(envelope) !== undefined) return command;
  const standard = "json" as const;
  return command.type === "referral.send"
    ? { ...command, payload: { ...command.payload, standard } }
    : { ...command, payload: { ...command.payload, standard } };
};

/** The commands of referrals: on the case that they name, or on the case that their own message id names. */
export const createReferralHandler = (
  ports: ReferralPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  const handle = createCaseHandler(referralCore, ports);
  return (message) => {
    const parsed = parseCommand(ReferralCommand, message);
    if (!parsed.ok) return Promise.resolve(parsed.reply);
    const { envelope } = parsed;
    const command = asWritten(parsed.command, envelope);
    const { payload } = command;
    const onCase = (caseId: string) => handle({ caseId, opens: false, envelope, command });
    if (!("messageId" in payload)) return onCase(payload.caseId);
    if ("caseId" in payload && payload.caseId !== undefined) return onCase(payload.caseId);
    const caseId = ports.caseIdFor(envelope.sender, payload.messageId);
    return handle({ caseId, opens: true, envelope, command });
  };
};

type PatternsReply = QueryReply<ReferralPatterns>;

/** Questions about the numbers of referrals. Who asks decides which are counted. */
export const createPatternsHandler =
  ({ directory, counted }: PatternPorts): ((message: unknown) => Promise<PatternsReply>) =>
  (message) => {
    const envelope = Envelope.safeParse(message);
    const query = ReferralQueries["referral.patterns"].safeParse(
      envelope.success && envelope.data.type === "referral.patterns" ? envelope.data.payload : undefined,
    );
    if (!envelope.success || !query.success)
      return Promise.resolve({ status: "refused", code: "message-invalid" });
    const all = counted();
    if (all === undefined) return Promise.resolve({ status: "failed", code: "service-unavailable" });
    const { sender: viewer } = envelope.data;
    return Promise.resolve({ status: "ok", value: patternsOf(all, query.data, { directory, viewer }) });
  };
