import type { CaseView } from "../../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { evolveCase, noCase } from "../../case/case-state.ts";
import { summaryOf } from "../../case/clock-book.ts";

type Step = CaseView["timeline"][number];
type Agreements = ReadonlyMap<string, string>;

/** Which agreement each clock of a case is of: only its start tells. */
const agreementsOf = (records: readonly CaseRecord[]): Agreements =>
  new Map(
    records
      .flatMap(({ clocks }) => clocks)
      .flatMap((c) => (c.change === "started" ? [[c.clockId, c.agreement] as const] : [])),
  );

const clockSteps = ({ clocks }: CaseRecord, agreements: Agreements): Step["clocks"] =>
  clocks.map((clock) => {
    const agreement = agreements.get(clock.clockId);
    return {
      clockId: clock.clockId,
      ...(agreement === undefined ? {} : { agreement }),
      change: clock.change,
      ...("due" in clock ? { due: clock.due } : {}),
    };
  });

const stepOf =
  (agreements: Agreements) =>
  (record: CaseRecord): Step => {
    const { meta, facts, deliveries } = record;
    return {
      no: meta.no,
      at: meta.at,
      actor: meta.actor,
      command: meta.commandType,
      facts: facts.map(({ type }) => type),
      ...(meta.refusal === undefined ? {} : { refusal: meta.refusal }),
      status: meta.status,
      clocks: clockSteps(record, agreements),
      deliveries: deliveries.map(({ deliveryId, change }) => ({ deliveryId, change })),
    };
  };

const documentsOf = (
  records: readonly CaseRecord[],
  statuses: Readonly<Record<string, { status: CaseView["deliveries"][number]["status"] }>>,
): CaseView["deliveries"] =>
  records.flatMap((record) =>
    record.deliveries.flatMap((d) => {
      if (d.change !== "owed") return [];
      const { deliveryId, from, to, documentType } = d;
      const status = statuses[deliveryId]?.status ?? "waiting";
      return [{ deliveryId, from, to, documentType, at: record.meta.at, status }];
    }),
  );

const originalsOf = (records: readonly CaseRecord[]): CaseView["originals"] =>
  records.flatMap(({ meta }) => (meta.intake === undefined ? [] : [{ intake: meta.intake, no: meta.no }]));

/** A case of the journal as its parties see it. `undefined`: no records, no case. */
export const viewOf = (caseId: string, records: readonly CaseRecord[]): CaseView | undefined => {
  const first = records[0];
  if (first === undefined) return undefined;
  const state = records.reduce(evolveCase, noCase(caseId));
  const clocks = Object.values(state.clocks).filter((clock) => clock.deliveryId === undefined);
  const { patient: _patient, ...card } = state.card ?? { links: [] };
  return {
    caseId,
    family: first.family,
    status: state.status,
    parties: [...state.parties],
    clocks: clocks.map(summaryOf),
    ...("kind" in card ? { card } : {}),
    links: card.links,
    timeline: records.map(stepOf(agreementsOf(records))),
    deliveries: documentsOf(records, state.deliveries),
    originals: originalsOf(records),
    records: [...records],
  };
};
