import { z } from "zod";
import { FormattedText, TextInput } from "../formatted-text.ts";
import { Address } from "../identifiers.ts";
import { Patient } from "../party.ts";
import { Instant, LocalDateTime } from "../time.ts";
import { Attachments, onCase } from "./discharge-stay.ts";

/** How soon the practice is to act on a summary (XDIS01 2018/08/06, ActionPriority: Akut, Subakut, Rutine). */
export const ActionPriority = z.enum(["akut", "subakut", "rutine"]);
export type ActionPriority = z.infer<typeof ActionPriority>;

const name = z.string().min(1).max(70);
/** A code is as long as MedCom's letters have room for. */
const coded = { code: z.string().min(1).max(17).optional(), text: z.string().min(1).max(350) };

/** XDIS01, Diagnose: one main, its additions, and others. */
const Diagnosis = z.object({ kind: z.enum(["main", "additional", "other"]), ...coded });

const markNeedsAction = {
  message: "A summary that is marked for follow-up says what is recommended (recommendedAction).",
  path: ["recommendedAction"],
  params: { code: "recommendation-missing" },
};
const actionNeedsMark = {
  message: "A summary that recommends follow-up is marked with how soon (actionPriority).",
  path: ["actionPriority"],
  params: { code: "mark-missing" },
};

/** The texts in their order: the guide's 2 to 7 (Region Nordjylland, PRI 25349). Written runs, or plain text. */
const sections = <Text extends z.ZodType>(text: Text) => ({
  resume: text,
  /** What the patient was told, and what was agreed. */
  patientInformation: text.optional(),
  medicine: text.optional(),
  preventionPlan: text.optional(),
  /** Tests that are awaited or planned, and referrals. */
  pending: text.optional(),
  /** Drawn after FMK was updated. */
  medicineList: text.optional(),
});

/** Content of a summary, most important first: the mark and the recommendation are shown on top (Vejledning 10036 of 2018). */
const summaryContent = <Text extends z.ZodType>(text: Text) => ({
  actionPriority: ActionPriority.optional(),
  recommendedAction: text.optional(),
  ...sections(text),
  unit: name,
  admittedAt: LocalDateTime.optional(),
  dischargedAt: LocalDateTime.optional(),
  diagnoses: z.array(Diagnosis).max(56).default([]),
  procedures: z.array(z.object(coded)).max(50).default([]),
  cave: z.string().min(1).max(350).optional(),
  /** Where the patient went, in the sender's words. */
  dischargeMode: z.string().min(1).max(70).optional(),
  dictatedBy: name,
  /** Patientansvarlig læge. */
  responsibleDoctor: name.optional(),
  /**
   * For a patient under extended responsibility: until when, and where the ward is phoned (72-timers udvidet
   * behandlingsansvar, Sygehus Sønderjylland 2023). What is missing is told by the hub, field by field.
   */
  extendedResponsibility: z
    .object({ until: Instant.optional(), phone: z.string().min(3).max(25).optional() })
    .optional(),
});

const isMarked = (summary: { actionPriority?: unknown; recommendedAction?: unknown }): boolean =>
  summary.actionPriority === undefined || summary.recommendedAction !== undefined;
const isOnPurpose = (summary: { actionPriority?: unknown; recommendedAction?: unknown }): boolean =>
  summary.recommendedAction === undefined || summary.actionPriority !== undefined;

/** A discharge summary (epikrise, XDIS01) as it is kept. */
export const DischargeSummary = z.object(summaryContent(FormattedText)).meta({ id: "DischargeSummary" });
export type DischargeSummary = z.infer<typeof DischargeSummary>;

/** The citizen has agreed to a follow-up visit, and who noted it. */
export const Consent = z.object({ given: z.literal(true), notedBy: name });

const summaryId = z.string().min(1).max(70);
const Sent = z.object({
  ...onCase,
  summaryId,
  ...summaryContent(TextInput),
  /** The receiving practice, where no notification has named it. */
  practice: Address.optional(),
  /** The summary asks for a follow-up home visit: no other message is needed. */
  asksHomeVisit: z.object({ reason: TextInput, consent: Consent }).optional(),
  /** The standard that the sender wrote in: what its letters have no element for is not demanded, but told. */
  standard: z.enum(["json", "oioxml"]).default("json"),
  attachments: Attachments,
});

const marked = <Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape> & z.ZodType<{ actionPriority?: unknown; recommendedAction?: unknown }>,
) => schema.refine(isMarked, markNeedsAction).refine(isOnPurpose, actionNeedsMark);

export const SendSummary = marked(Sent).meta({ id: "SendSummary" });
export type SendSummary = z.infer<typeof SendSummary>;

/** Of what a summary is: a stay (XDIS01), outpatient visits (XDIS02), or a casualty ward's visit (XDIS03). */
export const SummaryForm = z.enum(["XDIS01", "XDIS02", "XDIS03"]);

const Lone = z.object({
  /** The sender's number for the letter: with the sender it names the case, for ever. */
  messageId: z.string().min(1).max(70),
  summaryId,
  status: z.enum(["new", "corrected"]),
  form: SummaryForm,
  patient: Patient,
  practice: Address,
  ...summaryContent(TextInput),
  attachments: Attachments,
});
/** A summary of a stay or a visit that the hub was told nothing else of: it opens a case of its own, or corrects it. */
export const ReceiveSummary = Lone.refine(isMarked, markNeedsAction)
  .refine(isOnPurpose, actionNeedsMark)
  .meta({ id: "ReceiveSummary" });

const Corrected = Sent.omit({ asksHomeVisit: true }).extend({ corrects: summaryId });
/** The whole summary again, in place of the one that is named. */
export const CorrectSummary = marked(Corrected).meta({ id: "CorrectSummary" });
export type CorrectSummary = z.infer<typeof CorrectSummary>;

export const CancelSummary = z
  .object({ ...onCase, summaryId, reason: z.string().min(1).max(350) })
  .meta({ id: "CancelSummary" });

/** Ask for the home visit that a summary wishes for, unless it is asked for already. Sent by the hub alone. */
export const AskWishedVisit = z.object({ ...onCase, summaryId }).meta({ id: "AskWishedVisit" });

const disagreementNeedsNote = {
  message: "A practice that disagrees with the recommendation notes why.",
  path: ["note"],
  params: { code: "note-missing" },
};

const Reviewed = z.object({
  ...onCase,
  summaryId,
  reviewer: name,
  verdict: z.enum(["agrees", "disagrees"]),
  note: TextInput.optional(),
});
const isExplained = ({ verdict, note }: { verdict: string; note?: unknown }): boolean =>
  verdict === "agrees" || note !== undefined;

/** The practice has read the summary. Its judgement is its own: disagreement is recorded (STPS, vejledning om epikriser). */
export const ReviewSummary = Reviewed.refine(isExplained, disagreementNeedsNote).meta({
  id: "ReviewSummary",
});

const theCase = { caseId: true } as const;

/** The same messages where the case is named elsewhere: a refined schema cannot be cut. */
export const SummaryBodies = {
  send: marked(Sent.omit(theCase)),
  correct: marked(Corrected.omit(theCase)),
  review: Reviewed.omit(theCase).refine(isExplained, disagreementNeedsNote),
} as const;
