import type { ClockChange } from "../../../../contracts/clocks.ts";
import type { DeliveryChange } from "../../../../contracts/deliveries.ts";
import type { Family } from "../../../../contracts/family.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";

export type StartedClock = Extract<ClockChange, { change: "started" }>;

/** What clocks can hear of a record: no content, so that a long period fits in little memory. */
export type CaseLine = {
  at: string;
  /** Who acted. */
  actor: string;
  facts: readonly string[];
  clocks: readonly ClockChange[];
  deliveries: readonly DeliveryChange[];
  /** The case's own kind, as lists show it. */
  kind?: string | undefined;
};

/** A case from the first clock that counts on. What came before no clock of the period heard. */
export type FollowedCase = { caseId: string; family: Family; lines: CaseLine[] };

export const lineOf = ({ facts, clocks, deliveries, meta }: CaseRecord): CaseLine => ({
  at: meta.at,
  actor: meta.actor,
  facts: facts.map(({ type }) => type),
  clocks,
  deliveries,
  kind: meta.card?.kind,
});

export const isStarted = (change: ClockChange): change is StartedClock => change.change === "started";
