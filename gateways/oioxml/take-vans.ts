import { Fault } from "../../contracts/errors.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { refusalOf } from "./answer-document.ts";
import { isReliable, vansReceiptFor } from "./answer-in-vans.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import { commandOfVansReceipt } from "./letter-command.ts";
import type { OioxmlPorts, TakenDocument } from "./ports.ts";
import { notAuthorised, refusedOutcome } from "./refused-outcome.ts";
import { exchangeRefusal, judgeExchange } from "./vans-exchange.ts";

type VansReceiptDocument = Extract<ParsedDocument, { kind: "vansReceipt" }>;

/** The receipt of a VANSEnvelope that the hub sent. It is never answered by one. */
export const takeVansReceipt = async (
  ports: OioxmlPorts,
  document: VansReceiptDocument,
  taken: TakenDocument,
): Promise<DocumentOutcome> => {
  const { intake } = taken;
  if (!taken.speaksFor.includes(document.vans.sender.value))
    return notAuthorised(intake, "VANSEnvelope/SenderID");
  const reply = await ports.command(commandOfVansReceipt(ports, document, taken));
  if (reply.status === "failed") throw new Fault("service-unavailable");
  const refusal = refusalOf(reply);
  if (refusal !== undefined) return refusedOutcome(intake, refusal, {});
  const { status } = reply;
  return {
    intake,
    status: status === "accepted" ? "accepted" : "ignored",
    duplicate: "duplicate" in reply && reply.duplicate,
    problems: [...document.warnings],
    caseId: reply.caseId,
  };
};

/** Why a reliable envelope is not opened at all. `undefined`: it is. */
export const refusedExchange = async (
  ports: OioxmlPorts,
  document: Exclude<ParsedDocument, VansReceiptDocument>,
  taken: TakenDocument,
): Promise<DocumentOutcome | undefined> => {
  const { vans } = document;
  if (vans === undefined || !isReliable(vans)) return undefined;
  const verdict = await judgeExchange(ports, taken, { vans, document });
  if (verdict === "process" || verdict === "answer-again") return undefined;
  const refusal = exchangeRefusal(verdict);
  const asked = taken.answerAs === "vans";
  const fate = { level: "vans", refusal, at: taken.receivedAt } as const;
  const envelopeAnswer = asked ? vansReceiptFor(vans, fate) : undefined;
  return refusedOutcome(taken.intake, refusal, envelopeAnswer === undefined ? {} : { envelopeAnswer });
};
