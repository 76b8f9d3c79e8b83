import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import { type KV, type KvEntry, Kvm } from "@nats-io/kv";
import { Fault } from "../../contracts/errors.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import {
  changeOf,
  type DirectoryChange,
  packed,
  type Registered,
  registeredFrom,
  unpacked,
  type Version,
  versionFrom,
} from "./directory-entry.ts";
import { isConflict, journalFault } from "./faults.ts";

export type DirectoryStore = {
  /** Looked up in memory; kept fresh by a watch on the bucket. */
  organisation: (gln: string) => Organisation | undefined;
  all: () => readonly Organisation[];
  /**
   * All of it or nothing: in force everywhere at the moment when one entry that holds the whole change is on disk.
   * @throws Fault `document-too-large`; any other: nothing changed, or with fate `ask` perhaps all of it.
   */
  change: (change: DirectoryChange) => Promise<void>;
  /** What is known of a citizen, by the keyed hash of the number. */
  registered: (patient: string) => Promise<readonly Registered[]>;
  /** The versions of an organisation that are kept, newest first. */
  history: (gln: string) => Promise<Version[]>;
  /** Waits until the view holds what was changed. */
  settled: () => Promise<void>;
  stop: () => void;
};

const bucket = "directory";
/** As many as the server keeps of one key. */
const versions = 64;
/** The change that is under way. Not a GLN, so it is no organisation. */
const pendingKey = "pending.change";
/** Under what the server takes in one message (8 MB), with room for its headers. */
const maxPackedBytes = 7 * 1024 * 1024;
/** How many entries are written at once. */
const abreast = 32;

/** A store of the first release kept five versions: it is told to keep more, never made anew. */
const openBucket = async (js: JetStreamClient, jsm: JetStreamManager, replicas: number): Promise<KV> => {
  const kv = await new Kvm(js).create(bucket, { history: versions, replicas });
  if ((await kv.status()).history < versions)
    await jsm.streams.update(`KV_${bucket}`, { max_msgs_per_subject: versions });
  return kv;
};

const inGroups = async <T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> => {
  for (let i = 0; i < items.length; i += abreast) await Promise.all(items.slice(i, i + abreast).map(work));
};

const written = (entry: KvEntry | null): Version | undefined =>
  entry?.operation === "PUT" ? versionFrom(entry.json(), entry.created.toISOString()) : undefined;

type Buckets = { kv: KV; citizens: KV };
/** A change by its number: the revision of the entry that holds it, so a later one has a higher number. */
type Begun = { change: DirectoryChange; number: number };

/**
 * Writes an entry unless this change or a later one wrote it already: who carries out a change may have been overtaken, and
 * must not put back what it held. `after` makes the new value of the one before; nothing when it is the same.
 */
