import type { CasePorts } from "../case/case-handler.ts";

/** What the desk service needs from the world. */
export type DeskPorts = CasePorts & {
  /** The case that a message of this sender opens, for ever (UUIDv5). */
  caseIdFor: (senderGln: string, messageId: string) => string;
  /** Whether one organisation is, or is part of, another. */
  isPartOf: (gln: string, whole: string) => boolean;
};
