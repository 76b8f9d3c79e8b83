import { expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { askedRecord } from "../../../support/asked-record.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const deliveryId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0";
const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const json = { "content-type": "application/json" };

const withDelivery = (standard: "oioxml" | "json" = "oioxml") => {
  const made = createTestServer();
  made.hub.keep(askedRecord(standard));
  return made;
};

test("the inbox lists what is owed to the caller: ids and times, no name and no text", async () => {
  const { server, hub } = withDelivery();
  const response = await server.inject({ url: "/v1/inbox", headers: as("unit") });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({
    items: [
      {
        deliveryId,
        caseId,
        from: gln.practice,
        standard: "oioxml",
        documentType: "XDIS91",
        at: "2026-11-23T09:15:00.000Z",
        status: "waiting",
      },
    ],
  });
  expect(hub.queries).toEqual([
    { type: "worklist.inbox", viewer: gln.unit, payload: { gln: gln.unit, show: "open", limit: 100 } },
  ]);
});

test("the inbox of a unit is listed for the organisation that it is part of, and for no other", async () => {
  const { server } = withDelivery();
  const url = `/v1/inbox?for=${gln.unit}`;
  const whole = await server.inject({ url, headers: as("hospital") });
  const stranger = await server.inject({ url, headers: as("stranger") });
  expect(whole.json<{ items: unknown[] }>().items).toHaveLength(1);
  expect([stranger.statusCode, stranger.json<{ code: string }>().code]).toEqual([
    403,
    "sender-not-authorised",
  ]);
});

test("a page of the inbox tells what to ask for next", async () => {
  const { server, hub } = withDelivery();
  hub.keep(askedRecord());
  const first = await server.inject({ url: "/v1/inbox?limit=1&show=all", headers: as("unit") });
  expect(first.json()).toMatchObject({ items: [{ deliveryId }], next: deliveryId });
  const whole = await server.inject({ url: "/v1/inbox?limit=3", headers: as("unit") });
  expect(whole.json()).not.toHaveProperty("next");
  await server.inject({ url: `/v1/inbox?cursor=${deliveryId}`, headers: as("unit") });
  expect(hub.queries.at(-1)?.payload).toEqual({
    gln: gln.unit,
    show: "open",
    limit: 100,
    cursor: deliveryId,
  });
});

test("every problem of a query is told at once", async () => {
  const { server } = withDelivery();
  const response = await server.inject({ url: "/v1/inbox?limit=many&show=some", headers: as("unit") });
  expect(response.statusCode).toBe(400);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map((p) => p.path).sort()).toEqual(["limit", "show"]);
});

test("an inbox whose index cannot be reached is 503", async () => {
  const { server, hub } = withDelivery();
  hub.next.query = () => ({ status: "failed", code: "index-unavailable" });
  const response = await server.inject({ url: "/v1/inbox", headers: as("unit") });
  expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "2"]);
});

test("a document is fetched in the receiver's standard, and it is recorded that it was fetched", async () => {
  const { server, hub } = withDelivery();
  const response = await server.inject({ url: `/v1/inbox/${deliveryId}`, headers: as("unit") });
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    "content-type": "application/xml; charset=iso-8859-1",
    "sektorbro-case": caseId,
    "cache-control": "no-store",
  });
  expect(response.rawPayload.toString("latin1")).toBe(`<oioxml id="${deliveryId}">æ</oioxml>`);
  expect(hub.commands).toMatchObject([
    { id: `fetched:${deliveryId}`, type: "delivery.markFetched", sender: gln.unit, payload: { deliveryId } },
  ]);
});

test("a receiver of typed messages gets the fact as JSON, each attachment with its address", async () => {
  const { server, hub } = createTestServer();
  const record = askedRecord("json");
  const object = {
    objectId: "9d7c1f0e2b3a4c5d8e9f001122334455",
    code: "billede",
    extension: "jpeg",
    sizeBytes: 4,
    digest: `sha256-${"0".repeat(64)}`,
  };
  hub.keep({ ...record, facts: record.facts.map((fact) => ({ ...fact, attachments: [object] })) });
  const response = await server.inject({ url: `/v1/inbox/${deliveryId}`, headers: as("unit") });
  expect(response.headers["content-type"]).toContain("application/json");
  expect(response.headers["sektorbro-case"]).toBe(caseId);
  expect(response.json()).toMatchObject({
    deliveryId,
    caseId,
    family: "advice",
    from: gln.practice,
    to: gln.unit,
    fact: { type: "AdviceAsked", letter: { subject: "Stofskifte: dosis?" } },
    attachments: [{ ...object, href: `/v1/cases/${caseId}/attachments/${object.digest}` }],
  });
});

test("a document already settled may be read again", async () => {
  const { server, hub } = withDelivery();
  hub.next.command = () => ({ status: "refused", code: "wrong-state", problems: [], duplicate: false });
  const response = await server.inject({ url: `/v1/inbox/${deliveryId}`, headers: as("unit") });
  expect(response.statusCode).toBe(200);
});

