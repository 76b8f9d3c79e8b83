import type { JetStreamManager } from "@nats-io/jetstream";
import { shardOf } from "../../contracts/derived-ids.ts";
import { answeredSubject } from "../../contracts/subjects.ts";
import { keepOnce, keptAt } from "./keep-once.ts";
import type { Link } from "./link.ts";
import type { Publish } from "./publish.ts";
import { type Layout, streamFor } from "./streams.ts";

/**
 * What messages were answered, so that a copy is answered as the first was, over restarts and releases. Kept for as long as the
 * configuration says, under hashes: a sender's ids may hold anything.
 */
export type GivenAnswers = {
  find: (hash: string) => Promise<string | undefined>;
  /** Unless there is one already; tells which stands. */
  keep: (hash: string, answer: string) => Promise<string>;
};

type Needs = { publish: Publish; jsm: JetStreamManager; link: Link; layout: Layout };

export const createGivenAnswers = ({ layout, ...needs }: Needs): GivenAnswers => {
  const placeOf = (hash: string): { stream: string; subject: string } => ({
    stream: streamFor("answered", shardOf(hash), layout),
    subject: answeredSubject(hash),
  });
  return {
    find: (hash) => keptAt(needs, placeOf(hash)),
    keep: async (hash, answer) => (await keepOnce(needs, placeOf(hash), answer)).kept,
  };
};
