import { type Enveloped, ofSbdh, ofVans } from "../envelopes/enveloped.ts";
import { type ExchangeVerdict, judgeExchange as judge } from "../envelopes/exchange.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import type { OioxmlPorts, TakenDocument } from "./ports.ts";

type Document = Exclude<ParsedDocument, { kind: "vansReceipt" }>;

/** The envelope that a document came in. */
export const envelopeOf = ({ vans, sbdh }: Pick<Document, "vans" | "sbdh">): Enveloped | undefined => {
  if (vans !== undefined) return ofVans(vans);
  return sbdh === undefined ? undefined : ofSbdh(sbdh);
};

/** What a message is known by: its own envelope number and the numbers of its letters. */
const fingerprintOf = (document: Document): string => {
  const numbers: (string | undefined)[] =
    document.kind === "emessage"
      ? document.letters.map((letter) => ("letter" in letter ? letter.letter.letterId : letter.letterId))
      : document.letters.map(({ letterId }) => letterId);
  return [document.envelope?.identifier, ...numbers].map((number) => number ?? "").join("|");
};

/** What the identifiers of the envelope around a document mean, each noted once and for ever. @throws Fault */
export const judgeExchange = (
  { noteOnce }: Pick<OioxmlPorts, "noteOnce">,
  { sender }: Pick<TakenDocument, "sender">,
  { enveloped, document }: { enveloped: Enveloped; document: Document },
): Promise<ExchangeVerdict> => judge(noteOnce, enveloped, { sender, fingerprint: fingerprintOf(document) });
