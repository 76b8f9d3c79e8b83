import type { SendTo } from "../../../contracts/messages/dead-letters.ts";
import type { Owing } from "../../../contracts/readdressed.ts";

/** Who decides about a document that did not surely arrive: its sender, or `operator`; which person there, and why. */
export type Decider = { by: string; person?: string | undefined; reason?: string | undefined };

/**
 * What the delivery service does to one delivery of any case.
 * `fetched`: its receiver has it in hand. `receipt`: somebody who may says what became of it. `ring`: the time to look after
 * it has come. `resend`, `sendTo`, `handle`: a person at its sender, or who runs the hub, decides.
 */
export type DeliveryAct =
  | { type: "fetched"; deliveryId: string }
  | {
      type: "receipt";
      deliveryId: string;
      outcome: "positive" | "negative" | "transient";
      level: "receiver" | "envelope" | "operator";
      /** Who says so: a VANS operator is party to no case, so its word comes by the hub. */
      by: string;
      /** A person has read it. */
      read?: true | undefined;
      code?: string | undefined;
      text?: string | undefined;
    }
  | { type: "ring"; deliveryId: string }
  | ({ type: "resend"; deliveryId: string } & Decider)
  /** `first`: what is sent, from the record that owed it first; `undefined`: nothing owes it. */
  | ({ type: "sendTo"; deliveryId: string; to: SendTo; first: Owing | undefined } & Decider)
  | ({ type: "handle"; deliveryId: string } & Decider);

/** One act of a kind. */
export type ActOf<Type extends DeliveryAct["type"]> = Extract<DeliveryAct, { type: Type }>;
