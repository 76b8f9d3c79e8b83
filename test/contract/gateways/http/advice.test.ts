import { expect, test } from "vitest";
import { type ErrorCode, errorCodes, Fault } from "../../../../contracts/errors.ts";
import { AdviceCommands } from "../../../../contracts/messages/advice.ts";
import { as, createTestServer, gln, postJson, question, sha256 } from "../../../support/http-ports.ts";

test("a question is 201 with its due time, as an instant and as people read it", async () => {
  const { server } = createTestServer();
  const response = await postJson(server, "/v1/advice", question);
  expect(response.statusCode).toBe(201);
  const body = response.json<{ caseId: string }>();
  expect(body).toMatchObject({
    status: "accepted",
    duplicate: false,
    due: "2026-11-25T09:00:00.000Z",
    dueLocal: "onsdag den 25. november 2026 kl. 10.00",
  });
  expect(response.headers.location).toBe(`/v1/cases/${body.caseId}`);
});

test("the due time is read in English where English is preferred", async () => {
  const { server } = createTestServer();
  const response = await postJson(
    server,
    { url: "/v1/advice", headers: { ...as("practice"), "accept-language": "en" } },
    question,
  );
  expect(response.json<{ dueLocal: string }>().dueLocal).toMatch(/^Wednesday,? 25 November 2026 at 10:00$/);
});

test("a question becomes a command named by its asker and message, with the payload as its schema reads it", async () => {
  const { hub, server } = createTestServer();
  await postJson(server, "/v1/advice", { ...question, invented: "field" });
  expect(hub.commands).toEqual([
    {
      id: `ask:${gln.practice}:spg-1`,
      type: "advice.ask",
      version: 1,
      time: "2026-11-23T09:15:00.000Z",
      sender: gln.practice,
      correlation: "id-1",
      payload: AdviceCommands["advice.ask"].parse(question),
    },
  ]);
});

test("the same question again is 200 with the same answer", async () => {
  const { server } = createTestServer();
  const first = await postJson(server, "/v1/advice", question);
  const again = await postJson(server, "/v1/advice", question);
  expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
  expect(again.json()).toEqual({ ...first.json<object>(), duplicate: true });
});

test("the same message id with other content is 409", async () => {
  const { server } = createTestServer();
  await postJson(server, "/v1/advice", question);
  const other = await postJson(server, "/v1/advice", { ...question, subject: "Noget andet" });
  expect(other.statusCode).toBe(409);
  expect(other.json()).toMatchObject({ code: "content-differs" });
});

test("every problem of a question is told at once, with its path and code, and nothing is sent", async () => {
  const { hub, server } = createTestServer();
  const response = await postJson(server, "/v1/advice", {
    ...question,
    subject: "",
    priority: "urgent",
    patient: { cpr: "3202001234" },
  });
  expect(response.statusCode).toBe(422);
  const { code, problems } = response.json<{ code: string; problems: { path: string; code: string }[] }>();
  expect(code).toBe("message-invalid");
  expect(problems.map((p) => `${p.path} ${p.code}`).sort()).toEqual([
    "patient.cpr cpr-not-a-date",
    "patient.surname invalid-type",
    "priority invalid-value",
    "subject invalid-too-small",
  ]);
  expect(hub.commands).toEqual([]);
});

test.each(["[]", '"text"', "null", "17"])("a body of %s is 422", async (payload) => {
  const { server } = createTestServer();
  const response = await postJson(server, "/v1/advice", JSON.parse(payload));
  expect(response.statusCode).toBe(422);
});

const raw = async (payload: Buffer, contentType: string) => {
  const { server } = createTestServer();
  const headers = { ...as("practice"), "content-type": contentType };
  const response = await server.inject({ method: "POST", url: "/v1/advice", headers, payload });
  return [response.statusCode, response.json<{ code: string }>().code];
};

test("malformed JSON is 400", async () => {
  expect(await raw(Buffer.from('{"messageId":'), "application/json")).toEqual([400, "message-invalid"]);
});
test("JSON that nests too deep is 400", async () => {
  expect(await raw(Buffer.from("[".repeat(10_000)), "application/json")).toEqual([400, "message-invalid"]);
});
test("JSON that is not UTF-8 is 400, since names would be kept as something else", async () => {
  const latin1 = Buffer.from(JSON.stringify(question), "latin1");
  expect(await raw(latin1, "application/json; charset=iso-8859-1")).toEqual([400, "encoding-unknown"]);
});
test("a question in another media type is 415", async () => {
  expect(await raw(Buffer.from("<a/>"), "application/xml")).toEqual([415, "media-type-unknown"]);
});
test("a question over the limit is 413", async () => {
  expect(await raw(Buffer.alloc(20_001, 0x20), "application/json")).toEqual([413, "document-too-large"]);
});

test("JSON with a byte order mark is read", async () => {
  const { server } = createTestServer();
  const payload = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(question))]);
  const headers = { ...as("practice"), "content-type": "application/json" };
  const response = await server.inject({ method: "POST", url: "/v1/advice", headers, payload });
  expect(response.statusCode).toBe(201);
});

test.each(["journal-unavailable", "journal-timeout", "internal-error", "code-of-tomorrow"])(
  "a command that failed with %s is 503 and may be sent again",
  async (code) => {
    const { hub, server } = createTestServer();
    hub.next.command = () => ({ status: "failed", code, fate: "ask" });
    const response = await postJson(server, "/v1/advice", question);
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "2"]);
  },
);

test.each(["service-unavailable", "journal-timeout"] satisfies ErrorCode[])(
  "a fault %s is 503",
  async (code) => {
    const { hub, server } = createTestServer();
    hub.next.command = () => {
      throw new Fault(code);
    };
    const response = await postJson(server, "/v1/advice", question);
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code, fate: errorCodes[code].fate });
  },
);

const attachment = (digest: string, sizeBytes: number) => ({
  objectId: "9d7c1f0e2b3a4c5d8e9f001122334455",
  code: "billede",
  extension: "jpeg",
  sizeBytes,
  digest,
  description: "Foto af hals",
});

test("a message that names an attachment which was not uploaded is 422 and is not sent", async () => {
  const { hub, server } = createTestServer();
  const kept = await hub.ports.putObject(Buffer.from("kept"));
  const attachments = [
    attachment(kept.digest, 4),
    attachment(sha256("never"), 5),
    attachment(kept.digest, 5),
  ];
  const response = await postJson(server, "/v1/advice", { ...question, attachments });
  expect(response.statusCode).toBe(422);
  expect(response.json()).toMatchObject({
    code: "object-unknown",
    problems: [
      { path: "attachments.1.digest", code: "object-unknown" },
      { path: "attachments.2.sizeBytes", code: "attachment-size-differs" },
    ],
  });
  expect(hub.commands).toEqual([]);
});

test("a message that names an uploaded attachment is sent", async () => {
  const { hub, server } = createTestServer();
  const kept = await hub.ports.putObject(Buffer.from("kept"));
  const response = await postJson(server, "/v1/advice", {
    ...question,
    attachments: [attachment(kept.digest, 4)],
  });
  expect(response.statusCode).toBe(201);
});
