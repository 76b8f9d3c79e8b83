import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  type JetStreamClient,
  type JetStreamManager,
} from "@nats-io/jetstream";
import { intakeOf } from "../../contracts/subjects.ts";
import type { Ground } from "../ground.ts";
import { handing, inFlight, type Reading, tellWorking } from "./intake-handing.ts";
import { takeRest } from "./intake-rest.ts";
import type { Link } from "./link.ts";
import { ownWritesOf } from "./own-writes.ts";

const ackWaitMs = 3_000;

const consumerConfig = (standard: string) => ({
  durable_name: standard,
  ack_policy: AckPolicy.Explicit,
  // After a crash the next reader waits this long for what the dead one held.
  ack_wait: ackWaitMs * 1_000_000,
  max_ack_pending: inFlight,
  max_deliver: -1,
  filter_subject: intakeOf(standard),
});

/** A durable consumer that stands ahead of its stream would never see what comes next: it is made anew (nats-server 5412). */
const ensureConsumer = async (jsm: JetStreamManager, stream: string, standard: string): Promise<void> => {
  const info = await jsm.consumers.info(stream, standard).catch(() => undefined);
  const last = (await jsm.streams.info(stream)).state.last_seq;
  if (info !== undefined && info.delivered.stream_seq <= last) {
    // Made by an earlier release, which waited longer.
    const { ack_wait } = consumerConfig(standard);
    if (info.config.ack_wait !== ack_wait) await jsm.consumers.update(stream, standard, { ack_wait });
    return;
  }
  if (info !== undefined) await jsm.consumers.delete(stream, standard);
  await jsm.consumers.add(stream, consumerConfig(standard));
};

/**
 * After a reconnect the client would look for its consumer first, and should the server go again meanwhile, wait `expires`
 * (30 s) before it looks once more: documents would lie that long in INTAKE. Bound, it asks for messages at once; should
 * nobody hear that, it asks again after two heartbeats missed.
 */
const quickToRecover = { bind: true, expires: 5_000, idle_heartbeat: 1_000 } as const;

/** Closed by nobody's stop is closed with its connection: there is nobody to tell. */
const endWith = (messages: ConsumerMessages, end: () => void): (() => void) => {
  let stopping = false;
  void messages.closed().then(() => {
    if (!stopping) end();
  });
  return () => {
    stopping = true;
  };
};

type Taken = { stop: () => Promise<void> };

/** Each as soon as it is kept, whoever kept it. */
const takeAll = async (
  { consumer, ground }: { consumer: Consumer; ground: Ground },
  reading: Reading,
): Promise<Taken> => {
  const { running, hand } = handing(reading, ground);
  const messages = await consumer.consume({ max_messages: inFlight, ...quickToRecover, callback: hand });
  const endTelling = tellWorking(running);
  const beforeStop = endWith(messages, endTelling);
  return {
    stop: async () => {
      beforeStop();
      await messages.close();
      await Promise.all(running.keys());
      endTelling();
    },
  };
};

/** Takes the documents of one standard from one stream, many at a time; each is settled when its reader is done. */
export const takeFrom = async (
  { js, jsm, link, ground }: { js: JetStreamClient; jsm: JetStreamManager; link: Link; ground: Ground },
  at: { stream: string; standard: string },
  reading: Reading,
): Promise<Taken> => {
  await ensureConsumer(jsm, at.stream, at.standard);
  const consumer = await js.consumers.get(at.stream, at.standard);
  const own = ownWritesOf(js);
  return own === undefined
    ? takeAll({ consumer, ground }, reading)
    : takeRest({ consumer, link, ground }, own, { ...at, reading });
};
