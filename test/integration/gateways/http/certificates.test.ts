import { X509Certificate } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { importJWK, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTrust } from "../../../../gateways/http/main.ts";
import { createServer } from "../../../../gateways/http/server.ts";
import { createIssuer } from "../../../../gateways/http/token.ts";
import { openSecureServer, type SecureServer } from "../../../../gateways/http/trust/secure-server.ts";
import { type CertificateOf, makeIssuer } from "../../../support/certificates.ts";
import { createFakeHub, testOptions } from "../../../support/http-ports.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const gln = "5790000100019";
const audience = "sektorbro";
const [ours, strangers] = [makeIssuer("Our issuer"), makeIssuer("Somebody else's issuer")];
const [known, unlisted, forged] = [
  ours.client("gp.example.dk"),
  ours.client("unlisted.example.dk"),
  strangers.client("gp.example.dk"),
];
const thumbprintOf = ({ cert }: CertificateOf): Buffer =>
  Buffer.from(new X509Certificate(cert).fingerprint256.replaceAll(":", ""), "hex");

let dir: Awaited<ReturnType<typeof tempDir>>;
let secure: SecureServer;
let server: ReturnType<typeof createServer>;
let port = 0;
const problems: string[] = [];
const keys = await createIssuer();

const files = (name: string): string => join(dir.path, name);
const put = async (name: string, text: string): Promise<void> => {
  await writeFile(files(`${name}.new`), text, { mode: 0o600 });
  await rename(files(`${name}.new`), files(name));
};
const putServer = async ({ cert, key }: CertificateOf): Promise<void> => {
  await put("hub.crt", cert);
  await put("hub.key", key);
};

beforeAll(async () => {
  dir = await tempDir();
  await putServer(ours.server());
  await put("ca.pem", ours.ca);
  await put("keys.json", JSON.stringify(keys.publicKeys));
  await put(
    "trust.json",
    JSON.stringify({
      issuers: [{ issuer: "urn:region", jwksFile: files("keys.json"), requireCertificate: true }],
      certificates: [{ gln, subject: "CN=gp.example.dk" }],
    }),
  );
  const trust = await openTrust({
    dataDir: dir.path,
    audience,
    host: "0.0.0.0",
    trustFile: files("trust.json"),
  });
  secure = await openSecureServer(
    { cert: files("hub.crt"), key: files("hub.key"), clientCa: files("ca.pem") },
    (path) => problems.push(path),
  );
  const hub = createFakeHub();
  server = createServer({ ...hub.ports, ...trust }, { ...testOptions, secure: secure.create });
  port = Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
});

afterAll(async () => {
  await server.close();
  secure.stop();
  await dir[Symbol.asyncDispose]();
});

type Asked = { shows?: CertificateOf; token?: string; maxVersion?: "TLSv1.1" };
type Answered = { status: number; headers: IncomingMessage["headers"]; presented: string };

/** On a connection of its own: a session that is taken up again would not show what is asked here. */
const ask = ({ shows, token, maxVersion }: Asked): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });
    const asking = request(
      {
        ...{ host: "127.0.0.1", port, path: "/v1/session", ca: ours.ca, agent, ...shows },
        ...(maxVersion === undefined ? {} : { minVersion: "TLSv1" as const, maxVersion }),
        ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
      },
      (response) => {
        const { socket } = response;
        const presented = "getPeerX509Certificate" in socket ? String(presentedOf(socket)) : "";
        response.resume();
        response.once("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, presented });
        });
      },
    );
    asking.once("error", reject);
    asking.end();
  });
const presentedOf = (socket: object): unknown =>
  (socket as { getPeerX509Certificate: () => X509Certificate | undefined }).getPeerX509Certificate()
    ?.serialNumber;

test("a certificate of an issuer of ours is known as the organisation that the file says", async () => {
  const answer = await ask({ shows: known });
  expect(answer.status).toBe(200);
  expect(answer.headers["strict-transport-security"]).toBeDefined();
});

test("no certificate, one that nobody is known by, or one of another issuer with the same name is nobody", async () => {
  expect((await ask({})).status).toBe(401);
  expect((await ask({ shows: unlisted })).status).toBe(401);
  expect((await ask({ shows: forged })).status).toBe(401);
});

test("a token that is bound to a certificate counts with that one alone (RFC 8705)", async () => {
  const now = Math.floor(Date.now() / 1000);
  const boundTo = (certificate: CertificateOf | undefined) =>
    importJWK(keys.privateKey, "ES256").then((key) =>
      new SignJWT({
        ...{ iss: "urn:region", aud: audience, sub: gln, iat: now, exp: now + 300 },
        ...(certificate === undefined
          ? {}
          : { cnf: { "x5t#S256": thumbprintOf(certificate).toString("base64url") } }),
      })
        .setProtectedHeader({ alg: "ES256", kid: keys.privateKey.kid ?? "" })
        .sign(key),
    );
  expect((await ask({ shows: unlisted, token: await boundTo(unlisted) })).status).toBe(200);
  expect((await ask({ shows: known, token: await boundTo(unlisted) })).status).toBe(401);
  expect((await ask({ token: await boundTo(unlisted) })).status).toBe(401);
  expect((await ask({ shows: forged, token: await boundTo(forged) })).status).toBe(401);
  expect((await ask({ shows: known, token: await boundTo(undefined) })).status).toBe(401);
});

test("TLS before 1.2 is not spoken", async () => {
  await expect(ask({ shows: known, maxVersion: "TLSv1.1" })).rejects.toThrow();
});

test("a certificate is renewed without a restart, and one that does not fit its key leaves the former", async () => {
  const before = (await ask({ shows: known })).presented;
  await putServer(ours.server());
  await secure.look();
  const after = (await ask({ shows: known })).presented;
  expect([before, after].every((serial) => serial !== "undefined")).toBe(true);
  expect(after).not.toBe(before);
  await put("hub.crt", ours.server().cert);
  await secure.look();
  expect(problems).toEqual([files("hub.crt")]);
  expect((await ask({ shows: known })).presented).toBe(after);
});
