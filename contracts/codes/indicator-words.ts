/** What indicators count, in words: the reasons of breaches, and the families' own figures with what each is a share of. */
import type { InBothLanguages } from "../agreement.ts";

/** Why an answer was not in time, from the case alone. The first that fits, in this order. */
export const breachReasonIds = [
  "not-delivered",
  "not-fetched",
  "asked-back-late",
  "answered-late",
  "ended-late",
  "unanswered",
] as const;
export type BreachReason = (typeof breachReasonIds)[number];

export const breachReasons: Readonly<Record<BreachReason, InBothLanguages>> = {
  "not-delivered": {
    da: "Brevet nåede ikke sikkert frem til modtageren inden fristen",
    en: "The letter had not surely reached the receiver by the due time",
  },
  "not-fetched": {
    da: "Modtageren havde ikke hentet brevet inden fristen",
    en: "The receiver had not fetched the letter by the due time",
  },
  "asked-back-late": {
    da: "Modtageren spurgte tilbage efter fristen",
    en: "The receiver asked back after the due time",
  },
  "answered-late": { da: "Besvaret efter fristen", en: "Answered after the due time" },
  "ended-late": {
    da: "Svaret bortfaldt, men først efter fristen",
    en: "No longer owed, but only after the due time had passed",
  },
  unanswered: { da: "Endnu ikke besvaret", en: "Not answered yet" },
};

/** Names of the numbers and dimensions, as tables and reports head their columns. */
export const indicatorWords = {
  agreement: { da: "Aftale", en: "Agreement" },
  organisation: { da: "Skal svare", en: "Owes the answer" },
  creditor: { da: "Venter på svar", en: "Waits for the answer" },
  municipality: { da: "Kommune", en: "Municipality" },
  hospital: { da: "Hospital", en: "Hospital" },
  region: { da: "Region", en: "Region" },
  speciality: { da: "Speciale", en: "Speciality" },
  family: { da: "Familie", en: "Family" },
  kind: { da: "Slags", en: "Kind" },
  priority: { da: "Prioritet", en: "Priority" },
  tier: { da: "Trin", en: "Tier" },
  month: { da: "Måned", en: "Month" },
} as const;

/** The families' own figures. */
export const figureIds = [
  "referrals-returned",
  "referrals-forwarded",
  "referral-no-shows",
  "booking-no-shows",
  "summaries-ready-at-discharge",
  "follow-up-visits-held",
  "tobs-answered-in-time",
  "sub-acute-same-day",
  "sub-acute-same-or-next-day",
] as const;
export type FigureId = (typeof figureIds)[number];

type FigureWords = {
  name: InBothLanguages;
  /** What it is a share of. */
  of: InBothLanguages;
  met: InBothLanguages;
  better: "higher" | "lower";
  aboutCitizens: boolean;
  source: string;
};

/** Names of the numbers of a group, in the order in which a table has them. */
export const numberWords = {
  clocks: { da: "Ure", en: "Clocks" },
  cases: { da: "Sager mindst", en: "Cases at least" },
  decided: { da: "Afgjort", en: "Decided" },
  inTime: { da: "Til tiden", en: "In time" },
  late: { da: "Besvaret for sent", en: "Answered late" },
  openLate: { da: "Ubesvaret over tid", en: "Unanswered, overdue" },
  cancelledLate: { da: "Bortfaldet over tid", en: "Ended overdue" },
  breached: { da: "Overskredet", en: "Breached" },
  open: { da: "Åben", en: "Open" },
  cancelled: { da: "Bortfaldet", en: "Cancelled" },
  shareInTime: { da: "Til tiden i procent", en: "Percent in time" },
  target: { da: "Mål i procent", en: "Target in percent" },
  medianMinutes: { da: "Median minutter", en: "Median minutes" },
  p90Minutes: { da: "90-procentfraktil minutter", en: "90th percentile minutes" },
  medianWorkingDays: { da: "Median hverdage", en: "Median working days" },
  p90WorkingDays: { da: "90-procentfraktil hverdage", en: "90th percentile working days" },
  longestOpenHours: { da: "Længst ubesvaret i timer", en: "Longest open in hours" },
  pausedClocks: { da: "Ure med pause", en: "Clocks with a pause" },
  pausedShare: { da: "Pauset tid i procent", en: "Paused time in percent" },
} as const satisfies Readonly<Record<string, InBothLanguages>>;
export type NumberName = keyof typeof numberWords;

