import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import type { CaseEvent } from "../../../contracts/messages/case-list.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** Who is told of what becomes of a delivery: its receiver, who gave the receipt or fetched it. */
const receiverOf = (change: DeliveryChange, actor: string): string =>
  change.change === "owed" ? change.to : "by" in change ? change.by : actor;

/** What a record is to those that watch: that their case changed, and which of their deliveries. */
export const caseEvent = ({ caseId, family, deliveries, meta }: CaseRecord): CaseEvent => {
  const told = deliveries.map((change) => ({
    deliveryId: change.deliveryId,
    to: receiverOf(change, meta.actor),
    status: change.change === "owed" ? ("waiting" as const) : change.change,
  }));
  const audience = [
    meta.actor,
    ...(meta.parties ?? []),
    ...(meta.card?.parties ?? []),
    ...(meta.card?.awaits ?? []).map(({ who }) => who),
    ...told.map(({ to }) => to),
  ];
  const { status, no, at } = meta;
  return { caseId, family, status, no, at, audience: [...new Set(audience)], deliveries: told };
};
