import { commandSubject } from "../contracts/subjects.ts";
import type { Follower } from "./nats/follow.ts";
import { overJson } from "./nats/json.ts";
import type { Log } from "./observability/logger.ts";
import type { Part, Platform } from "./platform.ts";
import { followWith, type ProjectionOptions, type Projector } from "./project-journal.ts";
import { createRebuilder } from "./rebuild.ts";
import { progressOf, sweepGenerations } from "./redis/build.ts";
import { type IndexName, indexPrefixes } from "./redis/index-names.ts";
import { createProjections } from "./redis/projections.ts";
import { startRepeating } from "./repeat.ts";

const watchMs = 1_000;

/** What is told of records that an index could not take in: where they are and why, nothing of what they say. */
export const logSetAside =
  (log: Log, kind: IndexName) =>
  ({ stream, seqs, code }: { stream: string; seqs: readonly number[]; code: string }): void => {
    const [firstSeq, lastSeq] = [seqs.at(0), seqs.at(-1)];
    log.error("records set aside", { kind, stream, code, count: seqs.length, firstSeq, lastSeq });
  };

/** An index that was emptied while nothing happens would stay empty, and nobody would be told of what waits. */
const startWatch = (
  { log }: Platform,
  projector: Projector,
  followers: ReadonlyMap<string, Follower>,
): Part =>
  startRepeating(
    async () => {
      for (const [stream, follower] of followers) if (!(await projector.intact(stream))) follower.again();
      return false;
    },
    watchMs,
    (error) => {
      log.warn("index cannot be watched", { error });
    },
  );

/** Removes what a rebuild left behind, here or in a process that is gone. */
const startSweeping = ({ redis, log }: Platform, prefix: string): Part => {
  let stopping = false;
  const sweeping = startRepeating(
    async () => {
      await sweepGenerations(redis, prefix, () => !stopping);
      return false;
    },
    watchMs,
    (error) => {
      log.warn("index cannot be swept", { error });
    },
  );
  return {
    stop: async () => {
      stopping = true;
      await sweeping.stop();
    },
  };
};

/**
 * Keeps one projection of the journal (or of other streams): follows every stream with a projector, sees at once when the index was emptied, and makes
 * the index anew beside the one that answers when `cmd.<name>.rebuild` asks for it; `cmd.<name>.rebuild-progress` tells how
 * far that is (`RebuildProgress`). One projection's rebuild touches no other.
 */
export const startProjection = (platform: Platform, options: ProjectionOptions): Part => {
  const { bus, redis } = platform;
  const { name, projectorOn } = options;
  const prefix = indexPrefixes[name];
  const projector = projectorOn(createProjections(redis, prefix), "live");
  const followers = followWith(platform, options, projector);
  const watch = startWatch(platform, projector, followers);
  const sweeping = startSweeping(platform, prefix);
  const rebuilder = createRebuilder(platform, options);
  const commands = [
    bus.serve(commandSubject(`${name}.rebuild`), name, overJson(rebuilder.rebuild)),
    bus.serve(
      commandSubject(`${name}.rebuild-progress`),
      name,
      async () => (await progressOf(redis, prefix)) ?? "null",
    ),
  ];
  return {
    stop: async () => {
      await rebuilder.stop();
      for (const one of commands) await one.stop();
      await watch.stop();
      await sweeping.stop();
      await Promise.all([...followers.values()].map((follower) => follower.stop()));
    },
  };
};
