import { consentRefusedIn } from "../../../contracts/access/consent.ts";
import { statusAfter } from "../../../contracts/deliveries.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
import { owingOf } from "../../../contracts/readdressed.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type CaseState, evolveCase, noCase } from "../../case/case-state.ts";
import { summaryOf } from "../../case/clock-book.ts";
import { firstWarning } from "../../case/clock-rules.ts";
import type { ClockState } from "../../case/clock-state.ts";
import { createBasisOf, type KindOf } from "./basis-of.ts";

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

type Status = CaseView["deliveries"][number]["status"];

/** Why a document did not surely arrive: its receiver's own code and words, or what is missing. */
const whyNot = (
  records: readonly CaseRecord[],
  deliveryId: string,
  status: Status,
): { code?: string; text?: string } => {
  const last = records
    .flatMap(({ deliveries }) => deliveries)
    .findLast((d) => d.deliveryId === deliveryId && statusAfter[d.change] === status);
  if (last?.change === "unconfirmed") return { code: last.why };
  if (last?.change !== "failed" && last?.change !== "failedForNow") return {};
  return { code: last.code, ...(last.text === undefined ? {} : { text: last.text }) };
};

/** The fate of a message whose documents have come so far. */
const fateOf = (statuses: readonly Status[]): NonNullable<CaseView["deliveries"][number]["together"]> => {
  if (statuses.includes("failed")) return "refused";
  if (statuses.every((status) => status === "acknowledged")) return "arrived";
  return statuses.includes("unconfirmed") ? "unconfirmed" : "underway";
};

/** What became of the message that a document is a part of: nothing is said of one that went as a single document. */
const togetherOf = (
  { deliveries }: CaseRecord,
  part: { to: string; fact: number },
  states: CaseState["deliveries"],
): Pick<CaseView["deliveries"][number], "together"> => {
  const parts = deliveries.filter((d) => d.change === "owed" && d.to === part.to && d.fact === part.fact);
  const statuses = parts.map(({ deliveryId }) => states[deliveryId]?.status ?? "waiting");
  return parts.length < 2 ? {} : { together: fateOf(statuses) };
};

const documentsOf = (
  records: readonly CaseRecord[],
  states: CaseState["deliveries"],
  kindOf: KindOf,
): CaseView["deliveries"] => {
  const basisOf = createBasisOf(records, kindOf);
  return records.flatMap((record) =>
    record.deliveries.flatMap((d) => {
      if (d.change !== "owed") return [];
      const { deliveryId, from, to, documentType } = d;
      const { status = "waiting", sendings = 1, handled } = states[deliveryId] ?? {};
      const base = {
        deliveryId,
        from,
        to,
        documentType,
        at: record.meta.at,
        status,
        sendings,
        ...basisOf(owingOf(records, deliveryId)),
      };
      const more = { ...whyNot(records, deliveryId, status), ...togetherOf(record, d, states) };
      return [{ ...base, ...more, ...(handled === true ? { handled } : {}) }];
    }),
  );
};

const originalsOf = (records: readonly CaseRecord[]): CaseView["originals"] =>
  records.flatMap(({ meta }) => (meta.intake === undefined ? [] : [{ intake: meta.intake, no: meta.no }]));

const clockOf = (state: ClockState): CaseView["clocks"][number] => {
  const summary = summaryOf(state);
  const { clockId } = state;
  return summary.due === undefined
    ? { ...summary, clockId }
    : { ...summary, clockId, warnAt: firstWarning(state) };
};

/** A case of the journal as its parties see it; who is what, by the directory of today. `undefined`: no records, no case. */
export const viewOf = (
  caseId: string,
  records: readonly CaseRecord[],
  kindOf: KindOf,
): CaseView | undefined => {
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
    clocks: clocks.map(clockOf),
    ...("kind" in card ? { card } : {}),
    links: card.links,
    ...(consentRefusedIn(records) ? { consentRefused: true } : {}),
    timeline: records.map(stepOf(agreementsOf(records))),
    deliveries: documentsOf(records, state.deliveries, kindOf),
    originals: originalsOf(records),
    records: [...records],
  };
};
