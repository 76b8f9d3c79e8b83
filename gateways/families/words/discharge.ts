import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { summaryText } from "./summary-text.ts";
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

type Of<Type extends DischargeFact["type"]> = Extract<DischargeFact, { type: Type }>;

const events: Readonly<Record<Of<"StayEventReported">["event"], string>> = {
  "acute-ambulant": "Borgeren er i akut ambulant behandling",
  admitted: "Borgeren er indlagt",
  "leave-started": "Borgeren er på orlov",
  "leave-ended": "Borgeren er tilbage fra orlov",
  transferred: "Borgeren er overflyttet",
  discharged: "Borgeren er udskrevet",
  dead: "Borgeren er død",
};
const items: Readonly<Record<string, string>> = {
  summary: "epikrise",
  "treatment-plan": "behandlingsplan",
  medication: "medicinafstemning og FMK",
  prescriptions: "recepter",
  "care-plan": "plejeforløbsplan",
  "rehabilitation-plan": "genoptræningsplan",
};
const itemStatuses = { needed: "mangler", "not-needed": "ikke nødvendig", done: "klar" } as const;
const places = { home: "i hjemmet", practice: "i praksis", video: "på video" } as const;
const decliners: Readonly<Record<string, string>> = {
  citizen: "borgeren",
  practice: "almen praksis",
  municipality: "kommunen",
  hospital: "hospitalet",
};
const priorities = { akut: "Akut", subakut: "Subakut", rutine: "Rutine" } as const;

const consented = ({ notedBy }: Of<"HomeVisitAsked">["consent"]): string =>
  `Borgeren har givet samtykke (noteret af ${notedBy}).`;

const wardPhone = (saying: Saying): string | undefined =>
  field("Afdelingens telefon", saying.parties.from.phone);

/** The summary wishes for a home visit: it stands with it, since no other letter tells of the wish itself. */
const wishLines = (fact: Of<"SummarySent" | "SummaryCorrected">): FormattedText | undefined => {
  if (fact.type === "SummaryCorrected" || fact.asksHomeVisit === undefined) return undefined;
  const { reason, consent } = fact.asksHomeVisit;
  return section("Et opfølgende hjemmebesøg ønskes", lines(reason, consented(consent)));
};

const summary = (fact: Of<"SummarySent" | "SummaryCorrected">, saying: Saying): Words => {
  const { actionPriority } = fact.summary;
  const kind = fact.type === "SummarySent" ? "Epikrise" : "Rettet epikrise";
  return {
    subject: actionPriority === undefined ? kind : `${kind}: ${priorities[actionPriority]}`,
    urgent: actionPriority === "akut",
    text: lines(summaryText(fact.summary, saying), wishLines(fact)),
  };
};

const lone = ({ corrected, ...fact }: Of<"LoneSummaryReceived">, saying: Saying): Words =>
  summary({ ...fact, type: corrected ? "SummaryCorrected" : "SummarySent", corrects: "" }, saying);

