import { z } from "zod";
import { FormattedText } from "../formatted-text.ts";
import { StoredObject } from "../letter.ts";
import { Patient } from "../party.ts";
import { Instant } from "../time.ts";
import { ChecklistItem } from "./discharge-care.ts";
import { AdmissionContact, Assessment, StayContext, StayEventKind } from "./discharge-stay.ts";
import { ActionPriority, Consent, DischargeSummary, SummaryForm } from "./discharge-summary.ts";

const attachments = z.array(StoredObject);
const by = z.string();
const happening = { occurredAt: Instant, department: z.string() };
const message = {
  messageId: z.string(),
  stay: StayContext,
  /** When the hub took the message: what is asked because of it is owed from then. Absent in facts that are older than it. */
  toldAt: Instant.optional(),
};
const person = { by, person: z.string() };

/** Each condition of extended responsibility, and whether the patient meets it: shown to people. */
export const ResponsibilityCriterion = z.object({
  criterion: z.enum([
    "somatic",
    "treatment-finished",
    "stay-long-enough",
    "municipal-nursing",
    "terminal-included",
    "rules-in-force",
  ]),
  met: z.boolean(),
});
export type ResponsibilityCriterion = z.infer<typeof ResponsibilityCriterion>;

export const DischargeFact = z
  .discriminatedUnion("type", [
    /** `away`: the department is none of the hospital's, so the patient has left it. */
    z.object({
      type: z.literal("StayEventReported"),
      ...message,
      event: StayEventKind,
      ...happening,
      away: z.boolean(),
      from: z.string().optional(),
      withinRegion: z.boolean(),
      wantsReport: z.boolean().optional(),
    }),
    z.object({
      type: z.literal("StayEventCorrected"),
      ...message,
      corrects: z.string(),
      /** What was corrected, when it was told before. */
      event: StayEventKind.optional(),
      issuedAt: Instant,
      ...happening,
      away: z.boolean(),
    }),
    z.object({
      type: z.literal("StayEventCancelled"),
      ...message,
      cancels: z.string(),
      /** What was cancelled, when it was told before, and whether the patient had left the hospital by it. */
      event: StayEventKind.optional(),
      away: z.boolean().optional(),
    }),
    z.object({ type: z.literal("DischargePlanned"), by, date: z.iso.date() }),
    z.object({ type: z.literal("StayAssessed"), by, assessment: Assessment }),
    /** The municipality owes an admission report, from when a message first made it needed; absent: from now on. */
    z.object({ type: z.literal("AdmissionReportRequested"), since: Instant.optional() }),
    z.object({ type: z.literal("AdmissionReportNotNeeded"), reason: z.string() }),
    z.object({ type: z.literal("AdmissionAnswered"), by, contacts: z.array(AdmissionContact) }),
    z.object({
      type: z.literal("AdmissionReportSent"),
      by,
      text: FormattedText,
      contact: z.object({ name: z.string(), phone: z.string() }).optional(),
      attachments,
    }),
    z.object({
      type: z.literal("ChecklistItemNoted"),
      ...person,
      item: ChecklistItem,
      status: z.enum(["needed", "not-needed", "done"]),
      at: Instant,
      note: z.string().optional(),
    }),
    /** What is to be ready, since the patient has left: one clock an item. */
    z.object({ type: z.literal("ChecklistAwaited"), dischargedAt: Instant, items: z.array(ChecklistItem) }),
    z.object({ type: z.literal("ChecklistCompleted") }),
    /** The patient has not left after all, or at another time: nothing is owed for the discharge that was told. */
    z.object({ type: z.literal("DischargeUndone") }),
    z.object({ type: z.literal("CarePlanAwaited"), date: z.iso.date() }),
    z.object({ type: z.literal("CarePlanNotAwaited") }),
    z.object({
      type: z.literal("CarePlanSent"),
      by,
      text: FormattedText,
      at: Instant,
      /** Not the first plan of the stay. */
      update: z.boolean(),
      attachments,
    }),
    z.object({
      type: z.literal("SummarySent"),
      by,
      summaryId: z.string(),
      practice: z.string().optional(),
      summary: DischargeSummary,
      /** The summary wishes for a home visit, and did so then. The hub asks for it. */
      asksHomeVisit: z.object({ reason: FormattedText, consent: Consent, at: Instant }).optional(),
      attachments,
    }),
    z.object({
      type: z.literal("SummaryCorrected"),
      by,
      summaryId: z.string(),
      corrects: z.string(),
      summary: DischargeSummary,
      attachments,
    }),
    /** A summary of which no stay is known here, or its correction: all that the case is about. */
    z.object({
      type: z.literal("LoneSummaryReceived"),
      by,
      form: SummaryForm,
      patient: Patient,
      practice: z.string(),
      summaryId: z.string(),
      corrected: z.boolean(),
      summary: DischargeSummary,
      attachments,
    }),
    z.object({ type: z.literal("SummaryCancelled"), by, summaryId: z.string(), reason: z.string() }),
    /** A marked summary waits for the practice. */
    z.object({ type: z.literal("ReviewAwaited"), summaryId: z.string(), priority: ActionPriority }),
    z.object({ type: z.literal("ReviewNotAwaited") }),
    z.object({
      type: z.literal("SummaryReviewed"),
      by,
      summaryId: z.string(),
      reviewer: z.string(),
      verdict: z.enum(["agrees", "disagrees"]),
      note: FormattedText.optional(),
    }),
    /** Whether the hospital answers for the patient after the discharge, until when, and why. */
    z.object({
      type: z.literal("ResponsibilityDecided"),
      applies: z.boolean(),
      rules: z.string(),
      from: Instant,
      until: Instant,
      /** Hours before the end at which the others are reminded. */
      remindHours: z.number(),
      phone: z.string().optional(),
      criteria: z.array(ResponsibilityCriterion),
    }),
    /** The discharge that it was decided on is none any more. */
    z.object({ type: z.literal("ResponsibilityLapsed") }),
    z.object({ type: z.literal("ResponsibilityExtended"), by, until: Instant, reason: z.string() }),
    z.object({ type: z.literal("ResponsibilitySuspended"), by, calledAt: Instant }),
    z.object({ type: z.literal("ResponsibilityResumed"), by, endedAt: Instant }),
    /** It ends in some hours: a reminder to practice and municipality. */
    z.object({ type: z.literal("ResponsibilityEnding"), until: Instant }),
    /** It has ended: the practice, or the out-of-hours doctor, answers for the patient. */
    z.object({ type: z.literal("ResponsibilityReturned"), at: Instant }),
    z.object({ type: z.literal("HomeVisitAsked"), by, reason: FormattedText, consent: Consent, at: Instant }),
    /** The visit is to be held within the agreed days from then. */
    z.object({ type: z.literal("HomeVisitDue"), from: Instant }),
    z.object({ type: z.literal("HomeVisitNotDue") }),
    z.object({
      type: z.literal("HomeVisitBooked"),
      by,
      startsAt: Instant,
      visitor: z.string().optional(),
    }),
    z.object({
      type: z.literal("HomeVisitHeld"),
      by,
      heldAt: Instant,
      place: z.enum(["home", "practice", "video"]),
      /** 1 for the visit itself. */
      contact: z.number().int().min(1),
      note: FormattedText,
    }),
    z.object({
      type: z.literal("HomeVisitDeclined"),
      by,
      declinedBy: z.enum(["citizen", "practice", "municipality", "hospital"]),
      reason: z.string(),
    }),
  ])
  .meta({ id: "DischargeFact" });
export type DischargeFact = z.infer<typeof DischargeFact>;
export type DischargeFactType = DischargeFact["type"];

const factTypes = new Set<string>(DischargeFact.options.map((option) => option.shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isDischargeFact = (fact: { type: string }): fact is DischargeFact => factTypes.has(fact.type);
