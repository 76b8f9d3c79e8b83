import { expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import type { DocumentOutcome } from "../../../../contracts/messages/document.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><Emessage>\xe6</Emessage>';
const bytes = Buffer.from(xml, "latin1");
const receipt = Buffer.from("<Emessage>kvittering \xe6</Emessage>", "latin1");
const answer = { mediaType: "application/xml; charset=iso-8859-1", base64: receipt.toString("base64") };
const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const due = "2026-11-26T15:00:00.000Z";

const outcome = (more: Partial<DocumentOutcome>): DocumentOutcome => ({
  intake: "in-7",
  status: "accepted",
  duplicate: false,
  problems: [],
  ...more,
});

const send = async (more: Partial<DocumentOutcome>, headers: Record<string, string> = {}) => {
  const { hub, server } = createTestServer();
  hub.next.submit = () => outcome(more);
  const response = await server.inject({
    method: "POST",
    url: "/v1/messages",
    headers: { ...as("hospital"), "content-type": "application/xml", ...headers },
    payload: bytes,
  });
  return { hub, response };
};

test("a document reaches INTAKE byte for byte, with its media type and whom the caller speaks for", async () => {
  const { hub } = await send({}, { "content-type": "text/xml; charset=iso-8859-1" });
  const [document] = hub.submitted;
  expect(Buffer.from(document?.bytes ?? []).equals(bytes)).toBe(true);
  expect(document).toMatchObject({
    mediaType: "text/xml; charset=iso-8859-1",
    standard: "oioxml",
    sender: gln.hospital,
    speaksFor: [gln.hospital, gln.unit],
  });
});

test("an accepted document is 201 with the standard's receipt and the ids as headers", async () => {
  const { response } = await send({ caseId, due, answer });
  expect(response.statusCode).toBe(201);
  expect(response.rawPayload.equals(receipt)).toBe(true);
  expect(response.headers).toMatchObject({
    "content-type": answer.mediaType,
    "sektorbro-intake": "in-7",
    "sektorbro-case": caseId,
    "sektorbro-due": due,
    "cache-control": "no-store",
  });
});

test("an accepted document that no receipt is due for is 201 with an empty body", async () => {
  const { response } = await send({ caseId });
  expect(response.statusCode).toBe(201);
  expect(response.rawPayload).toHaveLength(0);
});

test("a duplicate is 200 with the same receipt", async () => {
  const { response } = await send({ caseId, answer, duplicate: true });
  expect(response.statusCode).toBe(200);
  expect(response.rawPayload.equals(receipt)).toBe(true);
});

test("a document that there is nothing to do for is 200", async () => {
  const { response } = await send({ status: "ignored" });
  expect(response.statusCode).toBe(200);
});

test("a caller that prefers JSON gets the outcome, its due time also as people read it", async () => {
  const { response } = await send({ caseId, due, answer }, { accept: "application/json" });
  expect(response.statusCode).toBe(201);
  expect(response.json()).toEqual({
    intake: "in-7",
    status: "accepted",
    duplicate: false,
    caseId,
    due,
    dueLocal: "torsdag den 26. november 2026 kl. 16.00",
    problems: [],
  });
});

test.each([
  ["application/json;q=0.9, application/xml", "xml"],
  ["application/xml;q=0.2, application/json;q=0.8", "json"],
  ["*/*", "xml"],
  ["application/*;q=0.5, application/json", "json"],
  ["text/html", "xml"],
])("accept %s is answered in %s", async (accept, kind) => {
  const { response } = await send({ answer }, { accept });
  expect(response.headers["content-type"]).toContain(kind);
});

const problems = [
  { path: "A/B", code: "document-invalid", message: "Too short.", severity: "error" as const },
  { path: "A/C", code: "version-wrong", message: "Not that one.", severity: "error" as const },
];

test("a refused document is 422 with the standard's negative receipt", async () => {
  const { response } = await send({ status: "refused", code: "document-invalid", answer, problems });
  expect(response.statusCode).toBe(422);
  expect(response.rawPayload.equals(receipt)).toBe(true);
  expect(response.headers["sektorbro-intake"]).toBe("in-7");
});

test("a refused document is 422 with every problem in JSON where there is no receipt, or JSON is preferred", async () => {
  const refused = { status: "refused", code: "document-invalid", problems } as const;
  const without = await send(refused, { "accept-language": "en" });
  const preferred = await send(
    { ...refused, answer },
    { accept: "application/json", "accept-language": "en" },
  );
  for (const { response } of [without, preferred]) {
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({
      code: "document-invalid",
      message: "The document breaks the rules of its standard.",
      fate: "park",
      problems,
      intake: "in-7",
    });
  }
});

test("a document is refused in Danish unless another language is preferred", async () => {
  const { response } = await send({ status: "refused", code: "xml-malformed" });
  expect(response.json<{ message: string }>().message).toBe("Dokumentet er ikke velformet XML.");
  expect(response.headers["content-language"]).toBe("da");
});

test("a document from a sender that the caller may not speak for is 403", async () => {
  const { response } = await send({ status: "refused", code: "sender-not-authorised" });
  expect(response.statusCode).toBe(403);
});

test("a refusal whose code this release does not know is still 422", async () => {
  const { response } = await send({ status: "refused", code: "code-of-tomorrow" });
  expect(response.statusCode).toBe(422);
  expect(response.json<{ code: string }>().code).toBe("document-invalid");
});

test("a document whose handling failed is 503 and may be sent again", async () => {
  const { response } = await send({ status: "failed", code: "journal-unavailable" });
  expect(response.statusCode).toBe(503);
  expect(response.headers["retry-after"]).toBe("2");
  expect(response.json()).toMatchObject({ code: "journal-unavailable", fate: "retry", intake: "in-7" });
});

const fault = async (code: "answer-late" | "journal-unavailable") => {
  const { hub, server } = createTestServer();
  hub.next.submit = () => {
    throw new Fault(code);
  };
  return await server.inject({
    method: "POST",
    url: "/v1/messages",
    headers: { ...as("practice"), "content-type": "application/xml", "accept-language": "en-GB" },
    payload: bytes,
  });
};

test("an answer that is late is 503 and tells that the document is kept", async () => {
  const response = await fault("answer-late");
  expect(response.statusCode).toBe(503);
  expect(response.headers["retry-after"]).toBe("2");
  expect(response.json()).toMatchObject({
    code: "answer-late",
    fate: "ask",
    message: "The document is kept safe, but its answer is not ready; send it again to get it.",
  });
});

test("a journal that cannot be reached is 503: surely not processed", async () => {
  const response = await fault("journal-unavailable");
  expect(response.statusCode).toBe(503);
  expect(response.json()).toMatchObject({ code: "journal-unavailable", fate: "retry" });
});

const refusedBytes = async (contentType: string | undefined, payload: Buffer | string = bytes) => {
  const { hub, server } = createTestServer();
  const response = await server.inject({
    method: "POST",
    url: "/v1/messages",
    headers: { ...as("practice"), ...(contentType === undefined ? {} : { "content-type": contentType }) },
    payload,
  });
  return {
    submitted: hub.submitted,
    status: response.statusCode,
    code: response.body === "" ? undefined : response.json<{ code: string }>().code,
  };
};

test.each([["application/json"], ["text/plain"], ["application/pdf"], ["nonsense"], [undefined]])(
  "a document sent as %s is 415 and never kept",
  async (contentType) => {
    const { submitted, status, code } = await refusedBytes(contentType);
    expect([status, code, submitted.length]).toEqual([415, "media-type-unknown", 0]);
  },
);

test.each([
  ["application/fhir+xml", "<Bundle/>"],
  ["application/fhir+json", "{not json"],
  ["application/xml", '<Bundle xmlns="http://hl7.org/fhir"/>'],
])("FHIR sent as %s is kept for the gateway of FHIR", async (contentType, payload) => {
  const { submitted } = await refusedBytes(contentType, payload);
  expect(submitted.map(({ standard }) => standard)).toEqual(["fhir"]);
});

test("an empty document is 400", async () => {
  const { status, code } = await refusedBytes("application/xml", Buffer.alloc(0));
  expect([status, code]).toEqual([400, "message-invalid"]);
});

test("a document over the limit is 413", async () => {
  const { submitted, status, code } = await refusedBytes("application/xml", Buffer.alloc(5001, 0x20));
  expect([status, code, submitted.length]).toEqual([413, "document-too-large", 0]);
});
