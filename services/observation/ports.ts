import type { CasePorts } from "../case/case-handler.ts";

/** What the observation service needs from the world. */
export type ObservationPorts = CasePorts & {
  /** The case that a message of this sender opens, for ever (UUIDv5). */
  caseIdFor: (senderGln: string, messageId: string) => string;
};
