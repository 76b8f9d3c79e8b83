import {
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { shards } from "../../contracts/derived-ids.ts";
import { shardSubjects } from "../../contracts/subjects.ts";

/** How the shards are laid over streams. Four streams fsync side by side; the number is fixed when the store is made. */
export type Layout = { streams: number; replicas: number };

type Wanted = Pick<
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
>;

const streamOf = (prefix: "case" | "intake", index: number, { streams, replicas }: Layout): Wanted => ({
  name: `${prefix === "case" ? "JOURNAL" : "INTAKE"}_${String(index)}`,
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

export const journalStreams = (layout: Layout): Wanted[] =>
  Array.from({ length: layout.streams }, (_, i) => streamOf("case", i, layout));
export const intakeStreams = (layout: Layout): Wanted[] =>
  Array.from({ length: layout.streams }, (_, i) => streamOf("intake", i, layout));

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
  if (echoed.subjects.toSorted().join() !== wanted.subjects.toSorted().join()) wrong.push("subjects");
  return wrong;
};

/**
 * Makes what is missing and reads back what is there: an older server ignores flags in silence.
 * @returns what differs from what was asked, one line a stream; empty when all is as it must be.
 */
export const ensureStreams = async (jsm: JetStreamManager, wanted: readonly Wanted[]): Promise<string[]> => {
  const complaints: string[] = [];
  for (const stream of wanted) {
    const info = await jsm.streams.info(stream.name).catch((error: unknown) => {
      if (error instanceof Error && error.name === "StreamNotFoundError") return undefined;
      throw error;
    });
    const echoed = (info ?? (await jsm.streams.add(stream))).config;
    const wrong = differs(stream, echoed);
    if (wrong.length > 0) complaints.push(`${stream.name}: ${wrong.join(", ")}`);
  }
  return complaints;
};
