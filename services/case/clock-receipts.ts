import type { ClockChange } from "../../contracts/clocks.ts";
import { deliveryMatter } from "../../contracts/codes/promises.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { CaseState } from "./case-state.ts";
import { startClock, stopClock } from "./clock-book.ts";
import { agreementOf, agreementsOf, type ClockWorld, hoursOf, keptMatter } from "./clock-world.ts";

export const receiptClockId = (deliveryId: string): string => `RECEIPT.${deliveryId.slice(37)}`;

const settles: ReadonlySet<DeliveryChange["change"]> = new Set(["acknowledged", "failed"]);

/**
 * The clocks of receipts: one starts with a delivery that expects a receipt, and stops when the delivery is settled. It is
 * the promise to the sender, and runs on while the document is sent again.
 */
export const receiptClockChanges = (
  state: CaseState,
  deliveries: readonly DeliveryChange[],
  world: ClockWorld & { at: string },
): ClockChange[] => {
  const { at } = world;
  return deliveries.flatMap((d): ClockChange[] => {
    const clockId = receiptClockId(d.deliveryId);
    if (d.change !== "owed") {
      const clock = state.clocks[clockId];
      if (clock === undefined || !settles.has(d.change)) return [];
      const isReadingOwed = agreementOf(clock, world.agreements)?.measuredTo === "reading";
      if (isReadingOwed && d.change === "acknowledged" && d.how === "receipt") return [];
      const stopped = stopClock(clock, at);
      return stopped === undefined ? [] : [stopped];
    }
    if (!d.receiptExpected) return [];
    const { to: debtor, from: creditor, deliveryId } = d;
    const hours = hoursOf(world.directory, debtor);
    const matter = { family: world.family, kind: deliveryMatter };
    return agreementsOf(world, { matter, debtor, creditor, at, facts: [d.change] })
      .slice(0, 1)
      .map((agreement) => {
        const own = { deliveryId, matter: keptMatter(matter) };
        return startClock(agreement, { clockId, debtor, creditor, at, hours, ...own });
      });
  });
};
