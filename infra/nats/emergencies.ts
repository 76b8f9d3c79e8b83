import type { JetStreamClient } from "@nats-io/jetstream";
import { type KV, type KvEntry, Kvm } from "@nats-io/kv";
import { EmergencyGrant } from "../../contracts/messages/emergency.ts";
import { journalFault } from "./faults.ts";
import { parseJson } from "./json.ts";

/** Emergency accesses, those that have ended too: for as long as the looks under them are kept. */
export type EmergencyStore = {
  /** On disk, and in force for every process, when it resolves. The same id again is the first one. @throws Fault */
  begin: (grant: EmergencyGrant) => Promise<EmergencyGrant>;
  get: (id: string) => Promise<EmergencyGrant | undefined>;
  /** The latest first. They are few: each one is somebody's reason. */
  all: () => Promise<EmergencyGrant[]>;
};

const bucket = "emergency";
const nanosPerDay = 86_400 * 1_000_000_000;

const grantIn = (entry: KvEntry | null): EmergencyGrant | undefined =>
  entry?.operation === "PUT" ? EmergencyGrant.safeParse(parseJson(entry.value)).data : undefined;

const asFault = (error: unknown): never => {
  throw journalFault(error);
};

const keysOf = async (kv: KV): Promise<string[]> => {
  const keys: string[] = [];
  for await (const key of await kv.keys()) keys.push(key);
  return keys;
};

export const openEmergencies = async (
  js: JetStreamClient,
  { replicas, keptDays }: { replicas: number; keptDays: number },
): Promise<EmergencyStore> => {
  const kv = await new Kvm(js).create(bucket, { history: 1, replicas });
  const { config } = (await kv.status()).streamInfo;
  // A setting: a bucket that was made with another gets it.
  if (config.max_age !== keptDays * nanosPerDay) {
    const jsm = await js.jetstreamManager();
    await jsm.streams.update(config.name, { max_age: keptDays * nanosPerDay });
  }
  const get = async (id: string): Promise<EmergencyGrant | undefined> =>
    grantIn(await kv.get(id).catch(asFault));
  return {
    get,
    begin: async (grant) => {
      const made = kv.create(grant.id, JSON.stringify(grant));
      return made.then(
        () => grant,
        async (error: unknown) => (await get(grant.id)) ?? asFault(error),
      );
    },
    all: async () => {
      const found = await Promise.all((await keysOf(kv).catch(asFault)).map(get));
      return found
        .filter((grant) => grant !== undefined)
        .toSorted((a, b) => b.from.localeCompare(a.from) || a.id.localeCompare(b.id));
    },
  };
};
