import type { JetStreamClient } from "@nats-io/jetstream";
import { RefusedDocument } from "../../contracts/messages/worklist.ts";

/** What a stream notes of refused documents, the latest so many. */
export const readRefused = async (
  js: JetStreamClient,
  stream: string,
  limit: number,
): Promise<RefusedDocument[]> => {
  const consumer = await js.consumers.get(stream, { filter_subjects: "intake.*.refused.>" });
  const { num_pending: pending } = await consumer.info();
  if (pending === 0) return [];
  const found: RefusedDocument[] = [];
  const messages = await consumer.fetch({ max_messages: Math.min(pending, 10_000), expires: 2_000 });
  for await (const message of messages) found.push(RefusedDocument.parse(message.json()));
  return found.slice(-limit);
};
