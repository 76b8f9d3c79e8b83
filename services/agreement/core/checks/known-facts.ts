import type { AgreementEntry } from "../../../../contracts/agreement.ts";
import { deliveryMatter, documentRead } from "../../../../contracts/codes/promises.ts";
import { DeliveryChange } from "../../../../contracts/deliveries.ts";
import type { Family } from "../../../../contracts/family.ts";
import { AdviceFact } from "../../../../contracts/messages/advice.ts";
import { BookingFact } from "../../../../contracts/messages/booking.ts";
import { DischargeFact } from "../../../../contracts/messages/discharge-facts.ts";
import { ObservationFact } from "../../../../contracts/messages/observation-facts.ts";
import { ReferralFact } from "../../../../contracts/messages/referral-facts.ts";

/** The facts of each family, as its contract has them. Attachments that travel alone promise nothing but a receipt, a digest and a desk nothing. */
const facts: Readonly<Record<Family, readonly string[]>> = {
  advice: AdviceFact.options.map(({ shape }) => shape.type.value),
  attachment: [],
  booking: BookingFact.options.map(({ shape }) => shape.type.value),
  desk: [],
  digest: [],
  discharge: DischargeFact.options.map(({ shape }) => shape.type.value),
  observation: ObservationFact.options.map(({ shape }) => shape.type.value),
  referral: ReferralFact.options.map(({ shape }) => shape.type.value),
};
const deliveryChanges: readonly string[] = DeliveryChange.options.map(({ shape }) => shape.change.value);

/** The facts that an agreement may name: those of its family, or for deliveries their changes. */
export const knownFacts = ({ appliesTo: { family, kinds } }: AgreementEntry): readonly string[] => {
  if (kinds?.includes(deliveryMatter) === true) return deliveryChanges;
  return [...(family === "any" ? Object.values(facts).flat() : facts[family]), documentRead];
};
