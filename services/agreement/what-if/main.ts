import { setImmediate as breathe } from "node:timers/promises";
import { shardNames } from "../../../contracts/derived-ids.ts";
import { readShard } from "../../../infra/nats/read-shard.ts";
import type { Platform } from "../../../infra/platform.ts";
import { localDateOf } from "../../case/clock-zone.ts";
import { createWhatIf } from "./query.ts";

/** Answers `agreement.whatIf` from the whole journal. Slices are of true time, however fast the hub's own goes. */
export const serveWhatIf = (platform: Platform): ReturnType<typeof createWhatIf> => {
  const { agreements, directory, effects } = platform;
  return createWhatIf({
    book: agreements.book,
    directory,
    now: effects.now,
    today: () => localDateOf(effects.now()),
    digest: effects.digest,
    pause: effects.pause,
    nowMs: () => performance.now(),
    breathe: () => breathe(),
    shards: shardNames,
    readShard: (shard) => readShard(platform, shard),
  });
};
