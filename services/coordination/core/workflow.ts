import type { CommandReply } from "../../../contracts/envelope.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/**
 * A command that one case sets off in another, or in itself. `answered`: what the answer to it sets off in turn; it must be
 * a function of the answer alone, since after a crash both are sent again and meet their own earlier answers.
 */
export type Order = {
  type: string;
  payload: object;
  answered?: (reply: CommandReply) => Order | undefined;
};

/** What a rule knows: the records of the case up to and with the one that sets it off, in order; never empty. */
export type History = readonly [...CaseRecord[], CaseRecord];

export type PatientIds = { cpr?: string | undefined; alternativeId?: string | undefined };

/**
 * One rule of what follows from what. Pure: the same records give the same orders at any distance in time, and the id of
 * each command is made of the rule and the record, so that an order sent twice is one command.
 */
export type Workflow = {
  /** Names the rule in command ids, for ever. */
  rule: string;
  /** What sets it off: a record that cannot be read, and whose text names none of these, holds nobody up. */
  facts: readonly string[];
  /** Whether a record sets the rule off, told without looking at the rest of the case. */
  concerns: (record: CaseRecord) => boolean;
  /** The citizen whose other cases the rule looks at too; absent: the case alone is enough. */
  patientOf?: (record: CaseRecord) => PatientIds | undefined;
  /** `others`: the records of each of that citizen's cases, as far as the index knew them at that moment. */
  ordersOf: (history: History, others: readonly (readonly CaseRecord[])[]) => readonly Order[];
};

/** The record that set a rule off. */
export const occasionOf = (history: History): CaseRecord => history[history.length - 1] ?? history[0];

/**
 * How an order travels: its id, the chain that it belongs to (`correlation`), and what caused it (`causation`, the case and
 * the number of its record).
 */
export const envelopeParts = (
  rule: string,
  occasion: CaseRecord,
  n: string,
): { id: string; correlation: string; causation: string } => ({
  id: `${rule}:${occasion.caseId}:${String(occasion.meta.no)}:${n}`,
  correlation: occasion.meta.correlation ?? occasion.caseId,
  causation: `${occasion.caseId}.${String(occasion.meta.no)}`,
});
