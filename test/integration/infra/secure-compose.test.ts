import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { connect } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { configFrom } from "../../../infra/config/config.ts";
import { findServer } from "../../../infra/embedded/binaries.ts";
import { connectNats, natsOptions } from "../../../infra/nats/connection.ts";
import { connectRedis } from "../../../infra/redis/connection.ts";
import { weakSettings } from "../../../infra/security/weak-settings.ts";
import { startNatsServer } from "../../support/nats-server.ts";
import { startProcess } from "../../support/server-process.ts";
import { tempDir } from "../../support/temp-dir.ts";

const run = promisify(execFile);
const password = "a-password-that-nobody-guesses-0123";
const Services = z.object({
  services: z.object({
    hub: z.object({ environment: z.record(z.string(), z.string()) }),
    redis: z.object({ command: z.tuple([z.literal("sh"), z.literal("-c"), z.string()]) }),
  }),
});
const compose = async () =>
  Services.parse(parse(await readFile("infra/docker/compose.secure.yml", "utf8"))).services;
const certificatesIn = (dir: string) => run("sh", ["infra/docker/make-certificates.sh", dir]);

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
};

test("NATS as the secure composition has it: TLS by the issuer that was made, a password, an encrypted store", async () => {
  await using dir = await tempDir();
  const tls = join(dir.path, "tls");
  await certificatesIn(tls);
  await expect(certificatesIn(tls)).rejects.toThrow(/nothing was changed/);
  const file = await readFile("infra/docker/nats.secure.conf", "utf8");
  // Where this test's server listens and keeps its store is its own; the rest is the file's.
  const config = file
    .replaceAll("/tls/", `${tls}/`)
    .replaceAll(/^(server_name|listen|http|max_payload):.*$/gm, "")
    .replace(/^ {2}(store_dir|max_memory_store|sync_interval):.*$/gm, "")
    .replace("$NATS_PASSWORD", `"${password}"`)
    .replace("$NATS_STORE_KEY", '"another secret that nobody guesses"');
  await using nats = await startNatsServer({ config: config.replace(/jetstream \{[^}]*\}/, "") });
  const url = `tls://hub:${password}@localhost:${new URL(nats.url).port}`;
  const nc = await connectNats(url, "test", { ca: join(tls, "ca.pem") });
  expect(nc.info?.tls_required).toBe(true);
  await nc.close();
  const without = natsOptions(url.replace(password, "wrong"), "test", { ca: join(tls, "ca.pem") });
  await expect(connect({ ...without, waitOnFirstConnect: false, reconnect: false })).rejects.toThrow();
  const { path: binary } = await findServer("nats-server");
  // The server itself says whether it takes the whole file.
  await run(binary, ["-t", "-c", "infra/docker/nats.secure.conf"], {
    env: { ...process.env, NATS_PASSWORD: password, NATS_STORE_KEY: "k" },
  }).catch((error: unknown) => {
    // That /tls is not on this machine is the one thing that may be wrong.
    expect(String(error)).toMatch(/\/tls\/nats\.crt: no such file/);
  });
});

test("Redis as the secure composition has it: TLS, and a password that is in no list of processes", async () => {
  await using dir = await tempDir();
  const tls = join(dir.path, "tls");
  await certificatesIn(tls);
  const { path: binary } = await findServer("redis-server");
  const port = await freePort();
  const command = (await compose()).redis.command[2]
    .replaceAll("$$", "$")
    .replaceAll("/tls/", `${tls}/`)
    .replace("--tls-port 6379", `--tls-port ${String(port)} --bind 127.0.0.1`)
    .replace("--dir /data", `--dir ${dir.path}`)
    .replace("redis-server", binary);
  expect(command).not.toContain(password);
  const held = join(dir.path, "password");
  await writeFile(held, password, { mode: 0o600 });
  const redis = connectRedis(`rediss://:${password}@localhost:${String(port)}`, () => undefined, {
    ca: join(tls, "ca.pem"),
  });
  const answers = (): Promise<boolean> =>
    redis.ping().then(
      () => true,
      () => false,
    );
  const inEnvironment = `REDIS_PASSWORD=$(cat ${held}); ${command}`;
  const server = await startProcess("sh", ["-c", inEnvironment], answers);
  const { stdout } = await run("ps", ["-eo", "args"], { maxBuffer: 16 * 1024 * 1024 });
  expect(stdout).toContain(`--tls-cert-file ${tls}/redis.crt`);
  expect(stdout).not.toContain(password);
  await redis.shutdown("NOSAVE").catch(() => undefined);
  redis.disconnect();
  await server.end("SIGTERM");
});

test("the hub as the secure composition has it starts in production mode: none of its settings is refused", async () => {
  const { hub } = await compose();
  const values: NodeJS.ProcessEnv = { SEKTORBRO_HOST: "0.0.0.0" };
  for (const [name, value] of Object.entries(hub.environment))
    values[name] = value.replace(/\$\{\w+:\?\}/g, "a-secret-of-more-than-32-characters");
  const config = configFrom(values);
  const weak = weakSettings(config, { openFiles: [], openDataDir: false });
  expect(weak.filter(({ refused }) => refused)).toEqual([]);
});
