import { contentRules } from "../../../contracts/codes/referral-rules/rules.ts";
import type { ReferralFact } from "../../../contracts/messages/referral.ts";
import type { ReferralContent } from "../../../contracts/messages/referral-content.ts";
import { type Problem, warning } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { consentProblems } from "./ask-consent.ts";
import { kindByReceiver } from "./by-letter.ts";
import { checkContent } from "./check-content.ts";
import type { PayloadOf } from "./command.ts";
import { owedAfterCorrecting } from "./owing.ts";
import type { OpenCase } from "./state.ts";

type Payload = PayloadOf<"referral.correct">;
type Turn = { state: OpenCase; context: DecisionContext };

const contentOf = ({
  caseId: _caseId,
  messageId: _messageId,
  kind: _kind,
  to: _to,
  relatesTo: _relatesTo,
  attachments: _attachments,
  standard: _standard,
  ...content
}: Payload): ReferralContent => content;

const goesElsewhere = ({ to }: Payload, { receiver, former }: OpenCase): boolean =>
  "gln" in to && to.gln !== receiver && !former.includes(to.gln);

/** What it is referred for decides the patient's rights, and they were counted from the first letter. */
const otherKind = (payload: Payload, { state, context }: Turn): Problem[] => {
  const { kind, to } = payload;
  const corrected = kindByReceiver({ kind, to, content: state.referral }, context);
  return corrected === state.kind
    ? []
    : [
        warning(
          "kind",
          "correction-other-kind",
          `The referral stays one of the kind ${state.kind}: withdraw it and send a new one if that is wrong. / Henvisningen beholder sin art: træk den tilbage, og send en ny, hvis det er forkert.`,
        ),
      ];
};

/**
 * The sender's correction: what it says is in the place of what the referral said, and whoever has it now is told. No clock
 * begins anew; one that counts from a telephone call follows when the call was at another time. What was joined or sent along stays, unless the correction brings its own.
 */
export const correct = (payload: Payload, turn: Turn): Decision<ReferralFact> => {
  const { state, context } = turn;
  if (goesElsewhere(payload, state))
    return refuse(
      "correction-elsewhere",
      "to.gln",
      "The correction names another receiver than the referral: withdraw it, and send a new one.",
    );
  const { kind, sender, receiver, receivedAt } = state;
  const said = contentOf(payload);
  const municipality = said.municipality ?? state.referral.municipality;
  const referral = municipality === undefined ? said : { ...said, municipality };
  const asked = { kind, receiver, content: referral, standard: payload.standard };
  const unasked = consentProblems(
    { ...asked, sender },
    context.directory.organisation(receiver)?.kind,
    context,
  );
  if (unasked.length > 0) return { kind: "refuse", code: "consent-refused", problems: unasked };
  const { errors, warnings } = checkContent(contentRules, asked, context);
  if (errors.length > 0) return { kind: "refuse", code: "referral-incomplete", problems: errors };
  const { attachments } = payload;
  const owing = owedAfterCorrecting(state, { kind, sender, receiver, referral }, context.now);
  return {
    kind: "record",
    facts: [{ type: "ReferralCorrected", kind, sender, receiver, receivedAt, referral, attachments }],
    tell: [{ to: receiver, from: sender, fact: 0 }],
    ...(owing.length === 0 ? {} : { owing }),
    warnings: [...otherKind(payload, turn), ...warnings],
  };
};
