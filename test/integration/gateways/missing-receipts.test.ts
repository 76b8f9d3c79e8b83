import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import type { CaseList } from "../../../contracts/messages/case-list.ts";
import type { CaseView, InboxItem } from "../../../contracts/messages/worklist.ts";
import { parseDocument } from "../../../gateways/oioxml/codec/parse-document.ts";
import type { ParsedDocument } from "../../../gateways/oioxml/codec/parsed-document.ts";
import type { ReceiptContent } from "../../../gateways/oioxml/codec/receipt.ts";
import { eventually } from "../../support/eventually.ts";
import { department, freshId, practice, xdis91 } from "../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../support/hub-client.ts";
import { samplesPresent, schemaErrors } from "../../support/oioxml-samples.ts";
import { printReceipt, printVansReceipt, wrapInVans } from "../../support/printing.ts";
import { organisation } from "../../support/region-view.ts";

let hub: GatewayHub;
let receiver: HubClient;
let sender: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, { receiptSeconds: 1, resends: 1, fetchSeconds: 2 });
  receiver = await hub.as(department.gln);
  sender = await hub.as(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

type Emessage = Extract<ParsedDocument, { kind: "emessage" }>;
type Delivered = { caseId: string; deliveryId: string; document: Answer };

const fetchIt = (deliveryId: string): Promise<Answer> => receiver.get(`/v1/inbox/${deliveryId}`);
const owed = async (): Promise<Omit<Delivered, "document">> => {
  const caseId = caseOf(await sender.send(xdis91()));
  const [item] = await hub.inboxOf(department.gln, caseId);
  return { caseId, deliveryId: item?.deliveryId ?? "" };
};
const fetchedQuestion = async (): Promise<Delivered> => {
  const one = await owed();
  return { ...one, document: await fetchIt(one.deliveryId) };
};
const readDocument = ({ bytes }: Answer): Emessage => {
  const parsed = parseDocument(bytes);
  if (parsed.kind !== "emessage") throw new Error(parsed.kind);
  return parsed;
};
const receiptFor = (document: Answer, more: Partial<ReceiptContent> = {}): Uint8Array => {
  const receipt: ReceiptContent = {
    outcome: "positive",
    vansLevel: false,
    letterId: freshId("KVIT"),
    senderGln: department.gln,
    receiverGln: practice.gln,
    originalEnvelopeId: readDocument(document).envelope.identifier,
    originalSenderGln: practice.gln,
    originalReceiverGln: department.gln,
    originalLetters: [],
    ...more,
  };
  return printReceipt(receipt, { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" }).bytes;
};
const changesOf = async ({ caseId, deliveryId }: Omit<Delivered, "document">): Promise<DeliveryChange[]> =>
  (await hub.recordsOf(caseId)).flatMap((r) => r.deliveries).filter((d) => d.deliveryId === deliveryId);
const until = (one: Omit<Delivered, "document">, change: DeliveryChange["change"]): Promise<DeliveryChange> =>
  eventually(async () => (await changesOf(one)).find((d) => d.change === change), change, 15_000);
const inInbox = ({ deliveryId }: Omit<Delivered, "document">, status: InboxItem["status"]) =>
  eventually(async () => {
    const page = (await receiver.get("/v1/inbox?limit=500")).json() as { items: InboxItem[] };
    return page.items.find((item) => item.deliveryId === deliveryId && item.status === status);
  }, status);
/** What the practice's own list of what is expected of it says of a case. */
const followUpOf = async ({ caseId }: { caseId: string }): Promise<string[]> => {
  const list = (await sender.get("/v1/worklist?limit=500")).json() as CaseList;
  const found = list.items.find((item) => item.caseId === caseId);
  return (found?.awaits ?? []).filter(({ who }) => who === practice.gln).map(({ act }) => act);
};
const shownToSender = (one: { caseId: string }, shown: boolean) =>
  eventually(
    async () => ((await followUpOf(one)).includes("followUpDelivery") === shown ? true : undefined),
    `shown: ${String(shown)}`,
  );
const viewOf = async ({ caseId }: { caseId: string }): Promise<CaseView> =>
  (await sender.get(`/v1/cases/${caseId}`)).json() as CaseView;

describe("a document that was fetched and gets no receipt", () => {
  test("is sent again in a new envelope, then shown to its sender, and a late receipt settles it", async () => {
    const one = await fetchedQuestion();
    await until(one, "resent");
    await inInbox(one, "waiting");
    const again = await fetchIt(one.deliveryId);
    const [first, second] = [readDocument(one.document), readDocument(again)];
    expect(second.envelope.identifier).not.toBe(first.envelope.identifier);
    expect(second.letters).toEqual(first.letters);
    await until(one, "unconfirmed");
    await shownToSender(one, true);
    expect((await viewOf(one)).deliveries).toMatchObject([
      { status: "unconfirmed", sendings: 2, code: "no-receipt" },
    ]);
    expect((await receiver.send(receiptFor(one.document))).status).toBe(201);
    await shownToSender(one, false);
    expect((await changesOf(one)).map((d) => d.change)).toEqual([
      "owed",
      "fetched",
      "resent",
      "fetched",
      "unconfirmed",
      "acknowledged",
    ]);
  });

  test("is sent again though the index was emptied, and though the journal's server was killed, meanwhile", async () => {
    const one = await fetchedQuestion();
    await hub.platform.redis.flushall();
    await until(one, "resent");
    const other = await fetchedQuestion();
    await hub.nats.kill();
    await hub.nats.restart();
    await until(other, "resent");
    expect((await changesOf(other)).map((d) => d.change)).toEqual(["owed", "fetched", "resent"]);
  });

  test("is sent once more, or set aside, by a person at its sender", async () => {
    const one = await fetchedQuestion();
    await until(one, "resent");
    await until(one, "unconfirmed");
    const path = `/v1/cases/${one.caseId}`;
    const body = { deliveryId: one.deliveryId };
    const asReceiver = await receiver.post(`${path}/resend-delivery`, body);
    expect([asReceiver.status, (asReceiver.json() as { code: string }).code]).toEqual([
      404,
      "delivery-unknown",
    ]);
    const answer = await sender.post(`${path}/resend-delivery`, body);
    expect(answer.status, answer.text).toBe(200);
    expect((await changesOf(one)).at(-1)).toMatchObject({ change: "resent", sending: 3, by: practice.gln });
    await eventually(
      async () => ((await changesOf(one)).at(-1)?.change === "unconfirmed" ? true : undefined),
      "given up again",
      15_000,
    );
    await shownToSender(one, true);
    expect((await sender.post(`${path}/handle-delivery`, body)).status).toBe(200);
    await shownToSender(one, false);
    expect((await viewOf(one)).deliveries).toMatchObject([{ status: "unconfirmed", handled: true }]);
  });
});

describe("a receiver over VANS", () => {
  const operator = "5790000777775";
  const overVans = () => ({
    ...organisation(department.gln),
    channels: organisation(department.gln).channels.map((channel) => ({
      ...channel,
      envelope: "vans" as const,
      operator,
    })),
  });
  beforeAll(async () => {
    const file = { format: "sektorbro-directory", version: 1, organisations: [overVans()] };
    const answer = await hub.operator.post("/v1/directory/import", file);
    expect(answer.status, answer.text).toBeLessThan(300);
  });

  test("gets its documents in a VANSEnvelope, and the envelope's receipts find their delivery", async () => {
    const one = await owed();
    const document = await fetchIt(one.deliveryId);
    if (samplesPresent) expect(schemaErrors("vans", document.bytes)).toEqual([]);
    const { vans } = readDocument(document);
    if (vans?.document === undefined) throw new Error("no envelope");
    const receipt = printVansReceipt({
      sender: vans.receiver,
      receiver: vans.sender,
      identifier: "00000000-0000-4000-8000-000000000001",
      sentAt: "2026-11-26T08:00:00",
      receipt: {
        outcome: "negative",
        level: "message",
        description: "Kan ikke læses",
        originalEnvelopeId: vans.identifier.toUpperCase(),
        original: vans.document,
      },
    }).bytes;
    const answer = await receiver.send(receipt);
    expect([answer.status, answer.text]).toEqual([201, ""]);
    expect((await changesOf(one)).at(-1)).toMatchObject({ change: "failed", text: "Kan ikke læses" });
    await shownToSender(one, true);
  });

  test("is behind an operator, whose XCTL01 fails the delivery; a stranger's finds none", async () => {
    const one = await fetchedQuestion();
    const refusal = {
      outcome: "negative",
      vansLevel: true,
      refuseCode: "ukendt_lokationsnummer",
      originalLetters: [],
    } as const;
    const stranger = "5790000888884";
    const strangers = await (await hub.as(stranger)).send(
      receiptFor(one.document, { ...refusal, originalLetters: [], senderGln: stranger }),
    );
    expect(strangers.status).toBe(422);
    const answer = await (await hub.as(operator)).send(
      receiptFor(one.document, { ...refusal, originalLetters: [], senderGln: operator }),
    );
    expect(answer.status, answer.text).toBe(201);
    expect((await changesOf(one)).at(-1)).toMatchObject({
      change: "failed",
      by: operator,
      to: department.gln,
      code: "ukendt_lokationsnummer",
    });
    await eventually(async () => {
      const page = (await receiver.get("/v1/inbox?limit=500")).json() as { items: InboxItem[] };
      return page.items.some((item) => item.deliveryId === one.deliveryId) ? undefined : true;
    }, "gone from the open inbox");
  });
});

describe("a document that comes in a VANSEnvelope", () => {
  const enveloped = (envelope: string, message: string, document = xdis91()): Uint8Array =>
    wrapInVans(document, {
      sender: { type: "EAN", value: practice.gln },
      receiver: { type: "EAN", value: department.gln },
      ids: { envelope, message },
      at: new Date().toISOString(),
      type: "XDIS91",
      version: "XD9134L",
      reliable: true,
    });
  const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

  test("is answered bare, or in one when the caller asks, with the same receipt each time", async () => {
    const bytes = enveloped(id(1), id(2));
    const bare = await sender.send(bytes);
    expect([bare.status, parseDocument(bare.bytes).vans]).toEqual([201, undefined]);
    const wrapped = await sender.send(bytes, { "sektorbro-answer": "vans" });
    if (samplesPresent) expect(schemaErrors("vans", wrapped.bytes)).toEqual([]);
    expect(readDocument(wrapped).letters).toEqual(readDocument(bare).letters);
    expect((await sender.send(bytes, { "sektorbro-answer": "vans" })).bytes).toEqual(wrapped.bytes);
  });

  test("is told that it was taken by the envelope's receipt, where the letter asks for none", async () => {
    const answer = await sender.send(enveloped(id(3), id(4), xdis91({ wantsReceipt: false })), {
      "sektorbro-answer": "vans",
    });
    expect(parseDocument(answer.bytes)).toMatchObject({
      kind: "vansReceipt",
      receipt: { outcome: "positive", originalEnvelopeId: id(3) },
    });
  });

  test("under an identifier that was used is refused, also after the index was emptied", async () => {
    await sender.send(enveloped(id(5), id(6)));
    await hub.platform.redis.flushall();
    const answer = await sender.send(enveloped(id(5), id(7)));
    expect([answer.status, (answer.json() as { code: string }).code]).toEqual([422, "envelope-reused"]);
  });
});
