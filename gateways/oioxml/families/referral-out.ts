import type { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import type { ReferralLetter } from "../../../contracts/letters/referral-letter.ts";
import { isReferralFact, type ReferralFact } from "../../../contracts/messages/referral.ts";
import type { ToTell } from "../../families/to-tell.ts";
import { composeAppointment } from "./out/appointment-letter.ts";
import { composeClosing } from "./out/closing-letter.ts";
import { isOfType } from "./out/referral-facts.ts";
import { composeReferralLetter } from "./out/referral-letter.ts";

const saysReferral = isOfType("ReferralSent", "ReferralReaddressed", "ReferralCorrected");
const saysClosing = isOfType("ReferralConcluded", "ReferralConclusionCorrected", "ReferralClosingAdded");
const saysTime = isOfType("AppointmentBooked", "AppointmentMoved", "InvitedToTalk", "ReferralReceived");

type Compose = (telling: ToTell, fact: ReferralFact) => ClinicalLetter | undefined;

const referral =
  (type: ReferralLetter["type"]): Compose =>
  (telling, fact) =>
    saysReferral(fact) ? composeReferralLetter(telling, type, fact) : undefined;
const closing =
  (type: "XDIS02" | "XDIS15" | "XDIS22"): Compose =>
  (telling, fact) =>
    saysClosing(fact) ? composeClosing(telling, type, fact) : undefined;

/** How each letter of the family is written. */
const composers: Readonly<Record<string, Compose>> = {
  XREF01: referral("XREF01"),
  XREF02: referral("XREF02"),
  XREF15: referral("XREF15"),
  XREF22: referral("XREF22"),
  XDIS02: closing("XDIS02"),
  XDIS15: closing("XDIS15"),
  XDIS22: closing("XDIS22"),
  XDIS13: (telling, fact) => (saysTime(fact) ? composeAppointment(telling, fact) : undefined),
};

/** The letter that was made for a fact of a referral (contracts/codes/fact-documents.ts), written of the case. */
export const composeReferral = (telling: ToTell): ClinicalLetter | undefined =>
  isReferralFact(telling.fact) ? composers[telling.documentType]?.(telling, telling.fact) : undefined;
