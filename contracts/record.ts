import { z } from "zod";
import { ClockChange } from "./clocks.ts";
import { DeliveryChange } from "./deliveries.ts";
import { Fault } from "./errors.ts";
import { Family } from "./family.ts";
import { Problem } from "./problem.ts";
import { recordVersion, upcastRecord } from "./record-versions.ts";
import { Instant } from "./time.ts";
import { Written } from "./written.ts";

/** What a sender is awaited for whose document did not surely arrive. */
export const followUpAct = "followUpDelivery";

/** How a case stands of which everything was erased but that it was there. */
export const erasedStatus = "erased";

/**
 * Where a case stands after a record, as lists show it. Made by the family in its decision, so that no list needs to know
 * a family's rules. The ball is always with somebody named, until the case is closed.
 */
export const CaseCard = z
  .object({
    /** The family's own kind, e.g. `specialist`, `imaging`. */
    kind: z.string(),
    /** GLN of the organisation that opened the case. */
    opener: z.string(),
    /** Who is expected to do what now; with a clock, by when. Empty when the case is closed or nothing is expected. */
    awaits: z.array(
      z.object({
        who: z.string(),
        act: z.string(),
        due: Instant.optional(),
        /** When the agreement warns for the first time before that: from then on it presses. Absent in old records. */
        warnAt: Instant.optional(),
        /** The clock of the case that is due then: it explains itself. Absent in old records. */
        clockId: z.string().optional(),
        overdue: z.boolean().default(false),
      }),
    ),
    closed: z.boolean(),
    /**
     * Documents that did not surely arrive, until a person at their sender has seen to them. Whoever sent one is awaited for
     * `followUpDelivery`, also in a closed case.
     */
    undelivered: z
      .array(
        z.object({
          deliveryId: z.string(),
          from: z.string(),
          to: z.string(),
          documentType: z.string(),
          /** `refused`: by the receiving system, with its `code`; `technical-fault`: there, and it is sent again. */
          why: z.enum(["refused", "no-receipt", "not-fetched", "technical-fault", "not-reached"]),
          code: z.string().optional(),
        }),
      )
      .optional(),
    /** The citizen, as the messages name them. Read models keep a keyed hash of it alone. */
    patient: z.object({ cpr: z.string().optional(), alternativeId: z.string().optional() }).optional(),
    /** What makes a case more pressing than its due time tells, in the family's words, e.g. `tier-5`, `akut`. */
    urgency: z.string().optional(),
    /** Cases that this one came from or led to, with what they are to it, e.g. `convertedFrom`. */
    links: z.array(z.object({ caseId: z.string(), relation: z.string() })).default([]),
    /** Every party so far. A record names its parties only when they change; a list needs them each time. */
    parties: z.array(z.string()).optional(),
    /** Those of them that have passed it on: what comes after is not theirs to know. */
    left: z.array(z.string()).optional(),
    /** The last record that told of something: which, and who did that. Receipts and warnings are none. Absent in old records. */
    news: z.object({ no: z.number().int().min(1), by: z.string() }).optional(),
    /** When the case got its first card. */
    openedAt: Instant.optional(),
  })
  .meta({ id: "CaseCard" });
export type CaseCard = z.infer<typeof CaseCard>;

/**
 * What one decision did to the alarms of its case: times at which the case itself must act, e.g. a hold that runs out.
 * When one rings, the family gets the command `<family>.ring`. Unlike a clock an alarm promises nothing to anybody.
 */
export const AlarmChange = z
  .discriminatedUnion("change", [
    z.object({ change: z.literal("set"), alarmId: z.string().regex(/^[a-zA-Z0-9.-]{1,80}$/), at: Instant }),
    z.object({ change: z.literal("cleared"), alarmId: z.string() }),
  ])
  .meta({ id: "AlarmChange" });
export type AlarmChange = z.infer<typeof AlarmChange>;

/** Which command a record is the outcome of, and what was answered, so that the same command gets the same answer. */
export const RecordMeta = z.object({
  /** 1 for the record that opened the case, then one more each. */
  no: z.number().int().min(1),
  at: Instant,
  commandId: z.string(),
  commandType: z.string(),
  /** sha256 of the command's type and payload: the same id with other content is an error, never a duplicate. */
  digest: z.string(),
  /** GLN of the organisation that sent the command; `hub` for the hub's own. */
  actor: z.string(),
  outcome: z.enum(["accepted", "refused"]),
  /** Why it was refused: a code of contracts/errors.ts. */
  refusal: z.string().optional(),
  /** Errors of a refusal; of an acceptance, warnings: what was taken all the same and is worth a look. */
  problems: z.array(Problem).optional(),
  /** Where the case stands after this record, in its family's words, e.g. `asked`. */
  status: z.string(),
  /** GLNs that are parties to the case from this record on. */
  parties: z.array(z.string()).optional(),
  card: CaseCard.optional(),
  correlation: z.string().optional(),
  causation: z.string().optional(),
  intake: z.string().optional(),
  /** What the envelopes of the document were called that the command was read from. */
  envelopes: z.array(z.string()).optional(),
});
export type RecordMeta = z.infer<typeof RecordMeta>;

/** The base of every fact: a past event, named in the field's words. Each family refines it to its own union. */
export const AnyFact = z.looseObject({ type: z.string() });

/**
 * One decision, one record, one atomic write (design, section 2): the facts, who must be told, which clocks changed.
 * A refused command is a record too, with no facts.
 */
export const CaseRecord = z
  .object({
    version: z.literal(recordVersion),
    caseId: z.uuid(),
    family: Family,
    facts: z.array(AnyFact),
    deliveries: z.array(DeliveryChange),
    clocks: z.array(ClockChange),
    /** Absent: none changed. */
    alarms: z.array(AlarmChange).optional(),
    /** The MedCom letter or FHIR message that the command was read from, whole, as its sender wrote it. */
    written: Written.optional(),
    meta: RecordMeta,
  })
  .meta({ id: "CaseRecord" });
export type CaseRecord<Fact extends { type: string } = { type: string }> = Omit<
  z.infer<typeof CaseRecord>,
  "facts"
> & {
  facts: Fact[];
};

/**
 * A record read back from the journal. Only this program writes there, under this version, from typed values: the version
 * vouches for the shape. Parsing every field again cost a quarter of the hub's processor time under load.
 */
export const isCaseRecord = (value: unknown): value is CaseRecord =>
  typeof value === "object" &&
  value !== null &&
  "version" in value &&
  value.version === recordVersion &&
  "meta" in value &&
  "facts" in value;

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Without the parser's own words: they quote what they could not read.
    throw new Fault("record-unreadable");
  }
};

/** A record as it stands in the journal, of whichever version, read back from its JSON text. @throws Fault `record-unreadable`, `record-version-unknown` */
export const caseRecordFrom = (text: string): CaseRecord => {
  const value = upcastRecord(parsed(text));
  if (!isCaseRecord(value)) throw new Fault("record-version-unknown");
  return value;
};
