import { addHeaders, type Message, matches, printHeaders } from "./nats-protocol.ts";
import { countFrom, lastPerSubject, nextOf, type Stored, type Stream } from "./nats-stream.ts";

export type ConsumerConfig = {
  name?: string;
  durable_name?: string;
  deliver_policy?: string;
  opt_start_seq?: number;
  ack_policy?: string;
  ack_wait?: number;
  max_ack_pending?: number;
  filter_subject?: string;
  filter_subjects?: string[];
  deliver_subject?: string;
  idle_heartbeat?: number;
  headers_only?: boolean;
  flow_control?: boolean;
} & Record<string, unknown>;

type Pull = { reply: string; left: number; end: () => void };
type Unacked = { deliveries: number; end: () => void };

export type Consumer = {
  name: string;
  config: ConsumerConfig;
  stream: Stream;
  createdMs: number;
  /** Given out first: the newest of each subject. */
  first: number[];
  /** The sequence to look from for what is next. */
  next: number;
  /** Given out before, and not acknowledged in time. */
  again: number[];
  deliveries: Map<number, number>;
  unacked: Map<number, Unacked>;
  pulls: Pull[];
  /** How many messages were sent, and up to where of the stream. */
  sent: { consumer: number; stream: number };
  endBeat: () => void;
};

/** What consumers need of their server. */
export type ConsumerWorld = {
  nowMs: () => number;
  later: (ms: number, label: string, run: () => void) => () => void;
  /** Sends to whoever listens to `to`, under the message's own subject. @returns whether anybody does */
  send: (to: string, message: Message) => boolean;
  hears: (subject: string) => boolean;
};

const nanosPerMs = 1_000_000;
const usualAckWaitMs = 30_000;
const usualMaxUnacked = 1_000;
const nothing = (): void => undefined;

const filtersOf = ({ filter_subject: one, filter_subjects: many }: ConsumerConfig): readonly string[] => {
  if (many !== undefined && many.length > 0) return many;
  return one === undefined || one === "" ? [">"] : [one];
};

export const mayWant = ({ config }: Consumer, subject: string): boolean =>
  filtersOf(config).some((pattern) => matches(pattern, subject));

const startOf = (stream: Stream, { deliver_policy: policy, opt_start_seq: from }: ConsumerConfig): number => {
  if (policy === "by_start_sequence") return from ?? 1;
  if (policy === "new" || policy === "last_per_subject") return stream.last + 1;
  return policy === "last" ? Math.max(1, stream.last) : 1;
};

export const createConsumer = (
  stream: Stream,
  config: ConsumerConfig,
  name: string,
  nowMs: number,
): Consumer => {
  const next = startOf(stream, config);
  return {
    name,
    config: { ...config, name },
    stream,
    createdMs: nowMs,
    first: config.deliver_policy === "last_per_subject" ? lastPerSubject(stream, filtersOf(config)) : [],
    next,
    again: [],
    deliveries: new Map(),
    unacked: new Map(),
    pulls: [],
    sent: { consumer: 0, stream: next - 1 },
    endBeat: nothing,
  };
};

/** A consumer that has a name of its own outlives the server, with what it gave out and nobody acknowledged. */
export const outliving = (consumer: Consumer, stream: Stream): Consumer => ({
  ...consumer,
  stream,
  again: [...consumer.unacked.keys(), ...consumer.again].toSorted((a, b) => a - b),
  ...{ unacked: new Map<number, Unacked>(), pulls: [], endBeat: nothing },
  ...{ deliveries: new Map(consumer.deliveries), sent: { ...consumer.sent } },
});

const pendingOf = ({ stream, config, first, next }: Consumer): number =>
  first.length + countFrom(stream, next, filtersOf(config));

