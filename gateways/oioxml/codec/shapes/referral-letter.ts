import type { FullShape, Shape } from "../shape.ts";
import {
  diagnosis,
  episodes,
  full,
  group,
  groups,
  head,
  lift,
  namedParty,
  party,
  references,
  referredPatient,
  referrer,
  relatives,
  runs,
  same,
  visitation,
} from "./parts.ts";

const clinical: Shape = {
  category: same("CategoryCode"),
  cave: runs("Cave"),
  anamnesis: runs("Anamnesis"),
  examination: runs("Examination"),
  actualMedicine: runs("ActualMedicine"),
  firstDateOfPeriod: runs("FirstDateOfPeriod"),
};

/** contracts/letters/referral-letter.ts. `notes`: what the type calls its visitation. */
export const referralShape = (type: string, version: string): FullShape =>
  full(
    {
      receiver: group("Receiver", party),
      answerCopyTo: group("AnswerCCReceiver", namedParty),
      patient: referredPatient,
      relatives,
      references,
      visitation: visitation(
        type === "XREF15" || type === "XREF22" ? "MunicipalityVisitation" : "HospitalVisitation",
      ),
    },
    [
      head(type, version, episodes),
      lift("Sender", full({ sender: { is: "nest", always: true, shape: party }, referrer }), true),
      lift(
        "AdditionalInformation",
        full({
          priority: same("Priority"),
          referralStatus: same("ReferralStatus"),
          transport: same("Transport"),
          supplementary: runs("Supplementary"),
          clinicalReason: runs("ClinicalReason"),
          hospitalChoice: same("HospitalChoice"),
        }),
      ),
      lift(
        "Referral",
        full({
          refer: group("Refer", diagnosis),
          referralAdditional: groups("ReferralAdditional", diagnosis),
        }),
      ),
      lift("RelevantClinicalInformation", full(clinical)),
    ],
  );
