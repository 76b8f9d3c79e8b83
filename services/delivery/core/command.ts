/**
 * What the delivery service does to one delivery of any case.
 * `fetched`: its receiver has it in hand. `receipt`: somebody who may says what became of it. `ring`: the time to look after
 * it has come. `resend`, `handle`: a person at its sender decides.
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
  | { type: "resend"; deliveryId: string }
  | { type: "handle"; deliveryId: string };

/** One act of a kind. */
export type ActOf<Type extends DeliveryAct["type"]> = Extract<DeliveryAct, { type: Type }>;
