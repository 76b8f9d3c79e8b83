import type { Family } from "../family.ts";
import type { AdviceFact } from "../messages/advice.ts";
import type { AttachmentFact } from "../messages/attachment.ts";
import type { BookingFact } from "../messages/booking.ts";
import type { DeskFact } from "../messages/desk.ts";
import type { DigestFact } from "../messages/digest.ts";
import type { OrganisationKind } from "../messages/directory.ts";
import type { DischargeFact } from "../messages/discharge-facts.ts";
import type { ObservationFact } from "../messages/observation-facts.ts";
import type { ReferralKind } from "../messages/referral-content.ts";
import type { ReferralFact } from "../messages/referral-facts.ts";
import type { NoticeFact } from "../notices.ts";
import type { LegalBasis } from "./law.ts";

/** What the law tells senders and receivers apart by. An acute team is nurses who treat, whoever employs them. */
export type Side = "practice" | "hospital" | "municipality" | "acuteTeam" | "other";

export const sideOf = {
  practice: "practice",
  outOfHours: "practice",
  hospital: "hospital",
  department: "hospital",
  region: "hospital",
  municipality: "municipality",
  acuteTeam: "acuteTeam",
  other: "other",
} as const satisfies Record<OrganisationKind, Side>;

/**
 * One rule: what it is for, and what such a message rests on. What is left out is any. `stated`: on what the sender said when the
 * episode was opened (`Basis` of an observation).
 */
export type LawRow = {
  kinds?: readonly ReferralKind[];
  from?: readonly Side[];
  to?: readonly Side[];
  basis: LegalBasis | "stated";
};
/** The first row that fits; the last is for everybody, so that no message is without. */
export type MessageRule = readonly LawRow[];

const treatment: MessageRule = [{ basis: "current-treatment" }];
const consented: MessageRule = [{ basis: "consent" }];
/** It tells of a promise, and nothing of a citizen but the id of a case. */
const running: MessageRule = [{ basis: "operation" }];
/** It goes to nobody else. */
const own: MessageRule = [{ basis: "own-message" }];
const stated: MessageRule = [{ basis: "stated" }];
/** About a stay, and help at home after it, to and from a municipality. */
const stay: MessageRule = [
  { from: ["municipality"], basis: "section-12c" },
  { to: ["municipality"], basis: "section-12c" },
  ...treatment,
];
/** What a hospital writes to a practice when it has finished. */
const summary: MessageRule = [{ from: ["hospital"], to: ["practice"], basis: "discharge-letter" }, ...stay];
/** Prevention is not clearly current treatment: the citizen is asked (guide, section 8). */
const referred: MessageRule = [{ kinds: ["prevention"], basis: "consent" }, ...treatment];
const concluded: MessageRule = [
  {
    kinds: ["hospital", "psychiatry", "cancer"],
    from: ["hospital"],
    to: ["practice"],
    basis: "discharge-letter",
  },
  ...referred,
];

const advice = {
  AdviceAsked: treatment,
  InformationRequested: treatment,
  InformationGiven: treatment,
  AdviceAnswered: treatment,
  AdviceConverted: treatment,
  AdviceRedirected: treatment,
  AdviceDeclined: treatment,
  AdviceWithdrawn: treatment,
  FollowUpAsked: treatment,
  LetterAdded: treatment,
  ThreadStarted: treatment,
  CorrespondenceHandled: treatment,
  AttachmentsJoined: treatment,
  LetterPassedOn: treatment,
  LetterNotDelivered: treatment,
  ReferralMade: treatment,
  ConversionFailed: treatment,
  RoutedToCase: treatment,
} as const satisfies Record<AdviceFact["type"], MessageRule>;

const attachment = {
  AttachmentsReceived: treatment,
  AttachmentsPassedOn: treatment,
  AttachmentsSentAlone: treatment,
  AttachmentsLeft: treatment,
} as const satisfies Record<AttachmentFact["type"], MessageRule>;

const referral = {
  ReferralSent: referred,
  ReferralCorrected: referred,
  ReferralAttachmentsJoined: referred,
  ReferralReceived: referred,
  ReferralAccepted: referred,
  ReferralInformationRequested: referred,
  ReferralInformationGiven: referred,
  ReferralMisdirected: referred,
  ReferralForwarded: referred,
  ReferralReaddressed: referred,
  ReferralReturned: referred,
  ReferralDeclined: referred,
  AppointmentBooked: referred,
  AppointmentMoved: referred,
  AppointmentCancelled: referred,
  PatientNoticeSent: referred,
  InvitedToTalk: referred,
  PatientAttended: referred,
  PatientNoShow: referred,
  NoShowFollowedUp: referred,
  CourseEnded: referred,
  VisitStarted: referred,
  VisitEnded: referred,
  DiagnosisSettled: referred,
  ReferralConcluded: concluded,
  ReferralConclusionCorrected: concluded,
  ReferralClosingAdded: concluded,
  ReferralBookingAdded: referred,
  ReferralLetterReceived: concluded,
  CriticalFindingFound: referred,
  CriticalFindingPhoned: referred,
  ResultReviewed: referred,
  ReferralWithdrawn: referred,
  ReferralExpired: referred,
  SlotWanted: referred,
} as const satisfies Record<ReferralFact["type"], MessageRule>;

