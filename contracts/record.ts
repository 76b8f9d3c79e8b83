import { z } from "zod";
import { ClockChange } from "./clocks.ts";
import { DeliveryChange } from "./deliveries.ts";
import { Problem } from "./problem.ts";
import { Instant } from "./time.ts";

export const Family = z.enum(["advice", "attachment"]);
export type Family = z.infer<typeof Family>;

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
  problems: z.array(Problem).optional(),
  /** Where the case stands after this record, in its family's words, e.g. `asked`. */
  status: z.string(),
  /** GLNs that are parties to the case from this record on. */
  parties: z.array(z.string()).optional(),
  correlation: z.string().optional(),
  causation: z.string().optional(),
  intake: z.string().optional(),
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
    version: z.literal(1),
    caseId: z.uuid(),
    family: Family,
    facts: z.array(AnyFact),
    deliveries: z.array(DeliveryChange),
    clocks: z.array(ClockChange),
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
  value.version === 1 &&
  "meta" in value &&
  "facts" in value;

/** A record as it stands in the journal, read back from its JSON text. @throws when it is of a version that is not known. */
export const caseRecordFrom = (text: string): CaseRecord => {
  const value: unknown = JSON.parse(text);
  if (!isCaseRecord(value))
    throw new Error("The journal holds a record of a version that this program does not know.");
  return value;
};
