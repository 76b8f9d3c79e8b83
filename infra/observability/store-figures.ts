import type { JetStreamManager } from "@nats-io/jetstream";
import type { Redis } from "ioredis";
import { timersKey } from "../../contracts/index-keys.ts";
import { journalStreams, type Layout } from "../nats/streams.ts";
import { type IndexName, indexPrefixes } from "../redis/index-names.ts";
import { createProjections } from "../redis/projections.ts";
import { setAsideCounts } from "../redis/set-aside.ts";
import type { Level, Metrics } from "./metrics.ts";

type Stores = {
  readonly jsm: JetStreamManager;
  readonly redis: Redis;
  readonly layout: Layout;
  readonly streamNames: readonly string[];
  readonly effects: { readonly nowMs: () => number };
};

const indexes = Object.keys(indexPrefixes).filter((name): name is IndexName => name in indexPrefixes);
/** What has rung stays until its record is in the index. */
const graceMs = 2_000;

const behindOf = async ({ jsm, redis, layout }: Stores): Promise<Level[]> => {
  const ends = await Promise.all(
    journalStreams(layout).map(async ({ name }) => ({
      name,
      end: (await jsm.streams.info(name)).state.last_seq,
    })),
  );
  return Promise.all(
    indexes.map(async (index) => {
      const projections = createProjections(redis, indexPrefixes[index]);
      const left = ends.map(async ({ name, end }) => Math.max(0, end - (await projections.position(name))));
      return { labels: { index }, value: (await Promise.all(left)).reduce((sum, one) => sum + one, 0) };
    }),
  );
};

const timersOf = async ({ redis, effects }: Stores): Promise<Level[]> => {
  const key = (await createProjections(redis).prefix()) + timersKey;
  const [all, late] = [await redis.zcard(key), await redis.zcount(key, "-inf", effects.nowMs() - graceMs)];
  return [
    { labels: { state: "waiting" }, value: all - late },
    { labels: { state: "late" }, value: late },
  ];
};

const statesOf = ({ jsm, streamNames }: Stores) =>
  Promise.all(streamNames.map(async (stream) => ({ stream, state: (await jsm.streams.info(stream)).state })));

/** What lies in the stores, asked whenever somebody asks for the figures. */
export const addStoreFigures = (metrics: Metrics, stores: Stores): void => {
  metrics.look("sektorbro_index_behind_records", () => behindOf(stores));
  metrics.look("sektorbro_set_aside_records", async () => {
    const counts = await setAsideCounts(stores.redis);
    return indexes.map((index) => ({ labels: { index }, value: counts[index] ?? 0 }));
  });
  metrics.look("sektorbro_timers", () => timersOf(stores));
  metrics.look("sektorbro_stream_messages", async () =>
    (await statesOf(stores)).map(({ stream, state }) => ({ labels: { stream }, value: state.messages })),
  );
  metrics.look("sektorbro_stream_bytes", async () =>
    (await statesOf(stores)).map(({ stream, state }) => ({ labels: { stream }, value: state.bytes })),
  );
};
