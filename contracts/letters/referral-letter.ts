import { z } from "zod";
import { FormattedText } from "../formatted-text.ts";
import { Reference } from "../letter.ts";
import { Party } from "../party.ts";
import {
  Category,
  Diagnosis,
  EpisodeOfCare,
  head,
  NamedParty,
  ReferredPatient,
  Referrer,
  Relative,
  VisitationNote,
} from "./parts.ts";

/**
 * A referral as MedCom's letters carry it: XREF01 (hospital), XREF02 (imaging), XREF15 (municipal prevention), XREF22
 * (municipal acute team). What a type or version has no element for is absent.
 */
export const ReferralLetter = z
  .object({
    type: z.enum(["XREF01", "XREF02", "XREF15", "XREF22"]),
    version: z.enum(["XH0130R", "XH0131R", "XH0230R", "XH0231R", "XH1530R", "XH1531R", "XH2230R"]),
    ...head,
    episodesOfCare: z.array(EpisodeOfCare),
    sender: Party,
    referrer: Referrer,
    receiver: Party,
    /** Who gets a copy of the answer. */
    answerCopyTo: NamedParty.optional(),
    patient: ReferredPatient,
    relatives: z.array(Relative).max(5),
    priority: z.enum(["elektiv", "akut", "saerlige_forhold"]).optional(),
    referralStatus: z.enum(["ambulant", "indlaeggelse", "hjemmet"]).optional(),
    transport: z.enum(["ingen", "liggende", "siddende"]).optional(),
    supplementary: FormattedText.optional(),
    clinicalReason: FormattedText.optional(),
    /** Free choice of hospital (SKS ALDB), version of 2017. */
    hospitalChoice: z.enum(["ALDB00", "ALDB01", "ALDB02", "ALDB03"]).optional(),
    refer: Diagnosis.optional(),
    referralAdditional: z.array(Diagnosis).max(5),
    category: Category.optional(),
    cave: FormattedText.optional(),
    anamnesis: FormattedText.optional(),
    examination: FormattedText.optional(),
    actualMedicine: FormattedText.optional(),
    /** First day of the last period (XREF02). */
    firstDateOfPeriod: FormattedText.optional(),
    references: z.array(Reference).max(10),
    visitation: z.array(VisitationNote).max(9),
  })
  .meta({ id: "ReferralLetter" });
export type ReferralLetter = z.infer<typeof ReferralLetter>;
