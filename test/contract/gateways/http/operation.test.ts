import { expect, test } from "vitest";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const json = { "content-type": "application/json" };
const refusedDocument = {
  intake: "in-1",
  sender: gln.practice,
  at: "2026-11-23T09:15:00.000Z",
  code: "document-invalid",
  problems: [{ path: "A/B", code: "document-invalid", message: "Too short.", severity: "error" as const }],
};
const organisation = {
  gln: "5790000000159",
  name: "Ny Praksis",
  kind: "practice",
  validFrom: "2026-01-01",
  channels: [{ standard: "json", transport: "inbox", accepts: ["*"] }],
};
const file = { format: "sektorbro-directory", version: 1, organisations: [organisation] };

test.each([
  ["GET", "/v1/intake/refused"],
  ["GET", "/v1/intake/in-1"],
  ["POST", "/v1/directory/import"],
  ["GET", "/v1/directory/export"],
] as const)("%s %s is for operators only", async (method, url) => {
  const { server, hub } = createTestServer();
  hub.originals.set("in-1", { bytes: Buffer.from("<a/>"), mediaType: "application/xml" });
  const response = await server.inject({
    method,
    url,
    headers: { ...as("practice"), ...json },
    ...(method === "POST" ? { payload: JSON.stringify(file) } : {}),
  });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([403, "operator-only"]);
  expect(hub.commands).toEqual([]);
});

test("an operator sees which documents were refused, and why", async () => {
  const { server, hub } = createTestServer();
  hub.refused.push(refusedDocument, { ...refusedDocument, intake: "in-2" });
  const response = await server.inject({ url: "/v1/intake/refused?limit=1", headers: as("operator") });
  expect(response.json()).toEqual({ documents: [refusedDocument] });
  const wrong = await server.inject({ url: "/v1/intake/refused?limit=0", headers: as("operator") });
  expect(wrong.statusCode).toBe(400);
});

test("an operator fetches the original bytes to save, whatever they claim to be", async () => {
  const { server, hub } = createTestServer();
  const bytes = Buffer.from("<script>\xe6</script>", "latin1");
  hub.originals.set("in-1", { bytes, mediaType: "text/html" });
  const response = await server.inject({ url: "/v1/intake/in-1", headers: as("operator") });
  expect(response.rawPayload.equals(bytes)).toBe(true);
  expect(response.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": 'attachment; filename="intake-in-1"',
    "sektorbro-media-type": "text/html",
    "x-content-type-options": "nosniff",
  });
});

test.each(["in-9", "in.*", "%22"])("an original under %s is 404", async (id) => {
  const { server } = createTestServer();
  const response = await server.inject({ url: `/v1/intake/${id}`, headers: as("operator") });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, "address-unknown"]);
});

test("the directory lists who is valid today and what they offer", async () => {
  const { server } = createTestServer();
  const response = await server.inject({ url: "/v1/directory", headers: as("practice") });
  const { organisations } = response.json<{ organisations: { gln: string }[] }>();
  expect(organisations.map((o) => o.gln)).toEqual([gln.hospital, gln.practice, gln.unit]);
  expect(organisations[2]).toMatchObject({
    name: "Prøveby Endokrinologi",
    partOf: gln.hospital,
    offers: [{ service: "advice", speciality: "med_endokrinologi" }],
  });
});

test("the directory is searched by the speciality that a unit advises in", async () => {
  const { server } = createTestServer();
  const found = async (speciality: string) => {
    const response = await server.inject({
      url: `/v1/directory?speciality=${speciality}`,
      headers: as("practice"),
    });
    return response.json<{ organisations: { gln: string }[] }>().organisations.map((o) => o.gln);
  };
  expect(await found("med_endokrinologi")).toEqual([gln.unit]);
  expect(await found("kirurgi")).toEqual([]);
});

test("an operator imports a directory by command", async () => {
  const { server, hub } = createTestServer();
  const headers = { ...as("operator"), ...json, "idempotency-key": "uge-48" };
  const payload = JSON.stringify(file);
  const response = await server.inject({ method: "POST", url: "/v1/directory/import", headers, payload });
  expect(response.statusCode).toBe(200);
  expect(hub.commands).toMatchObject([
    { id: `${gln.operator}:uge-48`, type: "directory.import", sender: "operator", payload: { file } },
  ]);
});

test("every problem of a directory is told at once, and nothing is imported", async () => {
  const { server, hub } = createTestServer();
  const wrong = {
    ...file,
    organisations: [
      { ...organisation, gln: "5790 150" },
      { ...organisation, kind: "shop" },
    ],
  };
  const headers = { ...as("operator"), ...json };
  const payload = JSON.stringify(wrong);
  const response = await server.inject({ method: "POST", url: "/v1/directory/import", headers, payload });
  expect(response.statusCode).toBe(422);
  const { problems } = response.json<{ problems: { path: string; code: string }[] }>();
  expect(problems.map((p) => `${p.path} ${p.code}`)).toEqual([
    "file.organisations.0.gln address-format",
    "file.organisations.1.kind invalid-value",
  ]);
  expect(hub.commands).toEqual([]);
});

test("a directory that is not JSON is 415", async () => {
  const { server } = createTestServer();
  const headers = { ...as("operator"), "content-type": "text/csv" };
  const response = await server.inject({
    method: "POST",
    url: "/v1/directory/import",
    headers,
    payload: "a;b",
  });
  expect(response.statusCode).toBe(415);
});

test("what is exported can be imported", async () => {
  const { server, hub } = createTestServer();
  const exported = await server.inject({ url: "/v1/directory/export", headers: as("operator") });
  expect(exported.json<{ organisations: unknown[] }>().organisations).toHaveLength(4);
  const headers = { ...as("operator"), ...json };
  const back = await server.inject({
    method: "POST",
    url: "/v1/directory/import",
    headers,
    payload: exported.body,
  });
  expect(back.statusCode).toBe(200);
  expect(hub.commands[0]?.payload).toEqual({ file: exported.json<object>(), changedBy: gln.operator });
  expect(exported.json()).toMatchObject({ leftOut: ["registrations"] });
});
