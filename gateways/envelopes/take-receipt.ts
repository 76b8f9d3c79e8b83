import { type CommandReply, type Envelope, settledReply } from "../../contracts/envelope.ts";
import { isErrorCode } from "../../contracts/errors.ts";
import { fhirAnswerKey } from "../../contracts/fhir/message-id.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { type Problem, problem } from "../../contracts/problem.ts";
import { type EnvelopeReceipt, originalEnvelopeIn } from "./open-envelope.ts";
import { glnOf, headerPath } from "./sbdh/sbdh.ts";

type Of<Kind extends EnvelopeReceipt["kind"]> = Extract<EnvelopeReceipt, { kind: Kind }>;
type Order = Pick<Envelope, "id" | "sender" | "payload">;

/** What MedCom's XCTL01 calls what an operator could not pass on, and what the receiving system would not take. */
const vansRefusal = "ikke_specificeret";

/** Its identifiers may be written in capitals. */
const ofVansReceipt = ({ vans, receipt }: Omit<Of<"vans">, "kind">): Order => {
  const { outcome, description } = receipt;
  const operator = vans.sender.type === "VANS";
  return {
    id: `vans-receipt:${vans.sender.value}:${vans.identifier}`,
    sender: vans.sender.value,
    payload: {
      originalEnvelopeId: receipt.originalEnvelopeId.toLowerCase(),
      ...(receipt.original === undefined
        ? {}
        : { originalMessageId: receipt.original.identifier.toLowerCase() }),
      outcome,
      level: operator ? "operator" : "envelope",
      ...(outcome === "negative" ? { code: vansRefusal } : {}),
      ...(description === undefined ? {} : { text: description }),
    },
  };
};

/** It tells that the network brought the envelope; what became of the message in it its own Acknowledgement tells. */
const ofSbdhReceipt = ({ sbdh, signal }: Of<"sbdh">): Order => {
  const sender = glnOf(sbdh.sender);
  const { outcome, originalMessageId, reason } = signal;
  return {
    id: `sbdh-receipt:${sender}:${sbdh.identifier}`,
    sender,
    payload: {
      originalEnvelopeId: (originalEnvelopeIn(sbdh) || originalMessageId).toLowerCase(),
      originalMessageId: fhirAnswerKey(sender, originalMessageId),
      outcome,
      level: "envelope",
      ...(outcome === "negative" ? { code: "ReceiptException" } : {}),
      ...(reason === undefined ? {} : { text: reason }),
    },
  };
};

type Taken = { intake: string; speaksFor: readonly string[] };
type Ports = { command: (envelope: Envelope) => Promise<CommandReply>; now: () => string };

/** The receipt of an envelope that the hub sent, as a command. */
export const commandOfReceipt = (
  { now }: Pick<Ports, "now">,
  receipt: EnvelopeReceipt,
  { intake }: Pick<Taken, "intake">,
): Envelope => {
  const order = receipt.kind === "vans" ? ofVansReceipt(receipt) : ofSbdhReceipt(receipt);
  return { ...order, type: "delivery.receiveReceipt", version: 1, time: now(), intake };
};

const refused = (intake: string, code: string, problems: readonly Problem[]): DocumentOutcome => ({
  intake,
  status: "refused",
  duplicate: false,
  code,
  problems: [...problems],
});

const senderPaths = { vans: "VANSEnvelope/SenderID", sbdh: `${headerPath}/Sender` } as const;
const notAllowed = "The caller may not speak for the sender that the document names.";

/** The receipt of an envelope that the hub sent. It is never answered by one. @throws Fault */
export const takeReceipt = async (
  ports: Ports,
  { receipt, warnings }: { receipt: EnvelopeReceipt; warnings: readonly Problem[] },
  { intake, speaksFor }: Taken,
): Promise<DocumentOutcome> => {
  const command = commandOfReceipt(ports, receipt, { intake });
  const forbidden = "sender-not-authorised";
  if (!speaksFor.includes(command.sender))
    return refused(intake, forbidden, [problem(senderPaths[receipt.kind], forbidden, notAllowed)]);
  const reply = settledReply(await ports.command(command));
  if (reply.status === "refused")
    return refused(intake, isErrorCode(reply.code) ? reply.code : "document-invalid", reply.problems);
  return {
    intake,
    status: reply.status,
    duplicate: "duplicate" in reply && reply.duplicate,
    problems: [...warnings],
    caseId: reply.caseId,
  };
};
