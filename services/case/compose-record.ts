import type { Agreement } from "../../contracts/clocks.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import type { Family } from "../../contracts/family.ts";
import type { CaseRecord, RecordMeta } from "../../contracts/record.ts";
import { type CardDraft, cardAfter } from "./card.ts";
import type { CaseState } from "./case-state.ts";
import { clockChanges, receiptClockChanges } from "./clock-effects.ts";
import type { Decision } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";
import { deliveriesOwed, readByActing } from "./tell.ts";

type Recorded<Fact> = Extract<Decision<Fact>, { kind: "record" }>;
type Refused = Extract<Decision<never>, { kind: "refuse" }>;

/** What a record is made of besides the decision: the case as it was, the command, and the world at that moment. */
export type Circumstances = {
  family: Family;
  caseId: string;
  before: CaseState;
  envelope: Envelope;
  digest: string;
  at: string;
  agreements: readonly Agreement[];
  directory: DirectoryView;
};

type Outcome = Pick<RecordMeta, "outcome" | "status"> & Partial<RecordMeta>;

const metaOf = (c: Circumstances, outcome: Outcome): RecordMeta => ({
  no: c.before.no + 1,
  at: c.at,
  commandId: c.envelope.id,
  commandType: c.envelope.type,
  digest: c.digest,
  actor: c.envelope.sender,
  ...outcome,
  ...(c.envelope.correlation === undefined ? {} : { correlation: c.envelope.correlation }),
  ...(c.envelope.causation === undefined ? {} : { causation: c.envelope.causation }),
  ...(c.envelope.intake === undefined ? {} : { intake: c.envelope.intake }),
});

/** A refusal is as durable as an acceptance, so that an answer never flips. */
export const refusalRecord = (c: Circumstances, refused: Refused): CaseRecord<never> => ({
  version: 1,
  caseId: c.caseId,
  family: c.family,
  facts: [],
  deliveries: [],
  clocks: [],
  meta: metaOf(c, {
    outcome: "refused",
    refusal: refused.code,
    problems: refused.problems,
    status: c.before.no === 0 ? "refused" : c.before.status,
    // Who opened a case by a refused message must be able to see that refusal again.
    ...(c.before.no === 0 ? { parties: [c.envelope.sender] } : {}),
  }),
});

/** Facts, deliveries and clocks of one decision in one record: a message accepted without its deadline cannot exist. */
export const acceptanceRecord = <Fact extends { type: string }>(
  c: Circumstances,
  decided: Recorded<Fact>,
  after: { status: string; card: CardDraft | undefined },
): CaseRecord<Fact> => {
  const { before, at, directory, agreements, family } = c;
  const { facts, tell, parties, owing, cancelClocks: cancel, alarms, warnings } = decided;
  const recordNo = before.no + 1;
  const world = { family, agreements, directory, at };
  const deliveries = [
    // Only a fact is an act: taking a document out of the inbox is not yet reading it.
    ...(facts.length === 0 ? [] : readByActing(before, c.envelope.sender, at)),
    ...(decided.deliveries ?? []),
    ...deliveriesOwed({ caseId: c.caseId, recordNo }, { tell, facts }, directory),
  ];
  const happened = { at, recordNo, factTypes: facts.map((f) => f.type), owing, cancel };
  const clocks = [
    ...(decided.clocks ?? []),
    ...clockChanges(before, happened, world),
    ...receiptClockChanges(before, deliveries, world),
  ];
  const meta = metaOf(c, {
    outcome: "accepted",
    status: after.status,
    ...(parties === undefined ? {} : { parties }),
    ...(after.card === undefined ? {} : { card: cardAfter(after.card, before, { clocks, parties, at }) }),
    ...(warnings === undefined || warnings.length === 0 ? {} : { problems: warnings }),
  });
  const record: CaseRecord<Fact> = {
    version: 1,
    caseId: c.caseId,
    family: c.family,
    facts,
    deliveries,
    clocks,
    meta,
  };
  return alarms === undefined || alarms.length === 0 ? record : { ...record, alarms };
};
