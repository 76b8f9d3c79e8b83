import { type Followed, type Follower, startFollower } from "./nats/follow.ts";
import { journalStreams } from "./nats/streams.ts";
import type { Platform } from "./platform.ts";
import type { IndexName } from "./redis/index-names.ts";
import type { Projections } from "./redis/projections.ts";

/** What writes runs of a stream to an index: `services/case/projector.ts` makes one. */
export type Projector = {
  position: (stream: string) => Promise<number>;
  apply: (stream: string, batch: readonly Followed[]) => Promise<void>;
  intact: (stream: string) => Promise<boolean>;
};

export type ProjectionOptions = {
  /** Of `cmd.<name>.rebuild`, and in the log. */
  name: IndexName;
  /** The streams that are projected; absent: the journal's. */
  streams?: readonly string[];
  /** A projector that writes to the index that answers, or to one that is made beside it. */
  projectorOn: (index: Projections, which: "live" | "beside") => Projector;
  /** How long a run waits for the next: see `FollowOptions`. */
  restMs?: number;
  /** Called when an index that was made beside has become the one that answers. */
  onSwapped?: () => void;
};

/** The streams of a projection. */
export const streamsOf = (
  { layout }: Platform,
  { streams }: Pick<ProjectionOptions, "streams">,
): readonly string[] => streams ?? journalStreams(layout).map(({ name }) => name);

/** Follows every stream of a projection with a projector. */
export const followWith = (
  platform: Platform,
  options: Pick<ProjectionOptions, "name" | "streams" | "restMs">,
  projector: Projector,
): ReadonlyMap<string, Follower> => {
  const { js, link, log } = platform;
  const { name, restMs } = options;
  const follow = (stream: string): Follower =>
    startFollower(js, {
      link,
      stream,
      ...(restMs === undefined ? {} : { restMs }),
      apply: (batch) => projector.apply(stream, batch),
      position: () => projector.position(stream),
      onFault: (error) => {
        log.warn("projection waits", { kind: name, stream, error });
      },
    });
  return new Map(streamsOf(platform, options).map((stream) => [stream, follow(stream)]));
};
