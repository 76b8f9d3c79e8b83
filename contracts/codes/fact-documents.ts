import type { Family } from "../family.ts";
import type { FhirMessageKind } from "../fhir/fhir-message.ts";
import { isObservationFact } from "../messages/observation-facts.ts";
import { isReferralFact } from "../messages/referral-facts.ts";
import { appointmentNote } from "./appointment-note.ts";
import { otherCategory, referralCategory } from "./fhir-care-communication.ts";
import { hasHomeCareForm } from "./fhir-observation-parameters.ts";

/**
 * The MedCom OIOXML letter that was made for what a fact tells. Facts that are not here are told by correspondence (XDIS91)
 * to whoever takes nothing but MedCom's letters. The gateway of the standard writes what is named here, and a test holds
 * the two together.
 */
type Fact = { readonly type: string } & Readonly<Record<string, unknown>>;

const referrals: Readonly<Record<string, string>> = {
  hospital: "XREF01",
  psychiatry: "XREF01",
  cancer: "XREF01",
  imaging: "XREF02",
  prevention: "XREF15",
  "acute-team": "XREF22",
};

/** The letter says who referred to whom: whoever referred is told of its own referral in words. */
const ofKind = ({ kind, sender }: Fact, to: string | undefined): string | undefined =>
  typeof kind === "string" && (to === undefined || sender !== to) ? referrals[kind] : undefined;

/** A radiologist's answer has a type of its own (XDIS05), which is not written here: it is told in words. */
const closings: Readonly<Record<string, string>> = {
  hospital: "XDIS02",
  psychiatry: "XDIS02",
  cancer: "XDIS02",
  prevention: "XDIS15",
  "acute-team": "XDIS22",
};

/** Events of a stay that have a notification of their own: the patient came (XDIS20), or left, perhaps dead (XDIS17). */
const notices: Readonly<Record<string, string>> = {
  admitted: "XDIS20",
  transferred: "XDIS20",
  discharged: "XDIS17",
  dead: "XDIS17",
};

/** Whoever is taken over by another hospital has left this one, and the other tells of the admission itself. */
const ofEvent = ({ event, away }: Fact): string | undefined => {
  if (event === "transferred" && away === true) return "XDIS17";
  return typeof event === "string" ? notices[event] : undefined;
};

/** Where another unit wrote the letter it is told by that, and not a second time. */
const ofClosing = ({ kind, elsewhere }: Fact): string | undefined =>
  typeof kind === "string" && elsewhere === undefined ? closings[kind] : undefined;

/**
 * A time goes by booking answer where its one line holds what is said of it, and in words where it does not. One that the
 * hub booked for both is no answer of one to the other.
 */
const ofTime = (fact: Fact): string | undefined => {
  if (!isReferralFact(fact) || !("appointment" in fact) || fact.appointment === undefined) return undefined;
  if ("booking" in fact && fact.booking !== undefined) return undefined;
  const reason = fact.type === "AppointmentMoved" ? fact.reason : undefined;
  return appointmentNote(fact.appointment, reason) === undefined ? undefined : "XDIS13";
};

const types: Readonly<Record<string, string | ((fact: Fact, to: string | undefined) => string | undefined)>> =
  {
    ReferralSent: ofKind,
    ReferralReaddressed: ofKind,
    ReferralCorrected: ofKind,
    ReferralConcluded: ofClosing,
    ReferralConclusionCorrected: ofClosing,
    ReferralClosingAdded: ofClosing,
    AppointmentBooked: ofTime,
    AppointmentMoved: ofTime,
    InvitedToTalk: ofTime,
    ReferralReceived: "XDIS13",
    StayEventReported: ofEvent,
    StayEventCorrected: ofEvent,
    StayEventCancelled: ofEvent,
    AdmissionAnswered: "XDIS14",
    LoneSummaryReceived: ({ form }) => (typeof form === "string" ? form : undefined),
    SummarySent: "XDIS01",
    SummaryCorrected: "XDIS01",
  };

/**
 * Events of a stay, what corrects one and what takes one back, are told by HospitalNotification; a patient whom another hospital
 * took over is told of by that (HospitalNotification, clinical guidelines, section 5).
 */
const isNotified = ({ type, event, away }: Fact): boolean =>
  type.startsWith("StayEvent") && typeof event === "string" && !(event === "transferred" && away === true);

/**
 * The MedCom FHIR message that was made for what a fact tells, by its kind; none: it is told in words (CareCommunication) to a
 * receiver that takes nothing else. What stands in a letter between two parties goes as correspondence.
 */
export const fhirTypeOfFact = (fact: { readonly type: string }): FhirMessageKind | undefined => {
  if (isNotified(fact)) return "HospitalNotification";
  if (isObservationFact(fact) && hasHomeCareForm(fact)) return "HomeCareObservation";
  return "letter" in fact && fact.type !== "AttachmentsReceived" ? "CareCommunication" : undefined;
};

const familyCategories: Readonly<Record<Family, string>> = {
  advice: otherCategory,
  attachment: otherCategory,
  referral: referralCategory,
  discharge: "discharge",
  observation: "nursing",
  booking: "acute-ambulant",
  digest: "carecoordination",
  desk: otherCategory,
};

/** What of a family is another matter to whoever sorts messages by it. */
const factCategories: Readonly<Record<string, string>> = {
  AdmissionReportRequested: "carecoordination",
  AdmissionReportSent: "carecoordination",
  CarePlanSent: "carecoordination",
  ClockBreached: "carecoordination",
  ClockEscalated: "carecoordination",
  ClockWarned: "carecoordination",
  Measured: "examination-results",
  PartlyMeasured: "examination-results",
  MeasurementRetracted: "examination-results",
  ResponsibilityDecided: "extended-care-responsibility",
  ResponsibilityEnding: "extended-care-responsibility",
  ResponsibilityExtended: "extended-care-responsibility",
  ResponsibilityLapsed: "extended-care-responsibility",
  ResponsibilityResumed: "extended-care-responsibility",
  ResponsibilityReturned: "extended-care-responsibility",
  ResponsibilitySuspended: "extended-care-responsibility",
};

/**
 * The category of the CareCommunication that tells a fact in words, by the matter. Whose matter is whose is a proposal of ours: MedCom
 * says what the categories are called, and leaves to the sender which to choose.
 */
export const careCategoryOf = (family: Family, fact: Fact): string =>
  fact["event"] === "dead" ? "decease" : (factCategories[fact.type] ?? familyCategories[family]);

/** `to`: GLN of who is told. */
export const oioxmlTypeOfFact = (fact: { readonly type: string }, to?: string): string | undefined => {
  const type = types[fact.type];
  return typeof type === "function" ? type({ ...fact }, to) : type;
};
