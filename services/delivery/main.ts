import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createDeliveryHandler } from "./handler.ts";

export const startDelivery = (platform: Platform): Part => {
  const handle = createDeliveryHandler({
    ...casePortsFrom(platform, effects),
    deliveryOfEnvelope: async (envelopeId) =>
      (await platform.projections.get(`envelope:${envelopeId}`)) ?? undefined,
  });
  return platform.bus.serve(commandSubject("delivery.*"), "delivery", overJson(handle));
};
