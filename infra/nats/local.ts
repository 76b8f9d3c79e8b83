import type { NatsConnection } from "@nats-io/transport-node";

/** What a message carries: text is left as text where it does not cross the wire. */
export type Payload = Uint8Array | string;
type Handler = (data: Payload, subject: string) => Promise<Payload>;
type Listener = (id: string, data: Payload) => void;

/**
 * What this process itself serves on the bus. A request that it can answer does not leave it: the server would hand it back,
 * at the price of four messages. Across processes nothing changes.
 */
export type Local = {
  serve: (pattern: string, handler: Handler) => () => void;
  handlerOf: (subject: string) => Handler | undefined;
  listen: (prefix: string, listener: Listener) => () => void;
  /** @returns whether somebody here heard it. */
  tell: (subject: string, data: Payload) => boolean;
};

const parent = (subject: string): string => subject.slice(0, subject.lastIndexOf("."));

const createLocal = (): Local => {
  const handlers = new Map<string, Handler>();
  const listeners = new Map<string, Listener>();
  return {
    serve: (pattern, handler) => {
      handlers.set(pattern, handler);
      return () => handlers.delete(pattern);
    },
    handlerOf: (subject) => handlers.get(subject) ?? handlers.get(`${parent(subject)}.*`),
    listen: (prefix, listener) => {
      listeners.set(prefix, listener);
      return () => listeners.delete(prefix);
    },
    tell: (subject, data) => {
      const prefix = parent(subject);
      const listener = listeners.get(prefix);
      if (listener === undefined) return false;
      listener(subject.slice(prefix.length + 1), data);
      return true;
    },
  };
};

const locals = new WeakMap<NatsConnection, Local>();

/** What is served over one connection. */
export const localOf = (nc: NatsConnection): Local => {
  const known = locals.get(nc);
  if (known !== undefined) return known;
  const made = createLocal();
  locals.set(nc, made);
  return made;
};
