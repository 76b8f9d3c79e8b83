import { describe, expect, test } from "vitest";
import type { Person } from "../../../../contracts/messages/session.ts";
import { sessionCookie } from "../../../../gateways/http/session-cookie.ts";
import { createSessions } from "../../../../gateways/http/sign-in/session-token.ts";
import { isRevoked } from "../../../../gateways/http/trust/revoked.ts";
import type { Revoked } from "../../../../gateways/http/trust/trust-file.ts";
import { createTestServer } from "../../../support/http-ports.ts";
import { noSessions } from "../../../support/no-sessions.ts";

const nurse: Person = { id: "nurse", name: "Nanna Prøve", gln: "5790000100019", roles: ["nurse"] };
const tokenOf = (person: Person): Promise<string> => createTestServer().hub.ports.sessions.tokenFor(person);
const cookie = `theme=dark; sektorbro_session=${await tokenOf(nurse)}; other=1`;
const asked = async (headers: Record<string, string>, method: "GET" | "POST" = "GET"): Promise<number> => {
  const { server } = createTestServer();
  const url = method === "GET" ? "/v1/session" : "/v1/search";
  const { statusCode } = await server.inject({
    method,
    url,
    headers,
    ...(method === "POST" ? { payload: {} } : {}),
  });
  return statusCode;
};

