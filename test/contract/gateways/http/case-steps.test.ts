import { expect, test } from "vitest";
import { errorCodes } from "../../../../contracts/errors.ts";
import { AdviceCommands } from "../../../../contracts/messages/advice.ts";
import { as, createTestServer, gln, postJson } from "../../../support/http-ports.ts";

const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";

test("a caller acts as a unit that is part of it, and as no other", async () => {
  const { hub, server } = createTestServer();
  const url = `/v1/cases/${caseId}/answer?for=${gln.unit}`;
  const own = await postJson(server, { url, headers: as("hospital") }, { text: "Ned." });
  const others = await postJson(server, { url, headers: as("stranger") }, { text: "Ned." });
  expect([own.statusCode, others.statusCode]).toEqual([200, 403]);
  expect(others.json()).toMatchObject({ code: "sender-not-authorised" });
  expect(hub.commands.map((c) => c.sender)).toEqual([gln.unit]);
});

test.each([
  ["request-information", "advice.requestInformation", { text: "Seneste TSH?" }],
  ["give-information", "advice.giveInformation", { text: "0,05." }],
  ["answer", "advice.answer", { text: "Ned.", outcome: "advice", adviser: { name: "Test Lægesen" } }],
  ["convert", "advice.convert", { text: "Ses her." }],
  ["redirect", "advice.redirect", { to: { gln: gln.hospital }, reason: "Forkert afsnit" }],
  ["decline", "advice.decline", { text: "Kan ikke." }],
  ["withdraw", "advice.withdraw", { reason: "Løst" }],
  ["follow-up", "advice.askFollowUp", { text: "Og derefter?" }],
  ["handled", "advice.markHandled", {}],
] as const)("%s becomes %s on the case of the address", async (action, type, payload) => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, `/v1/cases/${caseId}/${action}`, { ...payload, caseId: "another" });
  expect(response.statusCode).toBe(200);
  const [command] = hub.commands;
  expect(command).toMatchObject({ type, sender: gln.practice, id: "id-2" });
  expect(command?.payload).toEqual(AdviceCommands[type].parse({ ...payload, caseId }));
});

test("marking as handled needs no body", async () => {
  const { server } = createTestServer();
  const url = `/v1/cases/${caseId}/handled`;
  const bare = await server.inject({ method: "POST", url, headers: as("unit") });
  const typed = await server.inject({
    method: "POST",
    url,
    headers: { ...as("unit"), "content-type": "application/json" },
  });
  expect([bare.statusCode, typed.statusCode]).toEqual([200, 200]);
});

test("an idempotency-key names the command, apart for each sender", async () => {
  const { hub, server } = createTestServer();
  const url = `/v1/cases/${caseId}/answer`;
  const first = await postJson(
    server,
    { url, headers: { ...as("unit"), "idempotency-key": "svar-1" } },
    { text: "Ned." },
  );
  const again = await postJson(
    server,
    { url, headers: { ...as("unit"), "idempotency-key": "svar-1" } },
    { text: "Ned." },
  );
  await postJson(
    server,
    { url, headers: { ...as("practice"), "idempotency-key": "svar-1" } },
    { text: "Ned." },
  );
  expect([first, again].map((r) => r.json<{ duplicate: boolean }>().duplicate)).toEqual([false, true]);
  expect(hub.commands.map((c) => c.id)).toEqual([
    `${gln.unit}:svar-1`,
    `${gln.unit}:svar-1`,
    `${gln.practice}:svar-1`,
  ]);
});

test("an idempotency-key that is none is 422, told with the problems of the body", async () => {
  const { server } = createTestServer();
  const response = await postJson(
    server,
    { url: `/v1/cases/${caseId}/answer`, headers: { ...as("unit"), "idempotency-key": "a b" } },
    {},
  );
  expect(response.statusCode).toBe(422);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map((p) => p.path)).toEqual(["text", "idempotency-key"]);
});

test("an id that is no case's is 404 like a case that does not exist", async () => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, "/v1/cases/12/answer", { text: "Ned." });
  expect(response.statusCode).toBe(404);
  expect(response.json()).toMatchObject({ code: "case-unknown" });
  expect(hub.commands).toEqual([]);
});

const refusedAs = async (code: string) => {
  const { hub, server } = createTestServer();
  const problems = [{ path: "to", code, message: "Because.", severity: "error" as const }];
  hub.next.command = () => ({ status: "refused", code, problems, duplicate: true, caseId });
  const response = await postJson(server, `/v1/cases/${caseId}/answer`, { text: "Ned." });
  return { status: response.statusCode, body: response.json<object>() };
};

test.each([
  ["case-unknown", 404],
  ["not-your-turn", 409],
  ["wrong-state", 409],
  ["conversion-not-authorised", 409],
  ["content-differs", 409],
  ["receiver-unknown", 422],
  ["no-unit-advises", 422],
  ["message-invalid", 422],
  ["sender-not-authorised", 403],
] as const)("a command refused with %s is %i, with its problems", async (code, status) => {
  const refused = await refusedAs(code);
  expect(refused.status).toBe(status);
  expect(refused.body).toMatchObject({
    code,
    message: errorCodes[code].da,
    problems: [{ path: "to", code }],
    duplicate: true,
  });
});

test("a refusal whose code this release does not know is 422", async () => {
  expect((await refusedAs("code-of-tomorrow")).status).toBe(422);
});

test("a command that there is nothing to do for is 200 with the reason", async () => {
  const { hub, server } = createTestServer();
  hub.next.command = () => ({ status: "ignored", reason: "already-handled", caseId });
  const response = await postJson(server, `/v1/cases/${caseId}/handled`, {});
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ status: "ignored", reason: "already-handled", caseId });
});
