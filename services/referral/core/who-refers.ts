import { senderRules } from "../../../contracts/codes/referral-rules/rules.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { SendReferral } from "../../../contracts/messages/referral-commands.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import { type Problem, problem, warning } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import { activeOrganisation } from "../../case/directory-view.ts";

type Referring = {
  sender: string;
  kind: ReferralKind;
  content: ReferralContent;
  standard?: SendReferral["standard"] | undefined;
};

const allows = (kind: ReferralKind, from: Organisation, by: "senders" | "withDelegation"): boolean =>
  senderRules.some((rule) => rule.kinds.includes(kind) && rule[by].includes(from.kind));

const notTold = warning(
  "acuteTeam.frameworkDelegation",
  "delegation-not-told",
  "The sender refers under a framework delegation alone, and MedCom's letter cannot tell of one. / Afsenderen må kun henvise efter rammedelegation, og det kan MedComs brev ikke oplyse.",
);

const byDelegation = ({ content, standard }: Referring): Problem[] | undefined => {
  if (content.acuteTeam?.frameworkDelegation === true) return [];
  return standard === "oioxml" ? [notTold] : undefined;
};

/** Whether the sender may refer to it, and by which right. An error refuses; a warning is told. */
export const senderProblems = (
  referring: Referring,
  { directory, today }: DecisionContext,
): readonly Problem[] => {
  const { sender, kind } = referring;
  const from = activeOrganisation(directory, sender, today);
  if (from === undefined)
    return [
      problem("sender", "sender-unknown", "The sender is not in the directory, or not in force today."),
    ];
  if (allows(kind, from, "senders")) return [];
  const delegated = allows(kind, from, "withDelegation") ? byDelegation(referring) : undefined;
  const message = "By the agreement this kind of organisation may not refer to it.";
  return delegated ?? [problem("kind", "sender-may-not-refer", message)];
};
