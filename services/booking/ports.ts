import type { CasePorts } from "../case/case-handler.ts";
import type { BookingRules } from "./core/rules.ts";

/** What the booking service needs from the world. */
export type BookingPorts = CasePorts & {
  /** The case that a message of this sender opens, for ever (UUIDv5). */
  caseIdFor: (senderGln: string, messageId: string) => string;
  rules: BookingRules;
};

/** What a search reads. @throws Fault `index-unavailable` when the index is away. */
export type SearchPorts = Pick<BookingPorts, "now" | "localTime" | "directory" | "rules"> & {
  page: (key: string, after: string | undefined, limit: number) => Promise<string[]>;
  hgetall: (key: string) => Promise<Record<string, string>>;
};
