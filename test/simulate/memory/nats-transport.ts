import { crc32 } from "node:zlib";
import { type NatsConnection, NatsConnectionImpl, setTransportFactory } from "@nats-io/transport-node";
import { natsOptions } from "../../../infra/nats/connection.ts";
import type { Random } from "../../support/year/random.ts";
import { createOwner, type Owner, type Scheduler } from "../scheduler.ts";
import { readFrame, type Said } from "./nats-protocol.ts";
import type { Connection, NatsServer } from "./nats-server.ts";

type Wire = {
  owner: Owner;
  connection: Connection;
  /** Sent, and not with the server yet. */
  underWay: Said[][];
  /** The client finds out that its connection is gone. */
  lose: () => void;
};

export type NatsNetwork = {
  /** As the hub connects: with the client's own protocol, over bytes that wait for the scheduler. */
  connect: (name: string) => Promise<NatsConnection>;
  /** Ends the connections of an owner. What it had sent arrives up to some point, and from there on never. */
  cut: (owner: Owner) => void;
  cutAll: () => void;
  /** While it is away nobody can connect. */
  setUp: (up: boolean) => void;
};

type NetworkWorld = {
  scheduler: Scheduler;
  random: Random;
  server: () => NatsServer;
  /** How long a frame takes. */
  delayMs: () => number;
};

type State = NetworkWorld & { wires: Set<Wire>; up: boolean; names: number; network: Owner };

const sumOf = (bytes: Uint8Array): string => crc32(bytes).toString(16);

const createInbound = () => {
  const chunks: Uint8Array[] = [];
  const state: { wake: () => void; over: boolean } = { wake: () => undefined, over: false };
  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) yield chunk;
      if (state.over) return;
      await new Promise<void>((resolve) => {
        state.wake = resolve;
      });
    }
  }
  return {
    push: (chunk: Uint8Array): void => {
      chunks.push(chunk);
      state.wake();
    },
    end: (): void => {
      state.over = true;
      state.wake();
    },
    read,
  };
};

const openWire = (state: State, owner: Owner, hear: (bytes: Uint8Array) => void, lose: () => void): Wire => {
  const name = `${owner.name}#${String(state.names++)}`;
  const connection: Connection = {
    name,
    open: true,
    tell: (bytes, label) => {
      state.scheduler.post({
        owner,
        lane: `${name}<`,
        label: `< ${label} ${sumOf(bytes)}`,
        afterMs: state.delayMs(),
        run: () => {
          hear(bytes);
        },
      });
    },
  };
  const wire: Wire = { owner, connection, underWay: [], lose };
  state.wires.add(wire);
  state.server().connect(connection);
  return wire;
};

const labelOf = (said: readonly Said[]): string =>
  said.map((one) => (one.op === "pub" ? `pub ${one.subject}` : one.op)).join(", ");

const send = (state: State, wire: Wire, frame: Uint8Array): void => {
  const said = readFrame(frame);
  wire.underWay.push(said);
  state.scheduler.post({
    owner: state.network,
    lane: `${wire.connection.name}>`,
    label: `${wire.connection.name} > ${labelOf(said)} ${sumOf(frame)}`,
    afterMs: state.delayMs(),
    run: () => {
      wire.underWay.shift();
      if (wire.connection.open) state.server().receive(wire.connection, said);
    },
  });
};

/** What was on its way arrives up to some command; the rest is lost with the connection. */
const cut = (state: State, wire: Wire): void => {
  if (!state.wires.delete(wire)) return;
  const onWay = wire.underWay.flat();
  const arrives = state.random.between(0, onWay.length);
  if (onWay.length > arrives) state.scheduler.count("sent and lost");
  state.server().receive(wire.connection, onWay.slice(0, arrives));
  state.server().disconnect(wire.connection);
  // Whoever is dead never finds out.
  state.scheduler.post({ owner: wire.owner, label: `${wire.connection.name} is lost`, run: wire.lose });
};

const createTransport = (state: State) => {
  const owner = state.scheduler.current();
  if (owner === undefined) throw new Error("Somebody connects whom the simulation does not know.");
  const inbound = createInbound();
  const box: { wire?: Wire; closed: boolean; resolve: (error?: Error) => void } = {
    closed: false,
    resolve: () => undefined,
  };
  const closed = new Promise<Error | undefined>((resolve) => {
    box.resolve = resolve;
  });
  const end = (): void => {
    if (box.closed) return;
    box.closed = true;
    inbound.end();
    box.resolve();
  };
  const close = (): Promise<void> => {
    if (box.wire !== undefined) cut(state, box.wire);
    end();
    return Promise.resolve();
  };
  return {
    lang: "twin",
    version: "1",
    get isClosed() {
      return box.closed;
    },
    connect: () => {
      if (!state.up) return Promise.reject(new Error("connection refused"));
      box.wire = openWire(state, owner, inbound.push, end);
      return Promise.resolve();
    },
    [Symbol.asyncIterator]: inbound.read,
    isEncrypted: () => false,
    send: (frame: Uint8Array) => {
      if (!box.closed && box.wire !== undefined) send(state, box.wire, frame);
    },
    close,
    disconnect: () => {
      void close();
    },
    closed: () => closed as Promise<void>,
    discard: () => undefined,
  };
};

/** Clients of NATS in this process, and the bytes between them and the twin of the server. */
export const createNatsNetwork = (world: NetworkWorld): NatsNetwork => {
  const state: State = { ...world, wires: new Set(), up: true, names: 0, network: createOwner("nats") };
  const cutThose = (which: (wire: Wire) => boolean): void => {
    for (const wire of [...state.wires]) if (which(wire)) cut(state, wire);
  };
  return {
    connect: (name) => {
      setTransportFactory({ factory: () => createTransport(state) });
      // An address that nobody looks at.
      return NatsConnectionImpl.connect(natsOptions("nats://127.0.0.1:4222", name));
    },
    cut: (owner) => {
      cutThose((wire) => wire.owner === owner);
    },
    cutAll: () => {
      cutThose(() => true);
    },
    setUp: (up) => {
      state.up = up;
    },
  };
};
