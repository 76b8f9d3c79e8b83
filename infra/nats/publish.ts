import { createInbox, headers, type Msg, type NatsConnection, TimeoutError } from "@nats-io/transport-node";
import { parseJson } from "./json.ts";
import { ConnectionLost, type Link, linkOf } from "./link.ts";
import type { Written } from "./own-writes.ts";
import { atEndOfTurn } from "./turn.ts";

type PublishOptions = {
  headers?: ReturnType<typeof headers>;
  /** Written only when the last message of the subject still has this sequence; 0: when there is none. */
  lastSubjectSequence?: number;
};
/**
 * Writes to a stream and waits until the server has it on disk. @returns its stream sequence.
 * @throws PublishRefused, TooLargeToSend, TimeoutError, ConnectionLost, or what the client says of a message that it does not send.
 */
export type Publish = (subject: string, data: Uint8Array, options?: PublishOptions) => Promise<number>;

/** The server's own word that it did not store a message; `code` is JetStream's error code. */
export class PublishRefused extends Error {
  override readonly name = "PublishRefused";
  readonly code: number;
  constructor(code: number) {
    super(`JetStream refused: ${String(code)}.`);
    this.code = code;
  }
}

/** A message that the server does not take, whatever it holds: it was not sent. */
export class TooLargeToSend extends Error {
  override readonly name = "TooLargeToSend";
  constructor(cause: unknown) {
    super("A message is larger than the server takes.", { cause });
  }
}

const timeoutMs = 2_000;
/** While a cluster chooses who leads a stream nobody takes what is written to it; somebody does a moment later. */
const againMs = 100;
const expectedHeader = "Nats-Expected-Last-Subject-Sequence";
const noResponders = 503;

