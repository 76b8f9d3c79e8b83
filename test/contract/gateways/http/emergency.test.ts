import { describe, expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { AuditEntry } from "../../../../contracts/messages/audit.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const url = "/v1/emergency-access";
const payload = {
  patient: { cpr: "0107364006" },
  reason: "cannot-consent",
  text: "Indbragt bevidstløs, medicin kendes ikke.",
};
const asking = (who: Parameters<typeof as>[0], body: object = payload, key = "n-1") => ({
  ...{ method: "POST" as const, url, payload: body },
  headers: { ...as(who), "idempotency-key": key },
});

describe("asking for emergency access", () => {
  test("gives a person who treats two hours, and is on the record with why", async () => {
    const { server, hub } = createTestServer();
    const response = await server.inject(asking("doctor"));
    expect(response.statusCode).toBe(201);
    expect(response.json()).toMatchObject({
      ...{ gln: gln.practice, person: "doctor", role: "doctor", reason: "cannot-consent" },
      ...{ from: "2026-11-23T09:15:00.000Z", until: "2026-11-23T11:15:00.000Z" },
    });
    expect(response.json()).not.toHaveProperty("patient");
    expect(hub.audited).toEqual([
      expect.objectContaining({ resource: "emergency", basis: "value-spring", words: payload.text }),
    ]);
    expect(AuditEntry.safeParse(hub.audited[0]).success).toBe(true);
    expect(JSON.stringify([hub.audited, hub.grants, hub.lines])).not.toContain(payload.patient.cpr);
    expect(JSON.stringify([hub.grants, hub.lines])).not.toContain("bevidstløs");
  });

  test("twice with one key is one access; for another citizen it is refused", async () => {
    const { server, hub } = createTestServer();
    const [first, again] = [await server.inject(asking("doctor")), await server.inject(asking("doctor"))];
    expect(again.json()).toEqual(first.json());
    expect(hub.grants).toHaveLength(1);
    const other = await server.inject(asking("doctor", { ...payload, patient: { cpr: "2512484916" } }));
    expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([409, "content-differs"]);
  });

  test.each([
    ["practice", "role-not-allowed"],
    ["operator", "role-not-allowed"],
    ["secretary", "role-not-allowed"],
    ["controller", "role-not-allowed"],
    ["nurse", "assurance-too-low"],
  ] as const)("is refused to %s: %s, and the try is on the record", async (who, code) => {
    const { server, hub } = createTestServer();
    const response = await server.inject(asking(who));
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([403, code]);
    expect(hub.grants).toEqual([]);
    expect(hub.audited).toEqual([expect.objectContaining({ outcome: "refused", code })]);
  });

  test("without a reason, words or a citizen is told all of it", async () => {
    const { server } = createTestServer();
    const response = await server.inject(asking("doctor", { patient: {}, reason: "curious", text: "x" }));
    expect(response.statusCode).toBe(400);
    const { problems } = response.json<{ problems: { path: string }[] }>();
    expect(problems.map(({ path }) => path).toSorted()).toEqual(["patient", "reason", "text"]);
  });

  test("is not in force when it could not be put on the record", async () => {
    const { server, hub } = createTestServer();
    hub.next.audit = () => {
      throw new Fault("audit-unavailable");
    };
    expect((await server.inject(asking("doctor"))).statusCode).toBe(503);
    expect(hub.grants).toEqual([]);
  });
});

describe("a look under it", () => {
  const grant = "0c6a3b52-3f5e-5c1b-9b5e-6f2a1d7c4e10";
  const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";

  test("is marked in the audit, by its own rule of law", async () => {
    const { server, hub } = createTestServer();
    const value = { caseId, family: "advice", status: "asked", parties: [gln.unit], clocks: [], records: [] };
    hub.next.query = () => ({ status: "ok", value });
    const response = await server.inject({
      url: `/v1/cases/${caseId}?emergency=${grant}`,
      headers: as("doctor"),
    });
    expect(response.statusCode).toBe(200);
    expect(hub.queries).toEqual([
      {
        ...{ type: "worklist.emergencyCase", viewer: gln.practice },
        payload: { caseId, emergency: grant, person: "doctor" },
      },
    ]);
    expect(hub.audited).toEqual([
      expect.objectContaining({ emergency: grant, basis: "value-spring", cases: [caseId], role: "doctor" }),
    ]);
  });

  test("is no system's, whichever access it names", async () => {
    const { server, hub } = createTestServer();
    for (const path of [`/v1/cases/${caseId}?emergency=${grant}`, `${url}/${grant}/cases`]) {
      const response = await server.inject({ url: path, headers: as("practice") });
      expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([403, "emergency-over"]);
    }
    expect(hub.queries).toEqual([]);
  });
});

describe("the list of them", () => {
  test("is for those who control and run; a person who treats has their own", async () => {
    const { server, hub } = createTestServer();
    await server.inject(asking("doctor"));
    const elsewhere = { ...hub.grants[0], id: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c99", gln: gln.stranger };
    hub.grants.push({ ...hub.grants[0], ...elsewhere } as (typeof hub.grants)[number]);
    const seenBy = async (who: Parameters<typeof as>[0], query = "") =>
      (await server.inject({ url: url + query, headers: as(who) })).json<{
        items?: object[];
        next?: string;
        code?: string;
      }>();
    expect((await seenBy("controller")).items).toHaveLength(1);
    expect((await seenBy("doctor")).items).toHaveLength(1);
    expect((await seenBy("nurse")).items).toHaveLength(0);
    expect((await seenBy("operator")).items).toHaveLength(2);
    expect((await seenBy("practice")).code).toBe("role-not-allowed");
    const first = await seenBy("operator", "?limit=1");
    expect((await seenBy("operator", `?limit=1&cursor=${first.next ?? ""}`)).items).toHaveLength(1);
    expect(JSON.stringify(await seenBy("operator"))).not.toContain('"patient"');
  });
});
