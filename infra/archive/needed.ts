import type { JetStreamClient } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { type Archive, openArchive } from "./archive.ts";

/** What has left the journal is nowhere to be read: a hub that went on would take what it answered long ago for new. */
export class ArchiveMissing extends Error {
  override readonly name = "ArchiveMissing";
  constructor(folder: string, { needed, there }: { needed: number; there: number }) {
    super(
      `The archive is not in ${folder}: what has left the journal is in ${String(needed)} files, and ${String(there)} of them are there. Mount the right folder, name it with SEKTORBRO_ARCHIVE, or restore it from a backup.`,
    );
  }
}

const bucket = "archive";
const entry = "segments";

const lastOf = async (archive: Archive): Promise<number> => (await archive.segments()).at(-1)?.no ?? 0;

const neededBy = async (js: JetStreamClient): Promise<number> => {
  const buckets = new Kvm(js);
  for await (const { bucket: name } of buckets.list())
    if (name === bucket) return Number((await (await buckets.open(bucket)).get(entry))?.string() ?? 0);
  return 0;
};

/**
 * Notes with the journal which files of the archive there are, before what they hold leaves the journal: a folder without them is
 * not the archive.
 */
export const noteNeeded = async (js: JetStreamClient, replicas: number, archive: Archive): Promise<void> => {
  const kv = await new Kvm(js).create(bucket, { history: 1, replicas });
  await kv.put(entry, String(await lastOf(archive)));
};

/** @throws ArchiveMissing when what has left the journal is not in this folder */
export const openNeeded = async (js: JetStreamClient, folder: string): Promise<Archive> => {
  const archive = await openArchive(folder, () => performance.now());
  const [needed, there] = [await neededBy(js), await lastOf(archive)];
  if (there < needed) throw new ArchiveMissing(folder, { needed, there });
  return archive;
};
