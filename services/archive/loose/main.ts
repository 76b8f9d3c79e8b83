import { shardOf } from "../../../contracts/derived-ids.ts";
import { anyIntakeSubject, refusedSubject } from "../../../contracts/subjects.ts";
import type { Archive, NewItem } from "../../../infra/archive/archive.ts";
import { headOfOriginal, type Notes, packOriginal } from "../../../infra/archive/archived-original.ts";
import { itemKinds } from "../../../infra/archive/segment-file.ts";
import { sha256 } from "../../../infra/ids.ts";
import { inlineBytes } from "../../../infra/nats/carried-bytes.ts";
import { olderDocuments } from "../../../infra/nats/read-intake.ts";
import { streamFor } from "../../../infra/nats/streams.ts";
import type { Platform } from "../../../infra/platform.ts";
import type { ArchivePorts } from "../ports.ts";

/** An object of the store as an item of the archive. */
export const objectItem = async ({ objects }: Platform, digest: string): Promise<NewItem | undefined> => {
  const bytes = await objects.get(digest);
  return bytes === undefined ? undefined : { kind: itemKinds.object, bytes, keys: [`object|${digest}`] };
};

/** What was noted of a document that was refused at first; of most there is nothing, which one question tells. */
const notesOf = async ({ intake, jsm, link, layout }: Platform, id: string): Promise<Notes | undefined> => {
  const stream = streamFor("intake", shardOf(id), layout);
  const query = { last_by_subj: refusedSubject(id) };
  if ((await link.hold(() => jsm.direct.getMessage(stream, query))) === null) return undefined;
  const history = await intake.history(id);
  return history && { refused: history.refused, steps: history.steps, told: history.told };
};

/** A document as an item, with what was noted of it; `object`: that its bytes are one by themselves. */
export const originalItem = async (
  platform: Platform,
  id: string,
  loose?: Notes,
): Promise<{ item: NewItem; object?: string | undefined } | undefined> => {
  const original = await platform.intake.original(id);
  if (original === undefined) return undefined;
  const large = original.bytes.length > inlineBytes;
  const object = large ? `sha256-${sha256(original.bytes)}` : undefined;
  const noted = loose ?? (await notesOf(platform, id));
  const bytes = packOriginal(original, { object, noted, loose: loose === undefined ? undefined : true });
  return { item: { kind: itemKinds.original, bytes, keys: [`intake|${id}`] }, object };
};

/** Documents that no case was read from; a large one's bytes are an object before it. */
async function* itemsOf(platform: Platform, intakes: readonly string[]): AsyncGenerator<NewItem> {
  for (const id of intakes) {
    const history = await platform.intake.history(id);
    if (history === undefined) continue;
    const { refused, steps, told } = history;
    const found = await originalItem(platform, id, { refused, steps, told });
    if (found === undefined) continue;
    const object = found.object === undefined ? undefined : await objectItem(platform, found.object);
    if (object !== undefined) yield object;
    yield found.item;
  }
}

async function* looseOn(
  archive: Archive,
  shelf: number,
): AsyncGenerator<{ intake: string; object?: string | undefined }> {
  for await (const { kind, bytes } of archive.itemsOf(shelf)) {
    if (kind !== itemKinds.original) continue;
    const { intake, object, loose } = headOfOriginal(bytes);
    // A case takes its own documents along.
    if (loose === true) yield { intake, object };
  }
}

type LoosePorts = Pick<
  ArchivePorts,
  "olderDocuments" | "looseHistory" | "shelveLoose" | "looseOn" | "purgeOriginal"
>;

/** How documents that became no case leave INTAKE. */
export const loosePorts = (platform: Platform, archive: Archive): LoosePorts => {
  const { intake, jsm, link, layout } = platform;
  return {
    olderDocuments: (before) => olderDocuments(platform, before),
    looseHistory: async (id) => {
      // It is there, and waits to be taken out of the store.
      if (await archive.holds(`intake|${id}`)) return undefined;
      const history = await intake.history(id);
      return history && { ...history, receivedAt: history.document.receivedAt };
    },
    shelveLoose: async (intakes, at) => {
      await archive.add(itemsOf(platform, intakes), at);
    },
    looseOn: (shelf) => looseOn(archive, shelf),
    purgeOriginal: async (id) => {
      const stream = streamFor("intake", shardOf(id), layout);
      await link.hold(() => jsm.streams.purge(stream, { filter: anyIntakeSubject(id) }));
    },
  };
};
