import { isStoppedBy } from "../../../contracts/access/consent.ts";
import { basisOfMessage } from "../../../contracts/access/message-basis.ts";
import type { OrganisationKind } from "../../../contracts/messages/directory.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import { type Problem, problem } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";

type Asked = { kind: ReferralKind; sender: string; content: ReferralContent };

/** A referral that can be passed on by consent alone is not sent when the citizen has refused that; any other is. */
export const consentProblems = (
  { kind, sender, content }: Asked,
  to: OrganisationKind | undefined,
  { directory }: Pick<DecisionContext, "directory">,
): Problem[] => {
  const from = directory.organisation(sender)?.kind;
  const basis = basisOfMessage(
    { family: "referral", fact: { type: "ReferralSent" }, from, to },
    { kind },
  )?.code;
  return isStoppedBy({ refused: content.prevention?.consent?.given === false, basis })
    ? [
        problem(
          "prevention.consent.given",
          "consent-refused",
          "The citizen refuses that the municipality is told: nothing was sent. With the citizen's consent, send it anew. / Borgeren vil ikke have det givet videre til kommunen: intet er sendt. Med borgerens samtykke sendes den på ny.",
        ),
      ]
    : [];
};
