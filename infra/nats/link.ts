import type { NatsConnection } from "@nats-io/transport-node";

/** The connection went away. `asked`: after the question was sent, so it may have been acted on; else it never was sent. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
  readonly asked: boolean;
  constructor(asked: boolean) {
    super("The connection to NATS is lost.");
    this.asked = asked;
  }
}

/** Whether a connection is there, for those who would else wait for an answer that can no longer come. */
export type Link = {
  /** Does what asks the server something. @throws ConnectionLost as soon as the connection is lost, not at the time-out. */
  hold: <T>(work: () => Promise<T>) => Promise<T>;
  /** Calls back, once, when the connection is lost. @returns how to stop listening. */
  onLost: (listener: () => void) => () => void;
  /** Whether there is a connection now, as far as is known. */
  isUp: () => boolean;
  /** Resolves when there is a connection: at once, or when there is one again. */
  up: () => Promise<void>;
};

type State = { connected: boolean; lost: Set<() => void>; back: Set<() => void> };

const callAll = (listeners: Set<() => void>): void => {
  const called = [...listeners];
  listeners.clear();
  for (const listener of called) listener();
};

/** The client neither refuses what is asked while it is away, nor gives up what was asked when it went: it only tells. */
const listen = async (nc: NatsConnection, state: State): Promise<void> => {
  for await (const { type } of nc.status()) {
    if (type === "disconnect") {
      state.connected = false;
      callAll(state.lost);
    }
    if (type === "reconnect") {
      state.connected = true;
      callAll(state.back);
    }
  }
};

const hold = <T>({ connected, lost }: State, work: () => Promise<T>): Promise<T> => {
  if (!connected) return Promise.reject(new ConnectionLost(false));
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => {
      reject(new ConnectionLost(true));
    };
    lost.add(giveUp);
    work()
      .then(resolve, reject)
      .finally(() => lost.delete(giveUp));
  });
};

const createLink = (nc: NatsConnection): Link => {
  const state: State = { connected: true, lost: new Set(), back: new Set() };
  void listen(nc, state);
  return {
    hold: (work) => hold(state, work),
    onLost: (listener) => {
      state.lost.add(listener);
      return () => state.lost.delete(listener);
    },
    isUp: () => state.connected,
    up: () =>
      state.connected
        ? Promise.resolve()
        : new Promise((resolve) => {
            state.back.add(resolve);
          }),
  };
};

const links = new WeakMap<NatsConnection, Link>();

/** The link of a connection: one for everybody who asks over it. */
export const linkOf = (nc: NatsConnection): Link => {
  const known = links.get(nc);
  if (known !== undefined) return known;
  const made = createLink(nc);
  links.set(nc, made);
  return made;
};
