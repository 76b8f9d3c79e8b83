import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { deliveryAlarmOf } from "../../contracts/derived-ids.ts";
import { type AlarmChange, type CaseCard, followUpAct } from "../../contracts/record.ts";
import type { CaseState, DeliveryState } from "./case-state.ts";
import { hubActor } from "./hub-actor.ts";

type Trouble = NonNullable<DeliveryState["trouble"]>;
type Troubled = NonNullable<CaseCard["undelivered"]>[number] & { trouble: Trouble };

/** The documents of a case that did not surely arrive, and that nobody at their sender has seen to. */
export const undeliveredOf = (deliveries: CaseState["deliveries"]): Troubled[] =>
  Object.values(deliveries).flatMap(({ trouble, handled, deliveryId, from, to, documentType }) => {
    if (trouble === undefined || handled === true) return [];
    const { why, code } = trouble;
    const one = { deliveryId, from, to, documentType, why, trouble };
    return [code === undefined ? one : { ...one, code }];
  });

/** What the hub says itself it says on behalf of the case: then whoever opened it is told. */
const senderOf = ({ from }: Troubled, opener: string): string => (from === hubActor ? opener : from);

/** Each sender is awaited once, from when its first document went wrong: it is late already. */
export const followUps = (troubled: readonly Troubled[], opener: string): CaseCard["awaits"] =>
  [...new Set(troubled.map((one) => senderOf(one, opener)))].map((who) => {
    const own = troubled.filter((one) => senderOf(one, opener) === who);
    const due = own.map(({ trouble }) => trouble.at).toSorted()[0];
    return { who, act: followUpAct, ...(due === undefined ? {} : { due }), overdue: true };
  });

/** A delivery that is settled needs no looking after. */
export const alarmsOfSettled = (state: CaseState, deliveries: readonly DeliveryChange[]): AlarmChange[] =>
  deliveries.flatMap(({ change, deliveryId }) => {
    const alarmId = deliveryAlarmOf(deliveryId);
    const settles = change === "acknowledged" || change === "failed";
    return settles && Object.hasOwn(state.alarms, alarmId) ? [{ change: "cleared", alarmId }] : [];
  });
