import type { Agreement } from "../../contracts/agreement.ts";
import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import type { Family } from "../../contracts/family.ts";
import type { ClockNotice } from "../../contracts/notices.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { AlarmChange, CaseRecord, RecordMeta } from "../../contracts/record.ts";
import { recordVersion } from "../../contracts/record-versions.ts";
import { alarmsOfOwed } from "./alarm.ts";
import { type CardDraft, cardAfter } from "./card.ts";
import type { CaseState } from "./case-state.ts";
import { clockChanges } from "./clock-effects.ts";
import { receiptClockChanges } from "./clock-receipts.ts";
import type { Decision } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";
import { noticesOf } from "./notices.ts";
import { deliveriesOwed, readByActing, writtenBySender } from "./tell.ts";
import { alarmsOfSettled } from "./undelivered.ts";
import { lostOf } from "./untold.ts";

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
  /** GLN of who runs the hub, if anybody is told anything there. */
  operations?: string | undefined;
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
  ...(c.envelope.envelopes === undefined ? {} : { envelopes: c.envelope.envelopes }),
});

/** A refusal is as durable as an acceptance, so that an answer never flips. */
export const refusalRecord = (c: Circumstances, refused: Refused): CaseRecord<never> => ({
  version: recordVersion,
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
  version: recordVersion,
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

type Noticed = {
  facts: readonly ClockNotice[];
  deliveries: readonly DeliveryChange[];
  alarms: readonly AlarmChange[];
  warnings: readonly Problem[];
};

/** What is told of clocks that warned or breached, after all else that the record holds. */
const noticed = (
  { caseId, before, at, agreements, directory, operations }: Circumstances,
  { clocks, escalate }: { clocks: readonly ClockChange[]; escalate: Recorded<never>["escalate"] },
  own: { facts: number; deliveries: readonly DeliveryChange[] },
): Noticed => {
  const { facts, tell, alarms } = noticesOf(
    before,
    { clocks, escalate },
    { at, agreements, directory, operations },
  );
  const telling = { facts, tell, withoutReceipt: true };
  const after = own.deliveries.filter(({ change }) => change === "owed").length;
  const owed = deliveriesOwed({ caseId, recordNo: before.no + 1, after }, telling, directory);
  const deliveries = owed.map((one) => ({ ...one, fact: one.fact + own.facts }));
  return { facts, deliveries, alarms, warnings: lostOf(telling, directory) };
};

/** What becomes of the deliveries of a case by a decision itself. */
const ownDeliveries = <Fact extends { type: string }>(
  { before, caseId, family, at, envelope, directory }: Circumstances,
  { facts, tell, readsNothing, deliveries = [] }: Recorded<Fact>,
): DeliveryChange[] => {
  const written = writtenBySender(envelope);
  // A digest tells of clocks alone: see `Tellings`.
  const telling = { tell, facts, written, withoutReceipt: family === "digest" };
  return [
    // Only a fact is an act: taking a document out of the inbox is not yet reading it.
    ...(facts.length === 0 || readsNothing === true ? [] : readByActing(before, envelope.sender, at)),
    ...deliveries,
    ...deliveriesOwed({ caseId, recordNo: before.no + 1 }, telling, directory),
  ];
};

/** Facts, deliveries and clocks of one decision in one record: a message accepted without its deadline cannot exist. */
export const acceptanceRecord = <Fact extends { type: string }>(
  c: Circumstances,
  decided: Recorded<Fact>,
  after: { status: string; card: CardDraft | undefined },
): CaseRecord<Fact | ClockNotice> => {
  const { before, at, directory, agreements, family } = c;
  const { facts, parties, owing, escalate, cancelClocks: cancel } = decided;
  const written = writtenBySender(c.envelope);
  const warnings = [...(decided.warnings ?? []), ...(c.envelope.notes ?? [])].slice(0, 100);
  const recordNo = before.no + 1;
  const world = { family, agreements, directory, at };
  const own = ownDeliveries(c, decided);
  const { happenedAt, readsNothing } = decided;
  const reader = facts.length === 0 || readsNothing === true ? undefined : c.envelope.sender;
  const factTypes = facts.map((f) => f.type);
  const happened = { at, happenedAt, recordNo, factTypes, owing, cancel, deliveries: own, reader };
  const clocks = [
    ...(decided.clocks ?? []),
    ...clockChanges(before, happened, world),
    ...receiptClockChanges(before, own, world),
  ];
  const notices = noticed(c, { clocks, escalate }, { facts: facts.length, deliveries: own });
  const deliveries = [...own, ...notices.deliveries];
  const warned = [...warnings, ...notices.warnings].slice(0, 100);
  const news = facts.length === 0 ? undefined : { no: recordNo, by: c.envelope.sender };
  const told = { clocks, deliveries, parties, facts, at, news };
  const meta = acceptedMeta(c, after, { ...told, warnings: warned });
  const alarms = [
    ...notices.alarms,
    ...(decided.alarms ?? []),
    ...alarmsOfSettled(before, deliveries),
    ...alarmsOfOwed(deliveries, at),
  ];
  const all = [...facts, ...notices.facts];
  return recordOf(c, { facts: all, deliveries, clocks, meta }, { written, alarms });
};
