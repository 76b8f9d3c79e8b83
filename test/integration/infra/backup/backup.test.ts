import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AckPolicy, jetstream, jetstreamManager, StorageType } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BackupUnusable } from "../../../../infra/backup/backup-unusable.ts";
import { openBackup } from "../../../../infra/backup/read-backup.ts";
import { restoreBackup } from "../../../../infra/backup/restore-backup.ts";
import { readSecret } from "../../../../infra/backup/secret.ts";
import { writeBackup } from "../../../../infra/backup/write-backup.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type TempDir, tempDir } from "../../../support/temp-dir.ts";

const secret = Buffer.from("a-key-that-is-long-enough-for-a-test");
const other = Buffer.from("another-key-that-is-long-enough-for-it");

let dir: TempDir;
let server: NatsServer;
let nc: NatsConnection;
const inDir = (name: string) => join(dir.path, name);

const take = (file: string, key: Uint8Array | undefined, from = nc) =>
  writeBackup(from, {
    file,
    secret: key,
    createdAt: "2026-11-23T03:00:00.000Z",
    hub: "1.2.3",
    files: [{ path: "beside", from: inDir("beside") }],
    onPart: () => undefined,
  });

/** Journals with gaps, and a reader of INTAKE that has settled seven of twenty documents. */
const fill = async (): Promise<void> => {
  const js = jetstream(nc);
  const jsm = await jetstreamManager(nc);
  for (const [name, subject] of [
    ["JOURNAL_0", "case.>"],
    ["INTAKE_0", "intake.>"],
    ["KV_positions", "$KV.positions.>"],
    ["KV_leases", "$KV.leases.>"],
  ] as const)
    await jsm.streams.add({ name, subjects: [subject], storage: StorageType.File, allow_direct: true });
  for (let i = 0; i < 60; i++)
    await js.publish(`case.0${String(i % 3)}.advice.c${String(i % 6)}`, `record ${String(i)}`);
  await jsm.streams.purge("JOURNAL_0", { filter: "case.00.advice.c3" });
  for (let i = 0; i < 20; i++) await js.publish(`intake.00.oioxml.${String(i)}`, `document ${String(i)}`);
  await jsm.consumers.add("INTAKE_0", {
    durable_name: "oioxml",
    ack_policy: AckPolicy.Explicit,
    filter_subject: "intake.*.oioxml.>",
  });
  const reader = await js.consumers.get("INTAKE_0", "oioxml");
  for (let i = 0; i < 7; i++) await (await reader.next())?.ackAck();
};

