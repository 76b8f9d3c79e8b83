import type { DeadLetter } from "../../contracts/messages/dead-letters.ts";
import { parseDocument } from "../../gateways/oioxml/codec/parse-document.ts";
import { department, freshId, practice, xdis91 } from "./golden-samples.ts";
import { type Answer, caseOf, type GatewayHub, type HubClient } from "./hub-client.ts";
import { printReceipt } from "./printing.ts";

export const intakeOf = (answer: Answer): string => answer.header("sektorbro-intake") ?? "";
export const shownTo = async (by: HubClient, id: string): Promise<DeadLetter> => {
  const answer = await by.get(`/v1/dead-letters/${id}`);
  if (answer.status !== 200) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer.json() as DeadLetter;
};
export const stepsOf = ({ history }: DeadLetter): string[] => history.map(({ what }) => what);

export const envelopeIn = ({ bytes }: Answer): string => {
  const parsed = parseDocument(bytes);
  if (parsed.kind !== "emessage") throw new Error(parsed.kind);
  return parsed.envelope.identifier;
};

/** A receipt of the receiver's system for an envelope that it was given. */
export const receiptOf = (
  originalEnvelopeId: string,
  { outcome, by }: { outcome: "positive" | "negative"; by: string },
): Uint8Array =>
  printReceipt(
    {
      outcome,
      vansLevel: false,
      letterId: freshId("KVIT"),
      senderGln: by,
      receiverGln: practice.gln,
      originalEnvelopeId,
      originalSenderGln: practice.gln,
      originalReceiverGln: by,
      originalLetters: [],
      ...(outcome === "negative" ? { refuseCode: "ukendt_lokationsnummer" } : {}),
    },
    { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" },
  ).bytes;

export type Lost = { caseId: string; id: string };

/** A question that its receiver's system would not take: it has no such address. */
export const lostQuestion = async (hub: GatewayHub): Promise<Lost> => {
  const [sender, receiver] = [await hub.as(practice.gln), await hub.as(department.gln)];
  const caseId = caseOf(await sender.send(xdis91({ text: "Hvem kan svare?" })));
  const [item] = await hub.inboxOf(department.gln, caseId);
  const id = item?.deliveryId ?? "";
  const envelope = envelopeIn(await receiver.get(`/v1/inbox/${id}`));
  const refused = await receiver.send(receiptOf(envelope, { outcome: "negative", by: department.gln }));
  if (refused.status !== 201) throw new Error(refused.text);
  return { caseId, id };
};