const discharge = {
  StayEventReported: stay,
  StayEventCorrected: stay,
  StayEventCancelled: stay,
  DischargePlanned: stay,
  StayAssessed: stay,
  AdmissionReportRequested: stay,
  AdmissionReportNotNeeded: stay,
  AdmissionAnswered: stay,
  AdmissionReportSent: stay,
  ChecklistItemNoted: stay,
  ChecklistAwaited: stay,
  ChecklistCompleted: stay,
  DischargeUndone: stay,
  CarePlanAwaited: stay,
  CarePlanNotAwaited: stay,
  CarePlanSent: stay,
  SummarySent: summary,
  SummaryCorrected: summary,
  LoneSummaryReceived: summary,
  SummaryCancelled: summary,
  ReviewAwaited: stay,
  ReviewNotAwaited: stay,
  SummaryReviewed: stay,
  ResponsibilityDecided: stay,
  ResponsibilityLapsed: stay,
  ResponsibilityExtended: stay,
  ResponsibilitySuspended: stay,
  ResponsibilityResumed: stay,
  ResponsibilityEnding: stay,
  ResponsibilityReturned: stay,
  HomeVisitAsked: consented,
  HomeVisitDue: stay,
  HomeVisitNotDue: stay,
  HomeVisitBooked: stay,
  HomeVisitHeld: stay,
  HomeVisitDeclined: stay,
} as const satisfies Record<DischargeFact["type"], MessageRule>;

const observation = {
  EpisodeOpened: stated,
  Measured: stated,
  PartlyMeasured: stated,
  RepeatOwed: stated,
  RepeatDropped: stated,
  DoctorAsked: stated,
  QuestionDropped: stated,
  CallRecorded: stated,
  PlanMade: stated,
  PlanAcknowledged: stated,
  AdjustmentOrdered: stated,
  TerminalDeclared: stated,
  ScoringOrdered: stated,
  MeasurementRetracted: stated,
  EpisodeClosed: stated,
} as const satisfies Record<ObservationFact["type"], MessageRule>;

const noticesOf = {
  ClockWarned: running,
  ClockBreached: running,
  ClockEscalated: running,
  NoticeGathered: running,
} as const satisfies Record<NoticeFact["type"], MessageRule>;

const digest = { DigestItemAdded: running, DigestTold: running } as const satisfies Record<
  DigestFact["type"],
  MessageRule
>;

const booking = {
  // A free time is nobody's yet.
  SlotPublished: [{ basis: "no-patient-data" }],
  SlotChanged: [{ basis: "no-patient-data" }],
  SlotCancelled: [{ basis: "no-patient-data" }],
  SlotEnded: [{ basis: "no-patient-data" }],
  PlaceHeld: treatment,
  PlaceTaken: treatment,
  PlaceRefused: treatment,
  PlaceFreed: treatment,
  BookingOpened: treatment,
  SlotRequested: treatment,
  PlaceWanted: treatment,
  HoldGiven: treatment,
  PlaceOffered: treatment,
  SlotBooked: treatment,
  PlaceNotGiven: treatment,
  HoldLapsed: treatment,
  SlotLost: treatment,
  BookedSlotChanged: treatment,
  BookingReleased: treatment,
  OfferDeclined: treatment,
  NoneOffered: treatment,
  PatientAttended: treatment,
  PatientNoShow: treatment,
} as const satisfies Record<BookingFact["type"], MessageRule>;

const desk = {
  CaseClaimed: own,
  CaseAssigned: own,
  CaseReleased: own,
  CaseRead: own,
} as const satisfies Record<DeskFact["type"], MessageRule>;

/**
 * What every message that the hub carries rests on, by family and by the fact that it tells; the compiler holds it against the
 * families' own lists of facts. As we read the guide, section 8: a region whose lawyers read it otherwise changes a row.
 */
export const messageLaw: Readonly<Record<Family, Readonly<Record<string, MessageRule>>>> = {
  ...{ advice, attachment, referral, discharge, observation, booking, digest, desk },
};
export const noticeLaw: Readonly<Record<string, MessageRule>> = noticesOf;
