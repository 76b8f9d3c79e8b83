import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { type Embedded, startEmbedded } from "../../../../infra/embedded/start-embedded.ts";
import { serversIn } from "../../../../infra/nats/servers-in.ts";
import { runLog } from "../../../support/run-log.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const marker = "PLANTED-IN-A-LETTER-7d1f";
const run = promisify(execFile);

/** Every file under a folder that holds the text as it is. */
const filesWith = async (dir: string, text: string): Promise<string[]> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const held = await Promise.all(files.map(async (path) => (await readFile(path)).includes(text)));
  return files.filter((_, i) => held[i] === true);
};

const keep = async (hub: Embedded): Promise<void> => {
  const nc = await connect(serversIn(hub.natsUrl));
  const jsm = await jetstreamManager(nc);
  await jsm.streams.add({ name: "LETTERS", subjects: ["letters"] });
  await jetstream(nc).publish("letters", marker);
  await nc.close();
};
const kept = async (hub: Embedded): Promise<string> => {
  const nc = await connect(serversIn(hub.natsUrl));
  try {
    const jsm = await jetstreamManager(nc);
    return (await jsm.streams.getMessage("LETTERS", { seq: 1 }))?.string() ?? "";
  } finally {
    await nc.close();
  }
};

test("another user of the machine reads neither the journal nor the index, and no secret in a list of processes", async () => {
  await using dir = await tempDir();
  const storeKeyFile = join(dir.path, "store.key");
  const secret = `a secret that nobody guesses ${randomUUID()}`;
  await writeFile(storeKeyFile, `${secret}\n`, { mode: 0o600 });
  await using hub = await startEmbedded({ dataDir: join(dir.path, "data"), storeKeyFile, log: runLog() });
  const { password, host } = new URL(hub.natsUrl);
  expect(password.length).toBeGreaterThanOrEqual(32);
  await expect(connect({ servers: host, reconnect: false })).rejects.toThrow(/Authorization/i);
  const modes = async (path: string) => (await stat(path)).mode & 0o777;
  expect(await modes(hub.redisUrl)).toBe(0o700);
  for (const folder of ["", "nats", "redis"]) expect(await modes(join(hub.dataDir, folder))).toBe(0o700);
  for (const file of ["endpoints.json", "nats/nats.conf", "redis/redis.conf"])
    expect(await modes(join(hub.dataDir, file))).toBe(0o600);
  const { stdout } = await run("ps", ["-eo", "args"], { maxBuffer: 16 * 1024 * 1024 });
  expect(stdout).toContain(join(hub.dataDir, "nats", "nats.conf"));
  expect([password, secret].filter((one) => stdout.includes(one))).toEqual([]);
  // Nor does the key lie beside what it locks.
  expect(await filesWith(hub.dataDir, secret)).toEqual([]);
});

test("what is in the journal cannot be read on the disk; with another key, or none, it is not served as if it were empty", async () => {
  await using dir = await tempDir();
  const dataDir = join(dir.path, "data");
  const storeKeyFile = join(dir.path, "store.key");
  await writeFile(storeKeyFile, "a secret that nobody guesses, of the first key", { mode: 0o600 });
  const first = await startEmbedded({ dataDir, storeKeyFile, log: runLog() });
  await keep(first);
  await first.stop();
  expect(await filesWith(join(dataDir, "nats"), marker)).toEqual([]);
  const otherKeyFile = join(dir.path, "other.key");
  await writeFile(otherKeyFile, "a secret that nobody guesses, of another key", { mode: 0o600 });
  for (const wrong of [{ storeKeyFile: otherKeyFile }, {}])
    await expect(startEmbedded({ dataDir, ...wrong, log: runLog() })).rejects.toMatchObject({
      code: "store-key-differs",
    });
  // What was refused has changed nothing.
  const again = await startEmbedded({ dataDir, storeKeyFile, log: runLog() });
  expect(await kept(again)).toBe(marker);
  await again.stop();
});

test("a store that lay open is encrypted at the first start with a key", async () => {
  await using dir = await tempDir();
  const dataDir = join(dir.path, "data");
  const open = await startEmbedded({ dataDir, log: runLog() });
  await keep(open);
  await open.stop();
  expect((await filesWith(join(dataDir, "nats"), marker)).length).toBeGreaterThan(0);
  const storeKeyFile = join(dir.path, "store.key");
  await writeFile(storeKeyFile, "a secret that nobody guesses, made later", { mode: 0o600 });
  const closed = await startEmbedded({ dataDir, storeKeyFile, log: runLog() });
  expect(await kept(closed)).toBe(marker);
  await closed.stop();
  expect(await filesWith(join(dataDir, "nats"), marker)).toEqual([]);
});

test("a key that is none is told before anything is started", async () => {
  await using dir = await tempDir();
  const storeKeyFile = join(dir.path, "store.key");
  await writeFile(storeKeyFile, "short");
  const starting = startEmbedded({ dataDir: join(dir.path, "data"), storeKeyFile, log: runLog() });
  await expect(starting).rejects.toMatchObject({ code: "store-key-unusable" });
});
