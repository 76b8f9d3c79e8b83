import { type Message, matches, readHeaders } from "./nats-protocol.ts";

export type Stored = Message & { seq: number; atMs: number };

/** What a stream was made with, as far as the twin acts on it; all of it is given back when it is asked for. */
export type StreamConfig = { name: string; subjects: string[]; max_msgs_per_subject?: number } & Record<
  string,
  unknown
>;

/** One stream: messages by sequence, and the sequences of each subject. */
export type Stream = {
  config: StreamConfig;
  createdMs: number;
  messages: Map<number, Stored>;
  bySubject: Map<string, number[]>;
  last: number;
};

export const createStream = (config: StreamConfig, createdMs: number): Stream => ({
  config,
  createdMs,
  messages: new Map(),
  bySubject: new Map(),
  last: 0,
});

/** The same stream, and what is done to one is not done to the other. */
export const copyStream = (stream: Stream): Stream => ({
  ...stream,
  messages: new Map(stream.messages),
  bySubject: new Map([...stream.bySubject].map(([subject, seqs]) => [subject, [...seqs]])),
});

export const takesSubject = ({ config }: Stream, subject: string): boolean =>
  config.subjects.some((pattern) => matches(pattern, subject));

const forget = (stream: Stream, subject: string, kept: number): void => {
  const seqs = stream.bySubject.get(subject) ?? [];
  for (const seq of seqs.splice(0, Math.max(0, seqs.length - kept))) stream.messages.delete(seq);
  if (seqs.length === 0) stream.bySubject.delete(subject);
};

/** JetStream's error code for a sequence that was not the expected one. */
const wrongLastSequence = 10071;

export type StoreResult =
  | { seq: number }
  | { error: { code: number; err_code: number; description: string } };

/** Stores a message if the sequence that it expects of its subject is the last one. */
export const store = (stream: Stream, message: Message, atMs: number): StoreResult => {
  const fields = readHeaders(message.headers);
  const expected = fields.get("Nats-Expected-Last-Subject-Sequence");
  const last = stream.bySubject.get(message.subject)?.at(-1) ?? 0;
  if (expected !== undefined && Number(expected) !== last)
    return {
      error: {
        code: 400,
        err_code: wrongLastSequence,
        description: `wrong last sequence: ${String(last)}`,
      },
    };
  const seq = ++stream.last;
  const { subject, headers, data } = message;
  stream.messages.set(seq, { subject, headers, data, seq, atMs });
  const seqs = stream.bySubject.get(subject) ?? [];
  seqs.push(seq);
  stream.bySubject.set(subject, seqs);
  const most = stream.config.max_msgs_per_subject ?? -1;
  if (fields.get("Nats-Rollup") === "sub") forget(stream, subject, 1);
  else if (most > 0) forget(stream, subject, most);
  return { seq };
};

/** The first message from a sequence on whose subject a pattern names. */
export const nextOf = (stream: Stream, from: number, patterns: readonly string[]): Stored | undefined => {
  for (let seq = Math.max(1, from); seq <= stream.last; seq++) {
    const found = stream.messages.get(seq);
    if (found !== undefined && patterns.some((pattern) => matches(pattern, found.subject))) return found;
  }
  return undefined;
};

export const countFrom = (stream: Stream, from: number, patterns: readonly string[]): number => {
  let count = 0;
  for (let found = nextOf(stream, from, patterns); found !== undefined; count++)
    found = nextOf(stream, found.seq + 1, patterns);
  return count;
};

export const lastOf = (stream: Stream, pattern: string): Stored | undefined => {
  const literal = stream.bySubject.get(pattern)?.at(-1);
  if (literal !== undefined) return stream.messages.get(literal);
  return [...stream.messages.values()].findLast(({ subject }) => matches(pattern, subject));
};

/** The newest sequence of each subject that a pattern names, in order. */
export const lastPerSubject = (stream: Stream, patterns: readonly string[]): number[] =>
  [...stream.bySubject]
    .filter(([subject]) => patterns.some((pattern) => matches(pattern, subject)))
    .flatMap(([, seqs]) => seqs.at(-1) ?? [])
    .toSorted((a, b) => a - b);

/** Removes one message. @returns whether it was there */
export const removeMessage = (stream: Stream, seq: number): boolean => {
  const message = stream.messages.get(seq);
  if (message === undefined) return false;
  stream.messages.delete(seq);
  const left = (stream.bySubject.get(message.subject) ?? []).filter((one) => one !== seq);
  if (left.length === 0) stream.bySubject.delete(message.subject);
  else stream.bySubject.set(message.subject, left);
  return true;
};

/** Removes what a pattern names. @returns how many */
export const purge = (stream: Stream, pattern: string): number => {
  const before = stream.messages.size;
  for (const subject of [...stream.bySubject.keys()])
    if (matches(pattern, subject)) forget(stream, subject, 0);
  return before - stream.messages.size;
};

const timeOf = (ms: number): string => new Date(ms).toISOString();

/** What the server tells of a stream. */
export const describeStream = (stream: Stream, consumers: number): object => {
  const seqs = [...stream.messages.keys()];
  const bytes = [...stream.messages.values()].reduce((sum, { data }) => sum + data.length, 0);
  const first = seqs[0] ?? stream.last + 1;
  return {
    config: stream.config,
    created: timeOf(stream.createdMs),
    state: {
      messages: seqs.length,
      bytes,
      first_seq: first,
      first_ts: timeOf(stream.messages.get(first)?.atMs ?? 0),
      last_seq: stream.last,
      last_ts: timeOf(stream.messages.get(stream.last)?.atMs ?? 0),
      num_subjects: stream.bySubject.size,
      consumer_count: consumers,
    },
  };
};
