import { activityCodes } from "../../../contracts/codes/fhir-messaging.ts";
import type {
  Acknowledgement,
  AcknowledgementCode,
  AcknowledgementIssue,
} from "../../../contracts/fhir/acknowledgement.ts";
import type { FhirCorrespondent, HistoryStep } from "../../../contracts/fhir/parts.ts";
import { issueOf } from "./issues.ts";
import { correspondentFrom, isWellNamed, type KnownHead, plainly } from "./known-head.ts";

/** What became of a message. */
export interface Outcome {
  readonly code: AcknowledgementCode;
  readonly issues: readonly AcknowledgementIssue[];
}

export interface Answering {
  /** With its offset from UTC. */
  readonly now: string;
  /** Ids of the answer by their names in it, `Bundle` and `MessageHeader`: of one message always the same. */
  readonly idFor: (name: string) => string;
  /** An organisation by its GLN, as the directory knows it. */
  readonly lookUp: (gln: string) => FhirCorrespondent | undefined;
}

/** An answer, or why there is nobody or nothing to answer: then the sender is told by what carried the message, or by a person. */
export type Answered =
  | { readonly ok: true; readonly answer: Acknowledgement }
  | { readonly ok: false; readonly why: "sender-unknown" | "receiver-unknown" | "message-unknown" };

/**
 * A step whose organisation is not in the message, or not named rightly, is taken to be the sender's own; one that tells of no
 * activity that there is would make the answer as wrong as the message.
 */
const copied = (latest: HistoryStep | undefined, sender: FhirCorrespondent): HistoryStep[] => {
  if (latest === undefined || !activityCodes.some(({ code }) => code === latest.activity)) return [];
  const isNamed = latest.by.sor !== undefined && isWellNamed(latest.by);
  return [{ ...latest, by: isNamed ? plainly(latest.by) : sender }];
};

/** An answer that is not ok says why (medcom-acknowledgement-1). */
const explained = ({ code, issues }: Outcome): AcknowledgementIssue[] => {
  if (code === "ok" || issues.length > 0) return [...issues];
  return [issueOf(code === "transient-error" ? "MSG_Mailbox_Out_Of_Operation" : "MSG_BAD_FORMAT")];
};

/**
 * The answer to a message, from its receiver to its sender, with the original's latest step and its own (guide to FHIR, sections
 * 3.1 and 6). It works for a message of which only half could be read, as long as that tells who sent which message.
 */
export const acknowledge = (
  original: KnownHead,
  outcome: Outcome,
  { now, idFor, lookUp }: Answering,
): Answered => {
  const receiver = correspondentFrom(original.sender, lookUp);
  const sender = correspondentFrom(original.receiver, lookUp);
  const about = original.messageId;
  if (about === undefined) return { ok: false, why: "message-unknown" };
  if (receiver === undefined) return { ok: false, why: "sender-unknown" };
  if (sender === undefined) return { ok: false, why: "receiver-unknown" };
  const messageId = idFor("MessageHeader");
  const own: HistoryStep = {
    messageId,
    occurred: now,
    activity: "acknowledgement",
    by: sender,
    earlier: { kind: "message", messageId: about },
    removes: false,
    added: [],
  };
  return {
    ok: true,
    answer: {
      kind: "Acknowledgement",
      version: "2.0",
      bundleId: idFor("Bundle"),
      created: now,
      messageId,
      sender,
      receiver,
      history: [...copied(original.latest, receiver), own],
      about,
      code: outcome.code,
      issues: explained(outcome),
    },
  };
};
