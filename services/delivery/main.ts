import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { envelopeKey } from "../../contracts/index-keys.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { indexCaughtUp } from "../../infra/nats/index-reach.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createDeliveryHandler } from "./handler.ts";

const catchUpMs = 2_000;

/**
 * An envelope that the index does not know may be one that it does not know yet, while it is made again: a receipt for it
 * must not be refused for good.
 */
const envelopeFinder =
  (platform: Platform) =>
  async (envelopeId: string): Promise<string | undefined> => {
    const find = (): Promise<string | null> => platform.projections.get(envelopeKey(envelopeId));
    const found = await find();
    if (found !== null) return found;
    await indexCaughtUp(platform, catchUpMs);
    return (await find()) ?? undefined;
  };

/** `rules`: how long a receipt is waited for, and how often a document is sent again; absent: the hub's own defaults. */
export const startDelivery = (platform: Platform, rules?: ReceiptRules): Part => {
  const handle = createDeliveryHandler({
    ...casePortsFrom(platform, effects),
    ...(rules === undefined ? {} : { rules }),
    deliveryOfEnvelope: envelopeFinder(platform),
  });
  return platform.bus.serve(commandSubject("delivery.*"), "delivery", overJson(handle));
};
