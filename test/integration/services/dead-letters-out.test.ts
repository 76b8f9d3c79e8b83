import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeadLetter } from "../../../contracts/messages/dead-letters.ts";
import { parseDocument } from "../../../gateways/oioxml/codec/parse-document.ts";
import {
  envelopeIn,
  type Lost,
  lostQuestion,
  receiptOf,
  shownTo,
  stepsOf,
} from "../../support/dead-letter-scenes.ts";
import { eventually } from "../../support/eventually.ts";
import { department, practice, xdis91 } from "../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../support/hub-client.ts";
import { onlyLetter } from "../../support/oioxml-builders.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
let sender: HubClient;
let receiver: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, { receiptSeconds: 2, resends: 0, fetchSeconds: 60 });
  sender = await hub.as(practice.gln);
  receiver = await hub.as(department.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});
const shown = (id: string, by: HubClient = hub.operator): Promise<DeadLetter> => shownTo(by, id);

const refusedByReceiver = (): Promise<Lost> => lostQuestion(hub);

const sendTo = (id: string, to: object, by: HubClient = sender): Promise<Answer> =>
  by.post(`/v1/dead-letters/${id}/send-again`, { to, reason: "Afdelingen er flyttet" });

describe("a document that its receiver would not take", () => {
  test("goes to the right address, as that address reads it, and is receipted there", async () => {
    const { caseId, id } = await refusedByReceiver();
    expect(await shown(id, sender)).toMatchObject({
      kind: "failed",
      state: "open",
      code: "ukendt_lokationsnummer",
      caseId,
      to: department.gln,
    });
    const answer = await sendTo(id, { gln: who.cardiology });
    expect([answer.status, answer.json()]).toMatchObject([200, { state: "sent-again" }]);
    const as = (answer.json() as DeadLetter).history.at(-1)?.as ?? "";
    expect((answer.json() as DeadLetter).history.at(-1)).toMatchObject({
      what: "handled",
      by: practice.gln,
      reason: "Afdelingen er flyttet",
    });
    const right = await hub.as(who.cardiology);
    const [item] = await hub.inboxOf(who.cardiology, caseId);
    expect(item?.deliveryId).toBe(as);
    const document = await right.get(`/v1/inbox/${as}`);
    const letter = onlyLetter(parseDocument(document.bytes));
    if (!("letter" in letter)) throw new Error(letter.kind);
    expect([letter.letter.receiver.gln, letter.letter.sender.gln]).toEqual([who.cardiology, practice.gln]);
    expect(document.text).toContain("Hvem kan svare?");
    expect((await right.post(`/v1/inbox/${as}/receipt`, { outcome: "positive" })).status).toBe(200);
    // The refusal of the first stands, and nobody has to look after it any more.
    const view = (await sender.get(`/v1/cases/${caseId}`)).json() as { card?: { undelivered?: unknown[] } };
    expect(view.card?.undelivered ?? []).toEqual([]);
    expect(await shown(id, sender)).toMatchObject({ state: "sent-again", code: "ukendt_lokationsnummer" });
  });

  test.each([
    ["nobody", { gln: "5790000999998" }, "receiver-unknown"],
    [
      "a place without a way in for it",
      { gln: who.endocrinology, transport: "nats" },
      "receiver-cannot-receive",
    ],
    ["where it went", { gln: who.endocrinology }, "wrong-state"],
  ])("does not go to %s", async (_, to, code) => {
    const { id } = await refusedByReceiver();
    const answer = await sendTo(id, to);
    expect(answer.json()).toMatchObject({ code });
    expect(await shown(id, sender)).toMatchObject({ state: "open" });
  });

  test("goes to its receiver by another of its ways in, when who runs the hub says so", async () => {
    const { caseId, id } = await refusedByReceiver();
    const answer = await sendTo(id, { gln: department.gln, standard: "json" }, hub.operator);
    expect(answer.json()).toMatchObject({ state: "sent-again" });
    const as = (answer.json() as DeadLetter).history.at(-1)?.as ?? "";
    expect((answer.json() as DeadLetter).history.at(-1)).toMatchObject({ by: "operator" });
    const fetched = await receiver.get(`/v1/inbox/${as}`);
    expect(fetched.json()).toMatchObject({
      caseId,
      documentType: "AdviceAsked",
      fact: { type: "AdviceAsked" },
    });
  });

  test("is not sent once more as it is, nor corrected: that is a new message under a new number", async () => {
    const { id } = await refusedByReceiver();
    const again = await sender.post(`/v1/dead-letters/${id}/send-again`, {});
    expect([again.status, again.json()]).toMatchObject([409, { code: "wrong-state" }]);
    const corrected = await sender.sendTo(`/v1/dead-letters/${id}/send-again`, xdis91(), {
      "content-type": "application/xml",
    });
    expect([corrected.status, corrected.json()]).toMatchObject([422, { code: "message-invalid" }]);
  });

  test("is closed by its sender; to the receiver it is no dead letter of its own", async () => {
    const { id } = await refusedByReceiver();
    expect((await receiver.get(`/v1/dead-letters/${id}`)).status).toBe(404);
    expect((await receiver.post(`/v1/dead-letters/${id}/close`, { reason: "x" })).status).toBe(404);
    const closed = await sender.post(`/v1/dead-letters/${id}/close`, { reason: "Ringet" });
    expect(closed.json()).toMatchObject({ state: "closed" });
    expect(await shown(id, sender)).toMatchObject({ state: "closed", kind: "failed" });
  });
});

test("a document that was handed over and never answered may be sent again; the late answer to the first sending says that it arrived", async () => {
  const caseId = caseOf(await sender.send(xdis91({ to: otherDepartment })));
  const clinic = await hub.as(who.cardiology);
  const [item] = await hub.inboxOf(who.cardiology, caseId);
  const id = item?.deliveryId ?? "";
  const first = await clinic.get(`/v1/inbox/${id}`);
  const isLost = async () => ((await sender.get(`/v1/dead-letters/${id}`)).status === 200 ? true : undefined);
  await eventually(isLost, "its receipt to be overdue", 20_000);
  expect(await shown(id)).toMatchObject({ kind: "unconfirmed", code: "no-receipt", state: "open" });
  const again = await hub.operator.post(`/v1/dead-letters/${id}/send-again`, { reason: "Systemet er oppe" });
  expect(again.json()).toMatchObject({ state: "sent-again" });
  const second = await clinic.get(`/v1/inbox/${id}`);
  expect(envelopeIn(second)).not.toBe(envelopeIn(first));
  const late = receiptOf(envelopeIn(first), { outcome: "positive", by: who.cardiology });
  expect((await clinic.send(late)).status).toBe(201);
  expect(await shown(id)).toMatchObject({ state: "arrived" });
  expect(stepsOf(await shown(id))).toEqual([
    "owed",
    "fetched",
    "unconfirmed",
    "resent",
    "fetched",
    "acknowledged",
  ]);
});

const otherDepartment = { ...department, gln: who.cardiology, id: "9901020" };
