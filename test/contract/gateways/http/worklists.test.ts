import { expect, test } from "vitest";
import { as, createTestServer, gln, listed } from "../../../support/http-ports.ts";

const json = { "content-type": "application/json" };
const addresses = [
  ["GET", "/v1/worklist", "worklist.expected"],
  ["GET", "/v1/sent", "worklist.sent"],
  ["GET", "/v1/overdue", "worklist.overdue"],
  ["GET", "/v1/cases", "worklist.cases"],
  ["POST", "/v1/patients/cases", "worklist.ofPatient"],
  ["POST", "/v1/search", "worklist.search"],
] as const;
const bodyOf = (path: string) =>
  path === "/v1/search" ? { messageId: "M-1" } : { patient: { cpr: "0404650010" } };
const ask = (
  server: ReturnType<typeof createTestServer>["server"],
  [method, url]: readonly [string, string, ...unknown[]],
  {
    caller = "unit",
    query = "",
    payload = bodyOf(url),
  }: { caller?: "unit" | "hospital" | "stranger"; query?: string; payload?: object } = {},
) =>
  server.inject({
    method: method as "GET" | "POST",
    url: `${url}${query}`,
    headers: { ...as(caller), ...(method === "POST" ? json : {}) },
    ...(method === "POST" ? { payload: JSON.stringify(payload) } : {}),
  });

test.each(addresses)(
  "%s %s lists cases as ids and words, with due times as people in Denmark read them",
  async (...address) => {
    const { server, hub } = createTestServer();
    const response = await ask(server, address);
    expect(response.statusCode).toBe(200);
    const [one] = listed.awaits;
    const dueLocal = "onsdag den 25. november 2026 kl. 10.00";
    expect(response.json()).toEqual({ items: [{ ...listed, awaits: [{ ...one, dueLocal }] }] });
    expect(hub.queries).toMatchObject(
      [{ type: address[2], viewer: gln.unit, payload: { limit: 50 } }].map((q) =>
        address[2] === "worklist.search" ? { ...q, payload: { messageId: "M-1" } } : q,
      ),
    );
  },
);

test.each(addresses)(
  "%s %s is asked for a unit by the organisation that it is part of, and by no other",
  async (...address) => {
    const { server, hub } = createTestServer();
    const query = `?for=${gln.unit}`;
    expect((await ask(server, address, { caller: "hospital", query })).statusCode).toBe(200);
    expect(hub.queries[0]).toMatchObject({ viewer: gln.unit });
    const stranger = await ask(server, address, { caller: "stranger", query });
    expect([stranger.statusCode, stranger.json<{ code: string }>().code]).toEqual([
      403,
      "sender-not-authorised",
    ]);
    expect(hub.queries).toHaveLength(1);
  },
);

test.each(addresses)("%s %s behind its index is 503, with when to come again", async (...address) => {
  const { server, hub } = createTestServer();
  hub.next.query = () => ({ status: "refused", code: "index-unavailable" });
  const response = await ask(server, address);
  expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "2"]);
});

test("filters and pages go on as they were asked for", async () => {
  const { server, hub } = createTestServer();
  const after = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.2";
  const query = `?family=advice&kind=specialist&status=asked&urgency=high&overdue=true&from=2026-11-01&to=2026-11-30&limit=7&cursor=1_${"0".repeat(36)}&after=${after}`;
  await ask(server, addresses[0], { query });
  expect(hub.queries[0]?.payload).toEqual({
    family: "advice",
    kind: "specialist",
    status: "asked",
    urgency: "high",
    overdue: true,
    from: "2026-11-01",
    to: "2026-11-30",
    limit: 7,
    cursor: `1_${"0".repeat(36)}`,
    after,
  });
});

test("every problem of a list is told at once, and nothing that was sent is repeated", async () => {
  const { server, hub } = createTestServer();
  const response = await ask(server, addresses[0], {
    query: "?family=psyk&limit=many&overdue=maybe&from=i-dag&after=0404650010",
  });
  expect(response.statusCode).toBe(400);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map(({ path }) => path).toSorted()).toEqual([
    "after",
    "family",
    "from",
    "limit",
    "overdue",
  ]);
  expect(response.body).not.toContain("0404650010");
  expect(hub.queries).toEqual([]);
});

test.each([
  ["/v1/patients/cases", {}],
  ["/v1/patients/cases", { patient: { cpr: "3102650010" } }],
  ["/v1/patients/cases", { patient: { cpr: "0404650010", alternativeId: "040465AB01" } }],
  ["/v1/search", {}],
  ["/v1/search", { messageId: "" }],
] as const)("%s with %j is 400, and repeats nothing", async (url, payload) => {
  const { server, hub } = createTestServer();
  const response = await ask(server, ["POST", url], { payload });
  expect([response.statusCode, hub.queries]).toEqual([400, []]);
  expect(response.body).not.toMatch(/\d{6,}AB|\d{10}/);
});

test("what is not JSON is 415", async () => {
  const { server } = createTestServer();
  const headers = { ...as("unit"), "content-type": "text/csv" };
  for (const url of ["/v1/patients/cases", "/v1/search", "/v1/directory/registered-gp"])
    expect((await server.inject({ method: "POST", url, headers, payload: "a;b" })).statusCode).toBe(415);
});

test("due times are English where that is preferred", async () => {
  const { server } = createTestServer();
  const headers = { ...as("unit"), "accept-language": "en" };
  const response = await server.inject({ url: "/v1/worklist", headers });
  expect(response.json<{ items: (typeof listed)[] }>().items[0]?.awaits[0]).toMatchObject({
    dueLocal: "Wednesday, 25 November 2026 at 10:00",
  });
});
