import type { CasePorts } from "../case/case-handler.ts";
import type { DirectoryView } from "../case/directory-view.ts";
import type { Counted } from "./core/patterns.ts";

/** What the referral service needs from the world. */
export type ReferralPorts = CasePorts & {
  /** The case that a message of this sender opens, for ever (UUIDv5). */
  caseIdFor: (senderGln: string, messageId: string) => string;
};

export type PatternPorts = {
  directory: DirectoryView;
  /** Every referral as numbers; `undefined` while the journal is still being counted, since half a count is a wrong one. */
  counted: () => readonly Counted[] | undefined;
};
