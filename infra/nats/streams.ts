import {
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { shards } from "../../contracts/derived-ids.ts";
import { recordVersion } from "../../contracts/record-versions.ts";
import { type ShardPrefix, shardSubjects } from "../../contracts/subjects.ts";

/** How the shards are laid over streams. Four streams fsync side by side; the number is fixed when the store is made. */
export type Layout = { streams: number; replicas: number };

export type Wanted = Pick<
  StreamConfig,
  | "name"
  | "subjects"
  | "storage"
  | "retention"
  | "discard"
  | "deny_delete"
  | "allow_direct"
  | "num_replicas"
  | "max_bytes"
> &
  /** Nanoseconds that a message is kept; absent: for ever. A setting, so a stream that was made with another gets it. */
  Partial<Pick<StreamConfig, "max_age" | "deny_purge" | "metadata">>;

const names = { case: "JOURNAL", intake: "INTAKE", answered: "ANSWERED" } as const satisfies Record<
  ShardPrefix,
  string
>;
/** The stream of a kind that keeps what is hashed to a shard. */
export const streamFor = (prefix: ShardPrefix, shard: string, layout: Layout): string =>
  `${names[prefix]}_${String(streamIndexOf(shard, layout))}`;

const streamOf = (prefix: ShardPrefix, index: number, { streams, replicas }: Layout): Wanted => ({
  name: `${names[prefix]}_${String(index)}`,
  subjects: shardSubjects(
    prefix,
    Math.floor((index * shards) / streams),
    Math.floor(((index + 1) * shards) / streams),
  ),
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  // A full stream refuses the new message: the default would forget the oldest one while still saying yes.
  discard: DiscardPolicy.New,
  deny_delete: true,
  allow_direct: true,
  num_replicas: replicas,
  max_bytes: -1,
});

/** Under this a journal stream says in which version its newest records are. */
export const recordVersionKey = "sektorbro-record-version";

export const journalStreams = (layout: Layout): Wanted[] =>
  Array.from({ length: layout.streams }, (_, i) => ({
    ...streamOf("case", i, layout),
    metadata: { [recordVersionKey]: String(recordVersion) },
  }));
export const intakeStreams = (layout: Layout): Wanted[] =>
  Array.from({ length: layout.streams }, (_, i) => streamOf("intake", i, layout));

const nanosPerDay = 86_400 * 1_000_000_000;
export const answerStreams = (layout: Layout, keptDays: number): Wanted[] =>
  Array.from({ length: layout.streams }, (_, i) => ({
    ...streamOf("answered", i, layout),
    max_age: keptDays * nanosPerDay,
  }));

/** The stream that keeps a shard: the same division as the subjects above. */
export const streamIndexOf = (shard: string, { streams }: Layout): number =>
  Array.from({ length: streams }, (_, i) => Math.floor(((i + 1) * shards) / streams)).findIndex(
    (end) => Number(shard) < end,
  );

const differs = (wanted: Wanted, echoed: StreamConfig): string[] => {
  const wrong: string[] = [];
  if (echoed.storage !== wanted.storage) wrong.push("storage");
  if (echoed.discard !== wanted.discard) wrong.push("discard");
  if (!echoed.allow_direct) wrong.push("allow_direct");
  if (!echoed.deny_delete) wrong.push("deny_delete");
  if (wanted.deny_purge === true && !echoed.deny_purge) wrong.push("deny_purge");
  if (echoed.subjects.toSorted().join() !== wanted.subjects.toSorted().join()) wrong.push("subjects");
  return wrong;
};

/** A stream is missing that was made before: its records are gone, and an empty one in its place would hide that. */
export class StreamMissing extends Error {
  override readonly name = "StreamMissing";
  readonly streams: readonly string[];
  constructor(streams: readonly string[]) {
    super(
      `These streams were made before and are gone: ${streams.join(", ")}. Restore the store from a backup.`,
    );
    this.streams = streams;
  }
}

/** A newer release has written to this store, in records that this one cannot read. */
export class StoreNewer extends Error {
  override readonly name = "StoreNewer";
  constructor(found: number) {
    super(
      `This store holds records of version ${String(found)}, which a newer release wrote; this release reads up to version ${String(recordVersion)}. Nothing was changed. Start the release that wrote it, or a newer one; see infra/operations/UPGRADE.md.`,
    );
  }
}

/** The version that a stream says its records are in; one that says none was made before they were said. */
const versionIn = (config: StreamConfig | undefined): number =>
  Number(config?.metadata?.[recordVersionKey] ?? 1);

const configOf = async (jsm: JetStreamManager, name: string): Promise<StreamConfig | undefined> => {
  const info = await jsm.streams.info(name).catch((error: unknown) => {
    if (error instanceof Error && error.name === "StreamNotFoundError") return undefined;
    throw error;
  });
  return info?.config;
};

/** What the server says of itself there is its own to write. */
const saidAnew = ({ metadata: wanted = {} }: Wanted, { metadata: found = {} }: StreamConfig) =>
  Object.entries(wanted).every(([key, value]) => found[key] === value)
    ? {}
    : { metadata: { ...found, ...wanted } };

/** What a stream that was made before can be given: another age or version; and no purging, which the server never takes back. */
const broughtUpTo = async (
  jsm: JetStreamManager,
  wanted: Wanted,
  echoed: StreamConfig,
): Promise<StreamConfig> => {
  const { name, max_age, deny_purge = false } = wanted;
  const age = max_age === undefined || max_age === echoed.max_age ? {} : { max_age };
  const kept = !deny_purge || echoed.deny_purge ? {} : { deny_purge };
  const change = { ...age, ...kept, ...saidAnew(wanted, echoed) };
  return Object.keys(change).length === 0 ? echoed : (await jsm.streams.update(name, change)).config;
};

/**
 * Makes what is missing and reads back what is there: an older server ignores flags in silence.
 * @param madeBefore names that were made on this store before: one of them missing is a loss, never made anew.
 * @returns what differs from what was asked, one line a stream; empty when all is as it must be.
 * @throws StreamMissing, StoreNewer
 */
export const ensureStreams = async (
  jsm: JetStreamManager,
  wanted: readonly Wanted[],
  madeBefore: readonly string[] = [],
): Promise<string[]> => {
  const found = new Map<string, StreamConfig | undefined>();
  for (const { name } of wanted) found.set(name, await configOf(jsm, name));
  const lost = wanted.filter(({ name }) => found.get(name) === undefined && madeBefore.includes(name));
  if (lost.length > 0) throw new StreamMissing(lost.map(({ name }) => name));
  const newest = Math.max(...[...found.values()].map(versionIn));
  if (newest > recordVersion) throw new StoreNewer(newest);
  const complaints: string[] = [];
  for (const stream of wanted) {
    const echoed = await broughtUpTo(
      jsm,
      stream,
      found.get(stream.name) ?? (await jsm.streams.add(stream)).config,
    );
    const wrong = differs(stream, echoed);
    if (wrong.length > 0) complaints.push(`${stream.name}: ${wrong.join(", ")}`);
  }
  return complaints;
};
