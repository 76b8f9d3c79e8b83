import { createApi, type Kept } from "./nats-api.ts";
import {
  acknowledge,
  beginPush,
  type Consumer,
  endConsumer,
  mayWant,
  outliving,
  pump,
} from "./nats-consumer.ts";
import { type Message, matches, printHeaders, printMessage, type Said } from "./nats-protocol.ts";
import { copyStream, type Stream, store, takesSubject } from "./nats-stream.ts";

type Subscription = { connection: Connection; sid: string; subject: string; queue: string; left: number };

/** One client, as the server knows it. */
export type Connection = {
  name: string;
  /** Sends bytes to the client. */
  tell: (bytes: Buffer, label: string) => void;
  open: boolean;
};

/** What can go wrong with one write to a stream. */
export type StoreFault = "full" | "unanswered" | "lost";

export type NatsWorld = {
  nowMs: () => number;
  later: (ms: number, label: string, run: () => void) => () => void;
  /** Of many that would do, one. */
  pick: <One>(many: readonly One[]) => One;
  /** Whether this write goes wrong. */
  faultOf: (subject: string) => StoreFault | undefined;
};

/** Streams, and the consumers that have a name of their own. */
export type Durable = { streams: ReadonlyMap<string, Stream>; consumers: readonly Consumer[] };
export const nothingKept: Durable = { streams: new Map(), consumers: [] };

export type NatsServer = {
  connect: (connection: Connection) => void;
  disconnect: (connection: Connection) => void;
  /** What a client sent, all of it or only the first commands. */
  receive: (connection: Connection, said: readonly Said[]) => void;
  streams: () => ReadonlyMap<string, Stream>;
  /** What survives the server. */
  durable: () => Durable;
  /** Messages that a durable consumer gave out, and that nobody acknowledged. */
  unacked: () => number;
  stop: () => void;
};

/** JetStream's error code for a stream that takes no more. */
const maximumBytesExceeded = 10077;
const maxPayload = 8 * 1024 * 1024;
const usualConnectionName = "twin";

const infoText = (): Buffer =>
  Buffer.from(
    `INFO ${JSON.stringify({
      server_id: usualConnectionName,
      server_name: usualConnectionName,
      version: "2.10.29",
      proto: 1,
      host: "127.0.0.1",
      port: 4222,
      headers: true,
      max_payload: maxPayload,
      jetstream: true,
    })}\r\n`,
  );

type State = Kept & {
  subscriptions: Set<Subscription>;
  literal: Map<string, Set<Subscription>>;
  /** Those with wildcards, by what stands before the first. */
  wild: Map<string, Set<Subscription>>;
  taking: Map<string, Stream | undefined>;
  nats: NatsWorld;
};

const isWild = (subject: string): boolean => subject.includes("*") || subject.endsWith(">");

/** What stands before the first wildcard of a subject. */
const headOf = (subject: string): string => {
  const words = subject.split(".");
  const first = words.findIndex((word) => word === "*" || word === ">");
  return first < 0 ? subject : words.slice(0, first).join(".");
};

const headsOf = (subject: string): string[] => {
  const words = subject.split(".");
  return words.map((_, i) => words.slice(0, i).join("."));
};

const listenersOf = ({ literal, wild }: State, subject: string): Subscription[] => {
  const found = [...(literal.get(subject) ?? [])];
  for (const head of headsOf(subject))
    for (const one of wild.get(head) ?? []) if (matches(one.subject, subject)) found.push(one);
  return found;
};

const listsOf = ({ literal, wild }: State, subject: string): [Map<string, Set<Subscription>>, string] =>
  isWild(subject) ? [wild, headOf(subject)] : [literal, subject];

const remove = (state: State, subscription: Subscription): void => {
  state.subscriptions.delete(subscription);
  const [lists, key] = listsOf(state, subscription.subject);
  const same = lists.get(key);
  same?.delete(subscription);
  if (same?.size === 0) lists.delete(key);
};

const hand = (state: State, to: Subscription, message: Message): void => {
  to.connection.tell(printMessage(to.sid, message), `${message.subject} ${String(message.data.length)}`);
  to.left -= 1;
  if (to.left === 0) remove(state, to);
};

/** To everybody who listens, and to one of each queue. @returns how many heard it */
const route = (state: State, to: string, message: Message): number => {
  const listeners = listenersOf(state, to);
  const queues = new Map<string, Subscription[]>();
  const chosen: Subscription[] = [];
  for (const one of listeners)
    if (one.queue === "") chosen.push(one);
    else queues.set(one.queue, [...(queues.get(one.queue) ?? []), one]);
  for (const members of queues.values()) chosen.push(state.nats.pick(members));
  for (const one of chosen) hand(state, one, message);
  return chosen.length;
};

const streamOf = (state: State, subject: string): Stream | undefined => {
  if (subject.startsWith("_INBOX.")) return undefined;
  if (state.taking.has(subject)) return state.taking.get(subject);
  const found = [...state.streams.values()].find((stream) => takesSubject(stream, subject));
  if (found !== undefined) state.taking.set(subject, found);
  return found;
};

const answerStore = (state: State, reply: string, answer: object): void => {
  if (reply !== "") route(state, reply, { subject: reply, data: Buffer.from(JSON.stringify(answer)) });
};

