import { type DeliveryChange, statusAfter } from "../../../contracts/deliveries.ts";
import type { CaseEvent } from "../../../contracts/messages/case-list.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** Who is told of what becomes of a delivery: its receiver, who fetched it or gave the receipt where nobody else is named. */
const receiverOf = (change: DeliveryChange): string => {
  if ("to" in change && change.to !== undefined) return change.to;
  return "by" in change ? change.by : "";
};

/** What a record is to those that watch: that their case changed, and which of their deliveries. */
export const caseEvent = ({ caseId, family, deliveries, meta }: CaseRecord): CaseEvent => {
  const told = deliveries.flatMap((change) => {
    const status = statusAfter[change.change];
    // That a person has seen to it changes nothing for its receiver.
    return status === undefined ? [] : [{ deliveryId: change.deliveryId, to: receiverOf(change), status }];
  });
  const audience = [
    meta.actor,
    ...(meta.parties ?? []),
    ...(meta.card?.parties ?? []).filter((gln) => meta.card?.left?.includes(gln) !== true),
    ...(meta.card?.awaits ?? []).map(({ who }) => who),
    ...told.map(({ to }) => to),
  ];
  const { status, no, at } = meta;
  return { caseId, family, status, no, at, audience: [...new Set(audience)], deliveries: told };
};
