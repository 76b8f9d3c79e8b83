import { appointmentNote } from "../../../../contracts/codes/appointment-note.ts";
import { plainUuid } from "../../../../contracts/derived-ids.ts";
import type { AppointmentLetter } from "../../../../contracts/letters/appointment-letter.ts";
import { headOf, type ToTell } from "../../../families/to-tell.ts";
import { letterPatientOf } from "./letter-patient.ts";
import { firstLetterId, type Of, referralTold } from "./referral-facts.ts";

type Answering = Of<"AppointmentBooked" | "AppointmentMoved" | "InvitedToTalk" | "ReferralReceived">;

const told = (
  fact: Answering,
  { localTime }: ToTell,
): Pick<AppointmentLetter, "appointment" | "note" | "contact"> => {
  if (fact.type === "ReferralReceived") return { note: fact.note, contact: fact.contact };
  const { appointment } = fact;
  const reason = fact.type === "AppointmentMoved" ? fact.reason : undefined;
  return {
    appointment: localTime(appointment.start),
    note: appointmentNote(appointment, reason),
    contact: appointment.contact,
  };
};

/** MedCom's booking answer: a referral was received, and when the citizen is to come. */
export const composeAppointment = (telling: ToTell, fact: Answering): AppointmentLetter => {
  const { referral, receivedAt } = referralTold(telling);
  const { parties, localTime, record } = telling;
  return {
    type: "XDIS13",
    version: "XD1333L",
    ...headOf(telling),
    episodeOfCareId: referral.episodeOfCareId ?? plainUuid(record.caseId),
    sender: parties.from,
    receiver: parties.to,
    patient: letterPatientOf(referral),
    referral: {
      identifier: firstLetterId(telling) ?? plainUuid(record.caseId),
      received: localTime(receivedAt),
    },
    ...told(fact, telling),
  };
};