/** What the server tells of a consumer. */
export const describeConsumer = (consumer: Consumer): object => {
  const { name, config, stream, sent, unacked, pulls, createdMs } = consumer;
  const acked = Math.min(sent.stream, ...[...unacked.keys()].map((seq) => seq - 1));
  return {
    stream_name: stream.config.name,
    name,
    created: new Date(createdMs).toISOString(),
    config,
    delivered: { consumer_seq: sent.consumer, stream_seq: sent.stream },
    ack_floor: { consumer_seq: 0, stream_seq: acked },
    num_ack_pending: unacked.size,
    num_redelivered: 0,
    num_waiting: pulls.length,
    num_pending: pendingOf(consumer),
    ts: new Date(createdMs).toISOString(),
  };
};

const isExplicit = ({ config }: Consumer): boolean => config.ack_policy === "explicit";

const takeNext = (consumer: Consumer): Stored | undefined => {
  const { stream, again, first } = consumer;
  const seq = again.shift() ?? first.shift();
  if (seq !== undefined) return stream.messages.get(seq) ?? takeNext(consumer);
  const found = nextOf(stream, consumer.next, filtersOf(consumer.config));
  if (found !== undefined) consumer.next = found.seq + 1;
  return found;
};

const isFull = (consumer: Consumer): boolean =>
  isExplicit(consumer) && consumer.unacked.size >= (consumer.config.max_ack_pending ?? usualMaxUnacked);

const targetOf = (consumer: Consumer, world: ConsumerWorld): string | undefined => {
  const { deliver_subject: to } = consumer.config;
  if (to !== undefined) return world.hears(to) ? to : undefined;
  for (let pull = consumer.pulls[0]; pull !== undefined; pull = consumer.pulls[0]) {
    if (pull.left > 0 && world.hears(pull.reply)) return pull.reply;
    pull.end();
    consumer.pulls.shift();
  }
  return undefined;
};

const expectAck = (consumer: Consumer, seq: number, world: ConsumerWorld): void => {
  const waitMs =
    consumer.config.ack_wait === undefined ? usualAckWaitMs : consumer.config.ack_wait / nanosPerMs;
  const deliveries = consumer.deliveries.get(seq) ?? 1;
  const end = world.later(waitMs, `ack-wait ${consumer.name} ${String(seq)}`, () => {
    giveAgain(consumer, seq, world);
  });
  consumer.unacked.get(seq)?.end();
  consumer.unacked.set(seq, { deliveries, end });
};

const giveAgain = (consumer: Consumer, seq: number, world: ConsumerWorld): void => {
  consumer.unacked.get(seq)?.end();
  consumer.unacked.delete(seq);
  consumer.again.push(seq);
  pump(consumer, world);
};

const give = (consumer: Consumer, to: string, stored: Stored, world: ConsumerWorld): void => {
  const { config, sent, stream, name, deliveries } = consumer;
  const count = (deliveries.get(stored.seq) ?? 0) + 1;
  if (isExplicit(consumer)) deliveries.set(stored.seq, count);
  sent.consumer += 1;
  sent.stream = Math.max(sent.stream, stored.seq);
  const { seq } = stored;
  const numbers = [count, seq, sent.consumer, stored.atMs * nanosPerMs, pendingOf(consumer)].join(".");
  const reply = `$JS.ACK.${stream.config.name}.${name}.${numbers}`;
  const { subject, headers, data } = stored;
  const bare = { headers: addHeaders({ "Nats-Msg-Size": data.length }, headers), data: Buffer.alloc(0) };
  world.send(to, { subject, reply, headers, data, ...(config.headers_only === true ? bare : {}) });
  if (isExplicit(consumer)) expectAck(consumer, seq, world);
};

/** Gives out what there is to whoever asked for it. */
export const pump = (consumer: Consumer, world: ConsumerWorld): void => {
  for (;;) {
    const to = isFull(consumer) ? undefined : targetOf(consumer, world);
    const stored = to === undefined ? undefined : takeNext(consumer);
    if (to === undefined || stored === undefined) return;
    const [pull] = consumer.pulls;
    if (pull !== undefined && pull.reply === to) pull.left -= 1;
    give(consumer, to, stored, world);
  }
};

