import { DeliverPolicy, type JetStreamClient } from "@nats-io/jetstream";
import { Fault } from "../../contracts/errors.ts";
import { isRecordOrDocument } from "../../contracts/subjects.ts";
import { journalFault } from "./faults.ts";
import type { Link } from "./link.ts";
import { intakeStreams, type Layout } from "./streams.ts";

const underway = 256;

/** Ids of the documents of one stream that were written before an instant, oldest first, without their bytes. */
async function* olderIn(
  { js, link }: { js: JetStreamClient; link: Link },
  stream: string,
  beforeMs: number,
): AsyncGenerator<string> {
  const consumer = await link.hold(() =>
    js.consumers.get(stream, { deliver_policy: DeliverPolicy.All, headers_only: true }),
  );
  if ((await link.hold(() => consumer.info(true))).num_pending === 0) return;
  const messages = await consumer.consume({ max_messages: underway });
  const forget = link.onLost(() => void messages.close());
  try {
    for await (const { info, subject } of messages) {
      if (info.timestampNanos / 1e6 >= beforeMs) return;
      if (isRecordOrDocument(subject)) yield subject.split(".")[3] ?? "";
      if (info.pending === 0) return;
    }
    throw new Fault("journal-unavailable");
  } finally {
    forget();
    void messages.close();
  }
}

/**
 * Ids of the documents in INTAKE that were written before an instant. What is older than the journal keeps is little: the rest has left with
 * its cases.
 * @throws Fault
 */
export const olderDocuments = async function* (
  from: { js: JetStreamClient; link: Link; layout: Layout },
  before: string,
): AsyncGenerator<string> {
  for (const { name } of intakeStreams(from.layout))
    try {
      yield* olderIn(from, name, Date.parse(before));
    } catch (error) {
      throw error instanceof Fault ? error : journalFault(error);
    }
};
