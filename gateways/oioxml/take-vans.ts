import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { exchangeRefusal } from "../envelopes/exchange.ts";
import { envelopeReceiptFor } from "./answer-in-vans.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import type { OioxmlPorts, TakenDocument } from "./ports.ts";
import { refusedOutcome } from "./refused-outcome.ts";
import { envelopeOf, judgeExchange } from "./vans-exchange.ts";

/** Why an envelope that asks for a receipt is not opened at all. `undefined`: it is. */
export const refusedExchange = async (
  ports: OioxmlPorts,
  document: Exclude<ParsedDocument, { kind: "vansReceipt" }>,
  taken: TakenDocument,
): Promise<DocumentOutcome | undefined> => {
  const enveloped = envelopeOf(document);
  if (enveloped?.wantsReceipt !== true) return undefined;
  const verdict = await judgeExchange(ports, taken, { enveloped, document });
  if (verdict === "process" || verdict === "answer-again") return undefined;
  const refusal = exchangeRefusal(verdict, enveloped.kind);
  const asked = taken.answerAs === enveloped.kind;
  const fate = { level: "vans", refusal, at: taken.receivedAt } as const;
  const envelopeAnswer = asked ? envelopeReceiptFor(enveloped, fate) : undefined;
  return refusedOutcome(taken.intake, refusal, envelopeAnswer === undefined ? {} : { envelopeAnswer });
};
