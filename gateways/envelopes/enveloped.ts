import { type Sbdh, scopeOf } from "./sbdh/sbdh.ts";
import { isReliable } from "./vans/answer-in-vans.ts";
import type { VansEnvelope } from "./vans/vans-envelope.ts";

/**
 * An envelope that held a message. `identifier` is the envelope's own, new with each sending; `messageId` the message's, which it keeps
 * when it is sent again. `wantsReceipt`: of the envelope itself, beside what the message is answered.
 */
export type Enveloped = {
  readonly identifier: string;
  readonly messageId: string;
  readonly wantsReceipt: boolean;
} & ({ readonly kind: "vans"; readonly vans: VansEnvelope } | { readonly kind: "sbdh"; readonly sbdh: Sbdh });

export const ofVans = (vans: VansEnvelope): Enveloped => ({
  kind: "vans",
  identifier: vans.identifier,
  messageId: vans.document?.identifier ?? "",
  wantsReceipt: isReliable(vans),
  vans,
});

export const ofSbdh = (sbdh: Sbdh): Enveloped => ({
  kind: "sbdh",
  identifier: sbdh.identifier,
  messageId: scopeOf(sbdh, "MESSAGEIDENTIFIER") ?? sbdh.identifier,
  wantsReceipt: sbdh.acknowledging?.what === "Request",
  sbdh,
});
