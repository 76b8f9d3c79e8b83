import type { InBothLanguages } from "../agreement.ts";

/**
 * Why a clock was paused or ended, for people: the facts that the built-in agreements name in `pausesOn` and `cancelsOn`. What a
 * region's own agreements name besides, and what a file of events says in words of its own, is told as it stands.
 */
export const reasonWords: Readonly<Record<string, InBothLanguages>> = {
  InformationRequested: {
    da: "den, der spurgte, blev bedt om oplysninger",
    en: "the asker was asked for information",
  },
  ReferralInformationRequested: {
    da: "henviseren blev bedt om oplysninger",
    en: "the referrer was asked for information",
  },
  ResponsibilitySuspended: { da: "behandlingsansvaret er sat i bero", en: "the responsibility is suspended" },
  AdmissionReportNotNeeded: {
    da: "indlæggelsesrapporten er ikke nødvendig",
    en: "no admission report is needed",
  },
  AppointmentBooked: { da: "der er givet en tid", en: "an appointment was given" },
  AppointmentMoved: { da: "tiden er flyttet", en: "the appointment was moved" },
  BookingReleased: { da: "tiden er givet fri", en: "the booking was released" },
  CarePlanNotAwaited: { da: "der ventes ikke på en plejeforløbsplan", en: "no care plan is awaited" },
  DischargeUndone: { da: "udskrivelsen er annulleret", en: "the discharge was undone" },
  HomeVisitDeclined: { da: "hjemmebesøget er afslået", en: "the home visit was declined" },
  HomeVisitNotDue: { da: "der skal ikke holdes et hjemmebesøg", en: "no home visit is due" },
  InvitedToTalk: { da: "borgeren er indbudt til samtale", en: "the citizen was invited to talk" },
  PatientAttended: { da: "patienten er mødt", en: "the patient attended" },
  QuestionDropped: { da: "spørgsmålet er faldet bort", en: "the question was dropped" },
  ReferralAccepted: { da: "henvisningen er modtaget til behandling", en: "the referral was accepted" },
  ReferralConcluded: { da: "henvisningen er afsluttet", en: "the referral was concluded" },
  ReferralDeclined: { da: "henvisningen er afvist", en: "the referral was declined" },
  ReferralForwarded: { da: "henvisningen er sendt videre", en: "the referral was forwarded" },
  ReferralReturned: { da: "henvisningen er sendt tilbage", en: "the referral was returned" },
  ReferralExpired: { da: "henvisningen er udløbet", en: "the referral expired" },
  ReferralMisdirected: {
    da: "henvisningen var sendt til et forkert sted",
    en: "the referral was misdirected",
  },
  ReferralWithdrawn: { da: "henvisningen er trukket tilbage", en: "the referral was withdrawn" },
  RepeatDropped: { da: "målingen skal ikke gentages", en: "the measurement is not to be repeated" },
  ResponsibilityLapsed: { da: "behandlingsansvaret er bortfaldet", en: "the responsibility lapsed" },
  ResultReviewed: { da: "svaret er gennemset", en: "the result was reviewed" },
  ReviewNotAwaited: { da: "der ventes ikke på en gennemgang", en: "no review is awaited" },
  merged: { da: "den anden sag ventede", en: "the other case was waiting" },
};
