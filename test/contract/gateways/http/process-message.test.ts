import { expect, test } from "vitest";
import { type ErrorCode, Fault } from "../../../../contracts/errors.ts";
import type { DocumentOutcome } from "../../../../contracts/messages/document.ts";
import { as, createTestServer, type FakeHub } from "../../../support/http-ports.ts";

const bytes = Buffer.from('<Bundle xmlns="http://hl7.org/fhir"/>');
const acknowledgement = Buffer.from("<Bundle>AR</Bundle>");
const answer = { mediaType: "application/fhir+xml", base64: acknowledgement.toString("base64") };

const process = async (next: FakeHub["next"], payload: Buffer = bytes) => {
  const { hub, server } = createTestServer();
  Object.assign(hub.next, next);
  const response = await server.inject({
    method: "POST",
    url: "/fhir/$process-message",
    headers: { ...as("hospital"), "content-type": "application/fhir+xml" },
    payload,
  });
  return { hub, response };
};

const failed: DocumentOutcome = {
  intake: "in-7",
  status: "failed",
  duplicate: false,
  code: "service-unavailable",
  problems: [],
};

const throwing = (code: ErrorCode) => () => {
  throw new Fault(code);
};

test.each([
  ["the store is away", throwing("journal-unavailable"), null],
  ["the store takes no more", throwing("journal-full"), null],
  ["the answer is late", throwing("answer-late"), null],
  ["a service is away", () => failed, "in-7"],
])("%s: 503 with a transient-error, and when to send again", async (_, submit, intake) => {
  const { response } = await process({ submit, answerFault: () => answer });
  expect(response.statusCode).toBe(503);
  expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
  expect(response.headers["content-type"]).toBe("application/fhir+xml");
  expect(response.rawPayload).toEqual(acknowledgement);
  expect(response.headers["sektorbro-intake"] ?? null).toBe(intake);
});

test.each([
  ["nobody can be answered", () => undefined],
  ["the gateway of FHIR is away too", throwing("service-unavailable")],
])("%s: 503 with an OperationOutcome", async (_, answerFault) => {
  const { response, hub } = await process({ submit: throwing("journal-unavailable"), answerFault });
  expect([response.statusCode, response.headers["content-type"]]).toEqual([
    503,
    "application/fhir+json; charset=utf-8",
  ]);
  expect(response.json()).toMatchObject({
    resourceType: "OperationOutcome",
    issue: [{ severity: "error", code: "transient", diagnostics: "journal-unavailable" }],
  });
  expect(hub.lines.at(-1)?.fields["code"]).toBe("journal-unavailable");
});

test("a bug is no fault of the store: 500, and the operator is told where it broke", async () => {
  const submit = () => {
    throw new Error("broken");
  };
  const { response, hub } = await process({ submit, answerFault: () => answer });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([500, "internal-error"]);
  expect(hub.lines.some(({ event }) => event === "http-broke")).toBe(true);
});
