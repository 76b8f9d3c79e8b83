import { headers, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { type ErrorCode, Fault, isErrorCode } from "../../contracts/errors.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { traceparentHeader } from "../../contracts/traceparent.ts";
import { noTraces, type Traces } from "../observability/traces.ts";
import { busFault } from "./faults.ts";
import { parseJson } from "./json.ts";
import { linkOf } from "./link.ts";
import { localOf, type Payload } from "./local.ts";

export type Bus = {
  /**
   * Asks and waits. @throws Fault `service-unavailable` when nobody listens or there is no connection, `answer-late` at the
   * time-out or when the connection is lost meanwhile.
   */
  request: (subject: string, payload: Payload, timeoutMs?: number) => Promise<Uint8Array>;
  /** The same for JSON: asks with a value, answers with what the answer says. It is not spelled as bytes when it stays here. */
  ask: (subject: string, value: unknown, timeoutMs?: number) => Promise<unknown>;
  /** Answers requests; with a queue group, one of the group does. */
  serve: (
    subject: string,
    queue: string,
    handler: (data: Payload, subject: string) => Promise<Payload>,
  ) => { stop: () => Promise<void> };
  publish: (subject: string, payload: Payload) => void;
  /** Hears what is published to a subject, here or elsewhere. @returns how to stop */
  hear: (subject: string, listener: (payload: Payload) => void) => () => void;
};

const defaultTimeoutMs = 10_000;
const faultHeader = "Sb-Fault";

const retryHeader = "Sb-Retry-After";

const codeHeader = (code: ErrorCode, retryAfterSeconds?: number): { headers: ReturnType<typeof headers> } => {
  const h = headers();
  h.set(faultHeader, code);
  if (retryAfterSeconds !== undefined) h.set(retryHeader, String(retryAfterSeconds));
  return { headers: h };
};

const encoder = new TextEncoder();
const bytesOf = (payload: Payload): Uint8Array =>
  typeof payload === "string" ? encoder.encode(payload) : payload;

/** Whether commands from elsewhere can be taken in now, and if not why. */
export type CommandDoor = () => { code: ErrorCode; retryAfterSeconds: number } | undefined;

type OnBug = (error: unknown) => void;
type Handler = Parameters<Bus["serve"]>[2];

const faultOf = (fault: unknown, onBug: OnBug): Fault => {
  if (fault instanceof Fault) return fault;
  onBug(fault);
  return new Fault("internal-error", { cause: fault });
};

const askHere = async (
  handler: Handler,
  data: Payload,
  { subject, onBug }: { subject: string; onBug: OnBug },
): Promise<Payload> =>
  handler(data, subject).catch((fault: unknown) => {
    throw faultOf(fault, onBug);
  });

/** Whoever answers in another process goes on with the trace of whoever asks. */
const traceHeader = (traceparent: string | undefined): { headers?: ReturnType<typeof headers> } => {
  if (traceparent === undefined) return {};
  const h = headers();
  h.set(traceparentHeader, traceparent);
  return { headers: h };
};

const askServer = async (
  nc: NatsConnection,
  subject: string,
  {
    payload,
    timeoutMs,
    traceparent,
  }: { payload: Payload; timeoutMs: number; traceparent: string | undefined },
): Promise<Uint8Array> => {
  const options = { timeout: timeoutMs, ...traceHeader(traceparent) };
  const asking = linkOf(nc).hold(() => nc.request(subject, payload, options));
  const reply = await asking.catch((error: unknown) => {
    throw busFault(error, "service-unavailable");
  });
  const code = reply.headers?.get(faultHeader) ?? "";
  if (isErrorCode(code)) throw new Fault(code);
  return reply.data;
};

const isCommand = (subject: string): boolean => subject.startsWith(commandSubject(""));

const subscribe = (
  nc: NatsConnection,
  at: { subject: string; queue: string; onBug: OnBug; door: CommandDoor; traces: Traces },
  handler: Handler,
): Subscription =>
  nc.subscribe(at.subject, {
    queue: at.queue,
    callback: (error, message) => {
      if (error !== null) {
        at.onBug(error);
        return;
      }
      const closed = isCommand(message.subject) ? at.door() : undefined;
      if (closed !== undefined) {
        message.respond("", codeHeader(closed.code, closed.retryAfterSeconds));
        return;
      }
      const handled = at.traces.within(message.headers?.get(traceparentHeader), () =>
        handler(message.data, message.subject),
      );
      handled.then(
        (answer) => message.respond(answer),
        (fault: unknown) => message.respond("", codeHeader(faultOf(fault, at.onBug).code)),
      );
    },
  });

type Hearing = Pick<Bus, "hear"> & {
  /** @returns whether a part of this process hears the subject */
  tell: (subject: string, payload: Payload) => boolean;
};

/** What is published to a subject, for parts of this process: from other processes, and from this one where it is alone. */
const createHearing = (nc: NatsConnection, onBug: OnBug): Hearing => {
  const hearers = new Map<string, Set<(payload: Payload) => void>>();
  return {
    hear: (subject, listener) => {
      const hearing = hearers.get(subject) ?? new Set();
      hearers.set(subject, hearing.add(listener));
      const subscription = nc.subscribe(subject, {
        callback: (error, message) => {
          if (error === null) listener(message.data);
        },
      });
      return () => {
        hearing.delete(listener);
        subscription.unsubscribe();
      };
    },
    tell: (subject, payload) => {
      const hearing = hearers.get(subject) ?? new Set();
      for (const listener of hearing)
        try {
          listener(payload);
        } catch (error) {
          // Whoever publishes has no part in what a hearer makes of it.
          onBug(error);
        }
      return hearing.size > 0;
    },
  };
};

/**
 * Request and reply over core NATS, or without it where this process itself serves the subject. A handler that throws
 * answers with its fault's code, never with its text. A command that comes over the wire is answered before it is read when
 * there is no taking it in; what this process asks of itself came in by a door of its own.
 */
export const createBus = (
  nc: NatsConnection,
  onBug: OnBug,
  {
    door = () => undefined,
    alone = false,
    traces = noTraces,
  }: { door?: CommandDoor; alone?: boolean; traces?: Traces } = {},
): Bus => {
  const local = localOf(nc);
  const { hear, tell } = createHearing(nc, onBug);
  const ask = (subject: string, payload: Payload, timeoutMs = defaultTimeoutMs): Promise<Payload> => {
    const handler = local.handlerOf(subject);
    return handler === undefined
      ? askServer(nc, subject, { payload, timeoutMs, traceparent: traces.traceparent() })
      : askHere(handler, payload, { subject, onBug });
  };
  return {
    request: async (subject, payload, timeoutMs) => bytesOf(await ask(subject, bytesOf(payload), timeoutMs)),
    ask: async (subject, value, timeoutMs) => parseJson(await ask(subject, JSON.stringify(value), timeoutMs)),
    serve: (subject, queue, handler) => {
      const subscription = subscribe(nc, { subject, queue, onBug, door, traces }, handler);
      const forget = local.serve(subject, handler);
      return {
        stop: () => {
          forget();
          return subscription.drain();
        },
      };
    },
    publish: (subject, payload) => {
      if (local.tell(subject, payload)) return;
      // Of one that is alone the parts hear it here: the server would only hand it back, once for each of them.
      if (!alone || !tell(subject, payload)) nc.publish(subject, payload);
    },
    hear,
  };
};
