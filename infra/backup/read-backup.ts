import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { BackupUnusable } from "./backup-unusable.ts";
import { type FrameAt, frameKinds, readFrames } from "./frames.ts";
import { BackupHeader, BackupManifest, backupVersion, PartBegins, PartEnds } from "./manifest.ts";
import { keyCheckOf, type Seal, sealOf } from "./seal.ts";

/** A part, and where in the file it begins. */
type PartAt = { begins: PartBegins; at: FrameAt };

/** A backup that was read whole and is what was written. */
export type Backup = AsyncDisposable & {
  header: BackupHeader;
  manifest: BackupManifest;
  parts: readonly PartAt[];
  /** The bytes of a part. @throws BackupUnusable when the file was changed meanwhile */
  piecesOf: (part: PartAt) => AsyncGenerator<Uint8Array>;
};

const maxHeaderBytes = 4_096;

const noBackup = (): BackupUnusable => new BackupUnusable("This is no backup of Sektorbro.");

const headerIn = async (file: FileHandle): Promise<{ line: string; header: BackupHeader }> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(maxHeaderBytes), 0, maxHeaderBytes, 0);
  const end = buffer.subarray(0, bytesRead).indexOf("\n");
  if (end < 0) throw noBackup();
  const line = buffer.toString("utf8", 0, end);
  try {
    return { line, header: BackupHeader.parse(JSON.parse(line)) };
  } catch {
    throw noBackup();
  }
};

const sealFor = (
  { line, header }: { line: string; header: BackupHeader },
  secret: Uint8Array | undefined,
): Seal => {
  if (header.version !== backupVersion)
    throw new BackupUnusable(
      `The backup was written by another version of the hub (${header.hub}), in a form that this one does not know.`,
    );
  if (header.keyCheck === undefined) return sealOf(line, header, undefined);
  if (secret === undefined)
    throw new BackupUnusable("The backup is encrypted. Name the file of its key with --key-file.");
  if (keyCheckOf(secret, header.salt) !== header.keyCheck)
    throw new BackupUnusable("This is not the key of the backup.");
  return sealOf(line, header, secret);
};

type Reading = {
  parts: PartAt[];
  /** The part that is being read. */
  hash: Hash | undefined;
  sizeBytes: number;
  digests: { sha256: string; sizeBytes: number }[];
  manifest: BackupManifest | undefined;
};

const outOfOrder = (): BackupUnusable =>
  new BackupUnusable("The backup is damaged: its parts do not fit together.");

const jsonOf = (bytes: Buffer): unknown => JSON.parse(bytes.toString("utf8"));

const endPart = (reading: Reading, bytes: Buffer): void => {
  const told = PartEnds.parse(jsonOf(bytes));
  const sha256 = reading.hash?.digest("hex");
  if (sha256 !== told.sha256 || reading.sizeBytes !== told.sizeBytes) throw outOfOrder();
  reading.digests.push(told);
  reading.hash = undefined;
};

const takeFrame = (reading: Reading, { kind, bytes, at }: { kind: number; bytes: Buffer; at: FrameAt }) => {
  if (reading.manifest !== undefined) throw outOfOrder();
  if (kind === frameKinds.begin && reading.hash === undefined) {
    reading.parts.push({ begins: PartBegins.parse(jsonOf(bytes)), at });
    [reading.hash, reading.sizeBytes] = [createHash("sha256"), 0];
  } else if (kind === frameKinds.piece && reading.hash !== undefined) {
    reading.hash.update(bytes);
    reading.sizeBytes += bytes.length;
  } else if (kind === frameKinds.end) endPart(reading, bytes);
  else if (kind === frameKinds.manifest && reading.hash === undefined)
    reading.manifest = BackupManifest.parse(jsonOf(bytes));
  else throw outOfOrder();
};

const agree = ({ digests }: Reading, { streams, files }: BackupManifest): boolean => {
  const named = [...streams, ...files];
  return named.length === digests.length && named.every(({ sha256 }, i) => sha256 === digests.at(i)?.sha256);
};

const piecesFrom = (file: FileHandle, seal: Seal) =>
  async function* ({ at }: PartAt): AsyncGenerator<Uint8Array> {
    for await (const { kind, bytes } of readFrames(file, seal, at)) {
      if (kind === frameKinds.end) return;
      if (kind === frameKinds.piece) yield bytes;
    }
    throw outOfOrder();
  };

const readAll = async (file: FileHandle, secret: Uint8Array | undefined): Promise<Omit<Backup, symbol>> => {
  const found = await headerIn(file);
  const seal = sealFor(found, secret);
  const reading: Reading = { parts: [], hash: undefined, sizeBytes: 0, digests: [], manifest: undefined };
  const begin = { offset: Buffer.byteLength(found.line) + 1, no: 0 };
  for await (const frame of readFrames(file, seal, begin)) takeFrame(reading, frame);
  const { manifest, parts } = reading;
  if (manifest === undefined) throw new BackupUnusable("The backup is cut short. Take another one.");
  if (!agree(reading, manifest)) throw outOfOrder();
  return { header: found.header, manifest, parts, piecesOf: piecesFrom(file, seal) };
};

/** Reads a backup from end to end, and opens it only if every byte is what was written. @throws BackupUnusable */
export const openBackup = async (path: string, secret: Uint8Array | undefined): Promise<Backup> => {
  const file = await open(path, "r").catch(() => {
    throw new BackupUnusable(`${path} cannot be read.`);
  });
  try {
    return { ...(await readAll(file, secret)), [Symbol.asyncDispose]: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
};
