import { createWriteStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { DeliverPolicy, type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { BackupUnusable } from "./backup-unusable.ts";
import type { BackupManifest, PartBegins, Reader } from "./manifest.ts";
import type { Backup } from "./read-backup.ts";
import { restoreStream } from "./snapshot-stream.ts";

export type RestoreOptions = {
  /** Copies in a cluster, of the place that it is restored to. */
  replicas: number;
  /** The folder of the archive. Absent: the backup may hold none. */
  archiveDir: string | undefined;
  onPart: (name: string) => void;
};

const mustBeEmpty = async (jsm: JetStreamManager): Promise<void> => {
  for await (const name of jsm.streams.names())
    throw new BackupUnusable(
      `The store is not empty: it holds ${name}. A backup is restored into an empty store alone. Name another data folder, or put this one aside.`,
    );
};

/** The journal last: a store on which the restore died is not taken for a hub that lost nothing. */
const lateness = ({ begins }: { begins: PartBegins }): number =>
  begins.kind === "stream" && begins.config.name.startsWith("JOURNAL_") ? 1 : 0;

const restoreReader = async (
  jsm: JetStreamManager,
  { stream, config, settledUpTo }: Reader,
): Promise<void> => {
  const from = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: settledUpTo + 1 };
  await jsm.consumers.add(stream, { ...config, ...from });
};

/** @returns where the files of the archive go, which is empty */
const archiveFor = async (
  { files }: BackupManifest,
  archiveDir: string | undefined,
): Promise<string | undefined> => {
  if (files.length === 0) return undefined;
  if (archiveDir === undefined)
    throw new BackupUnusable("The backup holds an archive. Say where it is to lie: SEKTORBRO_ARCHIVE.");
  await mkdir(archiveDir, { recursive: true, mode: 0o700 });
  if ((await readdir(archiveDir)).length > 0)
    throw new BackupUnusable(`${archiveDir} is not empty: put the archive that lies there aside.`);
  return archiveDir;
};

const restoreFile = async (to: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
  await pipeline(pieces, createWriteStream(to, { flags: "wx", mode: 0o600, flush: true }));
};

const compare = async (jsm: JetStreamManager, { streams }: BackupManifest): Promise<void> => {
  for (const { name, firstSeq, lastSeq, messages } of streams) {
    const { state } = await jsm.streams.info(name);
    // Whoever wrote while the snapshot was taken may have got in a little more; less is a loss.
    const whole = state.first_seq === firstSeq && state.last_seq >= lastSeq && state.messages >= messages;
    if (!whole) throw new BackupUnusable(`${name} is not what the backup says. The store cannot be used.`);
  }
};

/**
 * Makes a store of a backup: every stream with its own sequences, readers where they stood, files beside it. What was restored
 * is compared with what the backup tells. @throws BackupUnusable; after the first part the store is not to be used
 */
export const restoreBackup = async (
  nc: NatsConnection,
  backup: Backup,
  { replicas, archiveDir, onPart }: RestoreOptions,
): Promise<void> => {
  const jsm = await jetstreamManager(nc);
  await mustBeEmpty(jsm);
  const archive = await archiveFor(backup.manifest, archiveDir);
  for (const part of backup.parts.toSorted((a, b) => lateness(a) - lateness(b))) {
    const { begins } = part;
    const pieces = backup.piecesOf(part);
    if (begins.kind === "file") await restoreFile(join(archive ?? "", begins.path), pieces);
    else {
      const config = { ...begins.config, num_replicas: replicas };
      await restoreStream(nc, { ...begins, config }, pieces);
    }
    onPart(begins.kind === "file" ? begins.path : begins.config.name);
  }
  for (const reader of backup.manifest.readers) await restoreReader(jsm, reader);
  await compare(jsm, backup.manifest);
};
