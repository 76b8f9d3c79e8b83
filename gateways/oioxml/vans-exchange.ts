import type { ErrorCode } from "../../contracts/errors.ts";
import { type Problem, problem } from "../../contracts/problem.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import type { VansEnvelope } from "./codec/vans-envelope.ts";
import type { OioxmlPorts, TakenDocument } from "./ports.ts";

/** What is known of an identifier: nothing; the same as now; something else. */
export type Knowledge = "new" | "same" | "other";

/**
 * What an envelope's identifiers mean (guide to OIOXML, section 10). `process`: never seen. `answer-again`: seen, so nothing is
 * done twice and the receipt is the first one's; the letters see to that, since each is known by its sender's number.
 * Otherwise the identifier was used before for something else, and what came first stands.
 */
export type ExchangeVerdict = "process" | "answer-again" | "envelope-reused" | "content-differs";

export const verdictOf = (envelope: Knowledge, message: Knowledge): ExchangeVerdict => {
  if (envelope === "other") return "envelope-reused";
  if (message === "other") return "content-differs";
  return envelope === "new" && message === "new" ? "process" : "answer-again";
};

type Document = Exclude<ParsedDocument, { kind: "vansReceipt" }>;

/** What a message is known by: its own envelope number and the numbers of its letters. */
const fingerprintOf = (document: Document): string => {
  const numbers: (string | undefined)[] =
    document.kind === "emessage"
      ? document.letters.map((letter) => ("letter" in letter ? letter.letter.letterId : letter.letterId))
      : document.letters.map(({ letterId }) => letterId);
  return [document.envelope?.identifier, ...numbers].map((number) => number ?? "").join("|");
};

const known = async (
  { noteOnce }: Pick<OioxmlPorts, "noteOnce">,
  key: readonly string[],
  value: string,
): Promise<Knowledge> => {
  const { kept, first } = await noteOnce(key.join("|"), value);
  if (first) return "new";
  return kept === value ? "same" : "other";
};

/**
 * Notes the identifiers of an envelope, each once and for ever, and says what they mean. The envelope first: a message in an
 * envelope that cannot be taken is not known by that. @throws Fault
 */
export const judgeExchange = async (
  ports: Pick<OioxmlPorts, "noteOnce">,
  { sender }: Pick<TakenDocument, "sender">,
  { vans, document }: { vans: VansEnvelope; document: Document },
): Promise<ExchangeVerdict> => {
  const messageId = (vans.document?.identifier ?? "").toLowerCase();
  const envelope = await known(ports, ["vans-envelope", sender, vans.identifier.toLowerCase()], messageId);
  if (envelope === "other") return verdictOf(envelope, "new");
  const message = await known(ports, ["vans-message", sender, messageId], fingerprintOf(document));
  return verdictOf(envelope, message);
};

const reasons = {
  "envelope-reused": problem(
    "VANSEnvelope/EnvelopeIdentifier",
    "envelope-reused",
    "This envelope identifier was used before for another message. Use a new one for every sending.",
  ),
  "content-differs": problem(
    "VANSEnvelope/Message/MetaInformation/Identifier",
    "content-differs",
    "This message identifier was used before for other content. Send new content under a new one.",
  ),
} as const;

/** Why an envelope is refused for its identifiers. */
export const exchangeRefusal = (
  verdict: Extract<ExchangeVerdict, ErrorCode>,
): { code: ErrorCode; problems: Problem[] } => ({ code: verdict, problems: [reasons[verdict]] });
