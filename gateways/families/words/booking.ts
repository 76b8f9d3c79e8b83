import type { BookingFact } from "../../../contracts/messages/booking.ts";
import { appointmentLines } from "./common.ts";
import { field, type Saying, simple, timeInWords, type Words, type WordsOf } from "./words.ts";

type Of<Type extends BookingFact["type"]> = Extract<BookingFact, { type: Type }>;
type Instead = Of<"NoneOffered">["instead"];

const refusals: Readonly<Record<string, string>> = {
  full: "Alle pladser er taget.",
  tooLate: "Tiden ligger senere end samme dag eller næste dag.",
  begun: "Tiden er allerede begyndt.",
  cancelled: "Tiden er aflyst af hospitalet.",
  notForCitizen: "Tiden er for borgere i andre kommuner.",
  unknown: "Tiden findes ikke.",
};

const contact = ({ name, phone }: { name: string; phone?: string | undefined }): string =>
  phone === undefined ? name : `${name}, tlf. ${phone}`;

/** What to do when there is no time: by phone, at once. */
const insteadLines = ({ acuteRoute, acuteTeam }: Instead): string[] => [
  ...acuteRoute.map((one) => `Akut: ring til ${contact(one)}.`),
  ...(acuteTeam === undefined ? [] : [`Akutteam: ${contact(acuteTeam)}.`]),
];

const slotLines = (slot: Of<"HoldGiven">["slot"], saying: Saying) => appointmentLines(slot, saying);

/** A slot is the visitation's own affair: its bookers are told in their bookings. */
const ofSlot = (subject: string): Words => simple(subject, "Tiden er ændret hos visitationen.");

/** What a fact of a booking is in plain Danish. */
const words: WordsOf<BookingFact> = {
  HoldGiven: (fact, saying) =>
    simple(
      "En subakut tid er reserveret",
      ...slotLines(fact.slot, saying),
      `Pladsen er reserveret frem til ${timeInWords(fact.until, saying)}.`,
    ),
  PlaceOffered: (fact, saying) =>
    simple(
      "Tilbud om subakut tid",
      ...slotLines(fact.slot, saying),
      `Tilbuddet gælder til ${timeInWords(fact.until, saying)}.`,
      fact.text,
    ),
  SlotBooked: (fact, saying) => simple("Subakut tid er booket", ...appointmentLines(fact, saying)),
  PlaceNotGiven: (fact) =>
    simple("Den subakutte tid kunne ikke gives", refusals[fact.reason], ...insteadLines(fact.instead)),
  PlaceWanted: (fact) => simple("En subakut tid ønskes", fact.text),
  HoldLapsed: () => simple("Reservationen er udløbet", "Pladsen blev ikke booket i tide og er frigivet."),
  BookingOpened: (fact, saying) =>
    simple("En subakut tid ønskes", field("Behovet opstod", timeInWords(fact.needAt, saying))),
  SlotRequested: (fact, saying) =>
    simple(
      "Anmodning om en subakut tid",
      fact.reason,
      field("Behovet opstod", timeInWords(fact.needAt, saying)),
      field("Lægen kan nås på", fact.callbackPhone),
    ),
  SlotLost: (fact) =>
    simple("Hospitalet har aflyst tiden", field("Årsag", fact.reason), "Vælg en anden tid."),
  BookedSlotChanged: (fact) =>
    simple("Den subakutte tid er ændret", field("Sted", fact.place), field("Bemærk", fact.instructions)),
  BookingReleased: (fact) => simple("Den subakutte tid er afbestilt", field("Årsag", fact.reason)),
  OfferDeclined: (fact) => simple("Tilbuddet om tid er afslået", field("Årsag", fact.reason)),
  NoneOffered: (fact) => simple("Ingen ledig subakut tid", fact.text, ...insteadLines(fact.instead)),
  PatientAttended: (fact, saying) =>
    simple("Patienten er mødt", `Til tiden ${timeInWords(fact.start, saying)}.`),
  PatientNoShow: (fact, saying) =>
    simple(
      "Patienten udeblev",
      `Patienten kom ikke til tiden ${timeInWords(fact.start, saying)}.`,
      field("Opfølgning", fact.followUp),
    ),
  SlotPublished: () => ofSlot("Subakutte tider"),
  SlotChanged: () => ofSlot("Subakutte tider"),
  SlotCancelled: () => ofSlot("Subakutte tider"),
  SlotEnded: () => ofSlot("Subakutte tider"),
  PlaceHeld: () => ofSlot("Subakutte tider"),
  PlaceTaken: () => ofSlot("Subakutte tider"),
  PlaceRefused: () => ofSlot("Subakutte tider"),
  PlaceFreed: () => ofSlot("Subakutte tider"),
};

const say = <Type extends BookingFact["type"]>(fact: Of<Type>, saying: Saying): Words =>
  words[fact.type](fact, saying);

/** What a fact of a booking is in plain Danish. */
export const bookingWords = (fact: BookingFact, saying: Saying): Words => say(fact, saying);
