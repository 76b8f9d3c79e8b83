import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from "@nats-io/jetstream";
import { journalFault } from "./faults.ts";
import type { Link } from "./link.ts";

type Needs = { js: JetStreamClient; jsm: JetStreamManager; link: Link };
/** Some of the messages of a stream: those of these subjects. */
export type Part = { stream: string; filter: string[] };
export type Read = { seq: number; subject: string; data: Uint8Array };

/** A page comes at once; longer is a server that went away. */
const fetchMs = 5_000;

const readPage = async (
  { js, link }: Needs,
  { stream, filter }: Part,
  { after, limit }: { after: number; limit: number },
): Promise<{ messages: Read[]; more: boolean }> => {
  const consumer = await link.hold(() =>
    js.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
      filter_subjects: filter,
    }),
  );
  const { num_pending: pending } = await link.hold(() => consumer.info(true));
  const wanted = Math.min(pending, limit);
  if (wanted === 0) return { messages: [], more: false };
  const messages: Read[] = [];
  const fetched = await link.hold(() => consumer.fetch({ max_messages: wanted, expires: fetchMs }));
  for await (const { seq, subject, data } of fetched) messages.push({ seq, subject, data });
  return { messages, more: messages.length < pending };
};

/**
 * The next messages of a stream after a sequence, so many at most. `more`: there are others now.
 * @throws Fault `journal-unavailable`
 */
export const readSome = (
  needs: Needs,
  part: Part,
  place: { after: number; limit: number },
): Promise<{ messages: Read[]; more: boolean }> =>
  readPage(needs, part, place).catch((error: unknown) => {
    throw journalFault(error);
  });

/**
 * The sequence before the first message that is not too early, found by halving: a stream is written in the order of time.
 * `subjects`: one pattern that all of them fit. @throws Fault `journal-unavailable`
 */
export const sequenceBefore = async (
  { jsm, link }: Needs,
  { stream, subjects }: { stream: string; subjects: string },
  isTooEarly: (message: Read) => boolean,
): Promise<number> => {
  const { first_seq: first, last_seq: last } = (await link.hold(() => jsm.streams.info(stream))).state;
  let [from, to] = [Math.max(1, first), last + 1];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const found = await link.hold(() =>
      jsm.direct.getMessage(stream, { seq: middle, next_by_subj: subjects }),
    );
    if (found !== null && isTooEarly(found)) from = found.seq + 1;
    else to = middle;
  }
  return from - 1;
};
