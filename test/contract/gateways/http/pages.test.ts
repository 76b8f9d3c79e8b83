import { expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { askedRecord } from "../../../support/asked-record.ts";
import { as, createTestServer } from "../../../support/http-ports.ts";

const deliveryId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0";
const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const url = `/v1/inbox/${deliveryId}`;

const withDelivery = (standard: "oioxml" | "json" = "oioxml") => {
  const made = createTestServer();
  made.hub.keep(askedRecord(standard));
  return made;
};
const withOriginal = (text: string, mediaType = "application/xml") => {
  const made = createTestServer();
  made.hub.originals.set("in-1", { bytes: Buffer.from(text), mediaType });
  return made;
};

test("a browser gets a document of the inbox as a page that may do nothing, and it is recorded that it was fetched", async () => {
  const { server, hub } = withDelivery();
  const response = await server.inject({ url, headers: { ...as("unit"), accept: browser } });
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "content-language": "da",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    vary: "accept, accept-language",
    "sektorbro-case": "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90",
  });
  const length = Buffer.from(`<oioxml id="${deliveryId}">æ</oioxml>`, "latin1").length;
  expect(response.body).toBe(`<html lang="da">oioxml ${length}</html>`);
  expect(hub.commands.map(({ type }) => type)).toEqual(["delivery.markFetched"]);
});

test.each([
  [{ accept: "*/*" }, "", "application/xml"],
  [{ accept: "application/xml" }, "", "application/xml"],
  [{ accept: "text/html;q=0.5, application/xml" }, "", "application/xml"],
  [{ accept: browser }, "?view=document", "application/xml"],
  [{}, "", "application/xml"],
  [{}, "?view=page", "text/html"],
  [{ accept: "text/html" }, "", "text/html"],
])("%j %s is answered as %s", async (headers, query, type) => {
  const { server } = withDelivery();
  const response = await server.inject({ url: `${url}${query}`, headers: { ...as("unit"), ...headers } });
  expect(response.headers["content-type"]).toContain(type);
});

test("a page is in the language that is asked for", async () => {
  const { server } = withDelivery();
  const headers = { ...as("unit"), accept: browser, "accept-language": "en" };
  const response = await server.inject({ url, headers });
  expect([response.headers["content-language"], response.body.slice(0, 16)]).toEqual([
    "en",
    '<html lang="en">',
  ]);
});

test("typed JSON has no page: it is given as it is", async () => {
  const { server } = withDelivery("json");
  const response = await server.inject({ url: `${url}?view=page`, headers: as("unit") });
  expect(response.headers["content-type"]).toContain("application/json");
});

test("a view that there is not is 400, and nothing is marked as fetched", async () => {
  const { server, hub } = withDelivery();
  const response = await server.inject({ url: `${url}?view=pdf`, headers: as("unit") });
  expect([response.statusCode, hub.commands.length]).toEqual([400, 0]);
  expect(response.json<{ problems: { path: string }[] }>().problems.map(({ path }) => path)).toEqual([
    "view",
  ]);
});

test("a page that cannot be made now is 503, and nothing is marked as fetched", async () => {
  const { server, hub } = withDelivery();
  hub.ports.render = () => Promise.reject(new Fault("service-unavailable"));
  const response = await server.inject({ url, headers: { ...as("unit"), accept: browser } });
  expect([response.statusCode, hub.commands.length]).toEqual([503, 0]);
});

test("who may not have the document gets no page of it", async () => {
  const { server, hub } = withDelivery();
  let rendered = 0;
  hub.ports.render = () => {
    rendered += 1;
    return Promise.resolve(Buffer.of());
  };
  const other = await server.inject({ url, headers: { ...as("stranger"), accept: browser } });
  const nobody = await server.inject({ url, headers: { accept: browser } });
  expect([other.statusCode, nobody.statusCode, rendered]).toEqual([404, 401, 0]);
});

test("an operator reads an original as a page, and still saves the bytes", async () => {
  const { server } = withOriginal("<Emessage/>");
  const headers = { ...as("operator"), accept: browser };
  const page = await server.inject({ url: "/v1/intake/in-1", headers });
  const bytes = await server.inject({ url: "/v1/intake/in-1?view=document", headers });
  expect(page.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
  expect(page.headers["content-disposition"]).toBeUndefined();
  expect(page.body).toBe('<html lang="da">oioxml 11</html>');
  expect(bytes.headers["content-type"]).toBe("application/octet-stream");
});

test.each([
  [`<Bundle xmlns="http://hl7.org/fhir"/>`, "application/xml"],
  [`{"resourceType":"Bundle"}`, "application/fhir+json"],
])("a FHIR original %s of %s is shown by the gateway of FHIR", async (text, mediaType) => {
  const { server } = withOriginal(text, mediaType);
  const page = await server.inject({ url: "/v1/intake/in-1?view=page", headers: as("operator") });
  expect(page.body).toBe(`<html lang="da">fhir ${text.length}</html>`);
});

test("an original that no standard reads is never shown, only saved", async () => {
  const { server } = withOriginal("<script>alert(1)</script>", "text/html");
  const headers = { ...as("operator"), accept: browser };
  const response = await server.inject({ url: "/v1/intake/in-1?view=page", headers });
  expect(response.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": 'attachment; filename="intake-in-1"',
  });
});

test("the page of an original is for operators, and a view that there is not is 400", async () => {
  const { server } = withOriginal("<Emessage/>");
  const practice = await server.inject({ url: "/v1/intake/in-1?view=page", headers: as("practice") });
  const wrong = await server.inject({ url: "/v1/intake/in-1?view=all", headers: as("operator") });
  expect([practice.statusCode, wrong.statusCode]).toEqual([403, 400]);
});
