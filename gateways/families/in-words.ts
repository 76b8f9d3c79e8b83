import { z } from "zod";
import type { Letter } from "../../contracts/letter.ts";
import { StoredObject } from "../../contracts/letter.ts";
import { isBookingFact } from "../../contracts/messages/booking.ts";
import { isDischargeFact } from "../../contracts/messages/discharge-facts.ts";
import { isObservationFact } from "../../contracts/messages/observation-facts.ts";
import { isReferralFact } from "../../contracts/messages/referral-facts.ts";
import { type Party, Patient } from "../../contracts/party.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { headOf, type ToTell } from "./to-tell.ts";
import { adviceWords } from "./words/advice.ts";
import { bookingWords } from "./words/booking.ts";
import { dischargeWords } from "./words/discharge.ts";
import { noticeWords } from "./words/notices.ts";
import { observationWords } from "./words/observation.ts";
import { referralWords } from "./words/referral.ts";
import { bold, lines, timeInWords, type Words } from "./words/words.ts";

/**
 * Every fact that is told has words; the unions are exhausted there, so a new fact cannot come without. The family decides:
 * facts of two families may share a name (`PatientAttended` of referrals and of bookings) and hold other things.
 */
const wordsOf = (telling: ToTell): Words => {
  const { fact, record } = telling;
  if (record.family === "referral" && isReferralFact(fact)) return referralWords(fact, telling);
  if (record.family === "observation" && isObservationFact(fact)) return observationWords(fact, telling);
  if (record.family === "booking" && isBookingFact(fact)) return bookingWords(fact, telling);
  if (record.family === "discharge" && isDischargeFact(fact)) return dischargeWords(fact, telling);
  return adviceWords(fact, telling);
};

const Named = z.object({ ...Patient.shape, surname: Patient.shape.surname.optional() });
const Citizen = z.union([
  z.object({ patient: Named }).transform(({ patient }) => patient),
  z.object({ referral: z.object({ patient: Named }) }).transform(({ referral }) => referral.patient),
  z.object({ stay: z.object({ patient: Named }) }).transform(({ stay }) => stay.patient),
  z.object({ letter: z.object({ patient: Named }) }).transform(({ letter }) => letter.patient),
]);

/** The citizen as the case's facts name them, the fullest first; a notification tells a number and no name. */
export const citizenOf = (records: readonly CaseRecord[]): Letter["patient"] => {
  const told = records.flatMap(({ facts }) => facts.flatMap((fact) => Citizen.safeParse(fact).data ?? []));
  const patient = told.find(({ surname }) => surname !== undefined) ?? told[0];
  if (patient === undefined) throw new Error("The case names no citizen.");
  return { ...patient, surname: patient.surname ?? "_" };
};

/**
 * A letter wants a patient (MedCom XDIS91, CareCommunication), and what is told of a clock names none: it may go to somebody who is no
 * party to the case. Whoever is finds the citizen by the id of the case. The number has the form of a regional replacement number, of no
 * region (MedComCorePatient, identifier:d-ecpr).
 */
const nobody: Letter["patient"] = {
  alternativeId: "0101000XX0",
  surname: "Uden patientoplysninger",
  episodeOfCareStatus: "inaktiv",
};

/** By when the receiver is to act: the clocks that this record started or the case still has, the first one due. */
const dueFor = (telling: ToTell, to: Party): string | undefined => {
  const card = telling.record.meta.card;
  const due = card?.awaits.flatMap(({ who, due: at }) => (who === to.gln && at !== undefined ? [at] : []));
  const [first] = (due ?? []).toSorted();
  return first === undefined ? undefined : `Svar ventes senest ${timeInWords(first, telling)}.`;
};

const NamedObject = StoredObject.extend({ description: z.string().optional() });
const Attached = z.object({ attachments: z.array(NamedObject) });

/** The attachments that a fact brings, as they are kept. */
export const objectsOf = (fact: ToTell["fact"]): StoredObject[] =>
  (Attached.safeParse(fact).data?.attachments ?? [])
    .slice(0, 10)
    .map(({ description: _description, ...object }) => object);

/** The objects themselves travel in a letter of their own (XBIN01), or inside a FHIR message. */
export const referencesTo = (fact: ToTell["fact"]): Letter["references"] =>
  (Attached.safeParse(fact).data?.attachments ?? [])
    .slice(0, 10)
    .map(({ description, objectId, code, extension, sizeBytes }) => ({
      description: (description ?? `Bilag.${extension}`).slice(0, 70),
      target: { kind: "bin", objectId, code, extension, sizeBytes },
    }));

/**
 * Tells a fact by correspondence (XDIS91, CareCommunication) in plain Danish, to a system for which no letter was made that carries it. What is
 * expected of the receiver, and by when, stands on top.
 */
export const tellInWords = (telling: ToTell): Letter => {
  const { parties, fact, records, record } = telling;
  const notice = noticeWords(fact, record.caseId, telling);
  const { subject, text, urgent } = notice ?? wordsOf(telling);
  // A notice says itself what is late, and since when.
  const due = notice === undefined ? dueFor(telling, parties.to) : undefined;
  return {
    ...headOf(telling),
    sender: parties.from,
    receiver: parties.to,
    patient: notice === undefined ? citizenOf(records) : nobody,
    priority: urgent === true ? "high" : "routine",
    subject: subject.slice(0, 70),
    // A fact that says all in its subject is said again: systems that show the text alone would show nothing.
    texts: [lines(due === undefined ? undefined : bold(due), text.length === 0 ? `${subject}.` : text)],
    references: referencesTo(fact),
  };
};
