import type { ClockChange } from "../../contracts/clocks.ts";
import { type DeliveryChange, type DeliveryStatus, statusAfter } from "../../contracts/deliveries.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import type { Family } from "../../contracts/family.ts";
import type { AlarmChange, CaseCard, CaseRecord } from "../../contracts/record.ts";
import { type ClockState, evolveClock } from "./clock-book.ts";
import { replyOf } from "./reply.ts";
import { leftAfter } from "./standing.ts";

/** One delivery: owed, perhaps fetched, perhaps owed again, and then acknowledged or failed. */
export type DeliveryState = {
  deliveryId: string;
  to: string;
  from: string;
  documentType: string;
  status: DeliveryStatus;
  receiptExpected: boolean;
  /** How often it was owed, the first included. */
  sendings: number;
  /** When it was owed last. */
  owedAt: string;
  /** For how long the hub tries to bring it; absent: its receiver comes for it. */
  giveUpSeconds?: number | undefined;
  /** Why it did not surely arrive. A receipt, or a new sending, takes it away. */
  trouble?:
    | {
        why: "refused" | "no-receipt" | "not-fetched" | "technical-fault" | "not-reached";
        code?: string;
        at: string;
      }
    | undefined;
  /** Its receiver has read it, or acted on it. */
  read?: true | undefined;
  /** A person at the sender has seen to the trouble. */
  handled?: boolean | undefined;
};

/** A receipt, or the receiver's own act, has settled it for good. */
export const isSettled = ({ status }: DeliveryState): boolean =>
  status === "acknowledged" || status === "failed";

/** What is known of any case, whichever its family: the part of a record that every family shares. */
export type CaseState = {
  caseId: string;
  /** Number of records. 0: no such case. */
  no: number;
  family: Family | undefined;
  /** Where the case stands, in its family's words. */
  status: string;
  parties: readonly string[];
  /** Those of them that have passed the case on. */
  left: readonly string[];
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
  left: [],
  commands: {},
  clocks: {},
  deliveries: {},
  alarms: {},
  card: undefined,
});

const troubleOf = (change: DeliveryChange): DeliveryState["trouble"] => {
  if (change.change === "failed") return { why: "refused", code: change.code, at: change.at };
  if (change.change === "failedForNow") return { why: "technical-fault", code: change.code, at: change.at };
  return change.change === "unconfirmed" ? { why: change.why, at: change.at } : undefined;
};

const changed = (
  before: DeliveryState,
  change: Exclude<DeliveryChange, { change: "owed" }>,
): DeliveryState => {
  if (change.change === "handled") return { ...before, handled: true };
  const { handled, trouble: _trouble, ...rest } = before;
  const trouble = troubleOf(change);
  // Who has seen to a missing receipt is not asked again when it goes on missing; a refusal, or a new sending, is news.
  const stays = handled === true && (change.change === "fetched" || change.change === "unconfirmed");
  return {
    ...rest,
    ...(stays ? { handled } : {}),
    status: statusAfter[change.change],
    ...(change.change === "acknowledged" && change.how !== "receipt" ? { read: true } : {}),
    ...(trouble === undefined ? {} : { trouble }),
    ...(change.change === "resent" ? { sendings: change.sending, owedAt: change.at } : {}),
  };
};

/** What one change makes of the deliveries of a case; `at` is when its record was written. */
const evolveDelivery =
  (at: string) =>
  (deliveries: CaseState["deliveries"], change: DeliveryChange): CaseState["deliveries"] => {
    if (change.change === "owed") {
      const { deliveryId, to, from, documentType, receiptExpected, giveUpSeconds } = change;
      const brought = giveUpSeconds === undefined ? {} : { giveUpSeconds };
      const owed = { deliveryId, to, from, documentType, receiptExpected, ...brought } as const;
      return { ...deliveries, [deliveryId]: { ...owed, status: "waiting", sendings: 1, owedAt: at } };
    }
    const before = deliveries[change.deliveryId];
    return before === undefined
      ? deliveries
      : { ...deliveries, [change.deliveryId]: changed(before, change) };
  };

/** The deliveries of a case after the changes of one record. */
export const deliveriesAfter = (
  deliveries: CaseState["deliveries"],
  changes: readonly DeliveryChange[],
  at: string,
): CaseState["deliveries"] => changes.reduce(evolveDelivery(at), deliveries);

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
    left: leftAfter(state.left, record),
    commands: { ...state.commands, [meta.commandId]: { digest: meta.digest, reply: replyOf(record) } },
    clocks: record.clocks.reduce(evolveBook, state.clocks),
    deliveries: deliveriesAfter(state.deliveries, record.deliveries, meta.at),
    alarms: (record.alarms ?? []).reduce(evolveAlarms, state.alarms),
    card: meta.card ?? state.card,
  };
};
