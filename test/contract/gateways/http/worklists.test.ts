import { expect, test } from "vitest";
import { ListSort } from "../../../../contracts/messages/case-list.ts";
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
  const query = `?family=advice&kind=specialist&status=asked&urgency=high&overdue=true&from=2026-11-01&to=2026-11-30&limit=7&sort=-opened&cursor=-opened_1_${"0".repeat(36)}&after=${after}`;
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
    sort: "-opened",
    cursor: `-opened_1_${"0".repeat(36)}`,
    after,
  });
});

test("every problem of a list is told at once, and nothing that was sent is repeated", async () => {
  const { server, hub } = createTestServer();
  const response = await ask(server, addresses[0], {
    query: "?family=psyk&limit=many&overdue=maybe&from=i-dag&after=0404650010&sort=cpr&cursor=0404650010",
  });
  expect(response.statusCode).toBe(400);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map(({ path }) => path).toSorted()).toEqual([
    "after",
    "cursor",
    "family",
    "from",
    "limit",
    "overdue",
    "sort",
  ]);
  expect(response.body).not.toContain("0404650010");
  expect(hub.queries).toEqual([]);
});

/** Every list that has a sort, with the one that it has for whoever names none. */
const sorted = [
  ["/v1/worklist", "due"],
  ["/v1/sent", "due"],
  ["/v1/overdue", "due"],
  ["/v1/cases", "-changed"],
  ["/v1/patients/cases", "-changed"],
] as const;
const askSorted = (
  server: ReturnType<typeof createTestServer>["server"],
  path: string,
  order: Record<string, string>,
) =>
  path === "/v1/patients/cases"
    ? ask(server, ["POST", path], { payload: { ...bodyOf(path), ...order } })
    : ask(server, ["GET", path], { query: `?${new URLSearchParams(order).toString()}` });

test.each(sorted)("%s is asked for in every order, and in %s where none is named", async (path, usual) => {
  const { server, hub } = createTestServer();
  for (const sort of ListSort.options) expect((await askSorted(server, path, { sort })).statusCode).toBe(200);
  expect((await askSorted(server, path, {})).statusCode).toBe(200);
  expect(hub.queries.map(({ payload }) => (payload as { sort: string }).sort)).toEqual([
    ...ListSort.options,
    usual,
  ]);
});

const cursorOf = (sort: string): string => `${sort}_1_${"0".repeat(36)}`;
const problemsIn = (response: { json: () => unknown }) =>
  (response.json() as { problems: { path: string; code: string }[] }).problems
    .map(({ path, code }) => [path, code])
    .toSorted();

test.each(sorted)(
  "%s with the cursor of another sort is 400 and says so, with everything else that is wrong",
  async (path) => {
    const { server, hub } = createTestServer();
    const wrong = await askSorted(server, path, { sort: "opened", cursor: cursorOf("-opened") });
    expect([wrong.statusCode, problemsIn(wrong)]).toEqual([400, [["cursor", "cursor-of-another-sort"]]]);
    const unnamed = await askSorted(server, path, { cursor: cursorOf("opened") });
    expect(problemsIn(unnamed)).toEqual([["cursor", "cursor-of-another-sort"]]);
    const twice = await askSorted(server, path, { sort: "due", cursor: cursorOf("-due"), family: "psyk" });
    expect(problemsIn(twice)).toEqual([
      ["cursor", "cursor-of-another-sort"],
      ["family", "invalid-value"],
    ]);
    expect(hub.queries).toEqual([]);
  },
);

test.each(sorted)("%s with an unknown sort and no cursor at all is 400, each of them named", async (path) => {
  const { server, hub } = createTestServer();
  const response = await askSorted(server, path, { sort: "0404650010", cursor: "0404650010" });
  expect([response.statusCode, problemsIn(response)]).toEqual([
    400,
    [
      ["cursor", "cursor-unknown"],
      ["sort", "invalid-value"],
    ],
  ]);
  expect(response.body).toContain("-changed");
  expect(response.body).not.toContain("0404650010");
  expect(hub.queries).toEqual([]);
});

test("the API description tells of the orders of each list, and of the one that it has by itself", async () => {
  const { server } = createTestServer();
  type Described = { name?: string; description?: string; schema?: object };
  const document = (await server.inject("/docs/json")).json<{
    paths: Record<string, { get?: { parameters: Described[] } }>;
    components: { schemas: Record<string, { properties: Record<string, Described> }> };
  }>();
  const inBody = document.components.schemas["PatientCasesQueryInput"]?.properties["sort"];
  for (const [path, usual] of sorted) {
    const parameter = document.paths[path]?.get?.parameters.find(({ name }) => name === "sort");
    const found = path === "/v1/patients/cases" ? inBody : { ...parameter?.schema, ...parameter };
    expect([path, found]).toMatchObject([path, { type: "string", enum: ListSort.options, default: usual }]);
    expect(found?.description).toContain("latest first");
  }
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
