import type { JetStreamClient } from "@nats-io/jetstream";
import { type Followed, startFollower } from "./follow.ts";
import type { Link } from "./link.ts";
import { journalStreams, type Layout } from "./streams.ts";

export type JournalReader = {
  /** Only messages of these subjects; absent: all. */
  filter?: string;
  /** The sequence of a stream that was done last, asked for once; from then on it is remembered here. */
  from: (stream: string) => Promise<number>;
  /** Each message of a stream in order; awaited before the next. May throw: it is tried again. */
  read: (stream: string, message: Followed) => Promise<void> | void;
  /** Called when a run of messages was read. */
  afterRun?: (stream: string) => void;
  onFault: (error: unknown) => void;
};

export type JournalFollowing = {
  /** The sequence of a stream that was read last in this process; 0 before the first. */
  reached: (stream: string) => number;
  stop: () => Promise<void>;
};

/** Follows every stream of the journal, each by itself. */
export const followJournal = (
  { js, link, layout }: { js: JetStreamClient; link: Link; layout: Layout },
  reader: JournalReader,
): JournalFollowing => {
  const { filter, from, read, afterRun, onFault } = reader;
  const reached = new Map<string, number>();
  const position = async (stream: string): Promise<number> => reached.get(stream) ?? (await from(stream));
  const followers = journalStreams(layout).map(({ name: stream }) =>
    startFollower(js, {
      link,
      stream,
      ...(filter === undefined ? {} : { filter }),
      position: () => position(stream),
      apply: async (batch) => {
        for (const message of batch) {
          await read(stream, message);
          reached.set(stream, message.seq);
        }
        afterRun?.(stream);
      },
      onFault,
    }),
  );
  return {
    reached: (stream) => reached.get(stream) ?? 0,
    stop: async () => {
      await Promise.all(followers.map((follower) => follower.stop()));
    },
  };
};
