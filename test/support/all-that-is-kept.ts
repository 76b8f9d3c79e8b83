import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DeliverPolicy } from "@nats-io/jetstream";
import { itemsOf } from "../../infra/archive/segment-file.ts";
import type { Platform } from "../../infra/platform.ts";

/** Something that a hub keeps: where, and what it says, packed or not. */
type Kept = { where: string; text: string };

const asText = (bytes: Uint8Array): string => {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (packed ? gunzipSync(bytes) : Buffer.from(bytes)).toString("latin1");
};

/** Every message of every stream: the journal, INTAKE, the buckets and the objects are streams too. */
async function* inStreams({ js, jsm }: Platform): AsyncGenerator<Kept> {
  for await (const { config, state } of jsm.streams.list()) {
    if (state.messages === 0) continue;
    const consumer = await js.consumers.get(config.name, { deliver_policy: DeliverPolicy.All });
    const messages = await consumer.consume();
    for await (const message of messages) {
      const headers = JSON.stringify([...(message.headers ?? [])]);
      yield { where: `${config.name} ${message.subject}`, text: `${headers} ${asText(message.data)}` };
      if (message.info.pending === 0) break;
    }
  }
}

async function* inRedis({ redis }: Platform): AsyncGenerator<Kept> {
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.zrange(key, "0", "-1"),
    list: (key) => redis.lrange(key, "0", "-1"),
  };
  for (const key of await redis.keys("*")) {
    const type = await redis.type(key);
    yield { where: `redis ${key}`, text: `${key} ${JSON.stringify(await read[type]?.(key))}` };
  }
}

async function* inArchive(folder: string): AsyncGenerator<Kept> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    yield { where: `archive ${name}`, text: await readFile(path, "latin1") };
    if (!name.endsWith(".seg")) continue;
    for await (const { kind, bytes } of itemsOf(path, name))
      if (bytes.length > 0) yield { where: `archive ${name} ${String(kind)}`, text: asText(bytes) };
  }
}

/** Where any of the texts stands in all that a hub keeps on its servers and in its archive. */
export const whereKept = async (
  platform: Platform,
  archiveDir: string,
  texts: readonly string[],
): Promise<string[]> => {
  const found = new Set<string>();
  for (const part of [inStreams(platform), inRedis(platform), inArchive(archiveDir)])
    for await (const { where, text } of part)
      if (texts.some((one) => text.includes(one) || text.includes(Buffer.from(one).toString("latin1"))))
        found.add(where);
  return [...found].toSorted();
};
