import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { ReferralFact } from "../../../contracts/messages/referral.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import type { PayloadOf } from "./command.ts";
import { findReceiver, isCentral } from "./find-receiver.ts";
import { owedAfterForwarding } from "./owing.ts";
import type { OpenCase } from "./state.ts";

type Turn = { state: OpenCase; context: DecisionContext };

/**
 * A referral never comes back to who sent it by being forwarded, nor to a unit that passed it on: it would go round while the
 * patient waits. A central visitation may see it again, since finding the right unit is what it is for.
 */
const loops = (to: Organisation, { state, context }: Turn): Decision<never> | undefined => {
  const { directory, today } = context;
  if (to.gln === state.receiver)
    return refuse("wrong-state", "to", "The referral is with that unit already.");
  if (to.gln === state.sender)
    return refuse("forward-loops", "to", "To give it back to its sender, return it, with reason and advice.");
  return state.former.includes(to.gln) && !isCentral(directory, to.gln, today)
    ? refuse(
        "forward-loops",
        "to",
        "That unit has passed it on before. Phone it, or forward it to the hospital's visitation.",
      )
    : undefined;
};

const readdressed = (
  state: OpenCase,
  receiver: string,
  reason: string,
): Extract<ReferralFact, { type: "ReferralReaddressed" }> => {
  const { kind, sender, receivedAt, referral, receiver: from } = state;
  const attachments = [...state.attachments];
  return {
    type: "ReferralReaddressed",
    kind,
    sender,
    receiver,
    receivedAt,
    referral,
    attachments,
    from,
    reason,
  };
};

/**
 * The hospital makes sure that it reaches the right unit (Praksisplan Midtjylland 5.5): that unit gets all of it and has the
 * ball, and the sender is told where it went.
 */
export const forward = (payload: PayloadOf<"referral.forward">, turn: Turn): Decision<ReferralFact> => {
  const { state, context } = turn;
  const { to, reason } = payload;
  const found = findReceiver({ kind: state.kind, to, content: state.referral }, context, true);
  if (!("unit" in found)) return refuse(found.code, found.path, found.message);
  const problem = loops(found.unit, turn);
  if (problem !== undefined) return problem;
  const { receiver: from, sender } = state;
  const receiver = found.unit.gln;
  return {
    kind: "record",
    facts: [{ type: "ReferralForwarded", from, to: receiver, reason }, readdressed(state, receiver, reason)],
    tell: [
      { to: sender, from, fact: 0 },
      { to: receiver, from: sender, fact: 1 },
    ],
    parties: [receiver],
    owing: owedAfterForwarding(state, receiver, context.common),
  };
};
