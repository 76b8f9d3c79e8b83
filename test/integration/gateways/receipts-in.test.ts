import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClockChange } from "../../../contracts/clocks.ts";
import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import type { CaseView, InboxItem } from "../../../contracts/messages/worklist.ts";
import { parseDocument } from "../../../gateways/oioxml/codec/parse-document.ts";
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
import { printReceipt } from "../../support/printing.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
let receiver: HubClient;
beforeAll(async () => {
  // What is told here is what happens once a hub has waited long enough for its index.
  hub = await startGatewayHub(undefined, undefined, [], undefined, { limits: { indexPatienceMs: 0 } });
  receiver = await hub.as(department.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

type Delivered = { caseId: string; deliveryId: string; document: Answer };

/** A question in the department's inbox, fetched as its system fetches it. */
const fetchedQuestion = async (): Promise<Delivered> => {
  const sent = await (await hub.as(practice.gln)).send(xdis91());
  const caseId = caseOf(sent);
  const [item] = await hub.inboxOf(department.gln, caseId);
  const deliveryId = item?.deliveryId ?? "";
  return { caseId, deliveryId, document: await receiver.get(`/v1/inbox/${deliveryId}`) };
};

/** A receipt for a fetched document, as the department's own system makes it from what it was given. */
const receiptFor = (document: Answer, more: Partial<ReceiptContent>): Uint8Array => {
  const parsed = parseDocument(document.bytes);
  if (parsed.kind !== "emessage") throw new Error(parsed.kind);
  const [letter] = parsed.letters;
  if (letter?.kind !== "letter") throw new Error("no letter");
  const receipt: ReceiptContent = {
    outcome: "positive",
    vansLevel: false,
    letterId: freshId("KVIT"),
    senderGln: department.gln,
    receiverGln: practice.gln,
    originalEnvelopeId: parsed.envelope.identifier,
    originalSenderGln: practice.gln,
    originalReceiverGln: department.gln,
    originalLetters: [{ letterId: letter.letter.letterId, version: letter.version }],
    ...more,
  };
  return printReceipt(receipt, { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" }).bytes;
};

const deliveryChanges = async ({ caseId, deliveryId }: Delivered): Promise<DeliveryChange[]> =>
  (await hub.recordsOf(caseId)).flatMap((r) => r.deliveries).filter((d) => d.deliveryId === deliveryId);
const receiptClock = async ({ caseId }: Delivered): Promise<ClockChange[]> => {
  const changes = (await hub.recordsOf(caseId)).flatMap((r) => r.clocks);
  const started = changes.find((c) => c.change === "started" && c.agreement === "RECEIPT");
  return changes.filter((c) => c.clockId === started?.clockId);
};
const statusInInbox = async ({ caseId }: Delivered, status: InboxItem["status"]): Promise<InboxItem> =>
  eventually(async () => {
    const gln = department.gln;
    const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", gln, {
      gln,
      show: "all",
      limit: 500,
    });
    return inbox.status === "ok"
      ? inbox.value.items.find((i) => i.caseId === caseId && i.status === status)
      : undefined;
  }, `the item ${status}`);
const isOpen = async ({ deliveryId }: Delivered): Promise<boolean> => {
  const page = (await receiver.get("/v1/inbox?limit=500")).json() as { items: InboxItem[] };
  return page.items.some((item) => item.deliveryId === deliveryId);
};

describe("receipts for what the hub delivered", () => {
  test("fetching is recorded once, and the printed envelope asks for a receipt", async () => {
    const delivered = await fetchedQuestion();
    expect(delivered.document.text).toContain("pluspositivkvitt");
    expect((await receiver.get(`/v1/inbox/${delivered.deliveryId}`)).bytes).toEqual(delivered.document.bytes);
    expect((await deliveryChanges(delivered)).map((d) => d.change)).toEqual(["owed", "fetched"]);
    expect(await isOpen(delivered)).toBe(true);
    expect(await receiptClock(delivered)).toMatchObject([{ change: "started", debtor: department.gln }]);
  });

  test("a positive receipt acknowledges the delivery and stops its clock", async () => {
    const delivered = await fetchedQuestion();
    const receipt = receiptFor(delivered.document, {});
    const answer = await receiver.send(receipt);
    expect([answer.status, answer.bytes.length], answer.text).toEqual([201, 0]);
    expect(await deliveryChanges(delivered)).toMatchObject([
      { change: "owed" },
      { change: "fetched" },
      { change: "acknowledged", by: department.gln, how: "receipt" },
    ]);
    expect(await receiptClock(delivered)).toMatchObject([
      { change: "started" },
      { change: "stopped", inTime: true },
    ]);
    await statusInInbox(delivered, "acknowledged");
    expect(await isOpen(delivered)).toBe(false);
    const again = await receiver.send(receipt);
    expect([again.status, again.bytes.length]).toEqual([200, 0]);
    expect(await hub.recordsOf(delivered.caseId)).toHaveLength(3);
  });

  test("a negative receipt fails the delivery with its code, and a second receipt does not change it", async () => {
    const delivered = await fetchedQuestion();
    const refusal = { refuseCode: "problem_med_version", refuseText: ["Kan ikke læses"] } as const;
    const answer = await receiver.send(
      receiptFor(delivered.document, {
        outcome: "negative",
        originalLetters: [
          {
            letterId: "BREV",
            version: "XD9134L",
            refuseCode: refusal.refuseCode,
            refuseText: [...refusal.refuseText],
          },
        ],
      }),
    );
    expect(answer.status, answer.text).toBe(201);
    await statusInInbox(delivered, "failed");
    const positive = await receiver.send(receiptFor(delivered.document, {}));
    expect(positive.status).toBe(200);
    const json = await receiver.post(`/v1/inbox/${delivered.deliveryId}/receipt`, { outcome: "positive" });
    expect(json.status).toBe(200);
    expect(json.json()).toMatchObject({ status: "ignored", reason: "already-failed" });
    expect((await deliveryChanges(delivered)).slice(1)).toMatchObject([
      { change: "fetched" },
      { change: "failed", code: "problem_med_version", by: department.gln },
    ]);
    expect((await receiptClock(delivered)).map((c) => c.change)).toEqual(["started", "stopped"]);
    const asker = await hub.as(practice.gln);
    const view = (await asker.get(`/v1/cases/${delivered.caseId}`)).json() as CaseView;
    expect(view.deliveries).toMatchObject([
      { status: "failed", code: "problem_med_version", text: "Kan ikke læses" },
    ]);
    expect(view.card?.undelivered).toMatchObject([{ why: "refused", code: "problem_med_version" }]);
  });

  test("a receipt that refuses the whole envelope fails the delivery too", async () => {
    const delivered = await fetchedQuestion();
    await receiver.send(
      receiptFor(delivered.document, {
        outcome: "negative",
        refuseCode: "syntaksfejl",
        originalLetters: [],
      }),
    );
    expect((await deliveryChanges(delivered)).at(-1)).toMatchObject({
      change: "failed",
      code: "syntaksfejl",
    });
  });

  test.each([
    { outcome: "positive", last: { change: "acknowledged", how: "receipt" } },
    {
      outcome: "negative",
      code: "problem_med_version",
      last: { change: "failed", code: "problem_med_version" },
    },
  ])("a JSON receipt that is $outcome does the same", async ({ last, ...receipt }) => {
    const delivered = await fetchedQuestion();
    const path = `/v1/inbox/${delivered.deliveryId}/receipt`;
    const answer = await receiver.post(path, receipt);
    expect(answer.status, answer.text).toBe(200);
    expect((await deliveryChanges(delivered)).at(-1)).toMatchObject(last);
    expect((await receiptClock(delivered)).map((c) => c.change)).toEqual(["started", "stopped"]);
    const again = await receiver.post(path, receipt);
    expect(again.json()).toMatchObject({ status: "accepted", duplicate: true });
    expect(await hub.recordsOf(delivered.caseId)).toHaveLength(3);
  });

  test("the standard's receipt may be posted to the delivery itself", async () => {
    const delivered = await fetchedQuestion();
    const response = await fetch(`${hub.url}/v1/inbox/${delivered.deliveryId}/receipt`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await hub.tokenFor(department.gln)}`,
        "content-type": "application/xml",
      },
      body: Buffer.from(receiptFor(delivered.document, {})),
    });
    expect(response.status).toBe(201);
    expect((await deliveryChanges(delivered)).at(-1)).toMatchObject({ change: "acknowledged" });
  });

  test("a hospital may fetch and receipt for its department; a stranger finds no such document", async () => {
    const delivered = await fetchedQuestion();
    const receipt = receiptFor(delivered.document, {});
    const stranger = await hub.as(who.cardiology);
    expect((await stranger.get(`/v1/inbox/${delivered.deliveryId}`)).status).toBe(404);
    expect(
      (await stranger.post(`/v1/inbox/${delivered.deliveryId}/receipt`, { outcome: "positive" })).status,
    ).toBe(404);
    expect((await stranger.send(receipt)).status).toBe(403);
    const forged = receiptFor(delivered.document, { senderGln: who.cardiology });
    expect((await stranger.send(forged)).status).toBe(422);
    expect((await deliveryChanges(delivered)).map((d) => d.change)).toEqual(["owed", "fetched"]);
    const hospital = await hub.as(who.hospital);
    const out = await hospital.get(`/v1/inbox/${delivered.deliveryId}?for=${department.gln}`);
    expect(out.bytes).toEqual(delivered.document.bytes);
    expect((await hospital.send(receipt)).status).toBe(201);
  });

  test("a receipt while Redis is down is refused for now, kept, and settles the delivery when Redis is back", async () => {
    const delivered = await fetchedQuestion();
    await hub.redis.kill();
    const answer = await receiver.send(receiptFor(delivered.document, {}));
    expect(answer.status).toBe(503);
    expect(answer.json()).toMatchObject({ fate: "retry" });
    await hub.redis.restart();
    await eventually(
      async () => ((await deliveryChanges(delivered)).at(-1)?.change === "acknowledged" ? true : undefined),
      "the kept receipt",
    );
  });
});
