import {
  askPull,
  beginPush,
  type Consumer,
  type ConsumerConfig,
  type ConsumerWorld,
  createConsumer,
  describeConsumer,
  endConsumer,
} from "./nats-consumer.ts";
import { addHeaders, type Message, matches, printHeaders } from "./nats-protocol.ts";
import {
  createStream,
  describeStream,
  lastOf,
  nextOf,
  purge,
  removeMessage,
  type Stored,
  type Stream,
  type StreamConfig,
} from "./nats-stream.ts";

/** What JetStream keeps, and how it is heard. */
export type Kept = {
  streams: Map<string, Stream>;
  /** By `<stream>.<name>`. */
  consumers: Map<string, Consumer>;
  world: ConsumerWorld;
  newName: () => string;
};

type Asked = { words: readonly string[]; body: unknown; reply: string };
type Answer = object | Message | undefined;

const failed = (code: number, errCode: number, description: string): object => ({
  error: { code, err_code: errCode, description },
});
const noStream = failed(404, 10059, "stream not found");
const noConsumer = failed(404, 10014, "consumer not found");
const noMessage = failed(404, 10037, "no message found");

const listType = (name: string): string => `io.nats.jetstream.api.v1.${name}_response`;

const empty = Buffer.alloc(0);

const streamsOf = (kept: Kept): Record<string, (asked: Asked) => Answer> => {
  const consumersOf = (name: string): number =>
    [...kept.consumers.values()].filter(({ stream }) => stream.config.name === name).length;
  const described = (name: string): object => {
    const stream = kept.streams.get(name);
    return stream === undefined ? noStream : describeStream(stream, consumersOf(name));
  };
  return {
    "STREAM.INFO": ({ words: [, , name = ""] }) => described(name),
    "STREAM.CREATE": ({ words: [, , name = ""], body }) => {
      if (!kept.streams.has(name))
        kept.streams.set(name, createStream(body as StreamConfig, kept.world.nowMs()));
      return described(name);
    },
    "STREAM.UPDATE": ({ words: [, , name = ""], body }) => {
      const stream = kept.streams.get(name);
      if (stream !== undefined) stream.config = { ...stream.config, ...(body as StreamConfig) };
      return described(name);
    },
    "STREAM.PURGE": ({ words: [, , name = ""], body }) => {
      const stream = kept.streams.get(name);
      if (stream === undefined) return noStream;
      const { filter = ">" } = (body ?? {}) as { filter?: string };
      return { success: true, purged: purge(stream, filter) };
    },
    "STREAM.LIST": () => {
      const streams = [...kept.streams.keys()].map(described);
      return { type: listType("stream_list"), total: streams.length, offset: 0, limit: 1024, streams };
    },
    "STREAM.NAMES": ({ body }) => {
      const { subject = ">" } = (body ?? {}) as { subject?: string };
      const names = [...kept.streams.values()]
        .filter(({ config }) => config.subjects.some((one) => matches(one, subject) || matches(subject, one)))
        .map(({ config }) => config.name);
      return { type: listType("stream_names"), total: names.length, offset: 0, limit: 1024, streams: names };
    },
  };
};

type Query = { seq?: number; next_by_subj?: string; last_by_subj?: string };

const found = (
  stream: Stream,
  { seq = 1, next_by_subj: next, last_by_subj: last }: Query,
): Stored | undefined => {
  if (last !== undefined) return lastOf(stream, last);
  return next === undefined ? stream.messages.get(seq) : nextOf(stream, seq, [next]);
};

const directly = (stream: Stream, query: Query): Message => {
  const message = found(stream, query);
  if (message === undefined)
    return { subject: "", headers: printHeaders("404 Message Not Found", {}), data: empty };
  const headers = addHeaders(
    {
      "Nats-Stream": stream.config.name,
      "Nats-Subject": message.subject,
      "Nats-Sequence": message.seq,
      "Nats-Time-Stamp": new Date(message.atMs).toISOString(),
    },
    message.headers,
  );
  return { subject: "", headers, data: message.data };
};