const words: WordsOf<DischargeFact> = {
  LoneSummaryReceived: lone,
  SummarySent: summary,
  SummaryCorrected: summary,
  StayEventReported: (fact, saying) => ({
    ...simple(events[fact.event], `${events[fact.event]} ${timeInWords(fact.occurredAt, saying)}.`),
    urgent: fact.event === "dead",
  }),
  StayEventCorrected: (fact, saying) =>
    simple(
      "Rettelse til en tidligere besked om indlæggelse",
      `Det rigtige tidspunkt er ${timeInWords(fact.occurredAt, saying)}.`,
    ),
  StayEventCancelled: () =>
    simple(
      "En besked om indlæggelse er annulleret",
      "Se bort fra den tidligere besked: det, den meldte, er ikke sket.",
    ),
  DischargePlanned: (fact) =>
    simple("Forventet udskrivelse", `Borgeren forventes udskrevet ${dayInWords(fact.date)}.`),
  StayAssessed: (fact) =>
    simple("Indlæggelsen er vurderet", field("Afdelingens telefon", fact.assessment.phone)),
  DischargeUndone: () =>
    simple("Udskrivelsen gælder ikke", "Borgeren er ikke udskrevet, som det først blev meldt."),
  AdmissionReportRequested: () =>
    simple("En indlæggelsesrapport ønskes", "Borgeren er indlagt. Send en indlæggelsesrapport."),
  AdmissionAnswered: (fact) =>
    simple(
      "Kommunens kontakt om indlæggelsen",
      ...fact.contacts.map(({ names, phone, hours }) =>
        [names.join(", "), phone === undefined ? "" : `tlf. ${phone}`, hours ?? ""]
          .filter(Boolean)
          .join(", "),
      ),
    ),
  AdmissionReportNotNeeded: () =>
    simple(
      "Indlæggelsesrapporten er ikke nødvendig",
      "Send ikke indlæggelsesrapport: borgeren er ikke længere indlagt.",
    ),
  AdmissionReportSent: (fact) =>
    simple("Indlæggelsesrapport", fact.text, field("Kontakt", fact.contact && person(fact.contact))),
  ChecklistItemNoted: (fact) =>
    simple(
      "Udskrivelsen forberedes",
      `${items[fact.item] ?? fact.item}: ${itemStatuses[fact.status]}`,
      fact.note,
      field("Noteret af", fact.person),
    ),
  ChecklistAwaited: (fact) =>
    simple("Mangler ved udskrivelsen", fact.items.map((item) => items[item] ?? item).join(", ")),
  ChecklistCompleted: () => simple("Alt til udskrivelsen er klar"),
  CarePlanAwaited: (fact) =>
    simple("Plejeforløbsplanen afventes", field("Udskrivelse", dayInWords(fact.date))),
  CarePlanNotAwaited: () => simple("Plejeforløbsplanen afventes ikke længere"),
  CarePlanSent: (fact, saying) =>
    simple(
      fact.update ? "Plejeforløbsplan: NYT" : "Plejeforløbsplan",
      fact.text,
      field("Sendt", timeInWords(fact.at, saying)),
    ),
  SummaryCancelled: (fact) => simple("Epikrisen er annulleret", field("Årsag", fact.reason)),
  ReviewAwaited: (fact) =>
    simple("Stillingtagen til epikrisen afventes", field("Prioritet", priorities[fact.priority])),
  ReviewNotAwaited: () => simple("Stillingtagen til epikrisen afventes ikke længere"),
  SummaryReviewed: (fact) =>
    simple(
      "Praksis har taget stilling til epikrisen",
      fact.verdict === "agrees" ? "Praksis er enig i anbefalingen." : "Praksis er ikke enig i anbefalingen.",
      fact.note,
      field("Læge", fact.reviewer),
    ),
  ResponsibilityDecided: (fact, saying) =>
    fact.applies
      ? simple(
          "Hospitalet har behandlingsansvaret efter udskrivelsen",
          `Hospitalet har behandlingsansvaret til ${timeInWords(fact.until, saying)}.`,
          field("Telefon", fact.phone),
        )
      : simple(
          "Hospitalet har ikke behandlingsansvaret efter udskrivelsen",
          "Borgerens egen læge har behandlingsansvaret efter udskrivelsen.",
        ),
  ResponsibilityLapsed: () =>
    simple(
      "Behandlingsansvaret er bortfaldet",
      "Den udskrivelse, som ansvaret fulgte af, gælder ikke længere.",
    ),
  ResponsibilityExtended: (fact, saying) =>
    simple(
      "Hospitalets behandlingsansvar er forlænget",
      `Hospitalet har behandlingsansvaret til ${timeInWords(fact.until, saying)}.`,
      field("Årsag", fact.reason),
      wardPhone(saying),
    ),
  ResponsibilitySuspended: (fact, saying) =>
    simple(
      "112 er tilkaldt til borgeren",
      `Der blev ringet 112 ${timeInWords(fact.calledAt, saying)}. Under udrykningen har præhospitalet ansvaret.`,
    ),
  ResponsibilityResumed: (fact, saying) =>
    simple(
      "Hospitalet har igen behandlingsansvaret",
      `Udrykningen sluttede ${timeInWords(fact.endedAt, saying)}.`,
      wardPhone(saying),
    ),
  ResponsibilityEnding: (fact, saying) =>
    simple(
      "Hospitalets behandlingsansvar slutter snart",
      `Det slutter ${timeInWords(fact.until, saying)}. Derefter har egen læge, eller lægevagten, ansvaret.`,
    ),
  ResponsibilityReturned: (fact, saying) =>
    simple(
      "Behandlingsansvaret er tilbage hos egen læge",
      `Siden ${timeInWords(fact.at, saying)} har egen læge, eller lægevagten, ansvaret.`,
    ),
  HomeVisitAsked: (fact) => simple("Et opfølgende hjemmebesøg ønskes", fact.reason, consented(fact.consent)),
  HomeVisitDue: (fact, saying) =>
    simple("Det opfølgende hjemmebesøg skal afholdes", field("Regnet fra", timeInWords(fact.from, saying))),
  HomeVisitNotDue: () => simple("Det opfølgende hjemmebesøg skal ikke afholdes"),
  HomeVisitBooked: (fact, saying) =>
    simple(
      "Det opfølgende hjemmebesøg er aftalt",
      field("Tid", timeInWords(fact.startsAt, saying)),
      field("Hvem", fact.visitor),
    ),
  HomeVisitHeld: (fact, saying) =>
    simple(
      `Hjemmebesøg, kontakt ${fact.contact}`,
      `Afholdt ${timeInWords(fact.heldAt, saying)} ${places[fact.place]}.`,
      fact.note,
    ),
  HomeVisitDeclined: (fact) =>
    simple(
      "Det opfølgende hjemmebesøg bliver ikke til noget",
      field("Afslået af", decliners[fact.declinedBy]),
      field("Årsag", fact.reason),
    ),
};

const say = <Type extends DischargeFact["type"]>(fact: Of<Type>, saying: Saying): Words =>
  words[fact.type](fact, saying);

/** What a fact of a stay is in plain Danish. */
export const dischargeWords = (fact: DischargeFact, saying: Saying): Words => say(fact, saying);
