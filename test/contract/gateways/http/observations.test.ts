import { expect, test } from "vitest";
import { ObservationCommands } from "../../../../contracts/messages/observation.ts";
import { as, createTestServer, gln, postJson } from "../../../support/http-ports.ts";
import { isbar, opening, payloads, totalling } from "../../../support/observation-given.ts";

const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const payload = opening({ values: totalling(3), isbar, senderTotal: 4 });

test("an episode is 201 at its own address, named by its sender and message", async () => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, "/v1/observations", payload);
  expect(response.statusCode).toBe(201);
  const body = response.json<{ caseId: string }>();
  expect(response.headers.location).toBe(`/v1/cases/${body.caseId}`);
  expect(hub.commands).toMatchObject([
    { id: `open:${gln.practice}:OBS-1`, type: "observation.open", sender: gln.practice },
  ]);
  expect(hub.commands[0]?.payload).toEqual(ObservationCommands["observation.open"].parse(payload));
});

test("the same episode again is 200 with the same answer", async () => {
  const { server } = createTestServer();
  const first = await postJson(server, "/v1/observations", payload);
  const again = await postJson(server, "/v1/observations", payload);
  expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
  expect(again.json()).toEqual({ ...first.json<object>(), duplicate: true });
});

test("every problem of an episode is told at once, with its path and code, and nothing is sent", async () => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, "/v1/observations", {
    ...payload,
    practice: "!",
    basis: { kind: "valueSpring" },
    patient: { cpr: "3202001234", surname: "Prøvesen" },
    measurement: { values: { pulse: [] } },
  });
  expect(response.statusCode).toBe(422);
  const { problems } = response.json<{ problems: { path: string; code: string }[] }>();
  expect(problems.map(({ path }) => path).sort()).toEqual([
    "basis.reason",
    "measurement.values.pulse",
    "patient.cpr",
    "practice",
  ]);
  expect(hub.commands).toEqual([]);
});

test.each([
  ["measurements", "observation.measure"],
  ["calls", "observation.recordCall"],
  ["plan", "observation.makePlan"],
  ["acknowledge-plan", "observation.acknowledgePlan"],
  ["adjustment", "observation.order"],
  ["terminal", "observation.declareTerminal"],
  ["order-scoring", "observation.orderScoring"],
  ["retract", "observation.retract"],
  ["close", "observation.close"],
] as const)("%s becomes %s on the case of the address", async (action, type) => {
  const { hub, server } = createTestServer();
  const body = payloads[type] ?? {};
  const response = await postJson(server, `/v1/observations/${caseId}/${action}`, {
    ...body,
    caseId: "another",
  });
  expect(response.statusCode).toBe(200);
  expect(hub.commands[0]?.payload).toEqual(ObservationCommands[type].parse({ ...body, caseId }));
  expect(hub.commands[0]).toMatchObject({ type, sender: gln.practice });
});

test("a warning of the service is in the answer", async () => {
  const { hub, server } = createTestServer();
  const warning = {
    path: "measurement.senderTotal",
    code: "total-differs",
    message: "Both are shown.",
    severity: "warning",
  } as const;
  hub.next.command = () => ({
    status: "accepted",
    caseId,
    recordNo: 2,
    at: "2026-11-23T09:15:00.000Z",
    duplicate: false,
    clocks: [],
    facts: ["Measured"],
    warnings: [warning],
  });
  const response = await postJson(
    server,
    `/v1/observations/${caseId}/measurements`,
    payloads["observation.measure"] ?? {},
  );
  expect(response.json()).toMatchObject({ warnings: [warning] });
});

test.each([
  ["care-team-measures", 422],
  ["scheme-unknown", 422],
  ["measurement-invalid", 422],
  ["measurement-unknown", 422],
  ["municipality-unknown", 422],
  ["adjustment-invalid", 422],
  ["valid-until-past", 422],
  ["wrong-state", 409],
  ["not-your-turn", 409],
] as const)("a refusal %s is %i, in Danish where Danish is preferred", async (code, status) => {
  const { hub, server } = createTestServer();
  hub.next.command = () => ({ status: "refused", code, problems: [], duplicate: false, caseId });
  const url = `/v1/observations/${caseId}/measurements`;
  const headers = { ...as("practice"), "accept-language": "da" };
  const response = await postJson(server, { url, headers }, payloads["observation.measure"] ?? {});
  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ code, fate: "park" });
  expect(response.headers["content-language"]).toBe("da");
});

test("a measurement without a token is 401, and of a case that is no id 404", async () => {
  const { server } = createTestServer();
  const url = `/v1/observations/${caseId}/measurements`;
  const bare = await server.inject({ method: "POST", url, payload: {} });
  const odd = await postJson(
    server,
    "/v1/observations/none/measurements",
    payloads["observation.measure"] ?? {},
  );
  expect([bare.statusCode, odd.statusCode]).toEqual([401, 404]);
});
