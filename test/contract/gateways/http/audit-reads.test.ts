import { describe, expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { AuditEntry } from "../../../../contracts/messages/audit.ts";
import { askedRecord } from "../../../support/asked-record.ts";
import { as, createTestServer, gln, listed } from "../../../support/http-ports.ts";

const patient = { cpr: "0107364006" };
const posted = (url: string, who: keyof typeof gln, payload: object) => ({
  method: "POST" as const,
  url,
  headers: as(who),
  payload,
});

describe("who looks at what", () => {
  test("is kept with who, why, what and from where, and says nothing of what was read", async () => {
    const { server, hub } = createTestServer();
    const record = askedRecord();
    hub.keep(record);
    await server.inject({ url: `/v1/cases/${record.caseId}`, headers: as("practice") });
    expect(hub.audited).toEqual([
      expect.objectContaining({
        resource: "case",
        door: "GET /v1/cases/:caseId",
        outcome: "shown",
        gln: gln.practice,
        role: "system",
        purpose: "treatment",
        basis: "current-treatment",
        cases: [record.caseId],
        from: "127.0.0.1",
      }),
    ]);
    expect(AuditEntry.safeParse(hub.audited[0]).success).toBe(true);
    expect(JSON.stringify(hub.audited)).not.toMatch(/\d{10}(?!\d{3})\b.*cpr|Prøvesen/);
  });

  test("names every case that a list shows, and is silent of an inbox that is empty", async () => {
    const { server, hub } = createTestServer();
    await server.inject({ url: "/v1/worklist", headers: as("practice") });
    await server.inject({ url: "/v1/inbox", headers: as("practice") });
    expect(hub.audited.map(({ door, cases }) => ({ door, cases }))).toEqual([
      { door: "GET /v1/worklist", cases: [listed.caseId] },
    ]);
  });

  test("is kept of a search for a citizen, whatever it finds, without the number", async () => {
    const { server, hub } = createTestServer();
    await server.inject(posted("/v1/patients/cases", "practice", { patient }));
    expect(hub.audited).toHaveLength(1);
    expect(JSON.stringify(hub.audited)).not.toContain(patient.cpr);
  });

  test("is kept of a try that was refused, and of nobody who is a stranger", async () => {
    const { server, hub } = createTestServer();
    const unknown = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c99";
    await server.inject({ url: `/v1/cases/${unknown}`, headers: as("practice") });
    await server.inject({ url: `/v1/cases/${unknown}` });
    expect(hub.audited).toEqual([
      expect.objectContaining({ outcome: "refused", code: "case-unknown", cases: [unknown] }),
    ]);
  });

  test("that cannot be kept is not shown: 503, and nothing of the case in it", async () => {
    const { server, hub } = createTestServer();
    const record = askedRecord();
    hub.keep(record);
    hub.next.audit = () => {
      throw new Fault("audit-unavailable");
    };
    const response = await server.inject({ url: `/v1/cases/${record.caseId}`, headers: as("practice") });
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: "audit-unavailable", fate: "retry" });
    expect(response.body).not.toContain(record.caseId);
    const document = await server.inject({
      url: `/v1/inbox/${record.caseId}.1.0`,
      headers: as("unit"),
    });
    expect(document.statusCode).toBe(200);
  });

  test("at a document says what that was passed on by, beside the rule by which its reader may see it", async () => {
    const { server, hub } = createTestServer();
    const record = askedRecord();
    hub.keep(record);
    const basis = { code: "current-treatment", source: "Sundhedsloven § 41", sure: "H" };
    hub.next.query = () => ({ status: "ok", value: { record, basis } });
    const url = `/v1/inbox/${record.caseId}.1.0`;
    expect((await server.inject({ url, headers: as("unit") })).statusCode).toBe(200);
    expect((await server.inject({ url, headers: as("practice") })).statusCode).toBe(404);
    expect(hub.audited).toEqual([
      expect.objectContaining({ outcome: "shown", basis: "own-message", messageBasis: "current-treatment" }),
      expect.not.objectContaining({ messageBasis: expect.anything() as unknown }),
    ]);
  });

  test("is not kept of what shows nobody: pages, the directory, figures", async () => {
    const { server, hub } = createTestServer();
    for (const url of ["/", "/health", "/v1/directory", "/v1/session"])
      await server.inject({ url, headers: as("practice") });
    expect(hub.audited).toEqual([]);
  });
});
