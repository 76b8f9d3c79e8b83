import type { ErrorCode } from "../../contracts/errors.ts";
import { type Problem, problem } from "../../contracts/problem.ts";
import type { Enveloped } from "./enveloped.ts";

/** What is known of an identifier: nothing; the same as now; something else. */
export type Knowledge = "new" | "same" | "other";

/**
 * What an envelope's identifiers mean (guide to OIOXML, section 10; guide to FHIR, section 8.1). `process`: never seen.
 * `answer-again`: seen, so nothing is done twice and the receipt is the first one's; the messages see to that, since each is known by
 * its sender's number. Otherwise the identifier was used before for something else, and what came first stands.
 */
export type ExchangeVerdict = "process" | "answer-again" | "envelope-reused" | "content-differs";

export const verdictOf = (envelope: Knowledge, message: Knowledge): ExchangeVerdict => {
  if (envelope === "other") return "envelope-reused";
  if (message === "other") return "content-differs";
  return envelope === "new" && message === "new" ? "process" : "answer-again";
};

/** Keeps a value under a key, durably, unless there is one already; tells which stands. */
export type NoteOnce = (key: string, value: string) => Promise<{ kept: string; first: boolean }>;

const known = async (noteOnce: NoteOnce, key: readonly string[], value: string): Promise<Knowledge> => {
  const { kept, first } = await noteOnce(key.join("|"), value);
  if (first) return "new";
  return kept === value ? "same" : "other";
};

/** What a message in an envelope is told by: whom the transport authenticated, and what is the same however often it is sent. */
export type Exchanged = { sender: string; fingerprint: string };

/**
 * Notes the identifiers of an envelope, each once and for ever, and says what they mean. The envelope first: a message in an
 * envelope that cannot be taken is not known by that. @throws Fault
 */
export const judgeExchange = async (
  noteOnce: NoteOnce,
  { kind, identifier, messageId }: Pick<Enveloped, "kind" | "identifier" | "messageId">,
  { sender, fingerprint }: Exchanged,
): Promise<ExchangeVerdict> => {
  const envelope = await known(
    noteOnce,
    [`${kind}-envelope`, sender, identifier.toLowerCase()],
    messageId.toLowerCase(),
  );
  if (envelope === "other") return verdictOf(envelope, "new");
  const message = await known(noteOnce, [`${kind}-message`, sender, messageId.toLowerCase()], fingerprint);
  return verdictOf(envelope, message);
};

const paths = {
  vans: {
    "envelope-reused": "VANSEnvelope/EnvelopeIdentifier",
    "content-differs": "VANSEnvelope/Message/MetaInformation/Identifier",
  },
  sbdh: {
    "envelope-reused":
      "StandardBusinessDocument/StandardBusinessDocumentHeader/DocumentIdentification/InstanceIdentifier",
    "content-differs":
      "StandardBusinessDocument/StandardBusinessDocumentHeader/BusinessScope/Scope[MESSAGEIDENTIFIER]",
  },
} as const satisfies Record<Enveloped["kind"], Record<Extract<ExchangeVerdict, ErrorCode>, string>>;

const reasons = {
  "envelope-reused":
    "This envelope identifier was used before for another message. Use a new one for every sending.",
  "content-differs":
    "This message identifier was used before for other content. Send new content under a new one.",
} as const;

/** Why an envelope is refused for its identifiers. */
export const exchangeRefusal = (
  verdict: Extract<ExchangeVerdict, ErrorCode>,
  kind: Enveloped["kind"] = "vans",
): { code: ErrorCode; problems: Problem[] } => ({
  code: verdict,
  problems: [problem(paths[kind][verdict], verdict, reasons[verdict])],
});