const writeOnce = async (
  kv: KV,
  at: { key: string; number: number },
  after: (before: KvEntry | null) => object | undefined,
): Promise<void> => {
  for (;;) {
    const before = await kv.get(at.key);
    const value = before !== null && changeOf(before.json()) >= at.number ? undefined : after(before);
    if (value === undefined) return;
    try {
      const text = JSON.stringify({ ...value, change: at.number });
      await kv.put(at.key, text, { previousSeq: before?.revision ?? 0 });
      return;
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
};

const writeOrganisation = (
  { kv }: Buckets,
  { change, number }: Begun,
  organisation: Organisation,
): Promise<void> =>
  writeOnce(kv, { key: organisation.gln, number }, (before) => {
    const { changedBy, changedAt } = change;
    const same = JSON.stringify(written(before)?.organisation) === JSON.stringify(organisation);
    return same ? undefined : ({ organisation, changedBy, changedAt } satisfies Version);
  });

/** Gives every organisation and citizen of a change its own entry, and ends the change. May be done again, and by anybody. */
const carryOut = async (buckets: Buckets, begun: Begun): Promise<void> => {
  const { change, number } = begun;
  await inGroups(change.organisations, (organisation) => writeOrganisation(buckets, begun, organisation));
  await inGroups(change.registrations, ({ patient, with: registered }) =>
    writeOnce(buckets.citizens, { key: patient, number }, () => ({ with: registered })),
  );
  // Somebody else may have ended it, and another may be under way: that one is not ours to end.
  await buckets.kv.purge(pendingKey, { previousSeq: number }).catch((error: unknown) => {
    if (!isConflict(error)) throw error;
  });
};

type View = {
  organisations: Map<string, Organisation>;
  sorted: readonly Organisation[] | undefined;
  pending: Begun | undefined;
  revision: number;
};

/** What an entry of the bucket means for the view: a change under way is in force as a whole, at once. */
const take = (view: View, entry: KvEntry): void => {
  view.sorted = undefined;
  if (entry.key === pendingKey) {
    view.pending =
      entry.operation === "PUT" ? { change: unpacked(entry.value), number: entry.revision } : undefined;
    for (const organisation of view.pending?.change.organisations ?? [])
      view.organisations.set(organisation.gln, organisation);
  } else {
    const version = written(entry);
    if (version === undefined) view.organisations.delete(entry.key);
    else view.organisations.set(entry.key, version.organisation);
  }
  view.revision = entry.revision;
};

/** Begins a change, once nothing else is under way. @returns the revision from which on it is in force */
const begin = async (buckets: Buckets, bytes: Uint8Array): Promise<number> => {
  const { kv } = buckets;
  for (;;) {
    const found = await kv.get(pendingKey);
    // Somebody who died in the midst of a change has left it to whoever comes next.
    if (found?.operation === "PUT")
      await carryOut(buckets, { change: unpacked(found.value), number: found.revision });
    try {
      return await kv.create(pendingKey, bytes);
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
};

const historyOf = async (kv: KV, gln: string): Promise<Version[]> => {
  const found: Version[] = [];
  for await (const entry of await kv.history({ key: gln })) found.push(...[written(entry) ?? []].flat());
  return found.toReversed();
};

const asFault = (error: unknown): never => {
  throw error instanceof Fault ? error : journalFault(error);
};

const storeOf = (
  buckets: Buckets,
  view: View,
  world: { onFault: (error: unknown) => void; stop: () => void; seen: { put: number } },
): DirectoryStore => {
  const { kv, citizens } = buckets;
  const { seen } = world;
  return {
    organisation: (gln) => view.organisations.get(gln),
    all: () =>
      (view.sorted ??= [...view.organisations.values()].toSorted((a, b) => a.gln.localeCompare(b.gln))),
    change: async (change) => {
      const bytes = packed(change);
      if (bytes.length > maxPackedBytes) throw new Fault("document-too-large");
      const number = await begin(buckets, bytes).catch(asFault);
      seen.put = Math.max(seen.put, number);
      // In force from here on. What is left is each one's own entry; if that fails, the next change or start does it.
      await carryOut(buckets, { change, number }).catch(world.onFault);
    },
    registered: async (patient) => {
      const underWay = view.pending?.change.registrations.find((one) => one.patient === patient);
      if (underWay !== undefined) return underWay.with;
      const entry = await citizens.get(patient).catch(asFault);
      return entry?.operation === "PUT" ? registeredFrom(entry.json()) : [];
    },
    history: (gln) => historyOf(kv, gln).catch(asFault),
    settled: async () => {
      while (view.revision < seen.put) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    stop: world.stop,
  };
};

/** The directory in a JetStream KV bucket, the whole of it held in memory and watched. */
export const openDirectory = async (
  js: JetStreamClient,
  replicas: number,
  onFault: (error: unknown) => void,
): Promise<DirectoryStore> => {
  const jsm = await js.jetstreamManager();
  const kv = await openBucket(js, jsm, replicas);
  const citizens = await new Kvm(js).create("registrations", { history: 1, replicas });
  const view: View = { organisations: new Map(), sorted: [], pending: undefined, revision: 0 };
  const watch = await kv.watch();
  const follow = async (): Promise<void> => {
    for await (const entry of watch) take(view, entry);
  };
  follow().catch(onFault);
  // A service must not decide before it knows the directory.
  const seen = { put: (await kv.status()).streamInfo.state.last_seq };
  const stop = (): void => {
    watch.stop();
  };
  const store = storeOf({ kv, citizens }, view, { onFault, stop, seen });
  await store.settled();
  // Whoever was in the midst of a change died; it is in force, and its entries are written now.
  if (view.pending !== undefined) await carryOut({ kv, citizens }, view.pending).catch(onFault);
  return store;
};
