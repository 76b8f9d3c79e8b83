import { z } from "zod";
import { FormattedText } from "../formatted-text.ts";
import { LetterPatient, LetterStatus, NamedParty } from "../letters/parts.ts";
import { LocalDateTime } from "../time.ts";
import { ReferralClosing } from "./referral-closing.ts";
import { SendReferral } from "./referral-commands.ts";

/**
 * What receivers that speak nothing but MedCom's letters say of a referral. They never accept or note attendance: a letter
 * books or concludes from whatever state the referral is in, and always reaches the sender.
 */
const onCase = { caseId: z.uuid() };
const gln = z.string().min(1).max(35);
const name = z.string().min(1).max(70);

/** A closing letter (XDIS01, 02, 03, 15, 22): its texts in order as one, who signed it where it says so, and all else. */
const closing = {
  status: LetterStatus,
  text: FormattedText,
  signedBy: z.object({ name, title: name.optional() }).optional(),
  closing: ReferralClosing,
};
/** XDIS13: when the referral was received, and when and where the citizen is to come. */
const booking = {
  status: LetterStatus,
  received: LocalDateTime.optional(),
  at: LocalDateTime.optional(),
  place: z.string().min(1).max(140),
  /** Who to ask about it, where that is another than who writes. */
  contact: NamedParty.optional(),
  note: name.optional(),
};

export const ConcludeReferralByLetter = z
  .object({ ...onCase, ...closing })
  .meta({ id: "ConcludeReferralByLetter" });
export const BookReferralByLetter = z.object({ ...onCase, ...booking }).meta({ id: "BookReferralByLetter" });

/** A closing letter or a booking answer that belongs to no referral here: it opens a case that tells its receiver. */
export const ReceiveReferralLetter = z
  .object({
    messageId: z.string().min(1).max(70),
    to: z.object({ gln }),
    patient: LetterPatient,
    episodeOfCareId: z.string().min(1).max(35).optional(),
    said: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("closing"), ...closing }),
      z.object({ kind: z.literal("booking"), ...booking }),
    ]),
  })
  .meta({ id: "ReceiveReferralLetter" });
export type ReceiveReferralLetter = z.infer<typeof ReceiveReferralLetter>;

/**
 * A unit of the same hospital or municipality as the referral's receiver has closed it by a letter, which has a case of its
 * own: whoever a referral is addressed to, the department that saw the citizen writes the letter. Sent by the hub alone.
 */
export const NoteReferralConclusion = z
  .object({ ...onCase, by: gln, letterCaseId: z.uuid() })
  .meta({ id: "NoteReferralConclusion" });

/**
 * The sender's correction of a referral that it sent (rettetbrev): the content in the place of what it said before. Without
 * `caseId` it corrects the case that `messageId` named; where there is none it opens one, with a warning.
 */
export const CorrectReferral = SendReferral.extend({ caseId: z.uuid().optional() }).meta({
  id: "CorrectReferral",
});