beforeAll(async () => {
  dir = await tempDir();
  await writeFile(inDir("beside"), "a line\n".repeat(1_000));
  server = await startNatsServer({ syncAlways: false });
  nc = await connect({ servers: server.url });
  await fill();
}, 60_000);
afterAll(async () => {
  await nc.close();
  await server[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

/** Every message of a stream with its place and its time. */
const allIn = async (at: NatsConnection, stream: string) => {
  const jsm = await jetstreamManager(at);
  const found: string[] = [];
  for (let seq = 1; ; ) {
    const message = await jsm.direct.getMessage(stream, { seq, next_by_subj: ">" });
    if (message === null) return found;
    found.push(`${String(message.seq)} ${message.subject} ${message.string()} ${message.time.toISOString()}`);
    seq = message.seq + 1;
  }
};

describe("a backup of a store", () => {
  it("gives another server the same messages at the same sequences and times, and readers where they stood", async () => {
    await take(inDir("whole"), secret);
    await using backup = await openBackup(inDir("whole"), secret);
    await using empty = await startNatsServer({ syncAlways: false });
    const there = await connect({ servers: empty.url });
    await restoreBackup(there, backup, {
      replicas: 1,
      archiveDir: inDir("restored"),
      onPart: () => undefined,
    });
    for (const stream of ["JOURNAL_0", "INTAKE_0"]) {
      const [here, restored] = [await allIn(nc, stream), await allIn(there, stream)];
      expect(here.length).toBeGreaterThan(10);
      expect(restored).toEqual(here);
    }
    const jsm = await jetstreamManager(there);
    const names: string[] = [];
    for await (const name of jsm.streams.names()) names.push(name);
    expect(names).not.toContain("KV_leases");
    const next = await (await jetstream(there).consumers.get("INTAKE_0", "oioxml")).next();
    expect(next?.string()).toBe("document 7");
    expect(await readFile(inDir("restored/beside"), "utf8")).toBe("a line\n".repeat(1_000));
    const again = restoreBackup(there, backup, {
      replicas: 1,
      archiveDir: inDir("x"),
      onPart: () => undefined,
    });
    await expect(again).rejects.toThrow(/The store is not empty/);
    await there.close();
  });

  it("of a journal that is being written to holds all that was there when it began", async () => {
    const js = jetstream(nc);
    const writer = { stopped: false };
    const writing = (async () => {
      for (let i = 0; !writer.stopped; i++) {
        await js.publish(`case.01.advice.busy`, `busy ${String(i)}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const before = (await allIn(nc, "JOURNAL_0")).length;
    await take(inDir("busy"), undefined);
    writer.stopped = true;
    await writing;
    await using backup = await openBackup(inDir("busy"), undefined);
    await using empty = await startNatsServer({ syncAlways: false });
    const there = await connect({ servers: empty.url });
    await restoreBackup(there, backup, {
      replicas: 1,
      archiveDir: inDir("busy-files"),
      onPart: () => undefined,
    });
    const [here, restored] = [await allIn(nc, "JOURNAL_0"), await allIn(there, "JOURNAL_0")];
    expect(restored.length).toBeGreaterThanOrEqual(before);
    expect(restored).toEqual(here.slice(0, restored.length));
    await there.close();
  });

  it.each([
    ["encrypted", secret],
    ["open", undefined],
  ])(
    "that is %s is refused when it is cut short anywhere, or one byte of it is another",
    async (name, key) => {
      const file = inDir(`damaged-${name}`);
      await take(file, key);
      const whole = await readFile(file);
      const broken = inDir(`broken-${name}`);
      const refused = async (bytes: Uint8Array) => {
        await writeFile(broken, bytes);
        await expect(openBackup(broken, key)).rejects.toThrow(BackupUnusable);
      };
      const step = Math.max(1, Math.floor(whole.length / 60));
      for (let at = 0; at < whole.length; at += step) {
        await refused(whole.subarray(0, at));
        const flipped = Buffer.from(whole);
        flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
        await refused(flipped);
      }
      await refused(whole.subarray(0, whole.length - 1));
      await refused(Buffer.concat([whole, Buffer.from("x")]));
    },
  );

  it("tells a wrong key from a missing one", async () => {
    await take(inDir("keyed"), secret);
    await expect(openBackup(inDir("keyed"), other)).rejects.toThrow("This is not the key of the backup.");
    await expect(openBackup(inDir("keyed"), undefined)).rejects.toThrow("--key-file");
    expect((await readFile(inDir("keyed"))).includes("case.00")).toBe(false);
  });

  it("is not written over another, and not where there is no journal", async () => {
    await take(inDir("once"), undefined);
    await expect(take(inDir("once"), undefined)).rejects.toThrow(/never written over/);
    await using empty = await startNatsServer({ syncAlways: false });
    const there = await connect({ servers: empty.url });
    await expect(take(inDir("nothing"), undefined, there)).rejects.toThrow(/no journal/);
    await there.close();
    await expect(readFile(inDir("nothing.partial"))).rejects.toThrow("ENOENT");
  });

  it("takes no key that can be guessed", async () => {
    await writeFile(inDir("short"), "short\n");
    await expect(readSecret(inDir("short"))).rejects.toThrow(/holds no key/);
    await writeFile(inDir("long"), `${secret.toString()}\n`);
    expect(Buffer.from(await readSecret(inDir("long")))).toEqual(secret);
  });
});
