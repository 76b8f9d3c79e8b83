import type { JetStreamManager } from "@nats-io/jetstream";
import { intakeStreams, type Layout } from "./streams.ts";

/** How many documents are kept in INTAKE, in all hubs together, and not handled yet. */
export const intakeWaiting = async (jsm: JetStreamManager, layout: Layout): Promise<number> => {
  let waiting = 0;
  // Whoever lists refused documents reads beside, and leaves a reader without a name behind for a moment.
  for (const { name } of intakeStreams(layout))
    for await (const { config, num_pending, num_ack_pending } of jsm.consumers.list(name))
      if (config.durable_name !== undefined) waiting += num_pending + num_ack_pending;
  return waiting;
};
