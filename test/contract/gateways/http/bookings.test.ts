import { describe, expect, test } from "vitest";
import { BookingCommands } from "../../../../contracts/messages/booking.ts";
import { as, createTestServer, gln, postJson } from "../../../support/http-ports.ts";

const slotId = "2f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const caseId = "7a1c9e52-6e1c-5a44-9d0e-2f4c8f6a7b10";
const patient = { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" };
const start = "2026-11-24T08:00:00.000Z";
const slot = {
  slotId,
  visitation: gln.unit,
  hospital: gln.hospital,
  unit: gln.unit,
  speciality: "kardiologi",
  start,
  lengthMinutes: 30,
  place: "Indgang 4",
};

const openings = [
  [
    "/v1/slots",
    "booking.publish",
    { messageId: "S-1", speciality: "kardiologi", start, lengthMinutes: 30, places: 4, place: "Indgang 4" },
  ],
  ["/v1/bookings", "booking.hold", { messageId: "B-1", slotId, patient }],
  ["/v1/bookings/direct", "booking.bookDirectly", { messageId: "B-1", slotId, patient }],
  [
    "/v1/bookings/requests",
    "booking.request",
    { messageId: "B-1", to: { hospital: gln.hospital }, patient, reason: "Nyopstået åndenød" },
  ],
] as const;

describe.each(openings)("POST %s", (url, type, body) => {
  test("is 201 and the command, named by its sender and message", async () => {
    const { hub, server } = createTestServer();
    const response = await postJson(server, url, body);
    expect(response.statusCode).toBe(201);
    expect(response.headers.location).toBe(`/v1/cases/${response.json<{ caseId: string }>().caseId}`);
    expect(hub.commands).toMatchObject([
      {
        id: `${type.slice("booking.".length)}:${gln.practice}:${body.messageId}`,
        type,
        sender: gln.practice,
        payload: BookingCommands[type].parse(body),
      },
    ]);
  });

  test("again is 200 with the same answer", async () => {
    const { server } = createTestServer();
    const first = await postJson(server, url, body);
    const again = await postJson(server, url, body);
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual({ ...first.json<object>(), duplicate: true });
  });

  test("with nothing in it is 422, tells every problem, and sends nothing", async () => {
    const { hub, server } = createTestServer();
    const response = await postJson(server, url, {});
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([422, "message-invalid"]);
    expect(response.json<{ problems: object[] }>().problems.length).toBeGreaterThan(2);
    expect(hub.commands).toEqual([]);
  });

  test("without a token is 401", async () => {
    const { server } = createTestServer();
    expect((await postJson(server, { url, headers: {} }, body)).statusCode).toBe(401);
  });
});

const steps = [
  ["slots", "change", "booking.changeSlot", { places: 6 }],
  ["slots", "cancel", "booking.cancelSlot", { reason: "Lægen er syg" }],
  ["bookings", "book", "booking.book", {}],
  ["bookings", "release", "booking.release", {}],
  ["bookings", "choose", "booking.choose", { slotId }],
  ["bookings", "offer", "booking.offer", { slotId }],
  ["bookings", "accept-offer", "booking.acceptOffer", {}],
  ["bookings", "decline-offer", "booking.declineOffer", { reason: "Kan ikke" }],
  ["bookings", "answer-none", "booking.answerNone", {}],
  ["bookings", "attended", "booking.attended", {}],
  ["bookings", "no-show", "booking.noShow", { followUp: "Vi ringer" }],
] as const;

describe.each(steps)("POST /v1/%s/:caseId/%s", (resource, action, type, body) => {
  const url = `/v1/${resource}/${caseId}/${action}`;

  test("becomes its command on the case, under the caller's own key", async () => {
    const { hub, server } = createTestServer();
    const response = await postJson(
      server,
      { url, headers: { ...as("unit"), "idempotency-key": "k1" } },
      body,
    );
    expect(response.statusCode).toBe(200);
    const payload = BookingCommands[type].parse({ ...body, caseId });
    expect(hub.commands).toMatchObject([{ id: `${gln.unit}:k1`, type, sender: gln.unit, payload }]);
  });

  test("on an id that is none is 404", async () => {
    const { hub, server } = createTestServer();
    const response = await postJson(server, `/v1/${resource}/1/${action}`, body);
    expect(response.statusCode).toBe(404);
    expect(hub.commands).toEqual([]);
  });
});

test.each([
  ["slot-full", 409],
  ["slot-not-in-time", 409],
  ["slot-unknown", 422],
  ["not-sub-acute", 422],
  ["too-early", 409],
] as const)("a place refused as %s is %s, with its sentence", async (code, status) => {
  const { hub, server } = createTestServer();
  const problems = [{ path: "slotId", code, message: "No place is left.", severity: "error" as const }];
  hub.next.command = () => ({ status: "refused", code, problems, duplicate: false, caseId });
  const response = await postJson(server, "/v1/bookings", { messageId: "B-1", slotId, patient });
  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ code, problems, caseId, fate: "park" });
});

test("no operation lets a caller book as the hub, ring an alarm or take a slot's own steps", async () => {
  const { server } = createTestServer();
  for (const action of ["ring", "claim", "free", "settle", "book-for-referral"])
    for (const resource of ["slots", "bookings"])
      expect((await postJson(server, `/v1/${resource}/${caseId}/${action}`, {})).statusCode).toBe(404);
});

describe("GET /v1/slots", () => {
  const answer = { slots: [{ ...slot, open: 2, inTime: true }], before: "2026-11-24T23:00:00.000Z" };

  test("asks as the caller, and answers what was found", async () => {
    const { hub, server } = createTestServer();
    hub.next.query = () => ({ status: "ok", value: answer });
    const url = "/v1/slots?speciality=kardiologi&municipality=0890&limit=20";
    const response = await server.inject({ url, headers: as("practice") });
    expect([response.statusCode, response.json()]).toEqual([200, answer]);
    expect(hub.queries).toEqual([
      {
        type: "booking.search",
        viewer: gln.practice,
        payload: { speciality: "kardiologi", municipality: "0890", limit: 20 },
      },
    ]);
  });

  test("that is asked wrongly is 400 with every problem", async () => {
    const { hub, server } = createTestServer();
    const url = "/v1/slots?municipality=9999&limit=0&from=imorgen";
    const response = await server.inject({ url, headers: as("practice") });
    expect(response.statusCode).toBe(400);
    const { problems } = response.json<{ problems: { path: string }[] }>();
    expect(problems.map(({ path }) => path).toSorted()).toEqual(["from", "limit", "municipality"]);
    expect(hub.queries).toEqual([]);
  });

  test("while the index is away is 503", async () => {
    const { hub, server } = createTestServer();
    hub.next.query = () => ({ status: "failed", code: "index-unavailable" });
    const response = await server.inject({ url: "/v1/slots", headers: as("practice") });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, "index-unavailable"]);
  });

  test("as a unit that is not the caller's is 403, and without a token 401", async () => {
    const { server } = createTestServer();
    const foreign = await server.inject({ url: `/v1/slots?for=${gln.unit}`, headers: as("practice") });
    expect(foreign.statusCode).toBe(403);
    expect((await server.inject({ url: "/v1/slots" })).statusCode).toBe(401);
  });
});
