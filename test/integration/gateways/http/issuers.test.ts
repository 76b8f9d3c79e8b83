import { rename, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTrust } from "../../../../gateways/http/main.ts";
import { createIssuer, issueToken } from "../../../../gateways/http/token.ts";
import { tempDir } from "../../../support/temp-dir.ts";
import { startTokenIssuer } from "../../../support/token-issuer.ts";

const gln = "5790000100019";
const other = "5790000200016";
const audience = "sektorbro";

/** As an editor or a deployment does it: whole, under another name, then in its place. */
const replace = async (path: string, value: object): Promise<void> => {
  await writeFile(`${path}.new`, JSON.stringify(value));
  await rename(`${path}.new`, path);
};

/** A clock that a test moves: files are looked at, and keys asked for, by its time. */
const clock = () => {
  let aheadMs = 0;
  return { nowMs: () => Date.now() + aheadMs, pass: (ms: number) => (aheadMs += ms) };
};
const times = { cooldownMs: 0, keptMs: 300_000, restMs: 5_000 };

test("a system gets a token at a real issuer by its client's secret, and is who it says; a key that is rotated is found by itself", async () => {
  await using dir = await tempDir();
  const keys = [await createIssuer(), await createIssuer()];
  await using issuer = await startTokenIssuer({ clients: { "gp-7": gln }, audience, keys: keys[0] });
  const trustFile = join(dir.path, "trust.json");
  const entry = { issuer: issuer.url, claims: { gln: "gln" }, tokenType: "at+jwt" };
  await replace(trustFile, { issuers: [entry] });
  const { verifyToken } = await openTrust({ dataDir: dir.path, audience, host: "0.0.0.0", trustFile, times });
  expect(await verifyToken(await issuer.token("gp-7"))).toEqual({ gln, role: "organisation" });
  expect(await verifyToken(await issuer.token("gp-7", "urn:another-hub"))).toBeUndefined();
  await issuer.rotate(keys[1]);
  expect(await verifyToken(await issuer.token("gp-7"))).toEqual({ gln, role: "organisation" });
});

test("one issuer after another is trusted, and no longer, without a restart", async () => {
  await using dir = await tempDir();
  const { nowMs, pass } = clock();
  const [old, next] = [await createIssuer(), await createIssuer()];
  const file = (name: string) => join(dir.path, name);
  for (const [name, { publicKeys }] of [["old", old] as const, ["next", next] as const])
    await writeFile(file(`${name}.json`), JSON.stringify(publicKeys));
  const entryOf = (name: string) => ({ issuer: `urn:${name}`, jwksFile: file(`${name}.json`) });
  const trustFile = file("trust.json");
  await replace(trustFile, { issuers: [entryOf("old")] });
  const { verifyToken } = await openTrust({ dataDir: dir.path, audience, host: "0.0.0.0", trustFile, nowMs });
  const order = { audience, gln, role: "organisation", ttlSeconds: 600 } as const;
  const now = new Date(nowMs()).toISOString();
  const [ofOld, ofNext] = [
    await issueToken({ ...order, keys: old, issuer: "urn:old", now }),
    await issueToken({ ...order, keys: next, issuer: "urn:next", now }),
  ];
  const trusted = async () => [await verifyToken(ofOld), await verifyToken(ofNext)].map((one) => one?.gln);
  expect(await trusted()).toEqual([gln, undefined]);
  await replace(trustFile, { issuers: [entryOf("old"), entryOf("next")] });
  pass(1_001);
  expect(await trusted()).toEqual([gln, gln]);
  await replace(trustFile, { issuers: [entryOf("next")] });
  pass(1_001);
  expect(await trusted()).toEqual([undefined, gln]);
  // Half a file takes nobody's trust away, and gives none.
  await writeFile(trustFile, '{ "issuers": [');
  pass(1_001);
  expect(await trusted()).toEqual([undefined, gln]);
  await replace(trustFile, { issuers: [entryOf("next")], revoked: { glns: [gln] } });
  pass(1_001);
  expect(await trusted()).toEqual([undefined, undefined]);
});

test("the keys that two settings name are read again when they change", async () => {
  await using dir = await tempDir();
  const { nowMs, pass } = clock();
  const [old, next] = [await createIssuer(), await createIssuer()];
  const jwksFile = join(dir.path, "keys.json");
  await replace(jwksFile, old.publicKeys);
  const issuer = "https://idp.example.dk";
  const { verifyToken } = await openTrust({
    ...{ dataDir: dir.path, audience, host: "0.0.0.0", nowMs },
    issuer: { jwksFile, issuer },
  });
  const token = (keys: typeof old) =>
    issueToken({
      ...{ keys, issuer, audience, gln, role: "organisation", ttlSeconds: 3_000 },
      now: new Date(nowMs()).toISOString(),
    });
  const ofOld = await token(old);
  expect(await verifyToken(ofOld)).toBeDefined();
  await replace(jwksFile, next.publicKeys);
  pass(1_001);
  expect(await verifyToken(await token(next))).toBeDefined();
  // What was verified is remembered for five minutes; then its key is gone.
  pass(300_000);
  expect(await verifyToken(ofOld)).toBeUndefined();
});

test("an issuer that is away is a fault to come back from, no refusal; and it is not asked at every token that is made up", async () => {
  await using dir = await tempDir();
  const { nowMs, pass } = clock();
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${String(port)}`;
  const trustFile = join(dir.path, "trust.json");
  await replace(trustFile, { issuers: [{ issuer: url }] });
  const { verifyToken } = await openTrust({ dataDir: dir.path, audience, host: "0.0.0.0", trustFile, nowMs });
  const keys = await createIssuer();
  const order = { keys, issuer: url, audience, role: "organisation", ttlSeconds: 600 } as const;
  const now = new Date(nowMs()).toISOString();
  for (const one of [gln, other, gln])
    await expect(verifyToken(await issueToken({ ...order, gln: one, now }))).rejects.toMatchObject({
      code: "issuer-unavailable",
    });
  expect(asked).toBe(1);
  pass(5_000);
  await expect(verifyToken(await issueToken({ ...order, gln, now }))).rejects.toMatchObject({
    name: "Fault",
  });
  expect(asked).toBe(2);
  server.close();
});
