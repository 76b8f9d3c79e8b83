import { z } from "zod";
import { AppointmentLetter } from "./appointment-letter.ts";
import { ClosingLetter } from "./closing-letter.ts";
import { ReferralLetter } from "./referral-letter.ts";
import { AdmissionAnswer, StayNotice } from "./stay-notice.ts";

/** A MedCom letter of one of the families that is not correspondence (XDIS91) or attachments (XBIN01), told by its type. */
export const ClinicalLetter = z.discriminatedUnion("type", [
  ReferralLetter,
  ClosingLetter,
  StayNotice,
  AdmissionAnswer,
  AppointmentLetter,
]);
export type ClinicalLetter = z.infer<typeof ClinicalLetter>;
export type ClinicalLetterType = ClinicalLetter["type"];
