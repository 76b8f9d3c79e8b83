import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import type { Layout } from "./streams.ts";

/** The first message from a sequence on that has a subject, which may have wildcards. */
type Wanted = { seq: number; next_by_subj: string };

/**
 * Reads one message of a stream; `null`: there is none. A lone server is asked the quickest way. In a cluster that way may lead to
 * a copy that is some milliseconds behind, where a case that was accepted a moment ago is not known: there the one that leads is
 * asked, which has all that it has acknowledged.
 */
export const nextMessage = (
  { jsm, layout }: { jsm: JetStreamManager; layout: Layout },
  stream: string,
  wanted: Wanted,
): Promise<StoredMsg | null> =>
  layout.replicas > 1 ? jsm.streams.getMessage(stream, wanted) : jsm.direct.getMessage(stream, wanted);
