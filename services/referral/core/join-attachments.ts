import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { ReferralFact } from "../../../contracts/messages/referral.ts";
import type { Decision } from "../../case/decision.ts";
import type { NamedAttachment } from "./attachment.ts";
import type { PayloadOf } from "./command.ts";
import type { OpenCase } from "./state.ts";

/** A receiver's own word for what nobody described. */
const undescribed = "Bilag";

/**
 * What the referral or its closing letter names has come in a letter of its own (XBIN01), which goes to the receiver that it
 * names by itself. A unit that the referral was forwarded to is told here, since nobody else would tell it.
 */
export const joinAttachments = (
  { attachmentCaseId, sender, objects }: PayloadOf<"referral.joinAttachments">,
  { state }: { state: OpenCase },
): Decision<ReferralFact> => {
  const describedAs = new Map(
    (state.referral.references ?? []).flatMap(({ description, target }) =>
      target.kind === "bin" ? [[plainUuid(target.objectId), description] as const] : [],
    ),
  );
  const attachments = objects.map(
    (object): NamedAttachment => ({
      ...object,
      description: describedAs.get(object.objectId) ?? undescribed,
    }),
  );
  const moved = state.former.length > 0 && sender === state.sender;
  return {
    kind: "record",
    facts: [{ type: "ReferralAttachmentsJoined", attachmentCaseId, sender, attachments }],
    tell: moved ? [{ to: state.receiver, from: state.sender, fact: 0 }] : [],
  };
};
