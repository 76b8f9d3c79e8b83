import { expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { as, createTestServer, gln, question } from "../../../support/http-ports.ts";

/** Planted in every place that a sender fills in; none may come back in an error, nor reach the log. */
const planted = { cpr: "0107364006", badCpr: "9907364006", name: "Hemmeligsen", text: "fortrolig-anamnese" };
const markers = Object.values(planted);
const json = { "content-type": "application/json" };
const deliveryId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0";

const expectSilent = (text: string) => {
  for (const marker of markers) expect(text).not.toContain(marker);
};

const patient = { cpr: planted.badCpr, surname: planted.name };
const attempts: [string, Record<string, string>, string | Buffer][] = [
  ["/v1/advice", json, `{"patient":{"cpr":"${planted.cpr}","surname":"${planted.name}"},${planted.text}`],
  ["/v1/advice", json, JSON.stringify({ ...question, patient, kind: planted.text, priority: planted.name })],
  ["/v1/advice", json, JSON.stringify({ ...question, to: { gln: 7, [planted.name]: planted.cpr } })],
  ["/v1/advice", { "content-type": `text/${planted.text}` }, planted.cpr],
  ["/v1/advice", json, Buffer.from(JSON.stringify({ surname: `${planted.name}ø` }), "latin1")],
  [`/v1/cases/${planted.cpr}/answer`, json, JSON.stringify({ text: planted.text })],
  [`/v1/advice?for=${planted.cpr}`, json, JSON.stringify(question)],
  [`/v1/inbox/${deliveryId}/receipt`, json, JSON.stringify({ outcome: planted.name, text: planted.text })],
  ["/v1/messages", { "content-type": "text/plain" }, `<CivilRegistrationNumber>${planted.cpr}`],
  [`/v1/${planted.name}/${planted.cpr}`, json, "{}"],
  [`/v1/%zz${planted.cpr}`, json, "{}"],
];

test.each(attempts)("nothing planted in %s %s comes back or is logged", async (url, headers, payload) => {
  const { server, hub } = createTestServer();
  const response = await server.inject({
    method: "POST",
    url,
    headers: { ...as("unit"), ...headers },
    payload,
  });
  expect(response.statusCode).toBeGreaterThanOrEqual(400);
  expectSilent(response.body);
  expectSilent(JSON.stringify(response.headers));
  expectSilent(JSON.stringify(hub.lines));
});

test("a bug whose message repeats a patient is 500 without it, and is logged by where it broke", async () => {
  const { server, hub } = createTestServer();
  hub.next.command = () => {
    throw new RangeError(`No row for ${planted.cpr} ${planted.name}`);
  };
  const headers = { ...as("practice"), ...json };
  const response = await server.inject({
    method: "POST",
    url: "/v1/advice",
    headers,
    payload: JSON.stringify(question),
  });
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ code: "internal-error", requestId: "id-1" });
  expectSilent(response.body);
  expectSilent(JSON.stringify(hub.lines));
  const broke = hub.lines.find((line) => line.event === "http-broke");
  expect(broke).toMatchObject({
    level: "error",
    fields: { requestId: "id-1", error: { name: "RangeError" } },
  });
});

test("a fault whose cause repeats a patient tells its code alone", async () => {
  const { server, hub } = createTestServer();
  hub.next.submit = () => {
    throw new Fault("journal-unavailable", { cause: new Error(planted.cpr) });
  };
  const headers = { ...as("practice"), "content-type": "application/xml" };
  const response = await server.inject({ method: "POST", url: "/v1/messages", headers, payload: "<a/>" });
  expect(response.statusCode).toBe(503);
  expectSilent(response.body + JSON.stringify(hub.lines));
});

test("a question that is accepted leaves ids in the log, and nothing of the patient", async () => {
  const { server, hub } = createTestServer();
  const secret = {
    ...question,
    patient: { cpr: planted.cpr, surname: planted.name },
    question: planted.text,
  };
  const headers = { ...as("practice"), ...json };
  const response = await server.inject({
    method: "POST",
    url: "/v1/advice",
    headers,
    payload: JSON.stringify(secret),
  });
  expect(response.statusCode).toBe(201);
  expectSilent(response.body + JSON.stringify(hub.lines));
  expect(JSON.stringify(hub.lines)).toContain(gln.practice);
});
