import { expect, test } from "vitest";
import { createServer } from "../../../../gateways/http/server.ts";
import { as, createFakeHub, createTestServer, testOptions } from "../../../support/http-ports.ts";

test("health needs no token and tells what is up and whether a yes is on disk", async () => {
  const { server } = createTestServer();
  const response = await server.inject("/health");
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ ok: true, durability: "safe", parts: { nats: "up" } });
});

test("health is 503 when a part is down", async () => {
  const { server, hub } = createTestServer();
  const health = { ok: false, durability: "unsafe", parts: { nats: "down" } } as const;
  hub.next.health = () => health;
  const response = await server.inject("/health");
  expect([response.statusCode, response.json()]).toEqual([503, health]);
});

test("metrics are for the machine itself, and do not exist for others", async () => {
  const { server } = createTestServer();
  const own = await server.inject({ url: "/metrics", remoteAddress: "127.0.0.1" });
  const other = await server.inject({ url: "/metrics", remoteAddress: "192.0.2.7" });
  expect([own.statusCode, own.headers["content-type"]]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  expect(own.body).toContain("up 1");
  expect(other.statusCode).toBe(404);
});

test("metrics are for anyone where that is chosen", async () => {
  const server = createServer(createFakeHub().ports, { ...testOptions, metricsFor: "anyone" });
  const response = await server.inject({ url: "/metrics", remoteAddress: "192.0.2.7" });
  expect(response.statusCode).toBe(200);
});

test("the front page is Danish, or English where that is preferred, and links to the docs and the health", async () => {
  const { server } = createTestServer();
  const danish = await server.inject({ url: "/", headers: { accept: "text/html,*/*;q=0.8" } });
  const english = await server.inject({
    url: "/",
    headers: { "accept-language": "en-GB,en;q=0.9,da;q=0.1" },
  });
  expect(danish.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(danish.body).toContain('<html lang="da">');
  expect(danish.body).toContain("Ingen venter ubemærket");
  expect(english.body).toContain("Nobody waits unnoticed");
  for (const link of ['href="/docs"', 'href="/health"']) expect(danish.body).toContain(link);
});

test("the front page is JSON for a program", async () => {
  const { server } = createTestServer();
  const response = await server.inject({ url: "/", headers: { accept: "application/json" } });
  expect(response.json()).toMatchObject({ name: "Sektorbro", docs: "/docs", health: "/health" });
});

test.each([
  ["nobody", "GET", "/v1/inbox", 401],
  ["practice", "GET", "/v1/inbox?limit=no", 400],
  ["practice", "GET", "/v1/intake/refused", 403],
  ["practice", "GET", "/v1/nothing", 404],
  ["practice", "POST", "/v1/messages", 415],
] as const)(
  "what is answered to %s at %s %s, with %i, is a problem document (RFC 9457)",
  async (who, method, url, status) => {
    const { server } = createTestServer();
    const headers = who === "nobody" ? {} : as(who);
    const response = await server.inject({
      method,
      url,
      headers,
      ...(method === "POST" ? { payload: "x" } : {}),
    });
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toMatch(/^application\/problem\+json(;|$)/);
    expect(response.json()).toMatchObject({ fate: "park", requestId: "id-1" });
  },
);

test.each([
  ["GET", "/v1/nothing"],
  ["DELETE", "/v1/inbox"],
  ["GET", "/%zz"],
  ["POST", "/v2/messages"],
] as const)("%s %s is answered in JSON, with where to look", async (method, url) => {
  const { server } = createTestServer();
  const response = await server.inject({ method, url, headers: { "accept-language": "en" } });
  expect([400, 404]).toContain(response.statusCode);
  expect(response.json()).toHaveProperty("code");
  if (response.statusCode === 404)
    expect(response.json()).toMatchObject({
      code: "address-unknown",
      message: "There is nothing at this address. See /docs for every address.",
    });
});

test.each([
  ["POST", "/v1/messages"],
  ["GET", "/v1/inbox"],
  ["GET", "/v1/cases/5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90"],
  ["POST", "/v1/advice"],
  ["POST", "/v1/attachments"],
  ["GET", "/v1/directory"],
  ["GET", "/v1/intake/refused"],
] as const)("%s %s without a trusted token is 401", async (method, url) => {
  const { server } = createTestServer();
  for (const headers of [{}, as("forged" as "unit"), { authorization: "Basic dW5pdDp1bml0" }]) {
    const response = await server.inject({ method, url, headers });
    expect(response.statusCode).toBe(401);
    expect(response.headers["www-authenticate"]).toBe("Bearer");
    expect(response.json()).toMatchObject({ code: "not-authenticated" });
  }
});

test("a request is logged by its pattern, status and caller", async () => {
  const { server, hub } = createTestServer();
  await server.inject({ url: "/v1/inbox/nonsense?for=0101010101", headers: as("unit") });
  await server.inject("/health");
  expect(hub.lines).toMatchObject([
    {
      level: "info",
      event: "http-request",
      fields: { requestId: "id-1", method: "GET", route: "/v1/inbox/:deliveryId", httpStatus: 403 },
    },
    { fields: { route: "/health", httpStatus: 200 } },
  ]);
  expect(hub.lines[0]?.fields).toMatchObject({ code: "sender-not-authorised", sender: "5790000200016" });
  expect(hub.lines[0]?.fields).not.toHaveProperty("droppedFields");
});

test("the API description and its pages are served by the hub itself", async () => {
  const { server } = createTestServer();
  const document = await server.inject("/docs/json");
  const page = await server.inject("/docs/");
  expect(document.json()).toMatchObject({
    openapi: "3.1.0",
    info: { title: "Sektorbro", version: "0.0.0-test" },
  });
  expect([page.statusCode, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.body).not.toMatch(/(src|href)="https?:/);
});
