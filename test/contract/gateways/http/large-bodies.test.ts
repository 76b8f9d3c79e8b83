import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { describe, expect, test } from "vitest";
import { createServer } from "../../../../gateways/http/server.ts";
import { as, createFakeHub, type FakeHub, testOptions } from "../../../support/http-ports.ts";

const maxBytes = 3_000_000;
const largeServer = (): { hub: FakeHub; server: FastifyInstance } => {
  const hub = createFakeHub();
  const options = { ...testOptions, maxDocumentBytes: maxBytes, maxAttachmentBytes: maxBytes };
  return { hub, server: createServer(hub.ports, options) };
};
const digestOf = (bytes: Uint8Array): string => `sha256-${createHash("sha256").update(bytes).digest("hex")}`;

/** Bytes in pieces, without a length that is told before. */
const inPieces = (bytes: Buffer): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000);
    })(),
    { objectMode: false },
  );

const post = async (
  server: FastifyInstance,
  url: string,
  { payload, type = "application/xml" }: { payload: Buffer | Readable; type?: string },
) => {
  const headers = { ...as("hospital"), "content-type": type };
  const response = await server.inject({ method: "POST", url, headers, payload });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>(), response };
};
const json = { accept: "application/json" };

describe("a large document", () => {
  const document = Buffer.concat([Buffer.from("<Emessage>"), randomBytes(1_500_000)]);
  test.each([
    ["with its length told", () => document],
    ["in pieces", () => inPieces(document)],
  ])("%s is kept as it comes, and INTAKE gets its digest", async (_, payload) => {
    const { hub, server } = largeServer();
    const response = await server.inject({
      method: "POST",
      url: "/v1/messages",
      headers: { ...as("hospital"), ...json, "content-type": "application/xml" },
      payload: payload(),
    });
    expect(response.statusCode).toBe(201);
    expect(hub.submitted).toMatchObject([
      { kept: { digest: digestOf(document), sizeBytes: document.length }, standard: "oioxml" },
    ]);
    expect(hub.submitted[0]?.bytes).toHaveLength(0);
    expect(Buffer.from(hub.objects.get(digestOf(document)) ?? []).equals(document)).toBe(true);
  });
  test("of half a megabyte goes to INTAKE itself, and is no object", async () => {
    const { hub, server } = largeServer();
    const bytes = Buffer.concat([Buffer.from("<Emessage>"), randomBytes(512 * 1024 - 10)]);
    const headers = { ...as("hospital"), ...json, "content-type": "application/xml" };
    await server.inject({ method: "POST", url: "/v1/messages", headers, payload: inPieces(bytes) });
    expect(Buffer.from(hub.submitted[0]?.bytes ?? []).equals(bytes)).toBe(true);
    expect(hub.objects.size).toBe(0);
  });
  test("of a type that is not received is refused, and nothing of it is kept", async () => {
    const { hub, server } = largeServer();
    const { status } = await post(server, "/v1/messages", { payload: document, type: "application/pdf" });
    expect([status, hub.objects.size, hub.submitted.length]).toEqual([415, 0, 0]);
  });
});

describe("a body over the limit", () => {
  const tooLarge = randomBytes(maxBytes + 1);
  test.each([
    ["/v1/messages", "told before", () => tooLarge],
    ["/v1/messages", "in pieces", () => inPieces(tooLarge)],
    ["/v1/attachments", "told before", () => tooLarge],
    ["/v1/attachments", "in pieces", () => inPieces(tooLarge)],
  ])("to %s, %s, is 413 and nothing of it is kept", async (url, _, payload) => {
    const { hub, server } = largeServer();
    const { status, body } = await post(server, url, { payload: payload() });
    expect([status, body["code"]]).toEqual([413, "document-too-large"]);
    expect([hub.objects.size, hub.submitted.length]).toEqual([0, 0]);
  });
});

test("a large attachment is kept as it comes", async () => {
  const { hub, server } = largeServer();
  const bytes = randomBytes(2_000_000);
  const { status, body } = await post(server, "/v1/attachments", {
    payload: inPieces(bytes),
    type: "image/png",
  });
  expect([status, body]).toEqual([201, { digest: digestOf(bytes), sizeBytes: bytes.length }]);
  expect(hub.objects.size).toBe(1);
});