const beatText = ({ sent }: Consumer): Buffer =>
  printHeaders("100 Idle Heartbeat", {
    "Nats-Last-Consumer": sent.consumer,
    "Nats-Last-Stream": sent.stream,
  });

const beat = (consumer: Consumer, to: string, everyMs: number, world: ConsumerWorld): { end: () => void } => {
  const state = { end: nothing };
  const again = (): void => {
    state.end = world.later(everyMs, `beat ${consumer.name}`, () => {
      if (!world.send(to, { subject: to, headers: beatText(consumer), data: Buffer.alloc(0) })) return;
      again();
    });
  };
  again();
  return {
    end: () => {
      state.end();
    },
  };
};

export type PullAsked = { batch?: number; expires?: number; no_wait?: boolean; idle_heartbeat?: number };

const endPull = (consumer: Consumer, pull: Pull, status: string, world: ConsumerWorld): void => {
  pull.end();
  consumer.pulls.splice(consumer.pulls.indexOf(pull), 1);
  const fields = { "Nats-Pending-Messages": pull.left, "Nats-Pending-Bytes": 0 };
  world.send(pull.reply, {
    subject: pull.reply,
    headers: printHeaders(status, fields),
    data: Buffer.alloc(0),
  });
};

/** A client asks for messages, now and until its request runs out. */
export const askPull = (consumer: Consumer, asked: PullAsked, reply: string, world: ConsumerWorld): void => {
  const { batch = 1, expires = 0, idle_heartbeat: every = 0, no_wait: noWait = false } = asked;
  const pull: Pull = { reply, left: batch, end: nothing };
  consumer.pulls.push(pull);
  pump(consumer, world);
  if (pull.left === 0) return;
  if (noWait && consumer.pulls.includes(pull)) {
    endPull(consumer, pull, "404 No Messages", world);
    return;
  }
  const beating = every > 0 ? beat(consumer, reply, every / nanosPerMs, world) : undefined;
  const expiring = world.later(expires / nanosPerMs, `pull ends ${consumer.name}`, () => {
    if (consumer.pulls.includes(pull)) endPull(consumer, pull, "408 Request Timeout", world);
  });
  pull.end = () => {
    beating?.end();
    expiring();
  };
};

/** A push consumer whose receiver began to listen. */
export const beginPush = (consumer: Consumer, world: ConsumerWorld): void => {
  const { deliver_subject: to, idle_heartbeat: every = 0 } = consumer.config;
  if (to === undefined) return;
  consumer.endBeat();
  if (every > 0) consumer.endBeat = beat(consumer, to, every / nanosPerMs, world).end;
  pump(consumer, world);
};

const delayOf = (text: string): number => {
  const asked: unknown = text === "" ? {} : JSON.parse(text);
  return typeof asked === "object" && asked !== null && "delay" in asked
    ? Number(asked.delay) / nanosPerMs
    : 0;
};

/** What a client says of a message that it was given. */
export const acknowledge = (consumer: Consumer, seq: number, word: string, world: ConsumerWorld): void => {
  const waiting = consumer.unacked.get(seq);
  if (waiting === undefined) return;
  if (word.startsWith("+WPI")) expectAck(consumer, seq, world);
  else if (word.startsWith("-NAK")) {
    waiting.end();
    const ms = delayOf(word.slice("-NAK".length).trim());
    const end = world.later(ms, `nak ${consumer.name} ${String(seq)}`, () => {
      giveAgain(consumer, seq, world);
    });
    consumer.unacked.set(seq, { ...waiting, end });
  } else {
    waiting.end();
    consumer.unacked.delete(seq);
    pump(consumer, world);
  }
};

/** Nothing of it happens any more. */
export const endConsumer = (consumer: Consumer): void => {
  consumer.endBeat();
  for (const { end } of [...consumer.pulls, ...consumer.unacked.values()]) end();
};