test("a document is not given while it cannot be recorded that it was", async () => {
  const { server, hub } = withDelivery();
  hub.next.command = () => ({ status: "failed", code: "journal-unavailable", fate: "retry" });
  const response = await server.inject({ url: `/v1/inbox/${deliveryId}`, headers: as("unit") });
  expect(response.statusCode).toBe(503);
  expect(response.json()).toMatchObject({ code: "journal-unavailable" });
});

test("a document that cannot be printed now is 503 and not marked as fetched", async () => {
  const { hub, server } = withDelivery();
  hub.ports.print = () => Promise.reject(new Fault("service-unavailable"));
  const response = await server.inject({ url: `/v1/inbox/${deliveryId}`, headers: as("unit") });
  expect([response.statusCode, hub.commands.length]).toEqual([503, 0]);
});

test("a HEAD of a document does not mark it as fetched", async () => {
  const { server, hub } = withDelivery();
  const response = await server.inject({
    method: "HEAD",
    url: `/v1/inbox/${deliveryId}`,
    headers: as("unit"),
  });
  expect([response.statusCode, hub.commands.length]).toEqual([404, 0]);
});

test("to a stranger, and to its own sender, a delivery is the same 404 as one that does not exist", async () => {
  const { server, hub } = withDelivery();
  const get = async (id: string, who: "stranger" | "practice" | "unit") => {
    const response = await server.inject({ url: `/v1/inbox/${id}`, headers: as(who) });
    const { requestId: _id, ...body } = response.json<Record<string, unknown>>();
    return { status: response.statusCode, body };
  };
  const absent = await get("5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c91.1.0", "unit");
  expect(absent).toMatchObject({ status: 404, body: { code: "delivery-unknown" } });
  expect(await get(deliveryId, "stranger")).toEqual(absent);
  expect(await get(deliveryId, "practice")).toEqual(absent);
  expect(await get("nonsense", "unit")).toEqual(absent);
  expect(hub.commands).toEqual([]);
});

test("a delivery that a query gave to the wrong viewer is still 404", async () => {
  const { server, hub } = withDelivery();
  hub.next.query = () => ({ status: "ok", value: { record: askedRecord() } });
  const response = await server.inject({ url: `/v1/inbox/${deliveryId}`, headers: as("stranger") });
  expect([response.statusCode, hub.commands.length]).toEqual([404, 0]);
});

const receipt = (payload: unknown, headers: Record<string, string> = {}) => {
  const made = withDelivery();
  const url = `/v1/inbox/${deliveryId}/receipt`;
  const send = () =>
    made.server.inject({
      method: "POST",
      url,
      headers: { ...as("unit"), ...json, ...headers },
      payload: JSON.stringify(payload),
    });
  return { ...made, send };
};

test("a receipt in JSON settles the delivery, and again it is the same answer", async () => {
  const { send, hub } = receipt({ outcome: "negative", code: "kan-ikke-laeses", text: "Mangler bilag" });
  const first = await send();
  const again = await send();
  expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
  expect(again.json<{ duplicate: boolean }>().duplicate).toBe(true);
  expect(hub.commands[0]).toMatchObject({
    id: `receipt:${deliveryId}`,
    type: "delivery.settle",
    sender: gln.unit,
    payload: { deliveryId, outcome: "negative", code: "kan-ikke-laeses", text: "Mangler bilag" },
  });
});

test("a receipt that says something else than before is 409", async () => {
  const { send, server } = receipt({ outcome: "positive" });
  await send();
  const other = await server.inject({
    method: "POST",
    url: `/v1/inbox/${deliveryId}/receipt`,
    headers: { ...as("unit"), ...json },
    payload: JSON.stringify({ outcome: "negative" }),
  });
  expect(other.statusCode).toBe(409);
});

test("a receipt that fits no schema is 422 with every problem", async () => {
  const { send, hub } = receipt({ outcome: "perhaps", text: "x".repeat(351) }, { "idempotency-key": "a b" });
  const response = await send();
  expect(response.statusCode).toBe(422);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map((p) => p.path)).toEqual(["outcome", "text", "idempotency-key"]);
  expect(hub.commands).toEqual([]);
});

test("a receipt for a delivery that the service does not know is 404", async () => {
  const { send, hub } = receipt({ outcome: "positive" });
  hub.next.command = () => ({ status: "refused", code: "delivery-unknown", problems: [], duplicate: false });
  expect((await send()).statusCode).toBe(404);
});

const xmlReceipt = async (who: "unit" | "stranger", contentType = "application/xml") => {
  const { server, hub } = withDelivery();
  const response = await server.inject({
    method: "POST",
    url: `/v1/inbox/${deliveryId}/receipt`,
    headers: { ...as(who), "content-type": contentType },
    payload: "<Emessage/>",
  });
  return { status: response.statusCode, submitted: hub.submitted.length };
};

test("a receipt document of the standard goes the way of every document", async () => {
  expect(await xmlReceipt("unit")).toEqual({ status: 201, submitted: 1 });
});
test("a receipt document for another's delivery is 404 and never kept", async () => {
  expect(await xmlReceipt("stranger")).toEqual({ status: 404, submitted: 0 });
});
test("a receipt in another media type is 415", async () => {
  expect(await xmlReceipt("unit", "text/plain")).toEqual({ status: 415, submitted: 0 });
});