const praksisplan = "Praksisplan Midtjylland";

/**
 * The families' own figures: `met` of `of`. `better`: which way is good. `aboutCitizens`: that it was met tells something of
 * the citizen and not of whoever answered, so a small part is hidden too.
 */
export const figureWords: Readonly<Record<FigureId, FigureWords>> = {
  "referrals-returned": {
    name: { da: "Henvisninger sendt retur", en: "Referrals returned" },
    of: { da: "henvisninger sendt i måneden", en: "referrals sent in the month" },
    met: { da: "sendt retur til henviseren", en: "returned to whoever referred" },
    better: "lower",
    aboutCitizens: false,
    source: `${praksisplan} 5.5`,
  },
  "referrals-forwarded": {
    name: { da: "Henvisninger omvisiteret", en: "Referrals forwarded" },
    of: { da: "henvisninger sendt i måneden", en: "referrals sent in the month" },
    met: { da: "sendt videre til en anden enhed", en: "passed on to another unit" },
    better: "lower",
    aboutCitizens: false,
    source: `${praksisplan} 5.5`,
  },
  "referral-no-shows": {
    name: { da: "Udeblivelser fra henviste forløb", en: "No-shows after referral" },
    of: { da: "henvisninger hvor fremmøde er noteret", en: "referrals on which attendance was noted" },
    met: {
      da: "hvor borgeren udeblev mindst én gang",
      en: "in which the citizen did not come at least once",
    },
    better: "lower",
    aboutCitizens: true,
    source: `${praksisplan} 5.2`,
  },
  "booking-no-shows": {
    name: { da: "Udeblivelser fra bookede tider", en: "No-shows at booked times" },
    of: { da: "bookede tider hvor fremmøde er noteret", en: "booked times on which attendance was noted" },
    met: { da: "hvor borgeren udeblev", en: "to which the citizen did not come" },
    better: "lower",
    aboutCitizens: true,
    source: `${praksisplan} 5.2`,
  },
  "summaries-ready-at-discharge": {
    name: { da: "Epikriser klar ved udskrivelse", en: "Summaries ready at discharge" },
    of: { da: "udskrivelser i måneden", en: "discharges in the month" },
    met: {
      da: "hvor epikrisen var sendt senest ved udskrivelsen",
      en: "with the summary sent no later than the discharge",
    },
    better: "higher",
    aboutCitizens: false,
    source: `${praksisplan} 5.1`,
  },
  "follow-up-visits-held": {
    name: { da: "Opfølgende hjemmebesøg holdt", en: "Follow-up visits held" },
    of: { da: "besøg det blev bedt om", en: "visits that were asked for" },
    met: { da: "holdt", en: "held" },
    better: "higher",
    aboutCitizens: false,
    source: `${praksisplan} 5.1`,
  },
  "tobs-answered-in-time": {
    name: { da: "TOBS besvaret til tiden", en: "TOBS answered in time" },
    of: {
      da: "spørgsmål til lægen, besvaret eller over tid",
      en: "questions to the doctor, answered or overdue",
    },
    met: {
      da: "med lægens plan inden trinets frist",
      en: "with the doctor's plan within the time of the tier",
    },
    better: "higher",
    aboutCitizens: false,
    source: `${praksisplan} 5.1`,
  },
  "sub-acute-same-day": {
    name: { da: "Subakut tid samme dag", en: "Sub-acute time the same day" },
    of: { da: "behov for en subakut tid", en: "needs of a sub-acute time" },
    met: { da: "tid bekræftet eller tilbudt samme dag", en: "with a time given the same day" },
    better: "higher",
    aboutCitizens: false,
    source: `${praksisplan} 5.5`,
  },
  "sub-acute-same-or-next-day": {
    name: { da: "Subakut tid samme dag eller dagen efter", en: "Sub-acute time the same or the next day" },
    of: { da: "behov for en subakut tid", en: "needs of a sub-acute time" },
    met: {
      da: "tid bekræftet eller tilbudt senest dagen efter",
      en: "with a time given no later than the next day",
    },
    better: "higher",
    aboutCitizens: false,
    source: `${praksisplan} 5.5`,
  },
};
