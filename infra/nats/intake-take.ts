import {
  AckPolicy,
  type ConsumerMessages,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from "@nats-io/jetstream";
import { intakeOf } from "../../contracts/subjects.ts";
import type { Ground } from "../ground.ts";
import { afterFailure, counts } from "./intake-patience.ts";
import { atEndOfTurn } from "./turn.ts";

const inFlight = 256;
/** Several hubs share the places, and each knows only of those that it let rest itself. */
const crowdedFrom = inFlight / 4;

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

/** How long one rests that could not be put aside either: the store is away. */
const unkeptRestMs = 5_000;
/** Well within `ack_wait`: a large document takes longer than that, and would be given to a second reader. */
const stillWorkingMs = 1_000;

/**
 * After a reconnect the client would look for its consumer first, and should the server go again meanwhile, wait `expires`
 * (30 s) before it looks once more: documents would lie that long in INTAKE. Bound, it asks for messages at once; should
 * nobody hear that, it asks again after two heartbeats missed.
 */
const quickToRecover = { bind: true, expires: 5_000, idle_heartbeat: 1_000 } as const;

/** Tells the server, while a document is being read, that it is: also while a stop waits for it. */
const tellWorking = (
  running: ReadonlyMap<unknown, JsMsg>,
  messages: ConsumerMessages,
): { beforeStop: () => void; end: () => void } => {
  const telling = setInterval(() => {
    for (const message of running.values()) message.working();
  }, stillWorkingMs).unref();
  let stopping = false;
  // Closed by nobody's stop is closed with its connection: there is nobody to tell.
  void messages.closed().then(() => {
    if (!stopping) clearInterval(telling);
  });
  return {
    beforeStop: () => {
      stopping = true;
    },
    end: () => {
      clearInterval(telling);
    },
  };
};

/** How each document is read, and what is done with one that nobody can read. Both may fail: then it rests, and is tried again. */
export type Reading = {
  read: (message: JsMsg) => Promise<void>;
  /** It is on disk when this returns, and then it is nobody's any more. */
  putAside: (message: JsMsg, error: unknown) => Promise<void>;
};

type Patience = (message: JsMsg, error: unknown, beganMs: number) => Promise<void>;

/** What becomes of those that a reader failed on: they rest where the server keeps them, until they are so many that others want for places. */
const createPatience = (putAside: Reading["putAside"], ground: Ground): Patience => {
  const restUntilMs = new Map<number, number>();
  /** Failures that tell something of the document. Known to this hub alone: another one begins anew, and is more patient for it. */
  const counted = new Map<number, number>();
  const rest = (message: JsMsg, ms: number): void => {
    restUntilMs.set(message.seq, performance.now() + ms);
    message.nak(ms);
  };
  const isCrowded = (): boolean => {
    const nowMs = performance.now();
    for (const [seq, untilMs] of restUntilMs) if (untilMs <= nowMs) restUntilMs.delete(seq);
    return restUntilMs.size >= crowdedFrom;
  };
  const settle = (message: JsMsg): void => {
    restUntilMs.delete(message.seq);
    counted.delete(message.seq);
    message.ack();
  };
  return async (message, error, beganMs) => {
    const { seq } = message;
    if (counts(error, await ground.wasAwaySince(beganMs))) counted.set(seq, (counted.get(seq) ?? 0) + 1);
    const failed = { error, tries: message.info.deliveryCount, counted: counted.get(seq) ?? 0 };
    const next = afterFailure(failed, isCrowded());
    if (next !== "aside") rest(message, next.restMs);
    else
      await putAside(message, error).then(
        () => {
          settle(message);
        },
        () => {
          rest(message, unkeptRestMs);
        },
      );
  };
};

/** Takes the documents of one standard from one stream, many at a time; each is settled when its reader is done. */
export const takeFrom = async (
  { js, jsm, ground }: { js: JetStreamClient; jsm: JetStreamManager; ground: Ground },
  at: { stream: string; standard: string },
  { read, putAside }: Reading,
): Promise<{ stop: () => Promise<void> }> => {
  await ensureConsumer(jsm, at.stream, at.standard);
  const consumer = await js.consumers.get(at.stream, at.standard);
  const running = new Map<Promise<void>, JsMsg>();
  const failed = createPatience(putAside, ground);
  const messages = await consumer.consume({
    max_messages: inFlight,
    ...quickToRecover,
    callback: (message) => {
      const beganMs = performance.now();
      const work = read(message).then(
        () =>
          atEndOfTurn(() => {
            message.ack();
          }),
        (error: unknown) => failed(message, error, beganMs),
      );
      running.set(work, message);
      void work.finally(() => running.delete(work));
    },
  });
  const telling = tellWorking(running, messages);
  return {
    stop: async () => {
      telling.beforeStop();
      await messages.close();
      await Promise.all(running.keys());
      telling.end();
    },
  };
};
