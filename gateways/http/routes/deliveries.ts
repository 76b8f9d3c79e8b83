import type { DeliveryCommandType } from "../../../contracts/messages/delivery.ts";
import { HandleDelivery, ResendDelivery } from "../../../contracts/messages/delivery.ts";
import type { HttpPorts } from "../ports.ts";
import type { Route } from "../route.ts";
import { commandRoutes, type Step } from "./command-routes.ts";

const onCase = { caseId: true } as const;

const steps = {
  "resend-delivery": {
    type: "delivery.resend",
    payload: ResendDelivery.omit(onCase),
    summary: "Send a document once more that nobody knows the fate of / Send igen",
    detail:
      "For the document's sender, when its receipt is missing. The letter is unchanged and keeps its number; the envelope is " +
      "new. A document that was refused is final: send a new message under a new number.",
  },
  "handle-delivery": {
    type: "delivery.handle",
    payload: HandleDelivery.omit(onCase),
    summary: "A document that did not surely arrive has been seen to / Markér som håndteret",
    detail:
      "For the document's sender, e.g. after a telephone call. The case leaves its list of what is expected.",
  },
} as const satisfies Record<string, Step & { type: DeliveryCommandType }>;

/** What a person at the sender does about a document that did not surely arrive. */
export const deliveryRoutes = (ports: HttpPorts): Route[] =>
  commandRoutes(ports, { tag: "cases", openings: {}, casesAt: "/v1/cases", steps });
