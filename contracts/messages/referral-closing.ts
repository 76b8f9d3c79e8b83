import { z } from "zod";
import { TextInput } from "../formatted-text.ts";
import { ClosingLetter } from "../letters/closing-letter.ts";
import { EpisodeOfCareStatus } from "../party.ts";

const letter = ClosingLetter.shape;

/**
 * What a closing note says besides its text, by the names of MedCom's closing letters (XDIS01, 02, 03, 15, 22). Times are
 * Danish local, as those letters write them.
 */
export const ReferralClosing = z
  .object({
    /** MedCom's letter that it came as; absent: a typed note. */
    form: letter.type.optional(),
    /** When the clinician approved it. */
    authorised: letter.authorised.optional(),
    contact: letter.contact,
    /** The municipality's own word for what it is (XDIS15). */
    specialityName: letter.specialityName,
    copyTo: letter.copyTo,
    /** Where the citizen is in the writer's care, e.g. `doed`. */
    patientStatus: EpisodeOfCareStatus.optional(),
    relatives: letter.relatives.optional(),
    /** The referral as the writer knows it. */
    referral: letter.referral,
    /** The first and the last visit, or the stay. */
    from: letter.from,
    until: letter.until,
    /** How soon the practice is to act. */
    actionPriority: letter.actionPriority,
    recommendation: letter.recommendation,
    diagnoses: letter.diagnoses,
    /** The texts one by one, with who signed each and when; all of them in order are the note's text. */
    texts: letter.texts.optional(),
    references: letter.references.optional(),
  })
  .meta({ id: "ReferralClosing" });
export type ReferralClosing = z.infer<typeof ReferralClosing>;

/** What a caller may say of it in fields of their own; a text may be a plain string. */
export const ReferralClosingInput = ReferralClosing.pick({
  from: true,
  until: true,
  actionPriority: true,
  diagnoses: true,
}).extend({ recommendation: TextInput.optional() });
