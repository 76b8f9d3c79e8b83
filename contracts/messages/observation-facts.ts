/** What happened in an episode of observation. Each fact that is told to somebody holds all that its reader needs. */
import { z } from "zod";
import { Patient } from "../party.ts";
import { Problem } from "../problem.ts";
import { Concern, Score } from "../score-result.ts";
import { Instant } from "../time.ts";
import {
  Adjustment,
  Basis,
  Call,
  Isbar,
  MeasuredMedia,
  MeasuredResult,
  Person,
  Plan,
} from "./observation-parts.ts";

const Direction = z.enum(["rising", "falling", "same"]);
export type Direction = z.infer<typeof Direction>;

/** What changed since the last complete measurement by the same scheme. Differences are new less old. */
export const Trend = z.object({
  /** The number of the measurement compared with, and when it was taken. */
  since: z.number().int(),
  at: Instant,
  difference: z.number().int(),
  direction: Direction,
  /** By value where it is measured, else by points. `difference` is a decimal in the parameter's unit. */
  parameters: z.array(
    z.object({
      parameter: z.string(),
      difference: z.string().optional(),
      points: z.number().int(),
      direction: Direction,
    }),
  ),
});
export type Trend = z.infer<typeof Trend>;

/** Why a doctor's question goes to whom it does. */
export const ContactReason = z.enum([
  /** The citizen's practice, 8-16 on a working day and open by the directory. */
  "practiceOpen",
  /** Before 16 on a working day the practice has closed, named nobody, and the out-of-hours doctor is not there yet. */
  "agreedHours",
  /** The directory names who answers instead. */
  "substitute",
  /** Nobody of the practice answers: the out-of-hours doctor does. */
  "outsideHours",
  "weekend",
  "publicHoliday",
  "practiceClosed",
  /** The tier lets the question wait until the practice opens, or nobody else is known. */
  "practiceLater",
  /** Somebody else would be asked at that hour, but the citizen refuses that it is passed on: it stays with the practice. */
  "sharingRefused",
]);
export type ContactReason = z.infer<typeof ContactReason>;

const measured = {
  /** 1 for the first of the episode. */
  no: z.number().int().min(1),
  by: z.string(),
  patient: Patient,
  measuredAt: Instant,
  score: Score,
  senderTotal: z.number().int().optional(),
  concern: Concern.optional(),
  isbar: Isbar.optional(),
  performer: Person.optional(),
  requester: z.string().optional(),
  delegation: z.string().optional(),
  comment: z.string().optional(),
  /** What was taken all the same, and is worth a look; e.g. that the sender's total is another. */
  warnings: z.array(Problem),
  /** The citizen refuses that it is passed on to others: whoever reads it is to see that, and to keep it. */
  restricted: z.literal(true).optional(),
  messageId: z.string().optional(),
  results: z.array(MeasuredResult).optional(),
  attachments: z.array(MeasuredMedia).optional(),
  /** The number of the measurement that it stands instead of, which was a mistake. */
  replaces: z.number().int().optional(),
};

const people = { patient: Patient, practice: z.string(), team: z.string(), municipalityCode: z.string() };

export const ObservationFact = z
  .discriminatedUnion("type", [
    /** An episode begins; the first measurement is in the same record. */
    z.object({
      type: z.literal("EpisodeOpened"),
      ...people,
      scheme: z.object({ id: z.string(), version: z.number().int() }),
      basis: Basis,
      restricted: z.boolean(),
      relatesTo: z.array(z.string()).optional(),
    }),
    /** A complete measurement, with its total. It is the repeat that was owed. */
    z.object({ type: z.literal("Measured"), ...measured, trend: Trend.optional() }),
    /** A measurement that lacks a value: no total, and the repeat is still owed. */
    z.object({ type: z.literal("PartlyMeasured"), ...measured }),
    /** The next measurement is owed; its clock runs. `left`: how many repeats in this tier are owed after it. */
    z.object({
      type: z.literal("RepeatOwed"),
      measurement: z.number().int(),
      by: z.enum(["tier", "adjustment"]),
      tier: z.string(),
      left: z.number().int().optional(),
    }),
    /** The repeat is no longer owed as it was: another follows in the same record, or none. */
    z.object({ type: z.literal("RepeatDropped"), reason: z.enum(["adjusted", "retracted"]) }),
    /** A doctor owes a plan; the clock runs. Who it is, and why, follows from the hour. */
    z.object({
      type: z.literal("DoctorAsked"),
      doctor: z.string(),
      name: z.string(),
      phone: z.string().optional(),
      why: ContactReason,
      measurement: z.number().int(),
      tier: z.string(),
      phoneFirst: z.boolean(),
      ...people,
      score: Score,
      trend: Trend.optional(),
      isbar: Isbar.optional(),
      /** The doctor that had the question before. */
      movedFrom: z.string().optional(),
      /** The citizen refuses that it is passed on to others. */
      restricted: z.literal(true).optional(),
    }),
    /** That doctor no longer owes a plan. `closed`: of the practice, for the day; `ended`: of the episode. */
    z.object({
      type: z.literal("QuestionDropped"),
      doctor: z.string(),
      reason: z.enum(["closed", "moreUrgent", "retracted", "terminal", "ended"]),
    }),
    z.object({ type: z.literal("CallRecorded"), by: z.string(), call: Call }),
    /** The doctor's plan, with all that a referral to an acute team needs: coordination opens one from `acute-team`. */
    z.object({
      type: z.literal("PlanMade"),
      by: z.string(),
      plan: Plan,
      call: Call.optional(),
      ...people,
      measurement: z.number().int().optional(),
      tier: z.string().optional(),
      score: Score.optional(),
    }),
    z.object({
      type: z.literal("PlanAcknowledged"),
      by: z.string(),
      person: Person,
      readBack: z.string().optional(),
    }),
    z.object({ type: z.literal("AdjustmentOrdered"), by: z.string(), adjustment: Adjustment }),
    /** Nothing is due from now on. */
    z.object({
      type: z.literal("TerminalDeclared"),
      by: z.string(),
      person: Person,
      note: z.string().optional(),
    }),
    z.object({ type: z.literal("ScoringOrdered"), by: z.string(), person: Person, reason: z.string() }),
    /** A mistake: it stays in the record, and no trend or tier is found from it. */
    z.object({
      type: z.literal("MeasurementRetracted"),
      by: z.string(),
      measurement: z.number().int(),
      reason: z.string(),
      /** Who had measured. */
      performer: Person.optional(),
    }),
    z.object({
      type: z.literal("EpisodeClosed"),
      by: z.string(),
      outcome: z.enum(["recovered", "admitted", "handed-over", "died", "other"]),
      note: z.string().optional(),
    }),
  ])
  .meta({ id: "ObservationFact" });
export type ObservationFact = z.infer<typeof ObservationFact>;
export type FactOf<Type extends ObservationFact["type"]> = Extract<ObservationFact, { type: Type }>;

const factTypes = new Set<string>(ObservationFact.options.map((option) => option.shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isObservationFact = (fact: { type: string }): fact is ObservationFact =>
  factTypes.has(fact.type);
