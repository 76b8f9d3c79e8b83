import { keeps } from "../../../contracts/agreement.ts";
import { promisesOfTheReceiver, rightsOfThePatient } from "../../../contracts/codes/agreements/referral.ts";
import type { CaseState } from "../../case/case-state.ts";
import type { Owing } from "../../case/decision.ts";
import type { Referral } from "./state.ts";

type Owed = Pick<Referral, "kind" | "sender" | "receiver" | "referral">;

/** What a promise depends on besides the kind: which examination, or how soon the acute team comes. */
const tierOf = ({ kind, referral }: Owed): string | undefined => {
  if (kind === "imaging") return referral.imaging?.examination;
  return kind === "acute-team" ? (referral.acuteTeam?.urgency ?? "acute") : undefined;
};

/** What the present receiver owes the sender; the patient has no address here, and the sender stands for it. */
export const owedToSender = (state: Owed): Owing => ({
  kind: state.kind,
  tier: tierOf(state),
  debtor: state.receiver,
  creditor: state.sender,
});

/** What the sender owes the receiver: an answer. */
export const owedByTheSender = (state: Owed): Owing => ({
  ...owedToSender(state),
  debtor: state.sender,
  creditor: state.receiver,
});

/** From the telephone call that came first, when there was one: the written request only follows it up (ACUTE-REQ). */
export const owedAfterSending = (state: Owed, now: string): Owing => {
  const at = state.kind === "acute-team" ? state.referral.acuteTeam?.call?.at : undefined;
  return at === undefined || at > now ? owedToSender(state) : { ...owedToSender(state), from: at };
};

/** A telephone call that was told with another time: what the acute team owes was counted from it, and is so still. */
export const owedAfterCorrecting = (before: Referral, after: Owed, now: string): Owing[] => {
  const callOf = ({ referral }: Owed): string | undefined => referral.acuteTeam?.call?.at;
  if (before.kind !== "acute-team" || callOf(before) === callOf(after)) return [];
  const { from = before.receivedAt, ...owing } = owedAfterSending(after, now);
  return [{ ...owing, from, corrects: true, promises: ["ACUTE-REQ"] }];
};

const isSettled = (common: CaseState, promise: string): boolean =>
  Object.values(common.clocks).some((clock) => keeps(clock.agreement, promise) && "stoppedAt" in clock);

/**
 * What the next receiver owes. Its own promises begin now; the patient's rights go on from the first receipt, and those that
 * were met before are not owed again.
 */
export const owedAfterForwarding = (state: Referral, receiver: string, common: CaseState): Owing[] => {
  const owing = owedToSender({ ...state, receiver });
  const rights = rightsOfThePatient.filter((promise) => !isSettled(common, promise));
  return [
    { ...owing, promises: promisesOfTheReceiver },
    { ...owing, promises: rights, from: state.receivedAt },
  ];
};
