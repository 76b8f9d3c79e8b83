import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { NamedParty } from "../../../contracts/letters/parts.ts";
import type { ReferralClosing } from "../../../contracts/messages/referral-closing.ts";
import type { ReferralFact } from "../../../contracts/messages/referral-facts.ts";
import { appointmentLines, callLine, namedParty } from "./common.ts";
import { letterOf, referencesSection } from "./referral-letter.ts";
import { relativesSection } from "./supplementary.ts";
import {
  dayInWords,
  field,
  lines,
  person,
  type Saying,
  section,
  simple,
  timeInWords,
  type Words,
  type WordsOf,
} from "./words.ts";

/** Reasons in words (contracts/codes/referral-rules/reasons.ts). */
const returned: Readonly<Record<string, string>> = {
  "content-missing": "Henvisningen mangler oplysninger",
  "other-examination-better": "En anden undersøgelse er bedre egnet",
  "not-indicated": "Undersøgelsen er ikke indiceret",
  "treat-in-practice": "Kan behandles i almen praksis",
  "no-hospital-offers-it": "Intet hospital tilbyder det",
  "patient-known-here": "Patienten er allerede kendt her",
};
const declined: Readonly<Record<string, string>> = {
  "no-capacity": "Ingen ledig kapacitet",
  "outside-area": "Borgeren bor uden for området",
  "needs-admission": "Borgeren bør indlægges",
  "needs-other-help": "Borgeren har brug for anden hjælp",
};
const followUps: Readonly<Record<string, string>> = {
  "comes-later": "Patienten kommer på et andet tidspunkt.",
  "does-not-want": "Patienten ønsker ikke undersøgelsen.",
  "not-reached": "Patienten kunne ikke træffes.",
};
type Closing = Of<"ReferralConcluded" | "ReferralConclusionCorrected" | "ReferralClosingAdded">;
type Of<Type extends ReferralFact["type"]> = Extract<ReferralFact, { type: Type }>;

const priorities = { akut: "Akut", subakut: "Subakut", rutine: "Rutine" } as const;

const diagnosesOf = ({ diagnoses }: ReferralClosing): string =>
  [diagnoses?.main, ...(diagnoses?.mainAdditional ?? []), ...(diagnoses?.other ?? [])]
    .flatMap((one) => (one === undefined ? [] : [`${one.code} ${one.text}`]))
    .join("; ");

const closingLines = ({ text, signedBy, closing = {} }: Of<"ReferralConcluded">): FormattedText =>
  lines(
    field("Prioritet", closing.actionPriority && priorities[closing.actionPriority]),
    section("Anbefalet opfølgning", closing.recommendation),
    section("Diagnoser", diagnosesOf(closing)),
    text,
    relativesSection(closing.relatives ?? []),
    section("Kontakt", namedParty(closing.contact)),
    section("Kopi til", namedParty(closing.copyTo)),
    referencesSection(closing.references),
    section("Underskrevet af", signedBy && person(signedBy)),
  );

const answered =
  (subject: string) =>
  (fact: Closing, saying: Saying): Words => ({
    subject: fact.critical ? `${subject}: kritisk fund` : subject,
    urgent: fact.critical || fact.closing?.actionPriority === "akut",
    text: lines(
      closingLines({ ...fact, type: "ReferralConcluded" }),
      fact.phoned === undefined ? undefined : callLine(fact.phoned, saying),
    ),
  });

const ended = (fact: Of<"ReferralReturned" | "ReferralDeclined">): Words =>
  fact.type === "ReferralReturned"
    ? {
        subject: "Henvisningen er returneret",
        text: lines(
          field("Årsag", returned[fact.reason] ?? fact.reason),
          section("Råd", fact.advice),
          field("Kontakt", person({ name: fact.doctor, phone: fact.phone })),
        ),
      }
    : {
        subject: "Akutteamet kan ikke komme",
        urgent: true,
        text: lines(
          field("Årsag", declined[fact.reason] ?? fact.reason),
          section("Råd", fact.advice),
          field("Kontakt", person({ name: fact.by, phone: fact.phone })),
        ),
      };

const contactLine = ({ contact }: { contact?: NamedParty | undefined }) =>
  field("Kontakt", namedParty(contact));

