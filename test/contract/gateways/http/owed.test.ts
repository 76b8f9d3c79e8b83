import { expect, test } from "vitest";
import type { OwedPage } from "../../../../contracts/messages/owed.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const page: OwedPage = {
  items: [
    {
      caseId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90",
      family: "advice",
      debtor: { gln: gln.unit, name: "Endokrinologisk Afd." },
      what: { da: "Svare", en: "Answer" },
      since: "2026-11-23T09:15:00.000Z",
      due: "2026-11-25T09:00:00.000Z",
      overdue: false,
    },
  ],
};
const ask = async (caller: Parameters<typeof as>[0], query = "") => {
  const { server, hub } = createTestServer();
  hub.next.query = () => ({ status: "ok", value: page });
  const response = await server.inject({ method: "GET", url: `/v1/owed${query}`, headers: as(caller) });
  return { response, hub };
};

test("what is owed is told with due times as people in Denmark read them", async () => {
  const { response, hub } = await ask("unit");
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({
    items: [{ ...page.items[0], dueLocal: "onsdag den 25. november 2026 kl. 10.00" }],
  });
  expect(hub.queries).toEqual([{ type: "worklist.owed", viewer: gln.unit, payload: { limit: 50 } }]);
});

test("every filter is passed on as it was asked for", async () => {
  const cursor = `owed_1795705200000_${"0".repeat(36)}|RECEIPT.2.0`;
  const query = new URLSearchParams({
    side: "owes",
    family: "advice",
    with: gln.hospital,
    agreement: "ADVICE-MSG",
    overdue: "true",
    limit: "7",
    cursor,
  });
  const { response, hub } = await ask("unit", `?${query.toString()}`);
  expect(response.statusCode).toBe(200);
  expect(hub.queries[0]?.payload).toEqual({
    side: "owes",
    family: "advice",
    with: gln.hospital,
    agreement: "ADVICE-MSG",
    overdue: true,
    limit: 7,
    cursor,
  });
});

test("an operator sees everybody, or with a unit what that unit sees", async () => {
  expect((await ask("operator")).hub.queries[0]?.viewer).toBe("operator");
  expect((await ask("operator", `?for=${gln.unit}`)).hub.queries[0]?.viewer).toBe(gln.unit);
});

test("a unit is asked for by the organisation that it is part of, and by no other", async () => {
  expect((await ask("hospital", `?for=${gln.unit}`)).hub.queries[0]?.viewer).toBe(gln.unit);
  const { response, hub } = await ask("stranger", `?for=${gln.unit}`);
  expect(response.statusCode).toBe(403);
  expect(hub.queries).toEqual([]);
});

test("every problem is told at once, and nothing that was sent is repeated", async () => {
  const { response, hub } = await ask(
    "unit",
    "?side=all&family=psyk&overdue=maybe&cursor=0404650010&limit=0",
  );
  expect(response.statusCode).toBe(400);
  const { problems } = response.json<{ problems: { path: string }[] }>();
  expect(problems.map(({ path }) => path).toSorted()).toEqual([
    "cursor",
    "family",
    "limit",
    "overdue",
    "side",
  ]);
  expect(response.body).not.toContain("0404650010");
  expect(hub.queries).toEqual([]);
});

test("behind its index it is 503, with when to come again", async () => {
  const { server, hub } = createTestServer();
  hub.next.query = () => ({ status: "refused", code: "index-unavailable" });
  const response = await server.inject({ method: "GET", url: "/v1/owed", headers: as("unit") });
  expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "2"]);
});