const messagesOf = (kept: Kept): Record<string, (asked: Asked) => Answer> => ({
  "STREAM.MSG": ({ words: [, , act, name = ""], body }) => {
    const stream = kept.streams.get(name);
    if (stream === undefined) return noStream;
    if (act === "DELETE") return { success: removeMessage(stream, (body as { seq: number }).seq) };
    const message = found(stream, body as Query);
    if (message === undefined) return noMessage;
    const { subject, seq, data, headers, atMs } = message;
    const hdrs = headers === undefined ? {} : { hdrs: headers.toString("base64") };
    const time = new Date(atMs).toISOString();
    return { message: { subject, seq, data: data.toString("base64"), time, ...hdrs } };
  },
  "DIRECT.GET": ({ words: [, , name = "", ...subject], body }) => {
    const stream = kept.streams.get(name);
    if (stream === undefined) return undefined;
    return directly(stream, subject.length > 0 ? { last_by_subj: subject.join(".") } : (body as Query));
  },
});

const consumersOf = (kept: Kept): Record<string, (asked: Asked) => Answer> => {
  const { consumers, world } = kept;
  const at = (stream = "", name = ""): string => `${stream}.${name}`;
  const create = ({ words: [, , stream = "", named], body }: Asked): Answer => {
    const on = kept.streams.get(stream);
    if (on === undefined) return noStream;
    const { config } = body as { config: ConsumerConfig };
    const name = named ?? config.durable_name ?? config.name ?? kept.newName();
    const known = consumers.get(at(stream, name));
    const consumer = known ?? createConsumer(on, config, name, world.nowMs());
    consumers.set(at(stream, name), consumer);
    const described = describeConsumer(consumer);
    beginPush(consumer, world);
    return described;
  };
  return {
    "CONSUMER.CREATE": create,
    "CONSUMER.DURABLE": ({ words: [, , , stream = "", name = ""], ...asked }) =>
      create({ words: ["CONSUMER", "CREATE", stream, name], ...asked }),
    "CONSUMER.INFO": ({ words: [, , stream, name] }) => {
      const consumer = consumers.get(at(stream, name));
      return consumer === undefined ? noConsumer : describeConsumer(consumer);
    },
    "CONSUMER.LIST": ({ words: [, , stream = ""] }) => {
      const found = [...consumers.values()].filter((one) => one.stream.config.name === stream);
      const consumers_ = found.map(describeConsumer);
      return {
        type: listType("consumer_list"),
        total: found.length,
        offset: 0,
        limit: 256,
        consumers: consumers_,
      };
    },
    "CONSUMER.DELETE": ({ words: [, , stream, name] }) => {
      const consumer = consumers.get(at(stream, name));
      if (consumer === undefined) return noConsumer;
      endConsumer(consumer);
      consumers.delete(at(stream, name));
      return { success: true };
    },
    "CONSUMER.MSG": ({ words: [, , , stream, name], body, reply }) => {
      const consumer = consumers.get(at(stream, name));
      if (consumer !== undefined) askPull(consumer, body ?? {}, reply, world);
      else if (reply !== "")
        world.send(reply, {
          subject: reply,
          headers: printHeaders("503 No Responders", {}),
          data: empty,
        });
      return undefined;
    },
  };
};

const account = {
  type: "io.nats.jetstream.api.v1.account_info_response",
  memory: 0,
  storage: 0,
  streams: 0,
  consumers: 0,
  limits: { max_memory: -1, max_storage: -1, max_streams: -1, max_consumers: -1 },
  api: { total: 0, errors: 0 },
};

const isMessage = (answer: object): answer is Message => "data" in answer && "subject" in answer;

/** Answers what is asked under `$JS.API.`; what it does not know nobody answers. */
export const createApi = (kept: Kept): ((message: Message) => void) => {
  const answers = { ...streamsOf(kept), ...messagesOf(kept), ...consumersOf(kept) };
  return ({ subject, reply = "", data }) => {
    const words = subject.slice("$JS.API.".length).split(".");
    const name = words.slice(0, 2).join(".");
    const body: unknown = data.length === 0 ? undefined : JSON.parse(data.toString("utf8"));
    const asked = { words, body, reply };
    const answering = answers[name];
    if (answering === undefined && words[0] !== "INFO")
      throw new Error(`The twin of NATS does not know ${subject}.`);
    const answer = answering === undefined ? account : answering(asked);
    if (answer === undefined || reply === "") return;
    const message = isMessage(answer) ? answer : { data: Buffer.from(JSON.stringify(answer)) };
    kept.world.send(reply, { ...message, subject: reply });
  };
};
