import { z } from "zod";

/** The form of the file. A hub reads the forms that it knows, and no other. */
export const backupVersion = 1;

/** The first line of a backup, readable without its key. */
export const BackupHeader = z.object({
  format: z.literal("sektorbro-backup"),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  /** Version of the hub that wrote it. */
  hub: z.string(),
  /** What seals each frame: authenticated encryption with the key of a file, or a plain digest. */
  seal: z.enum(["aes-256-gcm", "sha256"]),
  /** Makes the key, or the digests, this backup's own. Hex. */
  salt: z.string(),
  /** Tells a wrong key from a damaged file. Hex; absent where there is no key. */
  keyCheck: z.string().optional(),
});
export type BackupHeader = z.infer<typeof BackupHeader>;

/** As the server gives them at the start of a snapshot, and wants them back at a restore. */
export const StreamConfigEcho = z.looseObject({ name: z.string(), num_replicas: z.number() });
export const StreamStateEcho = z.looseObject({
  messages: z.number(),
  bytes: z.number(),
  first_seq: z.number(),
  last_seq: z.number(),
});

/** What a part of the file is, told before its bytes. */
export const PartBegins = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stream"), config: StreamConfigEcho, state: StreamStateEcho }),
  /** A file of the archive, by its name there. */
  z.object({ kind: z.literal("file"), path: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/) }),
]);
export type PartBegins = z.infer<typeof PartBegins>;

export const PartEnds = z.object({
  /** sha256 of the part's bytes, hex. */
  sha256: z.string(),
  sizeBytes: z.number(),
});

/** Where the reader of a stream stood when the backup began: what it had not settled is read again after a restore. */
const Reader = z.object({
  stream: z.string(),
  config: z.looseObject({ durable_name: z.string() }),
  settledUpTo: z.number(),
});
export type Reader = z.infer<typeof Reader>;

/** The last frame. Without it a backup is cut short. */
export const BackupManifest = z.object({
  natsServer: z.string(),
  /** How many streams the journal's shards are laid over: `SEKTORBRO_JOURNAL_STREAMS` of the hub that it is restored to. */
  journalStreams: z.number().int(),
  streams: z.array(
    z.object({
      name: z.string(),
      firstSeq: z.number(),
      lastSeq: z.number(),
      messages: z.number(),
      bytes: z.number(),
      sha256: z.string(),
      sizeBytes: z.number(),
    }),
  ),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), sizeBytes: z.number() })),
  readers: z.array(Reader),
});
export type BackupManifest = z.infer<typeof BackupManifest>;