/** What a fact of a referral is in plain Danish. */
const words: WordsOf<ReferralFact> = {
  AppointmentBooked: (fact, saying) =>
    simple("Patienten har fået en tid", ...appointmentLines(fact.appointment, saying)),
  AppointmentMoved: (fact, saying) =>
    simple(
      "Patientens tid er flyttet",
      ...appointmentLines(fact.appointment, saying),
      field("Årsag", fact.reason),
    ),
  AppointmentCancelled: (fact) =>
    simple(
      "Patientens tid er aflyst",
      fact.by === "citizen" ? "Aflyst af patienten." : "Aflyst af modtageren.",
      field("Årsag", fact.reason),
    ),
  InvitedToTalk: (fact, saying) =>
    simple("Borgeren er indkaldt til samtale", ...appointmentLines(fact.appointment, saying)),
  PatientNoticeSent: (fact) => simple("Der er sendt brev til patienten", `Sendt ${dayInWords(fact.sentOn)}.`),
  PatientAttended: (fact, saying) =>
    simple("Patienten er mødt", `Patienten mødte ${timeInWords(fact.at, saying)}.`),
  PatientNoShow: (fact, saying) =>
    simple(
      "Patienten udeblev",
      `Patienten kom ikke ${timeInWords(fact.at, saying)}.`,
      "Modtageren følger op.",
    ),
  NoShowFollowedUp: (fact, saying) =>
    simple(
      "Der er fulgt op på udeblivelsen",
      followUps[fact.outcome],
      `Fulgt op ${timeInWords(fact.at, saying)}.`,
      fact.note,
    ),
  ReferralReceived: (fact) =>
    simple("Henvisningen er modtaget", "Den er modtaget og bliver visiteret.", fact.note, contactLine(fact)),
  ReferralAccepted: (fact, saying) =>
    fact.appointment === undefined
      ? simple("Henvisningen er accepteret", "Patienten bliver indkaldt.", fact.text)
      : simple("Henvisningen er accepteret", ...appointmentLines(fact.appointment, saying), fact.text),
  ReferralInformationRequested: (fact) => simple("Spørgsmål til henvisningen", fact.text),
  ReferralInformationGiven: (fact) => simple("Svar på spørgsmål til henvisningen", fact.text),
  ReferralMisdirected: (fact) =>
    simple(
      "Henvisningen sendes videre",
      "Henvisningen hører til et andet sted og bliver sendt videre.",
      field("Årsag", fact.reason),
    ),
  ReferralForwarded: (fact) => simple("Henvisningen er sendt videre", field("Årsag", fact.reason)),
  ReferralWithdrawn: (fact) =>
    simple(
      "Henvisningen er trukket tilbage",
      ...(fact.consentWithdrawn === true ? ["Borgeren har trukket sit samtykke tilbage."] : []),
      field("Årsag", fact.reason),
    ),
  ReferralExpired: (fact) =>
    simple(
      "Henvisningen er udløbet",
      `Den blev ikke taget i brug senest ${dayInWords(fact.validUntil)}. Send en ny, hvis behovet stadig er der.`,
    ),
  SlotWanted: () => simple("En subakut tid ønskes", "Der er bedt om en subakut tid til patienten."),
  CourseEnded: (fact) =>
    simple(
      "Forløbet er afsluttet",
      `Forløbet sluttede ${dayInWords(fact.endedOn)}. Afslutningsnotat følger.`,
    ),
  VisitStarted: (fact, saying) =>
    simple("Akutteamet er hos borgeren", `${fact.by} kom ${timeInWords(fact.at, saying)}.`),
  VisitEnded: (fact, saying) =>
    simple("Akutteamets besøg er slut", `Besøget sluttede ${timeInWords(fact.at, saying)}. Notat følger.`),
  DiagnosisSettled: (fact) =>
    simple(
      fact.outcome === "diagnosed" ? "Diagnosen er stillet" : "Plan for udredning",
      `${fact.outcome === "diagnosed" ? "Diagnose stillet" : "Udredningsplan givet"} ${dayInWords(fact.on)}.`,
    ),
  CriticalFindingFound: () => ({
    ...simple("Kritisk fund", "Der er et kritisk fund. Radiologen ringer."),
    urgent: true,
  }),
  CriticalFindingPhoned: (fact, saying) => ({
    ...simple("Kritisk fund er meddelt telefonisk", callLine(fact.phoned, saying)),
    urgent: true,
  }),
  ResultReviewed: (fact) =>
    simple("Svaret er set", "Den henvisende læge har set svaret.", section("Plan", fact.plan)),
  ReferralSent: letterOf,
  ReferralReaddressed: (fact, saying) => {
    const { text, ...rest } = letterOf(fact, saying);
    return { ...rest, text: lines(field("Omvisiteret, årsag", fact.reason), text) };
  },
  ReferralConcluded: answered("Svar på henvisning"),
  ReferralConclusionCorrected: answered("Rettet svar på henvisning"),
  ReferralClosingAdded: answered("Yderligere svar på henvisning"),
  ReferralCorrected: (fact, saying) => {
    const { subject, ...rest } = letterOf(fact, saying);
    return { subject: `Rettet: ${subject}`, ...rest };
  },
  ReferralAttachmentsJoined: (fact) =>
    simple("Bilag til henvisningen", `${fact.attachments.length} bilag er kommet til henvisningen.`),
  ReferralBookingAdded: (fact, saying) =>
    simple(
      "Svar om tid",
      ...(fact.appointment === undefined ? [] : appointmentLines(fact.appointment, saying)),
      fact.note,
      contactLine(fact),
    ),
  ReferralLetterReceived: ({ said }, saying) =>
    said.kind === "closing"
      ? simple("Brev om borgeren", said.text)
      : simple(
          "Svar om tid",
          ...(said.appointment === undefined ? [] : appointmentLines(said.appointment, saying)),
          said.note,
          contactLine(said),
        ),
  ReferralReturned: (fact) => ended(fact),
  ReferralDeclined: (fact) => ended(fact),
};

const say = <Type extends ReferralFact["type"]>(fact: Of<Type>, saying: Saying): Words =>
  words[fact.type](fact, saying);

/** What a fact of a referral is in plain Danish. */
export const referralWords = (fact: ReferralFact, saying: Saying): Words => say(fact, saying);