type Waiting = {
  subject: string;
  data: Uint8Array;
  headers: ReturnType<typeof headers> | undefined;
  until: number;
  sent: boolean;
  resolve: (seq: number) => void;
  reject: (error: unknown) => void;
};
type State = {
  nc: NatsConnection;
  link: Link;
  inbox: string;
  /** By token, oldest first, but for those that were sent again: they wait on the time that they had. */
  waiting: Map<string, Waiting>;
  next: number;
  sweeping: boolean;
  /** Several servers keep the streams: that nobody took a message may be an election. */
  clustered: boolean;
  onStored: ((written: Written) => void) | undefined;
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const seqOf = (ack: unknown): number | undefined =>
  isObject(ack) && "seq" in ack && typeof ack.seq === "number" ? ack.seq : undefined;
const streamOf = (ack: unknown): string =>
  isObject(ack) && "stream" in ack && typeof ack.stream === "string" ? ack.stream : "";
const codeOf = (error: unknown): number =>
  isObject(error) && "err_code" in error && typeof error.err_code === "number" ? error.err_code : 0;

/** What the server answered: a sequence, or an error. An answer that says neither leaves open what it did. */
const settle = ({ onStored }: State, waiting: Waiting, message: Msg): void => {
  const { subject, data, headers: with_, resolve, reject } = waiting;
  if (message.headers?.code === noResponders) {
    reject(new Error("no stream takes this subject"));
    return;
  }
  const ack = parseJson(message.data);
  const seq = seqOf(ack);
  if (isObject(ack) && "error" in ack) reject(new PublishRefused(codeOf(ack.error)));
  else if (seq === undefined) reject(new TimeoutError());
  else {
    onStored?.({ stream: streamOf(ack), seq, subject, data, headers: with_ });
    resolve(seq);
  }
};

/** It was surely not stored: until its time is up it is sent again. @returns whether it is */
const sendAgain = (state: State, message: Waiting, answer: Msg): boolean => {
  const nobody = answer.headers?.code === noResponders;
  if (!state.clustered || !nobody || performance.now() + againMs >= message.until) return false;
  const { subject, data, headers: with_, until, resolve, reject } = message;
  setTimeout(() => {
    if (!state.link.isUp()) reject(new ConnectionLost(false));
    else enqueue(state, { subject, data, headers: with_, until, resolve, reject });
  }, againMs);
  return true;
};

const take = ({ waiting }: State, token: string): Waiting | undefined => {
  const found = waiting.get(token);
  waiting.delete(token);
  return found;
};

const expire = (state: State): void => {
  const now = performance.now();
  for (const [token, { until, reject }] of state.waiting) {
    if (until > now) break;
    state.waiting.delete(token);
    reject(new TimeoutError());
  }
  state.sweeping = false;
  sweep(state);
};

/** One timer for all that wait, at the time of the oldest. */
const sweep = (state: State): void => {
  if (state.sweeping) return;
  for (const { until } of state.waiting.values()) {
    state.sweeping = true;
    setTimeout(expire, until - performance.now() + 1, state).unref();
    return;
  }
};

/** Headers beside a message are shorter than this; the server counts them too. */
const mostHeaderBytes = 4 * 1024;
/** Why a message was not sent at all: that it is too large is so every time, anything else need not be. */
const unsent = ({ nc }: State, data: Uint8Array, error: unknown): unknown =>
  data.byteLength + mostHeaderBytes > (nc.info?.max_payload ?? Number.POSITIVE_INFINITY)
    ? new TooLargeToSend(error)
    : error;

const send = (state: State, token: string): void => {
  const message = state.waiting.get(token);
  if (message === undefined) return;
  const { subject, data, headers: with_, reject } = message;
  try {
    const reply = `${state.inbox}.${token}`;
    state.nc.publish(subject, data, with_ === undefined ? { reply } : { reply, headers: with_ });
    message.sent = true;
  } catch (error) {
    state.waiting.delete(token);
    reject(unsent(state, data, error));
  }
};

const giveUpAll = (state: State): void => {
  const lost = [...state.waiting.values()];
  state.waiting.clear();
  for (const { sent, reject } of lost) reject(new ConnectionLost(sent));
};

const listen = (state: State): void => {
  state.nc.subscribe(`${state.inbox}.*`, {
    callback: (_error, message) => {
      const waiting = take(state, message.subject.slice(state.inbox.length + 1));
      if (waiting !== undefined && !sendAgain(state, waiting, message)) settle(state, waiting, message);
    },
  });
  const onLost = (): void => {
    giveUpAll(state);
    state.link.onLost(onLost);
  };
  state.link.onLost(onLost);
  void state.nc.closed().then(() => {
    giveUpAll(state);
  });
};

const withExpected = ({ headers: given, lastSubjectSequence }: PublishOptions): Waiting["headers"] => {
  if (lastSubjectSequence === undefined) return given;
  const h = given ?? headers();
  h.set(expectedHeader, String(lastSubjectSequence));
  return h;
};

const enqueue = (state: State, message: Omit<Waiting, "sent">): void => {
  const token = (state.next++).toString(36);
  state.waiting.set(token, { ...message, sent: false });
  void atEndOfTurn(() => {
    send(state, token);
  });
  sweep(state);
};

const wait = (state: State, message: Pick<Waiting, "subject" | "data" | "headers">): Promise<number> =>
  new Promise((resolve, reject) => {
    enqueue(state, { ...message, until: performance.now() + timeoutMs, resolve, reject });
  });

/**
 * Publishing to streams over one connection. The client's own makes an error with its stack, a timer and three promises for
 * every message, and writes each by itself: that shows under load (decision 0020).
 */
export const createPublish = (
  nc: NatsConnection,
  { clustered = false, onStored }: { clustered?: boolean; onStored?: State["onStored"] } = {},
): Publish => {
  const link = linkOf(nc);
  const state: State = {
    nc,
    link,
    inbox: createInbox(),
    waiting: new Map(),
    next: 0,
    sweeping: false,
    clustered,
    onStored,
  };
  listen(state);
  return (subject, data, options = {}) =>
    link.isUp()
      ? wait(state, { subject, data, headers: withExpected(options) })
      : Promise.reject(new ConnectionLost(false));
};
