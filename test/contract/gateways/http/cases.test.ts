import { expect, test } from "vitest";
import { CaseView } from "../../../../contracts/messages/worklist.ts";
import { askedRecord } from "../../../support/asked-record.ts";
import { as, createTestServer, gln, sha256 } from "../../../support/http-ports.ts";

const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const photo = Buffer.from([0xff, 0xd8, 0xff, 0x00]);
const digest = sha256(photo);

/** A case whose question names a photo that is kept. */
const withCase = () => {
  const made = createTestServer();
  const record = askedRecord();
  const attachments = [
    {
      objectId: "9d7c1f0e2b3a4c5d8e9f001122334455",
      code: "billede",
      extension: "jpeg",
      sizeBytes: 4,
      digest,
    },
  ];
  made.hub.keep({ ...record, facts: record.facts.map((fact) => ({ ...fact, attachments })) });
  made.hub.objects.set(digest, photo);
  return made;
};

test("a party sees its case", async () => {
  const { server } = withCase();
  for (const who of ["practice", "unit"] as const) {
    const response = await server.inject({ url: `/v1/cases/${caseId}`, headers: as(who) });
    expect(response.statusCode).toBe(200);
    expect(CaseView.parse(response.json())).toMatchObject({ caseId, parties: [gln.practice, gln.unit] });
  }
});

test("the organisation that a party is a unit of sees the case, by its own name or by the unit's", async () => {
  const { server } = withCase();
  for (const url of [`/v1/cases/${caseId}`, `/v1/cases/${caseId}?for=${gln.unit}`]) {
    const response = await server.inject({ url, headers: as("hospital") });
    expect(response.statusCode).toBe(200);
  }
});

test("to anyone else, an operator too, a case is the same 404 as one that does not exist", async () => {
  const { server } = withCase();
  const get = async (id: string, who: "stranger" | "operator" | "unit") => {
    const response = await server.inject({ url: `/v1/cases/${id}`, headers: as(who) });
    const { requestId: _id, ...body } = response.json<Record<string, unknown>>();
    return { status: response.statusCode, body };
  };
  const absent = await get("5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c91", "unit");
  expect(absent).toMatchObject({ status: 404, body: { code: "case-unknown" } });
  expect(await get(caseId, "stranger")).toEqual(absent);
  // Whoever runs the hub may read no case at all, whether or not there is one.
  const shut = await get(caseId, "operator");
  expect(shut).toMatchObject({ status: 403, body: { code: "role-not-allowed" } });
  expect(await get("5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c99", "operator")).toEqual(shut);
  expect(await get("nonsense", "unit")).toEqual(absent);
});

test("a case that a query gave to one who is no party is still 404", async () => {
  const { server, hub } = withCase();
  const { family, facts: _facts, ...rest } = askedRecord();
  const value = {
    caseId: rest.caseId,
    family,
    status: "asked",
    parties: [gln.unit],
    clocks: [],
    records: [],
  };
  hub.next.query = () => ({ status: "ok", value });
  const response = await server.inject({ url: `/v1/cases/${caseId}`, headers: as("stranger") });
  expect(response.statusCode).toBe(404);
});

test("a query answered in another shape is 500, and the answer is not told", async () => {
  const { server, hub } = withCase();
  hub.next.query = () => ({ status: "ok", value: { surname: "Prøvesen" } });
  const response = await server.inject({ url: `/v1/cases/${caseId}`, headers: as("unit") });
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ code: "internal-error" });
  expect(response.body).not.toContain("Prøvesen");
});

test("a party fetches an attachment that its case names, to save and never to run", async () => {
  const { server } = withCase();
  const url = `/v1/cases/${caseId}/attachments/${digest}`;
  const response = await server.inject({ url, headers: as("unit") });
  expect(response.statusCode).toBe(200);
  expect(response.rawPayload.equals(photo)).toBe(true);
  expect(response.headers).toMatchObject({
    "content-type": "image/jpeg",
    "content-disposition": 'attachment; filename="9d7c1f0e2b3a4c5d8e9f001122334455.jpeg"',
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
});

test("an attachment is 404 to a stranger, and to a party whose case does not name it", async () => {
  const { server, hub } = withCase();
  const other = await hub.ports.putObject(Buffer.from("of another case"));
  const get = async (of: string, who: "stranger" | "unit") => {
    const response = await server.inject({ url: `/v1/cases/${caseId}/attachments/${of}`, headers: as(who) });
    return [response.statusCode, response.json<{ code: string }>().code];
  };
  expect(await get(digest, "stranger")).toEqual([404, "case-unknown"]);
  expect(await get(other.digest, "unit")).toEqual([404, "object-unknown"]);
});

test("an attachment that its case names but is not kept is 404", async () => {
  const { server, hub } = withCase();
  hub.objects.clear();
  const url = `/v1/cases/${caseId}/attachments/${digest}`;
  const response = await server.inject({ url, headers: as("unit") });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, "object-unknown"]);
});

const upload = async (payload: Buffer, contentType?: string) => {
  const { server, hub } = createTestServer();
  const type = contentType === undefined ? {} : { "content-type": contentType };
  const headers = { ...as("practice"), ...type };
  const response = await server.inject({ method: "POST", url: "/v1/attachments", headers, payload });
  return { hub, status: response.statusCode, body: response.json<object>() };
};

test.each([["image/jpeg"], ["application/json"], ["text/plain"], ["application/xml"], [undefined]])(
  "bytes sent as %s are kept as they are, under their digest",
  async (contentType) => {
    const { hub, status, body } = await upload(photo, contentType);
    expect([status, body]).toEqual([201, { digest, sizeBytes: 4 }]);
    expect(Buffer.from(hub.objects.get(digest) ?? []).equals(photo)).toBe(true);
  },
);

test("an empty attachment is 400 and one over the limit 413", async () => {
  expect((await upload(Buffer.alloc(0), "image/jpeg")).status).toBe(400);
  expect(await upload(Buffer.alloc(1001), "image/jpeg")).toMatchObject({
    status: 413,
    body: { code: "document-too-large" },
  });
});
