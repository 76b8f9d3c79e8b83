import type { InBothLanguages } from "../agreement.ts";
import type { followUpAct } from "../record.ts";
import { type ChecklistItem, checklistItems } from "./discharge-rules.ts";

const toMakeReady: Readonly<Record<ChecklistItem, InBothLanguages>> = {
  summary: { da: "Gøre epikrisen klar", en: "Have the discharge summary ready" },
  "treatment-plan": { da: "Gøre behandlingsplanen klar", en: "Have the treatment plan ready" },
  medication: { da: "Afstemme medicinen", en: "Reconcile the medication" },
  prescriptions: { da: "Gøre recepterne klar", en: "Have the prescriptions ready" },
  "care-plan": { da: "Gøre plejeforløbsplanen klar", en: "Have the care plan ready" },
  "rehabilitation-plan": { da: "Gøre genoptræningsplanen klar", en: "Have the rehabilitation plan ready" },
};

/** By its type alone: whoever reads these words in a browser fetches no schemas with them. */
const followUp: typeof followUpAct = "followUpDelivery";

/** What a case expects of somebody (`CaseCard.awaits`), for people: the families' words for acts. */
export const actWords: Readonly<Record<string, InBothLanguages>> = {
  answer: { da: "Svare", en: "Answer" },
  "give-information": { da: "Give oplysninger", en: "Give information" },
  triage: { da: "Visitere", en: "Triage" },
  forward: { da: "Sende henvisningen videre", en: "Forward the referral" },
  book: { da: "Give en tid", en: "Book" },
  "see-patient": { da: "Se patienten", en: "See the patient" },
  "follow-up-no-show": { da: "Følge op på udeblivelse", en: "Follow up a no-show" },
  conclude: { da: "Afslutte og skrive til henviser", en: "Conclude and write to the referrer" },
  "end-visit": { da: "Afslutte besøget", en: "End the visit" },
  "phone-critical-finding": { da: "Ringe om et kritisk fund", en: "Phone about a critical finding" },
  "review-result": { da: "Se på resultatet", en: "Review the result" },
  "review-summary": { da: "Læse epikrisen", en: "Review the discharge summary" },
  visit: { da: "Besøge borgeren", en: "Visit the citizen" },
  invite: { da: "Invitere borgeren", en: "Invite the citizen" },
  "end-course": { da: "Afslutte forløbet", en: "End the course" },
  "send-admission-report": { da: "Sende indlæggelsesrapport", en: "Send the admission report" },
  "send-care-plan": { da: "Sende plejeforløbsplan", en: "Send the care plan" },
  "book-home-visit": { da: "Aftale opfølgende hjemmebesøg", en: "Book the home visit" },
  "hold-home-visit": { da: "Holde opfølgende hjemmebesøg", en: "Hold the home visit" },
  measure: { da: "Måle igen", en: "Measure again" },
  "measure-or-close": { da: "Måle igen eller afslutte", en: "Measure again or close" },
  call: { da: "Ringe", en: "Call" },
  plan: { da: "Lægge en plan", en: "Make a plan" },
  "acknowledge-plan": { da: "Bekræfte planen", en: "Acknowledge the plan" },
  "accept-or-decline": { da: "Tage imod eller afslå tiden", en: "Accept or decline the slot" },
  "record-attendance": { da: "Notere fremmøde", en: "Record attendance" },
  offer: { da: "Tilbyde en tid", en: "Offer a slot" },
  choose: { da: "Vælge en anden tid", en: "Choose another slot" },
  "send-attachments-again": { da: "Sende bilagene igen", en: "Send the attachments again" },
  ...Object.fromEntries(checklistItems.map((item) => [`make-ready-${item}`, toMakeReady[item]])),
  [followUp]: {
    da: "Følge op på et dokument, der ikke nåede frem",
    en: "Follow up a document that did not arrive",
  },
};

/** The words of an act; one that has none stands for itself. */
export const wordsOfAct = (act: string): InBothLanguages => actWords[act] ?? { da: act, en: act };
