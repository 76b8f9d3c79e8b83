import type { CaseRecord } from "../../../../contracts/record.ts";
import { shares } from "../volumes.ts";
import { act, hour, type Life, minute, type Scene } from "../world.ts";

/** A document that some system must take: who, and whether it was sent before. */
export type Owed = { deliveryId: string; to: string; receipt: boolean };

export const owedIn = ({ deliveries }: CaseRecord): Owed[] =>
  deliveries.flatMap((one) => {
    if (one.change === "owed")
      return [{ deliveryId: one.deliveryId, to: one.to, receipt: one.receiptExpected }];
    return one.change === "resent" ? [{ deliveryId: one.deliveryId, to: one.to, receipt: true }] : [];
  });

/** The receiver's system fetches it within minutes and says so; now and then it is away, silent, or says no. */
export const delivery = async function* (scene: Scene, { deliveryId, to, receipt }: Owed): Life {
  const { random, hub } = scene;
  if (random.chance(shares.noReceipt)) return;
  yield hub.time() +
    (random.chance(shares.lateReceipt) ? random.around(10) * hour : random.between(10, 240) * 1000);
  await act(scene, to, ["delivery.markFetched", { deliveryId }]);
  if (!receipt) return;
  yield hub.time() + random.between(1, 60) * 1000 + (random.chance(0.003) ? random.around(60) * minute : 0);
  const outcome = random.chance(shares.refused)
    ? { outcome: "negative", code: "patient-unknown", text: "Kendes ikke her" }
    : { outcome: "positive" };
  await act(scene, to, ["delivery.settle", { deliveryId, ...outcome }]);
};
