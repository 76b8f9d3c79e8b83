import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, nkeys } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findServer } from "../../../infra/embedded/binaries.ts";
import { connectNats, natsOptions } from "../../../infra/nats/connection.ts";
import { connectRedis, redisReady } from "../../../infra/redis/connection.ts";
import { makeIssuer } from "../../support/certificates.ts";
import { startNatsServer } from "../../support/nats-server.ts";
import { startProcess } from "../../support/server-process.ts";

const [ours, strangers] = [makeIssuer("Our issuer"), makeIssuer("Somebody else")];
let dir = "";
const at = (name: string): string => join(dir, name);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sb-proofs-"));
  const [server, hub] = [ours.server(), ours.client("hub")];
  const files = {
    ...{ "ca.pem": ours.ca, "else.pem": strangers.ca, "server.crt": server.cert, "server.key": server.key },
    ...{ "hub.crt": hub.cert, "hub.key": hub.key },
  };
  for (const [name, text] of Object.entries(files)) await writeFile(at(name), text, { mode: 0o600 });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Redis takes no port of the kernel's choice: one that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
};

/** The client of NATS holds a certificate to the name of the address, never to a bare number. */
const byName = (url: string): string => url.replace("127.0.0.1", "localhost");

const tlsText = (verify: boolean): string =>
  `tls { cert_file: "${at("server.crt")}", key_file: "${at("server.key")}", ca_file: "${at("ca.pem")}", verify: ${String(verify)} }`;

test("NATS over TLS, the hub by an nkey: the server must be of the issuer that is named, and the hub the one with the seed", async () => {
  const [pair, other] = [nkeys.createUser(), nkeys.createUser()];
  await using nats = await startNatsServer({
    config: `${tlsText(false)}\nauthorization { users: [{ nkey: ${pair.getPublicKey()} }] }`,
  });
  const [credentials, wrong] = [at("hub.nk"), at("wrong.nk")];
  for (const [path, key] of [[credentials, pair] as const, [wrong, other] as const])
    await writeFile(path, `${new TextDecoder().decode(key.getSeed())}\n`, { mode: 0o600 });
  const nc = await connectNats(byName(nats.url), "test", { credentials, ca: at("ca.pem") });
  expect(nc.info?.tls_required).toBe(true);
  await nc.rtt();
  await nc.close();
  // What waits for a server for ever on purpose is asked for once here.
  const once = (proof: Parameters<typeof connectNats>[2]) =>
    connect({ ...natsOptions(byName(nats.url), "test", proof), waitOnFirstConnect: false, reconnect: false });
  await expect(once({ credentials: wrong, ca: at("ca.pem") })).rejects.toThrow();
  await expect(once({ credentials, ca: at("else.pem") })).rejects.toThrow();
  await expect(once({ ca: at("ca.pem") })).rejects.toThrow();
});

test("NATS by mutual TLS: without the hub's certificate nobody is let in", async () => {
  await using nats = await startNatsServer({ config: tlsText(true) });
  const nc = await connectNats(byName(nats.url), "test", {
    ca: at("ca.pem"),
    cert: at("hub.crt"),
    key: at("hub.key"),
  });
  await nc.rtt();
  await nc.close();
  const without = natsOptions(byName(nats.url), "test", { ca: at("ca.pem") });
  await expect(connect({ ...without, waitOnFirstConnect: false, reconnect: false })).rejects.toThrow();
});

test("Redis over TLS, with a user and a password: the server must be of the issuer that is named", async () => {
  const { path: binary } = await findServer("redis-server");
  const port = await freePort();
  const config = at("redis.conf");
  const lines = [
    ...["port 0", `tls-port ${String(port)}`, "bind 127.0.0.1", 'save ""', `dir ${dir}`],
    ...[
      `tls-cert-file ${at("server.crt")}`,
      `tls-key-file ${at("server.key")}`,
      `tls-ca-cert-file ${at("ca.pem")}`,
    ],
    ...["tls-auth-clients yes", "user default off", "user hub on >a-password ~* &* +@all"],
  ];
  await writeFile(config, lines.join("\n"), { mode: 0o600 });
  const proof = { ca: at("ca.pem"), cert: at("hub.crt"), key: at("hub.key") };
  const answers = async (url: string, shown: object): Promise<string> => {
    const redis = connectRedis(url, () => undefined, shown);
    await redisReady(redis, 3_000);
    return redis
      .ping()
      .then(
        (said) => said,
        () => "no",
      )
      .finally(() => {
        redis.disconnect();
      });
  };
  const url = (user: string) => `rediss://${user}@127.0.0.1:${String(port)}`;
  const good = url("hub:a-password");
  const server = await startProcess(binary, [config], async () => (await answers(good, proof)) === "PONG");
  try {
    expect(await answers(url("hub:another"), proof)).toBe("no");
    expect(await answers(good, { ...proof, ca: at("else.pem") })).toBe("no");
    expect(await answers(good, { ca: at("ca.pem") })).toBe("no");
    expect(await answers(`redis://hub:a-password@127.0.0.1:${String(port)}`, {})).toBe("no");
  } finally {
    await server.end("SIGKILL");
  }
});
