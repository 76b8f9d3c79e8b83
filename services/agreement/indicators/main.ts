import { setImmediate as breathe } from "node:timers/promises";
import { shardNames } from "../../../contracts/derived-ids.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { indexCaughtUp } from "../../../infra/nats/index-reach.ts";
import { overJson } from "../../../infra/nats/json.ts";
import { readShard } from "../../../infra/nats/read-shard.ts";
import { journalStreams, streamFor } from "../../../infra/nats/streams.ts";
import type { Part, Platform } from "../../../infra/platform.ts";
import { logSetAside, startProjection } from "../../../infra/projection.ts";
import { indexPrefixes } from "../../../infra/redis/index-names.ts";
import { createProjections, type Projections } from "../../../infra/redis/projections.ts";
import { readTogether } from "../../../infra/redis/read-together.ts";
import { createCountingProjector } from "./projector.ts";
import { createIndicatorQueries, type IndicatorPorts } from "./query.ts";
import { recount } from "./recount.ts";

/** Figures need not be of this very second: what is counted together is worth its round trips. */
const restMs = 500;
const reachedWithinMs = 5_000;

/** Counts every stream of the journal into the index. */
const startCounting = (platform: Platform): Part => {
  const { journal, log } = platform;
  return startProjection(platform, {
    name: "indicators",
    restMs,
    projectorOn: (index) =>
      createCountingProjector({
        ...index,
        load: (caseId) => journal.load(caseId),
        onSetAside: logSetAside(log, "indicators"),
      }),
  });
};

const allShards = ({ layout }: Platform): { shard: string; stream: string }[] =>
  shardNames.map((shard) => ({
    shard,
    stream: streamFor("case", shard, layout),
  }));

const portsFrom = (platform: Platform, projections: Projections): IndicatorPorts => {
  const { agreements, directory, effects, jsm, layout, redis } = platform;
  return {
    read: readTogether(redis, indexPrefixes.indicators),
    caughtUp: () => indexCaughtUp({ jsm, layout, projections }, reachedWithinMs),
    book: agreements.book,
    directory,
    now: effects.now,
    nowMs: () => performance.now(),
    breathe: () => breathe(),
  };
};

export type IndicatorPart = Part & {
  /** Answers `agreement.indicators`. */
  answer: ReturnType<typeof createIndicatorQueries>;
};

/** Counts the journal into the index, and answers what it comes to. */
export const startIndicators = (platform: Platform): IndicatorPart => {
  const { bus, layout, redis } = platform;
  const counting = startCounting(platform);
  const ports = portsFrom(platform, createProjections(redis, indexPrefixes.indicators));
  const recounts = bus.serve(
    commandSubject("indicators.recount"),
    "agreement",
    overJson(() =>
      recount({
        ...ports,
        streams: journalStreams(layout).map(({ name }) => name),
        shards: allShards(platform),
        readShard: (shard, upTo) => readShard(platform, shard, upTo),
      }),
    ),
  );
  return {
    answer: createIndicatorQueries(ports),
    stop: async () => {
      await recounts.stop();
      await counting.stop();
    },
  };
};
