import { setImmediate as breathe } from "node:timers/promises";
import { shards } from "../../../contracts/derived-ids.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { type Follower, startFollower } from "../../../infra/nats/follow.ts";
import { indexCaughtUp } from "../../../infra/nats/index-reach.ts";
import { overJson } from "../../../infra/nats/json.ts";
import { readShard } from "../../../infra/nats/read-shard.ts";
import { journalStreams, streamFor } from "../../../infra/nats/streams.ts";
import type { Part, Platform } from "../../../infra/platform.ts";
import { createProjections, type Projections } from "../../../infra/redis/projections.ts";
import { readTogether } from "../../../infra/redis/read-together.ts";
import { startRepeating } from "../../../infra/repeat.ts";
import { type Gathering, gathering } from "./gather.ts";
import { type CountingProjector, createCountingProjector } from "./projector.ts";
import { createIndicatorQueries, type IndicatorPorts } from "./query.ts";
import { recount } from "./recount.ts";

/** Apart from the worklists: either can be made again without the other. */
const prefix = "i:";
const restMs = 500;
const watchMs = 1_000;
const reachedWithinMs = 5_000;

/** Follows every stream of the journal, and begins again where the count was forgotten under it. */
const startCounting = (platform: Platform, projector: CountingProjector): Part => {
  const { js, link, layout, log } = platform;
  const start = (stream: string): Follower & Pick<Gathering, "lost"> => {
    const { apply, position, lost } = gathering(stream, projector, restMs);
    const onFault = (error: unknown): void => {
      log.warn("counting waits", { stream, error });
    };
    // What comes is held here already: the follower itself rests no more.
    return { ...startFollower(js, { link, stream, restMs: 0, apply, position, onFault }), lost };
  };
  const followers = new Map(journalStreams(layout).map(({ name }) => [name, start(name)]));
  const look = async (): Promise<boolean> => {
    for (const [stream, follower] of followers) {
      if (!follower.lost() && (await projector.intact(stream))) continue;
      await follower.stop();
      followers.set(stream, start(stream));
    }
    return false;
  };
  const watch = startRepeating(look, watchMs, (error) => {
    log.warn("count cannot be watched", { error });
  });
  return {
    stop: async () => {
      await watch.stop();
      await Promise.all([...followers.values()].map((follower) => follower.stop()));
    },
  };
};

const allShards = ({ layout }: Platform): { shard: string; stream: string }[] =>
  Array.from({ length: shards }, (_, i) => String(i).padStart(2, "0")).map((shard) => ({
    shard,
    stream: streamFor("case", shard, layout),
  }));

const portsFrom = (platform: Platform, projections: Projections): IndicatorPorts => {
  const { agreements, directory, effects, jsm, layout, redis } = platform;
  return {
    read: readTogether(redis, prefix),
    caughtUp: () => indexCaughtUp({ jsm, layout, projections }, reachedWithinMs),
    book: agreements.book,
    directory,
    now: effects.now,
  };
};

export type IndicatorPart = Part & {
  /** Answers `agreement.indicators`. */
  answer: ReturnType<typeof createIndicatorQueries>;
};

/** Counts the journal into the index, and answers what it comes to. */
export const startIndicators = (platform: Platform): IndicatorPart => {
  const { bus, journal, layout, redis } = platform;
  const projections = createProjections(redis, prefix);
  const { position, apply, get, mget, wipe } = projections;
  const load = (caseId: string): ReturnType<typeof journal.load> => journal.load(caseId);
  const counting = startCounting(
    platform,
    createCountingProjector({ position, apply, get, mget, wipe, load }),
  );
  const ports = portsFrom(platform, projections);
  const recounts = bus.serve(
    commandSubject("indicators.recount"),
    "agreement",
    overJson(() =>
      recount({
        ...ports,
        streams: journalStreams(layout).map(({ name }) => name),
        shards: allShards(platform),
        readShard: (shard, upTo) => readShard(platform, shard, upTo),
        breathe: () => breathe(),
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