describe("the cookie of a person who is signed in", () => {
  test("counts for requests of the hub's own pages", async () => {
    expect(await asked({ cookie, "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await asked({ cookie, "sec-fetch-site": "same-origin" }, "POST")).not.toBe(401);
  });

  test("counts for an address that a person writes by hand, which sends nothing", async () => {
    expect(await asked({ cookie, "sec-fetch-site": "none" })).toBe(200);
    expect(await asked({ cookie, "sec-fetch-site": "none" }, "POST")).toBe(401);
  });

  test.each(["cross-site", "same-site", "other"])("does not count for a page that is %s", async (site) => {
    expect(await asked({ cookie, "sec-fetch-site": site })).toBe(401);
    expect(await asked({ cookie, "sec-fetch-site": site }, "POST")).toBe(401);
  });

  test("does not count for a program that does not say where its page is from", async () => {
    expect(await asked({ cookie })).toBe(401);
  });

  test("counts for a person alone: no other key's, no other kind of token, not after its time", async () => {
    const { hub } = createTestServer();
    const [others, late] = [new Uint8Array(32).fill(8), "2026-11-23T20:00:00.000Z"];
    const now = () => "2026-11-23T09:15:00.000Z";
    const world = {
      newId: () => "a-session",
      ended: noSessions(),
      isRevoked: () => Promise.resolve(false),
    };
    const forged = await createSessions({ ...world, key: others, now }).tokenFor(nurse);
    expect(await hub.ports.sessions.verify(forged)).toBeUndefined();
    const same = new Uint8Array(32).fill(7);
    const token = await tokenOf(nurse);
    expect(await createSessions({ ...world, key: same, now: () => late }).verify(token)).toBeUndefined();
    expect(await createSessions({ ...world, key: same, now }).verify(token)).toMatchObject({
      ...{ gln: nurse.gln, role: "organisation", person: { id: "nurse", roles: ["nurse"] } },
    });
    const sealed = await hub.ports.sessions.seal({ state: "s" }, 60);
    expect(await hub.ports.sessions.verify(sealed)).toBeUndefined();
    expect(await hub.ports.sessions.open(token)).toBeUndefined();
    expect(await hub.ports.sessions.open(sealed)).toMatchObject({ state: "s" });
    expect(await hub.ports.sessions.open(`${sealed}x`)).toBeUndefined();
  });

  test("counts no more when its organisation is shut out, or all from before a time are", async () => {
    const world = {
      ...{ key: new Uint8Array(32).fill(7), newId: () => "a-session", ended: noSessions() },
      now: () => "2026-11-23T09:15:00.000Z",
    };
    const verified = async (revoked: Partial<Revoked>) => {
      const all = {
        glns: [],
        tokens: [],
        clients: [],
        certificates: [],
        issuedBefore: undefined,
        ...revoked,
      };
      const sessions = createSessions({
        ...world,
        isRevoked: (proof) => Promise.resolve(isRevoked(all, proof)),
      });
      return (await sessions.verify(await sessions.tokenFor(nurse)))?.gln;
    };
    expect(await verified({})).toBe(nurse.gln);
    expect(await verified({ glns: [nurse.gln] })).toBeUndefined();
    expect(await verified({ tokens: ["a-session"] })).toBeUndefined();
    expect(await verified({ issuedBefore: "2026-11-23T09:15:01.000Z" })).toBeUndefined();
    expect(await verified({ issuedBefore: "2026-11-23T09:15:00.000Z" })).toBe(nurse.gln);
  });

  test("counts no more once its person has signed out, nor does any copy of it; another's goes on", async () => {
    const { server, hub } = createTestServer();
    const [own, others] = [
      await hub.ports.sessions.tokenFor(nurse),
      await hub.ports.sessions.tokenFor(nurse),
    ];
    const headersOf = (token: string) => ({
      cookie: `sektorbro_session=${token}`,
      "sec-fetch-site": "same-origin",
    });
    const statusOf = async (token: string) =>
      (await server.inject({ method: "GET", url: "/v1/session", headers: headersOf(token) })).statusCode;
    expect(await statusOf(own)).toBe(200);
    const out = await server.inject({ method: "POST", url: "/v1/session/end", headers: headersOf(own) });
    expect(out.statusCode).toBe(204);
    expect([await statusOf(own), await statusOf(others)]).toEqual([401, 200]);
    const again = await server.inject({ method: "POST", url: "/v1/session/end", headers: headersOf(own) });
    expect(again.statusCode).toBe(204);
  });

  test("is bound to this host over TLS, and goes by its plain name where there is none", async () => {
    const { server, hub } = createTestServer();
    const token = await hub.ports.sessions.tokenFor(nurse);
    expect(sessionCookie(token, { secure: true })).toBe(
      `__Host-sektorbro_session=${token}; Path=/; HttpOnly; SameSite=Strict; Secure`,
    );
    const headers = { cookie: `__Host-sektorbro_session=${token}`, "sec-fetch-site": "same-origin" };
    expect((await server.inject({ method: "GET", url: "/v1/session", headers })).statusCode).toBe(200);
  });

  test("that another name only ends like is not it", async () => {
    expect(
      await asked({ cookie: cookie.replace("sektorbro", "x_sektorbro"), "sec-fetch-site": "same-origin" }),
    ).toBe(401);
  });
});

describe("signing in without an identity provider", () => {
  const signIn = async (people: Person[], headers: Record<string, string> = {}) => {
    const { server, hub } = createTestServer();
    Object.assign(hub.ports, { people });
    return server.inject({ method: "POST", url: "/v1/session", headers, payload: { person: "nurse" } });
  };

  test("gives a cookie that no script reads and no other site sends", async () => {
    const response = await signIn([nurse], { "sec-fetch-site": "same-origin" });
    expect(response.statusCode).toBe(200);
    const [, token = ""] =
      /^sektorbro_session=([\w.-]+); Path=\/; HttpOnly; SameSite=Strict$/.exec(
        String(response.headers["set-cookie"]),
      ) ?? [];
    expect(await createTestServer().hub.ports.sessions.verify(token)).toMatchObject({
      person: { id: "nurse" },
    });
    expect(response.body).not.toContain(token);
  });

  test("is refused where there are no made-up people, and to pages of other sites", async () => {
    expect((await signIn([])).statusCode).toBe(403);
    const elsewhere = await signIn([nurse], { "sec-fetch-site": "cross-site" });
    expect([elsewhere.statusCode, elsewhere.headers["set-cookie"]]).toEqual([403, undefined]);
  });
});
