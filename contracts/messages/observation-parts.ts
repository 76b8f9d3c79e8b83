/** What the messages of an episode of observation are made of: measurements, calls, ISBAR, doctors' orders and plans. */
import { z } from "zod";
import { StoredObject } from "../letter.ts";
import { Concern, OrderedLimits, Values } from "../score-result.ts";
import { Instant } from "../time.ts";

const line = (max: number): z.ZodString => z.string().min(1).max(max);
const text = line(2000);

/** A person by name: advice without a name has been criticised (Disciplinærnævnet 182801). */
export const Person = z.object({ name: line(70), title: line(70).optional(), phone: line(25).optional() });
export type Person = z.infer<typeof Person>;

/** A call that was made: who called whom, when, on which number, and who answered. Absent `answeredBy`: nobody did. */
export const Call = z.object({
  caller: Person,
  /** GLN of who was called, where it has one. */
  called: z.object({ gln: line(35).optional(), name: line(70) }),
  number: line(25),
  at: Instant,
  answeredBy: Person.optional(),
  note: text.optional(),
});
export type Call = z.infer<typeof Call>;

/** What is found from A to E (guide, section 1.4). MedCom HomeCareObservation carries it in the clinical comment. */
const Abcde = z.object({
  airway: text.optional(),
  breathing: text.optional(),
  circulation: text.optional(),
  disability: text.optional(),
  exposure: text.optional(),
});

/** ISBAR: identify, situation, background, analysis, and what is asked for or advised (patientkommunikation.dk; guide, 1.4). */
export const Isbar = z.object({
  identification: z.object({
    unit: line(70),
    name: line(70),
    title: line(70).optional(),
    callbackPhone: line(25),
  }),
  situation: z.object({ reason: text, since: line(70).optional() }),
  background: z
    .object({
      diagnoses: text.optional(),
      medicineChanges: text.optional(),
      habitualValues: text.optional(),
      /** CAVE: what the citizen may not be given. */
      cave: text.optional(),
    })
    .optional(),
  analysis: z.object({ abcde: Abcde.optional(), assessment: text.optional() }).optional(),
  request: z.object({
    asks: text,
    by: Instant.optional(),
    /** What was answered on the phone, and whether it was read back. */
    answer: text.optional(),
    readBack: z.boolean().default(false),
  }),
});
export type Isbar = z.infer<typeof Isbar>;

const MeasuredCode = z.object({ system: line(255), code: line(255), name: line(255).optional() });

/**
 * One result as it was measured and coded, whether a scheme scores it or not (MedCom HomeCareObservation, Observation). Its
 * value is text: `1.10` is not `1.1`.
 */
export const MeasuredResult = z.object({
  /** The sender's own id for it. */
  id: line(70).optional(),
  /** What was measured, by the first of its codes; the others say the same in other code systems. */
  codes: z.array(MeasuredCode).min(1).max(11),
  /** The value of the scheme that this result became. Absent: no scheme scores it, or not in this form. */
  parameter: line(40).optional(),
  /** A number as it was written; `text` where it is none, e.g. what grew. */
  value: z
    .string()
    .regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/)
    .max(255)
    .optional(),
  text: line(255).optional(),
  comparator: z.enum(["<", "<=", ">=", ">"]).optional(),
  unit: z
    .object({ text: line(70).optional(), system: line(255).optional(), code: line(70).optional() })
    .optional(),
  measuredAt: Instant,
  /** As the sender calls it, where it is not final: e.g. `preliminary`. */
  status: line(32).optional(),
  /** What the sender's system says of the value; MedCom allows only `NI`: not interpreted. */
  interpretation: MeasuredCode.optional(),
  note: line(100_000).optional(),
  performer: Person.optional(),
});
export type MeasuredResult = z.infer<typeof MeasuredResult>;

/** A picture or document of what was found, kept before the message that names it. */
export const MeasuredMedia = StoredObject.extend({
  description: line(255).optional(),
  contentType: line(127).optional(),
  takenAt: Instant.optional(),
});
export type MeasuredMedia = z.infer<typeof MeasuredMedia>;

/** A measurement as its sender tells it. */
export const Measurement = z.object({
  /** The sender's own id for the message that told it: what it corrects or takes back later it names by it. */
  messageId: line(70).optional(),
  /** Absent: now. */
  measuredAt: Instant.optional(),
  values: Values,
  /** The sender's own total. It is kept, and shown beside the hub's where they differ. */
  senderTotal: z.number().int().min(0).max(99).optional(),
  concern: Concern.optional(),
  isbar: Isbar.optional(),
  /** A call that was made before the message was sent. */
  call: Call.optional(),
  performer: Person.optional(),
  /** Whom in the practice it is for, by initials (MedCom HomeCareObservation, RequesterInitials). */
  requester: line(70).optional(),
  /** The framework delegation (rammedelegation) of the practice that it was taken under (MedCom HCO §4.3). */
  delegation: line(120).optional(),
  /** The clinical comment: to 1 MB in MedCom HomeCareObservation (DiagnosticReport.conclusion). */
  comment: line(1_000_000).optional(),
  /** Every result of the message it came in. `values` holds what the scheme scores of them. */
  results: z.array(MeasuredResult).min(1).max(200).optional(),
});
export type Measurement = z.infer<typeof Measurement>;

/** What a doctor orders instead of the scheme's tiers and repeats, for one citizen and a while (TOKS 2.1, "justeret TOKS"). */
export const Adjustment = z.object({
  author: Person,
  reason: text,
  limits: OrderedLimits.default({ accepts: [], tiers: [] }),
  /** The next measurement is due so long after each one, whatever the tier. Absent: as the tier says. */
  repeatMinutes: z.number().int().min(5).max(20_160).optional(),
  validTo: Instant,
});
export type Adjustment = z.infer<typeof Adjustment>;

const planned = { text, author: Person, validUntil: Instant };

/** What the doctor decides. `text` is the plan in words; until `validUntil` it answers a tier no higher than it was made for. */
export const Plan = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("advice"), ...planned }),
  z.object({ kind: z.literal("visit"), ...planned, visitBy: Instant.optional() }),
  /** Medicine is ordered in FMK, never in a message; `inFmk` says that it is there. */
  z.object({ kind: z.literal("prescription"), ...planned, inFmk: z.boolean() }),
  z.object({ kind: z.literal("admit"), ...planned, hospital: line(70).optional() }),
  z.object({
    kind: z.literal("acute-team"),
    ...planned,
    /** The number behind the public one (bag-om-nummer). The doctor stays on it, or names who does (Region H, 1 Feb. 2020). */
    directNumber: line(25),
    responsible: Person.extend({ role: z.enum(["doctor", "substitute"]), until: Instant }),
  }),
]);
export type Plan = z.infer<typeof Plan>;

/**
 * On what ground the citizen's data are passed on (sundhedsloven §41; guide, section 8). The value spring (værdispring) is
 * used without consent, so it needs a reason that is kept and shown.
 */
export const Basis = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("treatment") }),
  z.object({ kind: z.literal("consent"), givenTo: line(70).optional() }),
  z.object({ kind: z.literal("valueSpring"), reason: text }),
]);
export type Basis = z.infer<typeof Basis>;
