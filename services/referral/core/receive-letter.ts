import type { ReferralFact } from "../../../contracts/messages/referral.ts";
import { type Problem, problem } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuseUsedId } from "../../case/decision.ts";
import { activeOrganisation } from "../../case/directory-view.ts";
import type { PayloadOf } from "./command.ts";
import { receivedIn } from "./letters.ts";
import type { ReferralState } from "./state.ts";

type Payload = PayloadOf<"referral.receiveLetter">;

const problemsOf = ({ to }: Payload, { actor, directory, today }: DecisionContext): Problem[] => {
  const known = (gln: string): boolean => activeOrganisation(directory, gln, today) !== undefined;
  return [
    ...(known(actor)
      ? []
      : [problem("sender", "sender-unknown", "The sender is not in the directory today.")]),
    ...(known(to.gln)
      ? []
      : [problem("to.gln", "receiver-unknown", "The receiver's GLN is not in the directory today.")]),
    ...(to.gln === actor
      ? [problem("to.gln", "receiver-is-sender", "A letter goes to another organisation than its sender.")]
      : []),
  ];
};

const codes = ["sender-unknown", "receiver-unknown", "receiver-is-sender"] as const;

/**
 * A letter that answers no referral here, e.g. one that was sent by another way, has a case of its own: it reaches its
 * receiver, and nobody owes anything by it. Its correction comes to the same case.
 */
export const receiveLetter = (
  state: Extract<ReferralState, { status: "none" | "letter" }>,
  payload: Payload,
  context: DecisionContext,
): Decision<ReferralFact> => {
  const { actor } = context;
  const { to, patient, episodeOfCareId, said } = payload;
  if (state.status === "letter" && (state.from !== actor || state.to !== to.gln)) return refuseUsedId();
  const problems = problemsOf(payload, context);
  const code = codes.find((one) => problems.some((found) => found.code === one));
  if (code !== undefined) return { kind: "refuse", code, problems };
  const { status } = said;
  const about = { from: actor, to: to.gln, patient, status, episodeOfCareId };
  return {
    kind: "record",
    facts: [{ type: "ReferralLetterReceived", ...about, said: receivedIn(said) }],
    tell: [{ to: to.gln, from: actor, fact: 0 }],
    parties: [actor, to.gln],
  };
};
