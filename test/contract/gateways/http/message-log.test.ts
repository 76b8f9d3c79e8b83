import { expect, test } from "vitest";
import { HopsPage } from "../../../../contracts/messages/message-log.ts";
import { contractExamples } from "../../../support/api-document.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const page = { items: [] };
const { server, hub } = createTestServer();

/** What was asked of the hub for a call, and its answer. */
const ask = async (caller: Parameters<typeof as>[0], url: string, body?: object) => {
  hub.queries.length = 0;
  hub.next.query = () => ({ status: "ok", value: page });
  const response = await server.inject({
    method: body === undefined ? "GET" : "POST",
    url,
    headers: as(caller),
    ...(body === undefined ? {} : { payload: body }),
  });
  delete hub.next.query;
  return { response, asked: hub.queries.slice() };
};

test("every key is passed on as it was asked for", async () => {
  const keys = {
    messageId: "BREV1",
    envelopeId: "KUV1",
    caseId: "c",
    intakeId: "i",
    direction: "out",
    status: "failed",
    sender: gln.unit,
    receiver: gln.hospital,
    type: "XDIS91",
    from: "2026-11-23",
    to: "2026-11-23T12:00:00.000Z",
    limit: "7",
    cursor: "msg_1795425000000_a.1.0",
    after: `${"0".repeat(36)}.1`,
  };
  const { response, asked } = await ask("unit", `/v1/messages?${new URLSearchParams(keys).toString()}`);
  expect(response.statusCode).toBe(200);
  expect(asked).toEqual([{ type: "messages.search", viewer: gln.unit, payload: { ...keys, limit: 7 } }]);
});

test("a citizen is asked for in a body alone", async () => {
  const { asked } = await ask("unit", "/v1/messages/search", { patient: { cpr: "0404650010" } });
  expect(asked[0]?.payload).toEqual({ patient: { cpr: "0404650010" }, limit: 50 });
  const inAddress = await ask("unit", "/v1/messages?patient=0404650010");
  expect(inAddress.asked[0]?.payload).toEqual({ limit: 50 });
});

test("every problem is told at once, and nothing that was sent is repeated", async () => {
  const { response } = await ask("unit", "/v1/messages?status=0404650010&cursor=0404650010&limit=0&from=i");
  expect(response.statusCode).toBe(400);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map(({ path }) => path).toSorted()).toEqual(["cursor", "from", "limit", "status"]);
  expect(response.body).not.toContain("0404650010");
});

test("an operator sees everybody's, or with a unit what that unit sees; a stranger no unit's", async () => {
  for (const path of ["/v1/messages", "/v1/dead-letters"]) {
    expect((await ask("operator", path)).asked[0]?.viewer).toBe("operator");
    expect((await ask("operator", `${path}?for=${gln.unit}`)).asked[0]?.viewer).toBe(gln.unit);
    expect((await ask("stranger", `${path}?for=${gln.unit}`)).response.statusCode).toBe(403);
  }
});

test("dead letters are the open ones, unless others are asked for", async () => {
  expect((await ask("unit", "/v1/dead-letters")).asked[0]?.payload).toMatchObject({ state: "open" });
  const closed = await ask("unit", "/v1/dead-letters?state=closed&kind=refused");
  expect(closed.asked[0]?.payload).toMatchObject({ state: "closed", kind: "refused" });
});

test("an export is one AuditEvent a line, page after page, and a fault on the way cuts it short", async () => {
  const example = contractExamples.find(({ file }) => file === "message-log/valid/hops-page.json");
  const { items } = HopsPage.parse(example?.message);
  const url = "/v1/messages/export?from=2026-11-23T00:00:00.000Z&to=2026-11-24T00:00:00.000Z";
  const pages = [
    { items: items.slice(0, 1), next: "0.7" },
    { items: [], next: "1.0" },
    { items: items.slice(1) },
  ];
  // The next answer is planned one at a time.
  const answerWith = (answer: NonNullable<typeof hub.next.query>): void => {
    hub.next.query = () => {
      answerWith(answer);
      return answer();
    };
  };
  answerWith(() => ({ status: "ok", value: pages.shift() }));
  const response = await server.inject({ method: "GET", url, headers: as("operator") });
  expect(
    response.body
      .split("\n")
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { id: string }).id),
  ).toEqual(items.map(({ id }) => id));
  const cut = [{ items, next: "0.7" }];
  answerWith(() => {
    const value = cut.shift();
    return value === undefined ? { status: "failed", code: "journal-unavailable" } : { status: "ok", value };
  });
  const cutShort = async () => server.inject({ method: "GET", url, headers: as("operator") });
  await expect(cutShort()).rejects.toThrow("destroyed before completion");
});

test("an export is an operator's alone, and a fault before its first line is told as any other", async () => {
  const url = "/v1/messages/export?from=2026-11-23T00:00:00.000Z&to=2026-11-24T00:00:00.000Z";
  expect((await ask("unit", url)).response.statusCode).toBe(403);
  hub.next.query = () => ({ status: "failed", code: "journal-unavailable" });
  expect((await server.inject({ method: "GET", url, headers: as("operator") })).statusCode).toBe(503);
});
