import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { routesOf } from "../../../../gateways/http/server.ts";
import { as, createFakeHub, createTestServer, question, testOptions } from "../../../support/http-ports.ts";

/** What changes nothing, and what those who run the hub need when nothing else works. */
const open = new Set([
  "/v1/directory/registered-gp",
  "/v1/responsible",
  "/v1/patients/cases",
  "/v1/cases/patients",
  "/v1/search",
  "/v1/messages/search",
  "/v1/agreements/what-if",
  "/v1/receivers/:gln/pause",
  "/v1/receivers/:gln/resume",
  "/v1/emergency-access",
  "/v1/audit/search",
  "/v1/audit/export",
  "/v1/session",
  "/v1/session/end",
  // Asks for itself: it is told in FHIR (below).
  "/fhir/$process-message",
]);

const letter = { headers: { ...as("practice"), "content-type": "application/xml" }, payload: "<Emessage/>" };

describe("the door", () => {
  test("is at every address that takes something in, and at no other", () => {
    const routes = routesOf(createFakeHub().ports, testOptions);
    const wrong = routes
      .filter(({ method, path, takes }) => (method !== "GET" && !open.has(path)) !== (takes !== undefined))
      .map(({ method, path }) => `${method} ${path}`);
    expect(wrong).toEqual([]);
  });

  test("a document is told why and when, and nothing of it is read or kept", async () => {
    const { server, hub } = createTestServer();
    const asked: string[] = [];
    hub.next.refusal = (of) => {
      asked.push(of);
      return { code: "hub-busy", retryAfterSeconds: 7 };
    };
    const response = await server.inject({ method: "POST", url: "/v1/messages", ...letter });
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "7"]);
    expect(response.json()).toMatchObject({ code: "hub-busy", fate: "retry" });
    expect([asked, hub.submitted]).toEqual([["document"], []]);
  });

  test("who sends FHIR is told the same in FHIR, and nothing of it is kept", async () => {
    const { server, hub } = createTestServer();
    hub.next.refusal = (of) => (of === "document" ? { code: "hub-busy", retryAfterSeconds: 7 } : undefined);
    const response = await server.inject({
      method: "POST",
      url: "/fhir/$process-message",
      headers: { ...as("practice"), "content-type": "application/fhir+json" },
      payload: "{}",
    });
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "7"]);
    expect(response.headers["content-type"]).toContain("application/fhir+");
    expect(hub.submitted).toEqual([]);
  });

  test("a command is asked for as one, and is not sent on", async () => {
    const { server, hub } = createTestServer();
    hub.next.refusal = (of) =>
      of === "command" ? { code: "journal-full", retryAfterSeconds: 20 } : undefined;
    const response = await server.inject({
      method: "POST",
      url: "/v1/advice",
      headers: as("practice"),
      payload: question,
    });
    expect([response.statusCode, response.headers["retry-after"], hub.commands]).toEqual([503, "20", []]);
  });

  test("a stranger is told nothing of how the hub fares", async () => {
    const { server, hub } = createTestServer();
    hub.next.refusal = () => ({ code: "hub-busy", retryAfterSeconds: 7 });
    const { headers, payload } = letter;
    const stranger = { "content-type": headers["content-type"] };
    const response = await server.inject({ method: "POST", url: "/v1/messages", headers: stranger, payload });
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([401, undefined]);
  });
});

describe("readiness", () => {
  test("every address that a manifest, a compose file or the balancer asks of a hub is one that answers without a token", async () => {
    const files = [
      "manifests/hub.yaml",
      "docker/compose.cluster.yml",
      "docker/haproxy.cfg",
      "docker/Dockerfile",
    ];
    const text = files.map((name) => readFileSync(join("infra", name), "utf8")).join("\n");
    const probes = /httpGet: \{ path: ([^,]+),|127\.0\.0\.1:8080([^'"\s]*)|httpchk GET (\S+)/g;
    const asked = [...text.matchAll(probes)].map(([, a, b, c]) => a ?? b ?? c ?? "");
    expect(new Set(asked)).toEqual(new Set(["/health/ready", "/"]));
    const { server } = createTestServer();
    for (const url of asked) expect([url, (await server.inject(url)).statusCode]).toEqual([url, 200]);
  });

  test("is 200 while the hub is to be sent to, whatever it refuses", async () => {
    const { server, hub } = createTestServer();
    hub.next.ready = () => ({ ready: true, draining: false, reasons: ["journal-full"] });
    const response = await server.inject("/health/ready");
    expect([response.statusCode, response.json()]).toEqual([
      200,
      { ready: true, draining: false, reasons: ["journal-full"] },
    ]);
  });

  test("a hub that is about to stop is not ready, serves all the same, and keeps no connection", async () => {
    const { server, hub } = createTestServer();
    hub.next.ready = () => ({ ready: false, draining: true, reasons: [] });
    expect((await server.inject("/health/ready")).statusCode).toBe(503);
    const response = await server.inject({ method: "POST", url: "/v1/messages", ...letter });
    expect([response.statusCode, response.headers.connection]).toEqual([201, "close"]);
    expect(hub.submitted.length).toBe(1);
  });
});
