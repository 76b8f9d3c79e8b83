import type { Agreement } from "../../contracts/agreement.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import type { Family } from "../../contracts/family.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { AlarmChange, CaseRecord, RecordMeta } from "../../contracts/record.ts";
import { type CardDraft, cardAfter } from "./card.ts";
import type { CaseState } from "./case-state.ts";
import { clockChanges, receiptClockChanges } from "./clock-effects.ts";
import type { Decision } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";
import { deliveriesOwed, readByActing, writtenBySender } from "./tell.ts";
import { alarmsOfSettled } from "./undelivered.ts";

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

type Parts<Fact extends { type: string }> = Pick<
  CaseRecord<Fact>,
  "facts" | "deliveries" | "clocks" | "meta"
>;

/** What a record leaves out says that there was none. */
const recordOf = <Fact extends { type: string }>(
  { caseId, family }: Circumstances,
  { meta, ...parts }: Parts<Fact>,
  { written, alarms }: { written: CaseRecord["written"]; alarms: readonly AlarmChange[] },
): CaseRecord<Fact> => ({
  version: 1,
  caseId,
  family,
  ...parts,
  ...(written === undefined ? {} : { written }),
  meta,
  ...(alarms.length === 0 ? {} : { alarms: [...alarms] }),
});

const acceptedMeta = (
  c: Circumstances,
  { status, card }: { status: string; card: CardDraft | undefined },
  happened: Parameters<typeof cardAfter>[2] & { warnings: readonly Problem[] },
): RecordMeta => {
  const { parties, warnings } = happened;
  return metaOf(c, {
    outcome: "accepted",
    status,
    ...(parties === undefined ? {} : { parties: [...parties] }),
    ...(card === undefined ? {} : { card: cardAfter(card, c.before, happened) }),
    ...(warnings.length === 0 ? {} : { problems: [...warnings] }),
  });
};

/** Facts, deliveries and clocks of one decision in one record: a message accepted without its deadline cannot exist. */
export const acceptanceRecord = <Fact extends { type: string }>(
  c: Circumstances,
  decided: Recorded<Fact>,
  after: { status: string; card: CardDraft | undefined },
): CaseRecord<Fact> => {
  const { before, at, directory, agreements, family } = c;
  const { facts, tell, parties, owing, cancelClocks: cancel } = decided;
  const written = writtenBySender(c.envelope);
  const warnings = [...(decided.warnings ?? []), ...(c.envelope.notes ?? [])].slice(0, 100);
  const recordNo = before.no + 1;
  const world = { family, agreements, directory, at };
  const deliveries = [
    // Only a fact is an act: taking a document out of the inbox is not yet reading it.
    ...(facts.length === 0 ? [] : readByActing(before, c.envelope.sender, at)),
    ...(decided.deliveries ?? []),
    ...deliveriesOwed({ caseId: c.caseId, recordNo }, { tell, facts, written }, directory),
  ];
  const happened = { at, recordNo, factTypes: facts.map((f) => f.type), owing, cancel };
  const clocks = [
    ...(decided.clocks ?? []),
    ...clockChanges(before, happened, world),
    ...receiptClockChanges(before, deliveries, world),
  ];
  const meta = acceptedMeta(c, after, { clocks, deliveries, parties, at, warnings });
  const alarms = [...(decided.alarms ?? []), ...alarmsOfSettled(before, deliveries)];
  return recordOf(c, { facts, deliveries, clocks, meta }, { written, alarms });
};
