import { createHmac, randomBytes } from "node:crypto";
import type { JetStreamClient } from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";

const bucket = "secrets";
const entry = "index-key";
const keyBytes = 32;

const read = async (kv: KV): Promise<Uint8Array | undefined> => {
  const found = await kv.get(entry);
  return found?.operation === "PUT" ? found.value : undefined;
};

/** The key that all processes share, made by the first of them: the second finds that its own came too late. */
const sharedKey = async (kv: KV): Promise<Uint8Array> => {
  const known = await read(kv);
  if (known !== undefined) return known;
  const made = randomBytes(keyBytes);
  await kv.create(entry, made).catch(() => undefined);
  const agreed = await read(kv);
  if (agreed === undefined) throw new Error("The key of the index could not be kept.");
  return agreed;
};

export type KeyedDigest = (text: string) => string;

/** One record names its citizen and its case in several indexes, within a moment of one another. */
const mostRemembered = 4_096;
const remembering = (digest: KeyedDigest): KeyedDigest => {
  let known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= mostRemembered) known = new Map();
    const made = digest(text);
    known.set(text, made);
    return made;
  };
};

/**
 * The hash that citizens and threads stand under in the index. Keyed: all CPR numbers can be tried in seconds, so a plain
 * hash tells them to whoever gets hold of the index. The key is the setting, or is kept with the journal, which holds the
 * numbers themselves: whoever can read it there has nothing to gain by it.
 */
export const openIndexDigest = async (
  js: JetStreamClient,
  replicas: number,
  configured: string | undefined,
): Promise<KeyedDigest> => {
  const key = configured ?? (await sharedKey(await new Kvm(js).create(bucket, { history: 1, replicas })));
  return remembering((text) => createHmac("sha256", key).update(text).digest("hex"));
};
