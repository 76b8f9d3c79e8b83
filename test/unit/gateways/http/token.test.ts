import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import type { Caller } from "../../../../gateways/http/ports.ts";
import {
  createIssuer,
  createTokenVerifier,
  developmentIssuer,
  IssuerKeys,
  issueToken,
  PublicKeys,
  type TokenOrder,
  tokenAudience,
} from "../../../../gateways/http/token.ts";

const now = "2026-11-23T09:15:00.000Z";
const issuer = "https://idp.example.dk";
const gln = "5790000000128";
let keys: IssuerKeys;
let otherKeys: IssuerKeys;

beforeAll(async () => {
  [keys, otherKeys] = await Promise.all([createIssuer(), createIssuer()]);
});

const issue = (more: Partial<TokenOrder> = {}) =>
  issueToken({
    keys,
    issuer,
    audience: tokenAudience,
    gln,
    role: "organisation",
    ttlSeconds: 600,
    now,
    ...more,
  });

const verifier = (more: { at?: () => string; allowDevelopmentIssuer?: boolean } = {}) =>
  createTokenVerifier({
    issuers: [
      { issuer, keys: keys.publicKeys },
      { issuer: developmentIssuer, keys: otherKeys.publicKeys },
    ],
    audience: tokenAudience,
    allowDevelopmentIssuer: more.allowDevelopmentIssuer ?? false,
    now: more.at ?? (() => now),
  });

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const seconds = Date.parse(now) / 1000;
const claims = {
  iss: issuer,
  aud: tokenAudience,
  sub: gln,
  role: "organisation",
  iat: seconds,
  exp: seconds + 60,
};

test("a token tells who the caller is", async () => {
  expect(await verifier()(await issue())).toEqual({ gln, role: "organisation" });
  expect(await verifier()(await issue({ role: "operator", name: "Drift" }))).toEqual({
    gln,
    role: "operator",
    name: "Drift",
  });
});

test("a token is trusted until it expires, also when it was verified before", async () => {
  let at = now;
  const verify = verifier({ at: () => at });
  const token = await issue({ ttlSeconds: 60 });
  expect(await verify(token)).toBeDefined();
  at = "2026-11-23T09:15:59.999Z";
  expect(await verify(token)).toBeDefined();
  at = "2026-11-23T09:16:00.000Z";
  expect(await verify(token)).toBeUndefined();
  expect(await verify(token)).toBeUndefined();
});

test("a token that expired before it was first seen is not trusted", async () => {
  expect(await verifier()(await issue({ ttlSeconds: -1 }))).toBeUndefined();
});

test("a token of another issuer, for another audience or by another key is not trusted", async () => {
  expect(await verifier()(await issue({ issuer: "https://other.example.dk" }))).toBeUndefined();
  expect(await verifier()(await issue({ audience: "other" }))).toBeUndefined();
  expect(await verifier()(await issue({ keys: otherKeys }))).toBeUndefined();
});

test("one issuer's key cannot sign for another issuer", async () => {
  const verify = verifier({ allowDevelopmentIssuer: true });
  expect(await verify(await issue({ keys: otherKeys, issuer: developmentIssuer }))).toBeDefined();
  expect(await verify(await issue({ keys: otherKeys, issuer }))).toBeUndefined();
  expect(await verify(await issue({ keys, issuer: developmentIssuer }))).toBeUndefined();
});

test("the development issuer is trusted only where that is allowed", async () => {
  const token = await issue({ keys: otherKeys, issuer: developmentIssuer });
  expect(await verifier({ allowDevelopmentIssuer: true })(token)).toEqual({ gln, role: "organisation" });
  expect(await verifier({ allowDevelopmentIssuer: false })(token)).toBeUndefined();
});

test("a token whose claims were changed is not trusted", async () => {
  const [header = "", , signature = ""] = (await issue()).split(".");
  expect(await verifier()(`${header}.${part({ ...claims, role: "operator" })}.${signature}`)).toBeUndefined();
});

test("a token with no signature is not trusted, whatever it says of its algorithm", async () => {
  const unsecured = new UnsecuredJWT(claims).encode();
  expect(await verifier()(unsecured)).toBeUndefined();
  for (const alg of ["none", "None", "ES256"])
    expect(await verifier()(`${part({ alg, typ: "JWT" })}.${part(claims)}.`)).toBeUndefined();
});

test("a token signed with the public key as a shared secret is not trusted", async () => {
  const secret = Buffer.from(JSON.stringify(keys.publicKeys.keys[0]));
  const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret);
  expect(await verifier()(token)).toBeUndefined();
});

test.each(["", "a", "a.b.c", `${part({ alg: "ES256" })}.${Buffer.from("text").toString("base64url")}.AA`])(
  "%j is not a token",
  async (token) => {
    expect(await verifier()(token)).toBeUndefined();
  },
);

test.each([
  [{ sub: "57900 0000" }, "an address that is none"],
  [{ role: "admin" }, "a role that is none"],
  [{ exp: undefined }, "no expiry"],
  [{ exp: 1e15 }, "an expiry past the last instant"],
  [{ sub: undefined }, "no subject"],
] as [object, string][])("a token is not trusted when it has %o: %s", async (wrong) => {
  const key = await importJWK(keys.privateKey, "ES256");
  const kid = keys.privateKey.kid ?? "";
  const body = JSON.parse(JSON.stringify({ ...claims, ...wrong })) as Record<string, unknown>;
  const token = await new SignJWT(body).setProtectedHeader({ alg: "ES256", kid }).sign(key);
  expect(await verifier()(token)).toBeUndefined();
});

test("an issuer with an Ed25519 key is trusted", async () => {
  const pair = await generateKeyPair("EdDSA", { extractable: true });
  const privateKey = { ...(await exportJWK(pair.privateKey)), kid: "ed" };
  const edKeys = IssuerKeys.parse({ privateKey, publicKeys: { keys: [privateKey] } });
  const verify = createTokenVerifier({
    issuers: [{ issuer, keys: edKeys.publicKeys }],
    audience: tokenAudience,
    allowDevelopmentIssuer: false,
    now: () => now,
  });
  expect(await verify(await issue({ keys: edKeys }))).toEqual({ gln, role: "organisation" } satisfies Caller);
});

test("a key set never keeps a private part", () => {
  expect(JSON.stringify(keys.publicKeys)).not.toContain(keys.privateKey.d);
  expect(PublicKeys.parse({ keys: [keys.privateKey] })).toEqual(keys.publicKeys);
});

test("more tokens than are remembered are all still trusted", async () => {
  let verifications = 0;
  const verify = createTokenVerifier({
    issuers: [{ issuer, keys: keys.publicKeys }],
    audience: tokenAudience,
    allowDevelopmentIssuer: false,
    now: () => {
      verifications++;
      return now;
    },
  });
  const tokens = await Promise.all(Array.from({ length: 1050 }, (_, i) => issue({ ttlSeconds: 100 + i })));
  for (const token of tokens) await verify(token);
  expect(await verify(tokens[0] ?? "")).toBeDefined();
  const before = verifications;
  await verify(tokens[1049] ?? "");
  expect(verifications - before).toBe(1);
});
