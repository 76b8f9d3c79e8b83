import { randomBytes } from "node:crypto";
import type { CareCommunication } from "../../contracts/fhir/care-communication.ts";
import type { AdviceFactType } from "../../contracts/messages/advice.ts";
import type { InboxItem } from "../../contracts/messages/worklist.ts";
import { readCareCommunication } from "../../gateways/fhir/codec/care-communication.ts";
import { parseDocument } from "../../gateways/oioxml/codec/parse-document.ts";
import type { ReceiptContent } from "../../gateways/oioxml/codec/receipt.ts";
import { newId } from "../../infra/ids.ts";
import { eventually } from "./eventually.ts";
import { bundleIn, clinic, type FhirHub } from "./fhir-hub.ts";
import { type Attached, freshId, type Named } from "./golden-samples.ts";
import { type Answer, caseOf, type HubClient } from "./hub-client.ts";
import { printReceipt } from "./printing.ts";

/** The department that speaks FHIR, as a MedCom letter names it. */
export const clinicNamed: Named = {
  gln: clinic.gln,
  id: "9909099",
  code: "sygehusafdelingsnummer",
  name: clinic.name,
};

export const someObjects = (...extensions: string[]): Attached[] =>
  extensions.map((extension) => ({ id: newId(), bytes: randomBytes(300), extension }));

/** A message as it came out, with what its attachments hold. */
export type Came = { message: CareCommunication; bytes: Buffer[]; text: string; deliveryId: string };

export const cameAs = (answer: Answer, deliveryId: string): Came => {
  const { message, contents } = readCareCommunication(bundleIn(answer.bytes));
  const attached = message.payloads.filter(({ kind }) => kind === "attachment");
  return {
    message,
    deliveryId,
    bytes: attached.flatMap(({ id }) => {
      const bytes = contents.get(id);
      return bytes === undefined ? [] : [Buffer.from(bytes)];
    }),
    text: message.payloads.map((one) => (one.kind === "text" ? one.text : "")).join("\n"),
  };
};

/** The messages of a case in an inbox, oldest first, once there are `count` of them. */
export const messagesOf = async (
  hub: FhirHub,
  { gln, caseId }: { gln: string; caseId: string },
  count: number,
): Promise<Came[]> => {
  const client = await hub.as(gln);
  const items = await eventually(
    async () => {
      const page = (await client.get("/v1/inbox?show=all&limit=500")).json() as { items: InboxItem[] };
      const found = page.items.filter((item) => item.caseId === caseId);
      return found.length >= count ? found : undefined;
    },
    `${String(count)} messages in the inbox`,
    20_000,
  );
  const came: Came[] = [];
  for (const { deliveryId } of items)
    came.push(cameAs(await client.get(`/v1/inbox/${deliveryId}`), deliveryId));
  return came;
};

/** Once a case holds a fact so many times. */
export const hasFact = (
  hub: FhirHub,
  caseId: string,
  type: AdviceFactType | `Attachments${string}`,
  count = 1,
): Promise<true> =>
  eventually(
    async () => {
      const facts = (await hub.recordsOf(caseId)).flatMap((record) => record.facts);
      return facts.filter((fact) => fact.type === type).length >= count ? true : undefined;
    },
    type,
    20_000,
  );

export const sentCase = async (client: HubClient, document: Uint8Array): Promise<string> => {
  const answer = await client.send(document);
  if (answer.status !== 201) throw new Error(`${String(answer.status)} ${answer.text}`);
  return caseOf(answer);
};

/** A receipt of an OIOXML system for a document that it was given. */
export const receiptFor = (
  document: Answer,
  parties: { by: string; to: string },
  more: Partial<ReceiptContent> = {},
): Uint8Array => {
  const parsed = parseDocument(document.bytes);
  if (parsed.kind !== "emessage") throw new Error(parsed.kind);
  const receipt: ReceiptContent = {
    outcome: "positive",
    vansLevel: false,
    letterId: freshId("KVIT"),
    senderGln: parties.by,
    receiverGln: parties.to,
    originalEnvelopeId: parsed.envelope.identifier,
    originalSenderGln: parties.to,
    originalReceiverGln: parties.by,
    originalLetters: [],
    ...more,
  };
  return printReceipt(receipt, { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" }).bytes;
};
