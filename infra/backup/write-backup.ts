import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { BackupUnusable } from "./backup-unusable.ts";
import { createFrameWriter, type FrameWriter, frameKinds } from "./frames.ts";
import {
  type BackupHeader,
  type BackupManifest,
  backupVersion,
  type PartBegins,
  type Reader,
} from "./manifest.ts";
import { keyCheckOf, sealOf } from "./seal.ts";
import { snapshotStream } from "./snapshot-stream.ts";

export type BackupOptions = {
  /** Where the backup is to lie; not there yet. */
  file: string;
  /** Encrypts it. Absent: it is open to whoever reads the file. */
  secret: Uint8Array | undefined;
  createdAt: string;
  hub: string;
  /** Files that belong to the store and lie beside it: `path` is what they are called in the backup. */
  files: readonly { path: string; from: string }[];
  /** Told after each part. */
  onPart: (part: { name: string; messages?: number; sizeBytes: number }) => void;
};

/**
 * The order in which streams are read while others write to them. What names something comes before what it names, so that
 * nothing is named that is not there: positions and answers before the records that they are about, records before originals
 * and attachments. What stands too early is done again, and does nothing twice.
 */
const ranks: readonly (readonly [RegExp, number])[] = [
  [/^KV_positions$/, 0],
  [/^ANSWERED_/, 1],
  [/^JOURNAL_/, 2],
  [/^INTAKE_/, 4],
  [/^OBJ_/, 5],
];
const otherRank = 3;
/** Who does what just now is nothing that a hub which is restored could go on with. */
const ofTheMoment = new Set(["KV_leases"]);
const rankOf = (stream: string): number => ranks.find(([name]) => name.test(stream))?.[1] ?? otherRank;

const streamsIn = async (jsm: JetStreamManager): Promise<string[]> => {
  const names: string[] = [];
  for await (const name of jsm.streams.names()) if (!ofTheMoment.has(name)) names.push(name);
  return names.toSorted((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b, "en", { numeric: true }));
};

/** Noted before anything else is read: a document that is settled after this moment is read again, and gets the same answer. */
const readersOf = async (jsm: JetStreamManager, streams: readonly string[]): Promise<Reader[]> => {
  const found: Reader[] = [];
  for (const stream of streams)
    for await (const { config, ack_floor: floor } of jsm.consumers.list(stream)) {
      const { durable_name: durable, ...rest } = config;
      if (durable !== undefined)
        found.push({
          stream,
          config: { ...rest, durable_name: durable },
          settledUpTo: floor.stream_seq,
        });
    }
  return found;
};

const encode = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const writePart = async (
  frames: FrameWriter,
  begins: PartBegins,
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; sizeBytes: number }> => {
  await frames.write(frameKinds.begin, encode(begins));
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    sizeBytes += piece.length;
    await frames.write(frameKinds.piece, piece);
  }
  const ends = { sha256: hash.digest("hex"), sizeBytes };
  await frames.write(frameKinds.end, encode(ends));
  return ends;
};

const writeStreams = async (
  { nc, frames, onPart }: { nc: NatsConnection; frames: FrameWriter; onPart: BackupOptions["onPart"] },
  streams: readonly string[],
): Promise<BackupManifest["streams"]> => {
  const written: BackupManifest["streams"] = [];
  for (const name of streams) {
    const { begins, pieces } = await snapshotStream(nc, name);
    const ends = await writePart(frames, begins, pieces);
    const { first_seq: firstSeq, last_seq: lastSeq, messages, bytes } = begins.state;
    written.push({ name, firstSeq, lastSeq, messages, bytes, ...ends });
    onPart({ name, messages, sizeBytes: ends.sizeBytes });
  }
  return written;
};

const writeFiles = async (
  frames: FrameWriter,
  { files, onPart }: Pick<BackupOptions, "files" | "onPart">,
): Promise<BackupManifest["files"]> => {
  const written: BackupManifest["files"] = [];
  for (const { path, from } of files) {
    const ends = await writePart(frames, { kind: "file", path }, createReadStream(from));
    written.push({ path, ...ends });
    onPart({ name: path, sizeBytes: ends.sizeBytes });
  }
  return written;
};

const headerOf = ({ secret, createdAt, hub }: BackupOptions): BackupHeader => {
  const salt = randomBytes(16).toString("hex");
  const common = { format: "sektorbro-backup", version: backupVersion, createdAt, hub, salt } as const;
  return secret === undefined
    ? { ...common, seal: "sha256" }
    : { ...common, seal: "aes-256-gcm", keyCheck: keyCheckOf(secret, salt) };
};

const writeAll = async (
  nc: NatsConnection,
  file: FileHandle,
  options: BackupOptions,
): Promise<BackupManifest> => {
  const header = headerOf(options);
  const line = JSON.stringify(header);
  await file.write(`${line}\n`);
  const frames = createFrameWriter(file, sealOf(line, header, options.secret));
  const jsm = await jetstreamManager(nc);
  const streams = await streamsIn(jsm);
  const journalStreams = streams.filter((name) => name.startsWith("JOURNAL_")).length;
  if (journalStreams === 0) throw new BackupUnusable("There is no journal on this server to back up.");
  const readers = await readersOf(jsm, streams);
  const written = await writeStreams({ nc, frames, onPart: options.onPart }, streams);
  const files = await writeFiles(frames, options);
  const natsServer = nc.info?.version ?? "";
  const manifest = { natsServer, journalStreams, streams: written, files, readers };
  await frames.write(frameKinds.manifest, encode(manifest));
  return manifest;
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
};

/**
 * Writes everything that must survive into one file, while the hub runs. It has its name when it is whole and on disk; who is
 * killed before leaves a `.partial`, which the next takes away.
 * @throws BackupUnusable when the file is there already, or the server stops giving
 */
export const writeBackup = async (nc: NatsConnection, options: BackupOptions): Promise<BackupManifest> => {
  const { file } = options;
  const taken = await stat(file).catch(() => undefined);
  if (taken !== undefined)
    throw new BackupUnusable(`${file} is there already, and a backup is never written over.`);
  const partial = `${file}.partial`;
  const handle = await open(partial, "w", 0o600);
  try {
    const manifest = await writeAll(nc, handle, options);
    await handle.sync();
    await handle.close();
    await rename(partial, file);
    await syncFolder(dirname(file));
    return manifest;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
};