const keep = (state: State, stream: Stream, message: Message): void => {
  const { reply = "", subject } = message;
  const fault = state.nats.faultOf(subject);
  if (fault === "lost") return;
  if (fault === "full") {
    const error = { code: 400, err_code: maximumBytesExceeded, description: "maximum bytes exceeded" };
    answerStore(state, reply, { error, stream: stream.config.name, seq: 0 });
    return;
  }
  const result = store(stream, message, state.nats.nowMs());
  if (fault !== "unanswered") answerStore(state, reply, { stream: stream.config.name, seq: 0, ...result });
  for (const consumer of state.consumers.values())
    if (consumer.stream === stream && mayWant(consumer, subject)) pump(consumer, state.world);
};

const takeAck = (state: State, { subject, data, reply = "" }: Message): void => {
  const [, , stream = "", name = "", , seq = ""] = subject.split(".");
  const consumer = state.consumers.get(`${stream}.${name}`);
  if (consumer !== undefined) acknowledge(consumer, Number(seq), data.toString("utf8"), state.world);
  if (reply !== "") route(state, reply, { subject: reply, data: Buffer.alloc(0) });
};

const publish = (state: State, api: (message: Message) => void, message: Message): void => {
  const { subject, reply = "" } = message;
  if (subject.startsWith("$JS.API.")) {
    api(message);
    return;
  }
  if (subject.startsWith("$JS.ACK.")) {
    takeAck(state, message);
    return;
  }
  const stream = streamOf(state, subject);
  if (stream !== undefined) keep(state, stream, message);
  const heard = route(state, subject, message);
  if (stream === undefined && heard === 0 && reply !== "") {
    const headers = printHeaders("503", {});
    route(state, reply, { subject: reply, headers, data: Buffer.alloc(0) });
  }
};

const subscribe = (state: State, connection: Connection, said: Said & { op: "sub" }): void => {
  const { sid, subject, queue } = said;
  const subscription = { connection, sid, subject, queue, left: -1 };
  state.subscriptions.add(subscription);
  const [lists, key] = listsOf(state, subject);
  lists.set(key, (lists.get(key) ?? new Set()).add(subscription));
  for (const consumer of state.consumers.values())
    if (consumer.config.deliver_subject === subject) beginPush(consumer, state.world);
};

const unsubscribe = (state: State, connection: Connection, said: Said & { op: "unsub" }): void => {
  for (const one of state.subscriptions)
    if (one.connection === connection && one.sid === said.sid) {
      if (said.max > 0) one.left = said.max;
      else remove(state, one);
    }
};

const keptConsumers = (
  consumers: readonly Consumer[],
  streams: ReadonlyMap<string, Stream>,
): Map<string, Consumer> =>
  new Map(
    consumers.flatMap((consumer) => {
      const stream = streams.get(consumer.stream.config.name);
      const name = `${consumer.stream.config.name}.${consumer.name}`;
      return stream === undefined ? [] : [[name, outliving(consumer, stream)] as const];
    }),
  );

const stateOf = (nats: NatsWorld, durable: Durable): State => {
  let names = 0;
  const streams = new Map([...durable.streams].map(([name, stream]) => [name, copyStream(stream)]));
  const state: State = {
    streams,
    consumers: keptConsumers(durable.consumers, streams),
    newName: () => `made-${String(names++)}`,
    subscriptions: new Set(),
    literal: new Map(),
    wild: new Map(),
    taking: new Map(),
    nats,
    world: {
      nowMs: nats.nowMs,
      later: nats.later,
      send: (to, message) => route(state, to, message) > 0,
      hears: (subject) => listenersOf(state, subject).length > 0,
    },
  };
  return state;
};

/**
 * A nats-server in memory, as far as the hub uses one: subjects, queue groups, streams with what they expect of a subject's last
 * sequence, direct reads, ordered and durable consumers, key-value buckets and objects on top. `durable`: what a server before it kept.
 */
export const createNatsServer = (nats: NatsWorld, durable: Durable): NatsServer => {
  const state = stateOf(nats, durable);
  const api = createApi(state);
  return {
    connect: (connection) => {
      connection.tell(infoText(), "info");
    },
    disconnect: (connection) => {
      connection.open = false;
      for (const one of state.subscriptions) if (one.connection === connection) remove(state, one);
    },
    receive: (connection, said) => {
      for (const one of said) {
        if (one.op === "pub") publish(state, api, one);
        else if (one.op === "sub") subscribe(state, connection, one);
        else if (one.op === "unsub") unsubscribe(state, connection, one);
        else if (one.op === "ping") connection.tell(Buffer.from("PONG\r\n"), "pong");
      }
    },
    streams: () => state.streams,
    durable: () => ({
      streams: new Map([...state.streams].map(([name, stream]) => [name, copyStream(stream)])),
      consumers: [...state.consumers.values()]
        .filter(({ config }) => config.durable_name !== undefined)
        .map((consumer) => outliving(consumer, consumer.stream)),
    }),
    unacked: () =>
      [...state.consumers.values()]
        .filter(({ config }) => config.durable_name !== undefined)
        .reduce((sum, { unacked, again }) => sum + unacked.size + again.length, 0),
    stop: () => {
      for (const consumer of state.consumers.values()) endConsumer(consumer);
    },
  };
};
