import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { deliveryAlarmOf } from "../../contracts/derived-ids.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import { RingAlarm } from "../../contracts/messages/alarm.ts";
import type { AlarmChange } from "../../contracts/record.ts";
import type { CaseState } from "./case-state.ts";
import { hubActor } from "./core.ts";
import type { Decision } from "./decision.ts";

/** So many seconds after an instant. */
export const later = (at: string, seconds: number): string =>
  new Date(Date.parse(at) + seconds * 1000).toISOString();

/** What the hub is to bring is looked after from the first: also when its receiver gives no receipts, and nobody is there to try. */
export const alarmsOfOwed = (deliveries: readonly DeliveryChange[], at: string): AlarmChange[] =>
  deliveries.flatMap((change) =>
    change.change === "owed" && change.giveUpSeconds !== undefined
      ? [{ change: "set", alarmId: deliveryAlarmOf(change.deliveryId), at: later(at, change.giveUpSeconds) }]
      : [],
  );

/** The alarm that a command says rang, if it is such a command: `<family>.ring`, sent by the hub alone. */
export const rungBy = (envelope: Envelope): string | undefined => {
  if (!envelope.type.endsWith(".ring")) return undefined;
  return RingAlarm.safeParse(envelope.payload).data?.alarmId;
};

/**
 * Why an alarm that rang means nothing: the index that rang it was behind, and the case says otherwise. `undefined`: it is
 * set and due, so its family decides.
 */
export const notRinging = (
  { alarms }: CaseState,
  rang: { alarmId: string; actor: string; now: string },
): Extract<Decision<never>, { kind: "ignore" }> | undefined => {
  const at = alarms[rang.alarmId];
  return rang.actor === hubActor && at !== undefined && at <= rang.now
    ? undefined
    : { kind: "ignore", reason: "not-due" };
};

/**
 * An alarm that rang is cleared in the same record, unless the family set it anew: also when the family has nothing to do,
 * or it would ring for ever.
 */
export const clearing = <Fact>(decision: Decision<Fact>, alarmId: string): Decision<Fact> => {
  if (decision.kind === "refuse") return decision;
  const base: Extract<Decision<Fact>, { kind: "record" }> = decision.kind === "record"
    ? decision
    : { kind: "record", facts: [], tell: [] };
  const alarms = base.alarms ?? [];
  if (alarms.some((change) => change.alarmId === alarmId)) return base;
  return { ...base, alarms: [...alarms, { change: "cleared", alarmId }] };
};
