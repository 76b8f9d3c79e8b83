import type { Cure } from "./fate.ts";
import type { faultCodes } from "./fault-codes.ts";

/** Causes and cures of faults. */
export const faultCures = {
  "journal-unavailable": {
    cause: "NATS does not answer the hub.",
    cure: "Send again in a moment. For those who run it: infra/operations/SendersRefused.md.",
  },
  "journal-timeout": {
    cause: "The write was not confirmed in time; it may be on disk.",
    cure: "Send the same again, with the same id: twice is once.",
  },
  "journal-full": {
    cause: "The journal's disk is nearly full.",
    cure: "Send again later. For those who run it: infra/operations/DiskLow.md.",
  },
  "journal-busy": { cause: "Many wrote to the same case at the same time.", cure: "Send the same again." },
  "index-unavailable": {
    cause: "Redis does not answer the hub.",
    cure: "Send again in a moment. For those who run it: infra/operations/IndexAway.md.",
  },
  "rebuild-underway": {
    cause: "The index is being made anew.",
    cure: "Wait until it is done; sektorbro rebuild shows how far it is.",
  },
  "record-unreadable": {
    cause: "A record of the case cannot be read.",
    cure: "Tell those who run the hub, with the case's id.",
  },
  "record-version-unknown": {
    cause: "A newer release has written to the case.",
    cure: "Run the newer release; never go back behind one that has written.",
  },
  "projection-failed": {
    cause: "An index could not take in a record.",
    cure: "For those who run it: infra/operations/RecordsSetAside.md.",
  },
  "issuer-unavailable": {
    cause: "The issuer of the token does not answer, and its keys are not known here yet.",
    cure: "Send again in a moment. For those who run the hub: look at the issuer's address in the file of trust.",
  },
  "audit-unavailable": {
    cause: "That somebody looks cannot be written down now, so nothing is shown.",
    cure: "Ask again in a moment. For those who run it: infra/operations/SendersRefused.md.",
  },
  "hub-busy": {
    cause: "More documents wait than the hub takes in.",
    cure: "Send again after the time in Retry-After.",
  },
  "service-unavailable": {
    cause: "The part that decides this is not running.",
    cure: "Send again in a moment.",
  },
  "answer-late": {
    cause: "The document is on disk; what became of it is not known yet.",
    cure: "Send the same bytes again: you get the answer, and nothing happens twice.",
  },
  "internal-error": {
    cause: "A mistake in the hub.",
    cure: "It may have been done: send the same again to learn. Tell those who run the hub, with the request's id.",
  },
} as const satisfies Record<keyof typeof faultCodes, Cure>;
