import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import type { Family } from "../../contracts/family.ts";
import type { AlarmChange, CaseCard, CaseRecord } from "../../contracts/record.ts";
import { type ClockState, evolveClock } from "./clock-book.ts";
import { replyOf } from "./reply.ts";

/** One delivery: owed, perhaps fetched, and then acknowledged or failed. */
export type DeliveryState = {
  deliveryId: string;
  to: string;
  from: string;
  status: "waiting" | "fetched" | "acknowledged" | "failed";
};

/** What is known of any case, whichever its family: the part of a record that every family shares. */
export type CaseState = {
  caseId: string;
  /** Number of records. 0: no such case. */
  no: number;
  family: Family | undefined;
  /** Where the case stands, in its family's words. */
  status: string;
  parties: readonly string[];
  commands: Readonly<Record<string, { digest: string; reply: CommandReply }>>;
  clocks: Readonly<Record<string, ClockState>>;
  deliveries: Readonly<Record<string, DeliveryState>>;
  /** Alarms that are set, with their instants. */
  alarms: Readonly<Record<string, string>>;
  card: CaseCard | undefined;
};

export const noCase = (caseId: string): CaseState => ({
  caseId,
  no: 0,
  family: undefined,
  status: "unknown",
  parties: [],
  commands: {},
  clocks: {},
  deliveries: {},
  alarms: {},
  card: undefined,
});

const deliveryStatus = { fetched: "fetched", acknowledged: "acknowledged", failed: "failed" } as const;

const evolveDelivery = (
  deliveries: CaseState["deliveries"],
  change: DeliveryChange,
): Record<string, DeliveryState> => {
  if (change.change === "owed") {
    const { deliveryId, to, from } = change;
    return { ...deliveries, [deliveryId]: { deliveryId, to, from, status: "waiting" } };
  }
  const before = deliveries[change.deliveryId];
  if (before === undefined) return deliveries;
  return { ...deliveries, [change.deliveryId]: { ...before, status: deliveryStatus[change.change] } };
};

const evolveBook = (clocks: CaseState["clocks"], change: ClockChange): CaseState["clocks"] => ({
  ...clocks,
  [change.clockId]: evolveClock(clocks[change.clockId], change),
});

const evolveAlarms = (alarms: CaseState["alarms"], change: AlarmChange): CaseState["alarms"] => {
  if (change.change === "set") return { ...alarms, [change.alarmId]: change.at };
  const { [change.alarmId]: _cleared, ...rest } = alarms;
  return rest;
};

/** Applies one record. Facts are the family's own affair. */
export const evolveCase = (state: CaseState, record: CaseRecord): CaseState => {
  const { meta } = record;
  return {
    caseId: record.caseId,
    no: meta.no,
    family: record.family,
    status: meta.status,
    parties: meta.parties === undefined ? state.parties : [...new Set([...state.parties, ...meta.parties])],
    commands: { ...state.commands, [meta.commandId]: { digest: meta.digest, reply: replyOf(record) } },
    clocks: record.clocks.reduce(evolveBook, state.clocks),
    deliveries: record.deliveries.reduce(evolveDelivery, state.deliveries),
    alarms: (record.alarms ?? []).reduce(evolveAlarms, state.alarms),
    card: meta.card ?? state.card,
  };
};
