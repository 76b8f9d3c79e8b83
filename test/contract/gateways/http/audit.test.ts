import { describe, expect, test } from "vitest";
import { patientHash } from "../../../../contracts/index-keys.ts";
import { type AuditEntry, AuditEntry as Entry } from "../../../../contracts/messages/audit.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const patient = { cpr: "0107364006" };
const theirs = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const others = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c99";

const looked = (more: Partial<AuditEntry>): AuditEntry =>
  Entry.parse({
    ...{ at: "2026-11-23T09:00:00.000Z", resource: "case", door: "GET /v1/cases/:caseId", outcome: "shown" },
    ...{
      gln: gln.practice,
      person: "nurse-aaparken",
      role: "nurse",
      basis: "current-treatment",
      from: "10.1.2.3",
    },
    ...{ request: "r", ...more },
  });

const createServerWith = () => {
  const made = createTestServer();
  const hash = patientHash(patient, made.hub.ports.digest);
  made.hub.audited.push(
    looked({ cases: [theirs, others], request: "r-1" }),
    looked({ cases: [others], request: "r-2" }),
    looked({
      gln: gln.stranger,
      patient: hash,
      resource: "list",
      request: "r-3",
      at: "2026-11-23T09:10:00.000Z",
    }),
    looked({ cases: [theirs], outcome: "refused", code: "case-unknown", request: "r-4" }),
  );
  made.hub.next.query = () => ({ status: "ok", value: { patient: hash, caseIds: [theirs] } });
  return made;
};
const post = (url: string, who: Parameters<typeof as>[0], payload: object, accept = "application/json") => ({
  ...{ method: "POST" as const, url, payload },
  headers: { ...as(who), accept },
});
type Page = { items: { no: number; entry: AuditEntry }[]; next?: string };
const numbers = ({ items }: Page): number[] => items.map(({ no }) => no);

describe("the audit by REST", () => {
  test("finds a citizen's looks by their number and by their cases, and is itself on the record", async () => {
    const { server, hub } = createServerWith();
    const page = (await server.inject(post("/v1/audit/search", "operator", { patient }))).json<Page>();
    expect(numbers(page)).toEqual([1, 3, 4]);
    expect(hub.queries).toEqual([{ type: "worklist.citizen", viewer: "operator", payload: { patient } }]);
    expect(hub.audited.at(-1)).toMatchObject({ resource: "audit", basis: "control", purpose: "operation" });
    expect(JSON.stringify([hub.audited, hub.lines])).not.toContain(patient.cpr);
  });

  test("shows those who control look-ups their own organisation's alone, page by page", async () => {
    const { server } = createServerWith();
    const ask = async (body: object) =>
      (await server.inject(post("/v1/audit/search", "controller", body))).json<Page>();
    expect(numbers(await ask({}))).toEqual([1, 2, 4]);
    const first = await ask({ limit: 2 });
    expect([numbers(first), first.next]).toEqual([[1, 2], "2"]);
    // What was asked is a look too, and on the record by now.
    expect(numbers(await ask({ limit: 2, cursor: first.next, person: "nurse-aaparken" }))).toEqual([4]);
    expect(numbers(await ask({ outcome: "refused" }))).toEqual([4]);
    expect(numbers(await ask({ organisation: gln.stranger }))).toEqual([]);
  });

  test.each(["practice", "doctor", "secretary"] as const)("is shut to %s", async (who) => {
    const { server } = createServerWith();
    for (const call of [
      post("/v1/audit/search", who, {}),
      post("/v1/audit/export", who, { patient }),
      { url: "/v1/audit/odd", headers: as(who) },
    ])
      expect((await server.inject(call)).statusCode).toBe(403);
  });

  test("gives a citizen when, why and where, and neither the employee nor anybody else's case", async () => {
    const { server } = createServerWith();
    const response = await server.inject(post("/v1/audit/export", "operator", { patient }));
    const { looks } = response.json<{ looks: { cases: string[]; organisation: string }[] }>();
    expect(looks.map(({ cases }) => cases)).toEqual([[theirs], []]);
    expect(response.body).not.toMatch(/nurse-aaparken|10\.1\.2\.3|8c99/);
    expect(response.body).toContain("aktuelt behandlingsforløb");
  });

  test("gives it to read too, on a Danish clock, in both languages", async () => {
    const { server } = createServerWith();
    const call = post("/v1/audit/export", "operator", { patient }, "text/plain");
    const response = await server.inject(call);
    expect(response.headers["content-type"]).toContain("text/plain");
    expect(response.body).toMatch(/^Hvem der har set oplysninger om dig\n\nmandag.*10\.00\n/);
    expect(response.body).not.toContain("nurse-aaparken");
  });

  test("lists what is odd of a week, or of another time", async () => {
    const { server } = createServerWith();
    const ask = async (query: string) =>
      (await server.inject({ url: `/v1/audit/odd${query}`, headers: as("operator") })).json<{
        from: string;
        items: { rule: string }[];
      }>();
    const week = await ask("");
    expect(week.from).toBe("2026-11-16T09:15:00.000Z");
    expect(week.items.map(({ rule }) => rule)).toContain("no-case-of-citizen");
    expect((await ask("?to=2026-11-01T00:00:00.000Z")).items).toEqual([]);
  });
});
